"""`copydesk forget`: erases articles everywhere, in the files of the warehouse and in the run history."""

import argparse
import shutil

from assets.commands.compact import size_of
from assets.commands.load import opened_for
from assets.commands.rows import counted, progress
from assets.errors import CommandError
from assets.history import erase
from assets.project import load_environment, loaded_warehouse
from assets.stages.ingest import drop_records
from assets.stages.load import Load
from assets.stages.publish import publish_load, report_load
from assets.stages.runner import run_all
from warehouse import compact, named_sql


def run(options: argparse.Namespace) -> int:
    load_environment()
    paths = loaded_warehouse(options.warehouse)
    ids = list(dict.fromkeys(options.ids))
    with opened_for(paths, options.wait) as load:
        if options.undo:
            return _take_back(load, ids)
        found = {row[0]: row[1:] for row in load.working.rows(named_sql("queries/records"), {"ids": ids})}
        unknown = [document_id for document_id in ids if document_id not in found]
        if unknown:
            raise CommandError(
                f"no record has the id {', '.join(unknown)}: give values of documents.document_id, which are those of articles.article_id; nothing was erased"
            )
        drop_records(load, ids, for_good=True)
        shutil.rmtree(paths.engine, ignore_errors=True)  # with texts in it; publishing writes its tables again
        run_all(load, [])
        compact(load.working)
        publish_load(load, always=True)
        if paths.published.exists():
            report_load(load)
        paths.previous.unlink(missing_ok=True)
        erase(paths)
        for document_id, (place, missing, copies) in found.items():
            there = "" if missing else f"; {place} still holds it: delete it there too"
            others = f"; copies of its text that stay: {counted(copies, 'article')}" if copies else ""
            print(f"erased {document_id}{there}{others}")
        progress(
            f"both files ({size_of(load) / 1e6:.1f} MB) and the report were written again, and the run history was emptied, since its previews show text"
        )
    return 0


def _take_back(load: Load, ids: list[str]) -> int:
    known = [
        document_id
        for document_id in ids
        if load.working.rows("FROM internal.dropped WHERE for_good AND document_id = ?", [document_id])
    ]
    if len(known) < len(ids):
        raise CommandError(
            f"not forgotten: {', '.join(i for i in ids if i not in known)}; give ids that `copydesk forget` was given"
        )
    drop_records(load, known, for_good=False)
    for document_id in known:
        print(f"{document_id} is read again by the next load, where its file is there")
    return 0

"""A full refresh: everything that can be made again from the files is made again."""

from assets.stages.load import Load


def forget_all(load: Load) -> None:
    """Clear the ledger, so that every file is read and every row made anew. Raw texts and their revisions stay."""
    with load.working.transaction():
        for table in ("internal.ledger", "internal.files", "internal.document_lines"):
            load.working.run(f"DELETE FROM {table}")
        load.note_write()

"""The job of a whole load, its hourly schedule and the sensor for new files. In Copydesk's own project both are on by default."""

import hashlib
import json
from typing import Any, NamedTuple

import dagster as dg

from assets.history import FILES, close_dead_runs, drop_old_runs, ended_by_a_person
from assets.progress import some
from assets.resources import LoadResource, idle_load
from assets.stages.corpus import OtherCorpusError, refuse_another
from assets.stages.corrections import corrections_fingerprint
from assets.stages.ingest import scan_fingerprint
from assets.stages.load import Load
from assets.stages.runner import pending_work

TAGS = {"copydesk/does": "load"}


class Automation(NamedTuple):
    job: Any  # a job that has yet to look for its assets, for which Dagster has no public type
    schedule: dg.ScheduleDefinition
    sensor: dg.SensorDefinition


def automated(desk: LoadResource, assets: dg.AssetSelection, prefix: str = "", running: bool = True) -> Automation:
    """What loads the corpus of `desk` by itself; `prefix` stands before the names."""
    job = dg.define_asset_job(
        f"{prefix}load",
        selection=assets,
        executor_def=dg.in_process_executor,
        tags=TAGS,
        description="The whole pipeline, from files to the published warehouse, its views and the report. Needs no configuration; `documents` takes "
        "other folders, a full refresh, and what to do with records that are gone.",
    )

    @dg.sensor(
        name=f"{prefix}new_files",
        job=job,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING if running else dg.DefaultSensorStatus.STOPPED,
        tags=TAGS,
        description="Looks once a minute for files of the corpus that are new, changed or gone, and asks for a load where there are some. "
        "Where it asks for none, its tick says why.",
    )
    def new_files(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        close_dead_runs(context.instance)
        if not prefix:  # another project keeps its history as it likes
            drop_old_runs(context.instance)
        found = _request(desk)
        if isinstance(found, dg.RunRequest) and ended_by_a_person(context.instance, found.tags[FILES]):
            return dg.SkipReason(
                "a person ended the load of these files: load them by hand, or wait for the hourly schedule or for other files"
            )
        return found

    @dg.schedule(
        name=f"{prefix}hourly",
        job=job,
        cron_schedule="0 * * * *",
        default_status=dg.DefaultScheduleStatus.RUNNING if running else dg.DefaultScheduleStatus.STOPPED,
        tags=TAGS,
        description="Once an hour, a load where there is work: also where the last one failed or was cut short, which the sensor does not try again.",
    )
    def hourly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        found = _request(desk)
        if isinstance(found, dg.RunRequest):
            return dg.RunRequest(run_key=f"{context.scheduled_execution_time.isoformat()}", tags=found.tags)
        return found

    return Automation(job, hourly, new_files)


def _request(desk: LoadResource) -> dg.RunRequest | dg.SkipReason:
    """Ask for a load where there is work. The key is of what was found, so that a load that failed is not tried over and over.

    It is also of the warehouse and its last publish: files that go and come back as they were are work again.
    """
    wanted = desk.roots()
    roots = [root for root in wanted if root.exists()]
    if not roots:
        return dg.SkipReason(
            f"not there: {', '.join(map(str, wanted))}; put articles there, or set COPYDESK_CORPUS to a folder that is"
        )
    with idle_load(desk.paths(), desk.languages) as load:
        if load is None:
            return dg.SkipReason("a load is running")
        try:
            refuse_another(load, roots)
        except OtherCorpusError as error:
            return dg.SkipReason(str(error))
        work = pending_work(load, roots)
        if not work:
            return dg.SkipReason("nothing is new in " + ", ".join(map(str, roots)))
        files = scan_fingerprint(roots)
        key = json.dumps(
            [work, files, corrections_fingerprint(load), load.working.state("made"), _last_published(load)], sort_keys=True
        )
    return dg.RunRequest(run_key=hashlib.sha256(key.encode()).hexdigest()[:20], tags={"copydesk/work": _told(work), FILES: files})


def _last_published(load: Load) -> str:
    return str(load.working.rows("SELECT max(published_at) FROM loads"))


def _told(work: dict[str, int]) -> str:
    return ", ".join(some(count, what) for what, count in work.items())[:60]

"""The last step of a load: what the working file holds becomes the file that people read."""

from assets.project import publish_read_only
from assets.stages.load import Load
from warehouse import named_sql, publish


def publish_load(load: Load) -> bool:
    """Publish where anything was written since the last time, or the published file is gone. Raises warehouse.InvariantError.

    Returns whether the file was replaced.
    """
    working = load.working
    if not needs_publishing(load):
        load.log("nothing has changed: the published file stays as it is")
        return False
    with working.transaction():
        working.run(named_sql("queries/finish_load"), {"load_id": load.load_id})
    path = publish(working, publish_read_only())
    working.set_state("unpublished", "no")
    load.log(f"published {path}")
    return True


def needs_publishing(load: Load) -> bool:
    return load.working.state("unpublished") == "yes" or not load.working.paths.published.exists()

"""The last step of a load: what the working file holds becomes the file that people read."""

from assets.project import publish_read_only
from assets.stages.load import Load
from warehouse import named_sql, publish, published_form


def publish_load(load: Load) -> bool:
    """Publish where `needs_publishing`. Raises warehouse.InvariantError.

    Returns whether the file was replaced.
    """
    working = load.working
    if not needs_publishing(load):
        load.log("nothing has changed: the published file stays as it is")
        return False
    with working.transaction():
        working.run(named_sql("queries/finish_load"), {"load_id": load.load_id})
    path = publish(working, publish_read_only())
    with working.transaction():
        working.set_state("unpublished", "no")
        working.set_state("published_form", published_form())
    load.log(f"published {path}")
    return True


def needs_publishing(load: Load) -> bool:
    """Whether rows, or what tables and views look like, changed since the last time, or the file is gone."""
    working = load.working
    return (
        working.state("unpublished") == "yes"
        or working.state("published_form") != published_form()
        or not working.paths.published.exists()
    )

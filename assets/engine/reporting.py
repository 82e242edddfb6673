"""What Spark does for a step of a Dagster run, into that run by Dagster Pipes: lines of its log, and metadata of the tables it makes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import dagster as dg

from assets.stages.load import Load


@contextmanager
def reported(context: dg.AssetExecutionContext, load: Load) -> Iterator[dict[str, dg.MetadataValue]]:
    """Gives what the tables of this step have as metadata in addition to their own, complete when it is left; without Spark there is none."""
    metadata: dict[str, dg.MetadataValue] = {}
    said: list[Any] = []
    if load.over is None:
        yield metadata
        return

    @contextmanager
    def session() -> Iterator[Mapping[str, str]]:
        reader = dg.PipesTempFileMessageReader()
        with dg.open_pipes_session(context, dg.PipesTempFileContextInjector(), reader) as opened:
            yield opened.get_bootstrap_env_vars()
        said.extend(opened.get_custom_messages())

    with load.over.heard_by(session):
        yield metadata
    if said:
        metadata |= {f"spark_{name}": dg.MetadataValue.text(value) for name, value in said[-1]["application"].items()}
        metadata["spark_steps"] = dg.MetadataValue.md(_as_table([message["step"] for message in said]))


def _as_table(rows: list[dict[str, Any]]) -> str:
    lines = [list(rows[0]), ["---"] * len(rows[0]), *(list(row.values()) for row in rows)]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)

"""An engine by the name that people give it: local, spark, spark:MASTER."""

from assets.engine.local import LocalEngine
from assets.engine.steps import Engine
from assets.errors import UsageError


def engine_named(name: str) -> Engine:
    """Raises UsageError for a name that is none, and MissingEngineError where what Spark needs is not there."""
    kind, _, master = name.partition(":")
    if kind == "local" and not master:
        return LocalEngine()
    if kind != "spark":
        raise UsageError(f"engine {name!r} is not known: allowed are local, spark and spark:MASTER, such as spark:local[2]")
    from assets.engine.spark import SparkEngine

    return SparkEngine(master)

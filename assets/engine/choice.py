"""An engine by the name that people give it: local, spark, spark:MASTER."""

from assets.engine.local import LocalEngine
from assets.engine.steps import Engine
from assets.errors import UsageError


def engine_named(name: str) -> Engine:
    """Raises UsageError for a name that is none, and MissingEngineError where what Spark needs is not there."""
    refuse_engine(name)
    if name == LocalEngine.name:
        return LocalEngine()
    from assets.engine.spark import SparkEngine

    return SparkEngine(name.partition(":")[2])


def refuse_engine(name: str) -> None:
    """Raise what `engine_named` would, before anything is begun."""
    kind, colon, master = name.partition(":")
    if name == LocalEngine.name:
        return
    if kind != "spark" or bool(colon) != bool(master):
        raise UsageError(f"engine {name!r} is not known: allowed are local, spark and spark:MASTER, such as spark:local[2]")
    from assets.engine.spark import require_spark

    require_spark()

"""Where stages run: on this machine, or on a Spark cluster. The same functions, the same tables.

An engine has three verbs over tables that are folders of Parquet files: `map` gives a stage every row, `join` is one SQL statement over
tables, `gather` gives a stage all rows that have a value in common. What a stage does with rows, and which steps there are, is not known
here.
"""

from assets.engine.choice import engine_named
from assets.engine.local import LocalEngine
from assets.engine.steps import Engine, Steps
from assets.engine.table import Table

__all__ = ["Engine", "LocalEngine", "Steps", "Table", "engine_named"]

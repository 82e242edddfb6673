"""Near-duplicates: sketches propose pairs, the exact comparison decides, rules name what a pair is, clusters do not chain."""

from pipelines.duplicates.against import match_against
from pipelines.duplicates.comparison import Comparison, compare_articles
from pipelines.duplicates.detection import find_duplicates
from pipelines.duplicates.matching import Duplicates
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import sketch_articles
from pipelines.duplicates.updating import update_duplicates

__all__ = [
    "Comparison",
    "DuplicateSettings",
    "Duplicates",
    "compare_articles",
    "find_duplicates",
    "match_against",
    "sketch_articles",
    "update_duplicates",
]

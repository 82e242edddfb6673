"""Stories: which articles tell of one event.

`article_terms` counts the terms of each article by itself, `group_articles` groups all articles by them. The same articles give the same
stories in whatever order they come and however many loads bring them: all is worked out again from the terms, which are kept.
"""

from __future__ import annotations

from pipelines.stories.credits import article_credits
from pipelines.stories.settings import StorySettings
from pipelines.stories.stories import find_stories, group_articles
from pipelines.stories.terms import article_terms
from pipelines.stories.wire import name_stories, sources_of

__all__ = [
    "StorySettings",
    "article_credits",
    "article_terms",
    "find_stories",
    "group_articles",
    "name_stories",
    "sources_of",
]

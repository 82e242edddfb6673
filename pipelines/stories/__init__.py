"""Stories: which articles tell of one event.

`article_tokens` takes the words of each article by itself, `describe_articles` counts them, and `group_articles` groups all articles by the counts. The
same articles give the same stories in whatever order they come and however many loads bring them: all is worked out again from the words,
which are kept.
"""

from __future__ import annotations

from pipelines.stories.credits import article_credits
from pipelines.stories.descriptions import spread
from pipelines.stories.settings import StorySettings
from pipelines.stories.stories import describe_articles, find_stories, group_articles
from pipelines.stories.terms import ArticleWords, Lists, article_tokens, numbered
from pipelines.stories.wire import name_stories, sources_of

__all__ = [
    "ArticleWords",
    "Lists",
    "StorySettings",
    "article_credits",
    "article_tokens",
    "describe_articles",
    "find_stories",
    "group_articles",
    "name_stories",
    "numbered",
    "sources_of",
    "spread",
]

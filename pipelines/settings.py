"""One frozen settings object for all stages, passed whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.cleaning import CleanSettings
from pipelines.duplicates import DuplicateSettings
from pipelines.ingest import IngestSettings
from pipelines.quotes import QuoteSettings
from pipelines.speakers import NameSettings
from pipelines.stories import StorySettings
from pipelines.utterances.settings import UtteranceSettings


@dataclass(frozen=True)
class Settings:
    """Settings of every stage. Each stage's are documented where they are defined."""

    ingest: IngestSettings = field(default_factory=IngestSettings)
    cleaning: CleanSettings = field(default_factory=CleanSettings)
    duplicates: DuplicateSettings = field(default_factory=DuplicateSettings)
    quotes: QuoteSettings = field(default_factory=QuoteSettings)
    stories: StorySettings = field(default_factory=StorySettings)
    names: NameSettings = field(default_factory=NameSettings)
    utterances: UtteranceSettings = field(default_factory=UtteranceSettings)

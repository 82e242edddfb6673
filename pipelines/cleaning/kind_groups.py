"""Which kinds of blocks count as one for the model of lines, `seeds/kinds.toml`. What a kind is does not stand here: see BlockKind."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from pydantic import ValidationInfo, field_validator

from pipelines.lexicons import LanguageTable, parse_language_file, seeds_folder
from pipelines.vocabulary import BlockKind


class KindGroups(LanguageTable):
    """`groups` in the order in which the model knows them; `foot` are those with which the foot of a page starts; `kinds` has the group of
    each kind."""

    groups: tuple[str, ...]
    foot: tuple[str, ...]
    kinds: dict[BlockKind, str]

    @field_validator("foot")
    @classmethod
    def _foot_is_of_groups(cls, foot: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        _check(foot, info)
        return foot

    @field_validator("kinds")
    @classmethod
    def _every_kind_has_a_group(cls, kinds: dict[BlockKind, str], info: ValidationInfo) -> dict[BlockKind, str]:
        _check(kinds.values(), info)
        missing = [kind.value for kind in BlockKind if kind not in kinds]
        if missing:
            raise ValueError(f"{', '.join(missing)} has no group; every BlockKind has a row")
        return kinds

    def number(self, group: str) -> int:
        """The number by which the model knows a group."""
        return self.groups.index(group)


def _check(found: Iterable[str], info: ValidationInfo) -> None:
    known = info.data.get("groups", ())
    for group in found:
        if group not in known:
            raise ValueError(f"{group!r} is no group; allowed are {', '.join(known)}")


@functools.cache
def load_kind_groups() -> KindGroups:
    """The packaged table. Raises LexiconError."""
    path = seeds_folder().parent / "kinds.toml"
    return parse_language_file(path.read_text(encoding="utf-8"), "seeds/kinds.toml", KindGroups)

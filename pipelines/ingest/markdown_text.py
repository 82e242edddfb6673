"""The text of Markdown, block by block, without its marks: for articles that a crawler or an editor wrote in it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipelines.ingest.markup_text import html_text, looks_like_html

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def markdown_text(text: str) -> str:
    """Headings, paragraphs, items and rows of tables, separated by one blank line; the items of a list stand below each other. Links are
    their words, pictures and rules are left out, and lines end where they ended.

    >>> markdown_text("# Quay *closes*\\n\\nThe [port](https://e.example) said:\\n\\n* **Monday:** shut\\n* Tuesday: open\\n")
    'Quay closes\\n\\nThe port said:\\n\\n- Monday: shut\\n- Tuesday: open'
    """
    made = ""
    tight = False  # whether the block before is an item of the list that this one goes on with
    for block, is_item in _blocks(_parser().parse(text)):
        made += ("\n" if tight and is_item else "\n\n") * bool(made) + block
        tight = is_item
    return made


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    """Blocks with what they hold, and whether they are the item of a list."""
    marks: list[str] = []  # of the lists around
    begun = False  # whether the next block begins an item
    cells: list[str] | None = None
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            marks.append("-" if token.type == "bullet_list_open" else "")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            marks.pop()
        elif token.type == "list_item_open":
            begun, number = True, f"{token.info}{token.markup}"
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            yield " | ".join(cells), True
            cells = None
        elif token.type in ("inline", "fence", "code_block", "html_block"):
            block = _text_of(token)
            if cells is not None:
                cells.append(block)
            elif block:
                yield (f"{marks[-1] or number} {block}" if begun else block), begun
                begun = False


def _text_of(token: Token) -> str:
    if token.type == "html_block":
        return html_text(token.content).strip()
    return _inline(token.children).strip() if token.children is not None else token.content.strip("\n")


def _inline(tokens: Sequence[Token]) -> str:
    """The words of a line, without the marks around them; a picture has none. What is in angle brackets and no tag of HTML stays."""
    words = [
        token for token in tokens if token.type != "image" and not (token.type == "html_inline" and looks_like_html(token.content))
    ]
    return "".join("\n" if token.type in ("softbreak", "hardbreak") else token.content for token in words)

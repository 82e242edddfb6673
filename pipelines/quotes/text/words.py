"""Cuts text into words."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.letters import CAPITAL
from pipelines.quotes.lexicon import Lexicon

# Words with inner marks, abbreviations and initials with their full stop, single marks; a double hyphen is a dash.
# first the common case, a word with nothing behind it that may belong to it, so that the rest is tried for few
_TOKEN = r"\w{2,}+(?![-’'.&@/])|(?:[^\W\d_]\.){2,}|ABBREVIATIONS\.(?=[ \u00a0])|[^\W\d_]\.(?=[ \u00a0][^\W\d_])|\w+(?:[-’'.&@/]\w+)*(?:(?<=[sS])[’'](?!\w))?|--+|[^\w\s]"
# A nickname inside a name, with its marks: Gerald “Gerry” Marlow, Anselm "Big Ansel" Ricard, Gerald (Gerry) Marlow.
NICKNAME = rf"(?<=[\w.][ \u00a0])[“\"'‘(]{CAPITAL}[\w’'-]*(?:[ \u00a0]{CAPITAL}[\w’'-]*){{0,2}}(?<![’'])[”\"'’)](?=[ \u00a0]{CAPITAL}[^\W\d_A-Z])"


@lru_cache(maxsize=16)
def token_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.file.words
    short = sorted((w.capitalize() for w in words.abbreviations), key=lambda w: (-len(w), w))
    clitics = "|".join(words.clitics)
    pattern = _TOKEN.replace("[-’'.&@/]", rf"(?!-(?:t-)?(?:{clitics})\b)[-’'.&@/]") if clitics else _TOKEN
    if clitics:
        pattern = rf"-t-(?=(?:{clitics})\b)|{pattern}"
    particles = [p for p in lexicon.names.particles if not p.isalpha()]
    if particles:
        pattern = rf"(?:{'|'.join(map(re.escape, sorted(particles, reverse=True)))})(?=[ \u00a0]{CAPITAL})|{pattern}"
    pattern = rf"(?=\S)(?:{NICKNAME}|{pattern})"  # a blank is passed over without trying them all
    initials = "".join(sorted({w[0] for w in short}))
    return re.compile(pattern.replace("ABBREVIATIONS", f"(?=[{initials}])(?:{'|'.join(map(re.escape, short))})"))

"""Classes of letters for regular expressions, for which `re` has no names."""

from __future__ import annotations

import itertools
import re
import unicodedata


def _class_of(*categories: str, within: range = range(0x10000)) -> str:
    """The inside of a character class of the categories in the first plane, where all scripts of today are; `re` looks a character up in it at once."""
    letters = [code for code in within if unicodedata.category(chr(code)) in categories]
    spans = [list(span) for _, span in itertools.groupby(enumerate(letters), lambda pair: pair[1] - pair[0])]
    ends = [(re.escape(chr(span[0][1])), re.escape(chr(span[-1][1]))) for span in spans]
    return "".join(first if first == last else f"{first}-{last}" for first, last in ends)


# A capital letter of any script; `[A-Z]` knows no "É", and `[^\W\d_a-z]` takes "é" and "и" for one.
CAPITAL = f"[{_class_of('Lu', 'Lt')}]"

# A letter of a script that sets no blank between words, and the first of them.
FIRST_UNSPACED = 0x0E00
UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")

# Signs in words of the scripts of India that are no letters of their own, of a vowel or that there is none: the inside of a class.
VOWEL_SIGNS = _class_of("Mn", "Mc", within=range(0x0900, 0x0E00))

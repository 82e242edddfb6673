"""What stands behind a headline in the title of a page or of a record: the name of the site, mostly."""

from __future__ import annotations

import re

ANY_MARK = "|–—-"


def behind_last(title: str, marks: str = ANY_MARK) -> tuple[str, str]:
    """What stands before and behind the last mark of a title that has blanks around it; empty where there is none.

    >>> behind_last("Fish | Chips - Harbour Times"), behind_last("Fish | Chips - Harbour Times", "|"), behind_last("Pool closes")
    (('Fish | Chips', 'Harbour Times'), ('Fish', 'Chips - Harbour Times'), ('', ''))
    """
    match = re.fullmatch(rf"(.*\S)\s+[{marks}]\s+(\S.*)", title.strip(), re.DOTALL)
    return (match[1], match[2]) if match else ("", "")

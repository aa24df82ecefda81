"""What a week's note is called, in the tokens that Obsidian's Periodic Notes takes.

``GGGG`` and ``GG`` are the ISO year, ``WW`` and ``W`` the ISO week, letters in ``[]`` stand for
themselves; a ``/`` makes a folder. The tokens of a locale's weeks (``gggg``, ``ww``) are refused:
where weeks begin on Sunday they name another week.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\[([^\]]*)\]|(GGGG|GG|WW|W)|([A-Za-z]+)|([^A-Za-z\[]+)")
#: What file names of some systems cannot hold.
_FOREIGN = frozenset('\\:*?"<>|\0')


def week_name(pattern: str, week: str) -> str:
    """The name of an ISO week, ``2026-W47``.

    Raises ValueError where the pattern makes no name for a file, or one for several weeks.
    """
    year, _, number = week.partition("-W")
    values = {"GGGG": year, "GG": year[-2:], "WW": number, "W": str(int(number))}
    said: list[str] = []
    tokens: set[str] = set()
    position = 0
    while position < len(pattern):
        found = _TOKEN.match(pattern, position)
        if found is None or found.group(3):
            raise ValueError(pattern)
        literal, token, _, other = found.groups()
        if token:
            tokens.add(token)
        said.append(values[token] if token else literal if literal is not None else other)
        position = found.end()
    name = "".join(said).strip()
    parts = name.split("/")
    if not tokens & {"GGGG", "GG"} or not tokens & {"WW", "W"} or _FOREIGN & set(name):
        raise ValueError(pattern)
    if any(not part.strip(". ") for part in parts):
        raise ValueError(pattern)
    return name

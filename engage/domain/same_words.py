"""Whether two texts are the same words, touched up perhaps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engage.text import fold

#: The least that a likeness needs: words of a text, words of a title, and the part of the runs of
#: three words that two texts share.
_TEXT_WORDS, _TITLE_WORDS, _SHARED = 5, 3, 0.5


def alike(one: str, other: str) -> bool:
    """Whether two texts are the same words but for small changes."""
    first, second = _words(one), _words(other)
    if min(len(first), len(second)) < _TEXT_WORDS:
        return bool(first) and first == second
    runs, others = _runs(first), _runs(second)
    return len(runs & others) >= _SHARED * min(len(runs), len(others))


def begins(text: str, title: str) -> bool:
    """Whether a text begins with a title, as a response on Medium is called by its first words."""
    begun = _words(title.rstrip("….\u00a0 "))
    return len(begun) >= _TITLE_WORDS and _words(text)[: len(begun)] == begun


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))

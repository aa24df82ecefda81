"""When a post that was touched up has become another one, worth reading anew.

Corrections, added paragraphs, a feed that begins to show whole texts: none of these brings a task
back. A text does of which most was not there before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engage.domain.posts import Entry
from engage.text import fold

#: Words that must be new, and their share of the text as it is now.
NEW_WORDS = 150
NEW_SHARE = 0.5

#: How many words in a row must have stood together before, to be known.
_TOGETHER = 3
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")


def is_rewritten(before: Entry, after: Entry) -> bool:
    """Whether most of a text of some length is new. Formatting, case and order of the parts make
    no difference; what was or is cut short cannot be compared."""
    if before.truncated or after.truncated or not before.blocks or before.blocks == after.blocks:
        return False
    words = _words(after)
    if len(words) < NEW_WORDS:
        return False
    known = set(_runs(_words(before)))
    new = sum(run not in known for run in _runs(words))
    return new >= max(NEW_WORDS, len(words) * NEW_SHARE)


def _words(entry: Entry) -> list[str]:
    text = "\n".join(span.text for block in entry.blocks for span in block.spans)
    return _WORD.findall(fold(text))


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(_TOGETHER)), strict=False)

"""How a text ends: with itself, or with words that say that it goes on elsewhere, and for whom."""

from __future__ import annotations

import re
from typing import NamedTuple

from engage.domain.posts import Block

_CUT = re.compile(
    r"(?:(?:continue|keep) reading[\w .]*|read (?:more|on|the (?:rest|full)[\w ]*)|"
    r"\[(?:…|\.\.\.)\])[\s»→>.…]*$",
    re.IGNORECASE,
)
_DOTS = re.compile(r"(?:…|\.\.\.)\s*$")
#: What WordPress and Medium put below every text.
_BELOW = re.compile(
    r"the post .{1,300} (?:first )?appeared (?:first )?on .{1,200}"
    r"|.{0,300}was originally published (?:in|on) .{1,300}",
    re.IGNORECASE | re.DOTALL,
)
#: Substack's, Ghost's, Medium's and others' words for readers who do not pay or subscribe.
_MEMBERS = re.compile(
    r"(?:this|the rest of this) (?:post|story|article|piece|content|essay|issue|letter) is "
    r"(?:only )?(?:for|available to) (?:our )?(?:paid |paying |free |premium |registered )*"
    r"(?:subscribers|members|supporters|patrons)(?: only)?\.?"
    r"|(?:subscribe|upgrade|sign up|become an? (?:paid |paying |free )?"
    r"(?:member|subscriber|supporter|patron))\b.{0,60}?\bto "
    r"(?:unlock|continue|keep reading|read (?:on|more|the (?:rest|full)|this))\b.{0,100}"
    r"|member-only story\.?",
    re.IGNORECASE | re.DOTALL,
)
#: Blocks at the end that are looked at, and the length of one that can be such a word.
_LAST, _SHORT = 3, 300


#: Words that all of those hold: a search for a word costs a hundredth of one for a pattern.
_BELOW_WORDS = ("appeared", "originally published")


class Ending(NamedTuple):
    """Whether a text goes on elsewhere, and whether only for those who pay or subscribe."""

    truncated: bool = False
    members: bool = False


def ending(blocks: tuple[Block, ...], *, summary: bool) -> Ending:
    """How a text ends; dots alone are a sign in a summary only."""
    last: list[str] = []
    for block in reversed(blocks):
        text = "".join(span.text for span in block.spans).strip()
        if block.kind in ("img", "rule") or not text or (not last and _is_below(text)):
            continue
        last.append(text)
        if len(last) == _LAST:
            break
    if not last:
        return Ending()
    members = any(len(text) <= _SHORT and _MEMBERS.fullmatch(text) for text in last)
    tail = last[0][-60:]
    cut = bool(_CUT.search(tail)) or (summary and bool(_DOTS.search(tail)))
    return Ending(cut or members, members)


def _is_below(text: str) -> bool:
    return any(word in text for word in _BELOW_WORDS) and _BELOW.fullmatch(text) is not None

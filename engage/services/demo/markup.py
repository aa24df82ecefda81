"""The little markup in which the demo's posts are written down, turned into blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engage.domain.posts import Block, Span

_SPAN = re.compile(r"\*(?P<em>[^*]+)\*|`(?P<code>[^`]+)`|\[(?P<link>[^]]+)]\((?P<href>[^)]+)\)")


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text: paragraphs between empty lines, ``## ``, ``> ``, ``- ``, ``---``."""
    return tuple(
        block
        for part in text.strip().split("\n\n")
        for block in _part(part.strip("\n").split("\n"))
    )


def links_of(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The addresses that blocks link to, in their order."""
    return tuple(span.href for block in blocks for span in block.spans if span.href)


def words_of(blocks: tuple[Block, ...]) -> int:
    """How many words the blocks hold."""
    return sum(len("".join(span.text for span in block.spans).split()) for block in blocks)


def _part(lines: list[str]) -> Iterator[Block]:
    first = lines[0]
    if first == "---":
        yield Block("rule")
    elif first.startswith("> "):
        yield Block("quote", _spans(" ".join(line.removeprefix("> ") for line in lines)))
    elif first.startswith("    "):
        yield Block("code", (Span("\n".join(line.removeprefix("    ") for line in lines)),))
    elif first.startswith("- "):
        for item in "\n".join(lines).removeprefix("- ").split("\n- "):
            yield Block("li", _spans(item.replace("\n", " ")))
    elif first.startswith("## "):
        yield Block("h", _spans(first.removeprefix("## ")), 2)
    else:
        yield Block("p", _spans(" ".join(lines)))


def _spans(text: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    end = 0
    for match in _SPAN.finditer(text):
        if match.start() > end:
            spans.append(Span(text[end : match.start()]))
        style = match.lastgroup or ""
        if style == "href":
            spans.append(Span(match["link"], "link", match["href"]))
        else:
            spans.append(Span(match[style], style))
        end = match.end()
    if end < len(text):
        spans.append(Span(text[end:]))
    return tuple(spans)

"""Blocks of an article -> lines of a given width, measured in terminal cells.

A greedy wrap of its own: `textwrap` counts characters, which is wrong for CJK and emoji, and one
`Content` for a whole article costs ten times as much. Lines carry the names of styles, not colours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size, split_graphemes

from engage.domain.posts import Block, Span

#: A piece of a line: its text and the name of its style ("" is plain text).
Run = tuple[str, str]

#: The narrowest width lines can be wrapped to: a wide character takes two cells.
LEAST_WIDTH = 2

_LEAST_BESIDE_PREFIX = 12
_TAB = 4
_NO_BREAK_SPACES = "\u00a0\u2007\u202f"
# A newline, breaking spaces, or a word; a long dash ends a word and stays with it.
_TOKENS = re.compile(rf"\n|[^\S\n{_NO_BREAK_SPACES}]+|(?:[^\s—]|[{_NO_BREAK_SPACES}])+—*|—+")
# Not at the beginning of a line, and not at its end, in CJK text (JIS X 4051, the common ones).
_NO_START = frozenset(
    "、。，．：；！？）」』】〉》〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ”’…‥"
)
_NO_END = frozenset("（「『【〈《〔［｛“‘")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an article: the index of its block, and its runs without trailing space."""

    block: int
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


class Wrapped:
    """Blocks wrapped to ``width`` cells as far as somebody has looked; `lines` grows on demand."""

    def __init__(
        self, blocks: Sequence[Block], width: int, numbers: Mapping[str, int] | None = None
    ) -> None:
        self.width = max(LEAST_WIDTH, width)
        self.lines: list[Line] = []
        self._blocks = blocks
        self._numbers = link_numbers(blocks) if numbers is None else numbers
        self._next = 0

    @property
    def done(self) -> bool:
        """Whether every block is wrapped."""
        return self._next >= len(self._blocks)

    def reach(self, lines: int) -> None:
        """Wrap on until there are so many lines, or no more blocks."""
        while len(self.lines) < lines and not self.done:
            self._wrap_next()

    def find(self, block: int, offset: int = 0) -> int:
        """The index of a block's line ``offset``, or of its last; wraps as far as needed."""
        while self._next <= block and not self.done:
            self._wrap_next()
        first = next((at for at, line in enumerate(self.lines) if line.block >= block), 0)
        last = first
        while last + 1 < len(self.lines) and self.lines[last + 1].block == block:
            last += 1
        return min(first + offset, last)

    def place(self, line: int) -> tuple[int, int]:
        """The block of a line and the line's offset within it."""
        if not self.lines:
            return 0, 0
        line = max(0, min(line, len(self.lines) - 1))
        block, first = self.lines[line].block, line
        while first and self.lines[first - 1].block == block:
            first -= 1
        return block, line - first

    def _wrap_next(self) -> None:
        at = self._next
        before = self._blocks[at - 1] if at else None
        made = wrap_block(self._blocks[at], self.width, self._numbers, before=before)
        self.lines.extend(Line(at, runs) for runs in made)
        self._next += 1


def link_numbers(blocks: Iterable[Block]) -> dict[str, int]:
    """The number of each address linked to, from 1, in the order of the text."""
    numbers: dict[str, int] = {}
    for block in blocks:
        for span in block.spans:
            if span.style == "link" and span.href:
                numbers.setdefault(span.href, len(numbers) + 1)
    return numbers


def wrap_block(
    block: Block,
    width: int,
    numbers: Mapping[str, int],
    *,
    before: Block | None = None,
) -> Iterator[tuple[Run, ...]]:
    """The lines of one block, with the empty line that parts it from the one before."""
    width = max(LEAST_WIDTH, width)
    if before is not None and not (block.kind == before.kind == "li"):
        yield (
            _bars(min(block.level, before.level), width)
            if (block.kind == before.kind == "quote")
            else ()
        )
    match block.kind:
        case "code":
            yield from _code(block, width)
        case "rule":
            yield (("─" * min(width, 12), "rule"),)
        case "h":
            yield from wrap_runs(_headed(_runs(block.spans, numbers)), width)
        case "quote":
            bars = _bars(block.level, width)
            yield from _prefixed(block, width, numbers, bars, bars)
        case "li":
            indent = "  " * (block.level - 1)
            if len(indent) + 2 + _LEAST_BESIDE_PREFIX > width:
                indent = ""
            first, rest = ((indent + "• ", "bullet"),), ((indent + "  ", ""),)
            yield from _prefixed(block, width, numbers, first, rest)
        case "img":
            name = " ".join(span.text for span in block.spans if span.text).strip()
            yield from wrap_runs([(f"(image: {name})" if name else "(image)", "image")], width)
        case _:
            yield from wrap_runs(_runs(block.spans, numbers), width)


def wrap_runs(runs: Iterable[Run], width: int) -> Iterator[tuple[Run, ...]]:
    """Break runs into lines of at most ``width`` cells (at least 2): between words, between wide
    characters, and inside words that are longer than a line. A newline always breaks."""
    flow = _Flow(max(LEAST_WIDTH, width))
    for text, style in _merged(runs):
        for token in _TOKENS.findall(text):
            flow.take(token, style)
    return flow.finish()


class _Flow:
    """The greedy wrap: a word gathers from runs and goes to the line as soon as it is whole."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._lines: list[tuple[Run, ...]] = []
        self._line: list[Run] = []
        self._used = 0
        self._word: list[Run] = []
        self._word_cells = 0
        self._space: str | None = None

    def take(self, token: str, style: str) -> None:
        if token == "\n":
            self._place()
            self._break()
        elif token.isspace() and token[0] not in _NO_BREAK_SPACES:
            self._place()
            self._space = style
        else:
            for text, cells, breaks in _pieces(token):
                if breaks:
                    self._place()
                self._word.append((text, style))
                self._word_cells += cells
            if token.endswith("—"):
                self._place()

    def finish(self) -> Iterator[tuple[Run, ...]]:
        self._place()
        if self._line:
            self._break()
        return iter(self._lines)

    def _place(self) -> None:
        """Put the word on the line, or on the next one."""
        if not self._word:
            return
        gap = 1 if self._space is not None and self._line else 0
        if self._line and self._used + gap + self._word_cells > self._width:
            self._break()
        elif gap:
            self._append(" ", self._space or "", 1)
        if self._word_cells <= self._width:
            for text, style in self._word:
                self._append(text, style, 0)
            self._used += self._word_cells
        else:
            self._chop()
        self._word, self._word_cells, self._space = [], 0, None

    def _chop(self) -> None:
        """Put a word on lines that is longer than one."""
        for text, style in self._word:
            for start, end, cells in split_graphemes(text)[0]:
                if self._used + cells > self._width:
                    self._break()
                self._append(text[start:end], style, cells)

    def _append(self, text: str, style: str, cells: int) -> None:
        if self._line and self._line[-1][1] == style:
            self._line[-1] = (self._line[-1][0] + text, style)
        else:
            self._line.append((text, style))
        self._used += cells

    def _break(self) -> None:
        self._lines.append(tuple(self._line))
        self._line, self._used, self._space = [], 0, None


def _pieces(token: str) -> Iterator[tuple[str, int, bool]]:
    """A token in pieces that may not be broken: text, cells, whether a line may break before."""
    cells = cell_len(token)
    if cells == len(token) and token.isascii():
        yield token, cells, False
        return
    piece, piece_cells, breaks, last = "", 0, False, ("", 0)
    for start, end, wide in split_graphemes(token)[0]:
        grapheme = token[start:end]
        may_break = (
            piece != ""
            and 2 in (wide, last[1])
            and grapheme[0] not in _NO_START
            and last[0] not in _NO_END
        )
        if may_break:
            yield piece, piece_cells, breaks
            piece, piece_cells, breaks = "", 0, True
        piece, piece_cells, last = piece + grapheme, piece_cells + wide, (grapheme[0], wide)
    yield piece, piece_cells, breaks


def _prefixed(
    block: Block,
    width: int,
    numbers: Mapping[str, int],
    first: tuple[Run, ...],
    rest: tuple[Run, ...],
) -> Iterator[tuple[Run, ...]]:
    """A block's lines behind a bullet or bars; without them where the width has no room."""
    taken = sum(cell_len(text) for text, _ in first)
    if taken + LEAST_WIDTH > width:
        first, rest, taken = (), (), 0
    prefix = first
    runs = _runs(block.spans, numbers)
    if block.kind == "quote":
        runs = ((text, style or "quote") for text, style in runs)
    for line in wrap_runs(runs, width - taken):
        yield prefix + line
        prefix = rest


def _code(block: Block, width: int) -> Iterator[tuple[Run, ...]]:
    """Code as it stands, each line clipped at the width."""
    text = "".join(span.text for span in block.spans).rstrip("\n")
    for line in text.split("\n"):
        line = line.expandtabs(_TAB)
        if cell_len(line) > width:
            line = set_cell_size(line, width - 1) + "…"
        yield ((line, "code-block"),) if line else ()


def _bars(level: int, width: int) -> tuple[Run, ...]:
    """The bars of a quote, as deep as there is room for."""
    deep = max(1, min(level, (width - _LEAST_BESIDE_PREFIX) // 2))
    return (("│ " * deep, "bar"),) if width >= 2 + LEAST_WIDTH else ()


def _runs(spans: Iterable[Span], numbers: Mapping[str, int]) -> Iterator[Run]:
    """Spans as runs, each link followed by its number."""
    listed = list(spans)
    for at, span in enumerate(listed):
        yield span.text, span.style
        goes_on = at + 1 < len(listed) and listed[at + 1].href == span.href
        number = numbers.get(span.href) if span.style == "link" and span.href else None
        if number and not goes_on:
            yield f"[{number}]", "number"


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbours of one style joined, so that no grapheme is cut between them."""
    text, style = "", ""
    for next_text, next_style in runs:
        if next_style == style:
            text += next_text
        else:
            if text:
                yield text, style
            text, style = next_text, next_style
    if text:
        yield text, style


def _headed(runs: Iterable[Run]) -> Iterator[Run]:
    """A heading's runs: without emphasis of their own, but for links and their numbers."""
    for text, style in runs:
        yield text, style if style in ("link", "number") else "heading"

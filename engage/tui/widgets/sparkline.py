"""Numbers of several weeks as a line of bars, and the same in words beside or below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

_BARS = "▁▂▃▄▅▆▇█"
_NONE = "·"


def sparkline(values: Sequence[int]) -> str:
    """A bar for each value, the tallest for the greatest; a dot where there was nothing."""
    top = max(values, default=0)
    return "".join(_BARS[(value * len(_BARS) - 1) // top] if value else _NONE for value in values)


@dataclass(frozen=True, slots=True)
class Trend:
    """``Days written     ▃▅·▇▅  5; 4 the week before``."""

    label: str
    values: tuple[int, ...]
    words: str

    def wrap(self, width: int) -> list[Content]:
        bars = Content.styled(sparkline(self.values), ".text--accent")
        label = Content.styled(self.label, ".text--muted")
        line = Content.assemble(label, bars, "  ", self.words)
        if line.cell_length <= width:
            return [line]
        return [label + bars, Content(" " * label.cell_length + self.words)]

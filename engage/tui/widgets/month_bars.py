"""Twelve months of exchanges with one person as bars, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual.content import Content

from engage.domain.wording import counted
from engage.tui.widgets.said import month

#: A month: its first day, exchanges with the person, exchanges with everybody.
Month = tuple[date, int, int]

_TALLEST = 6


@dataclass(frozen=True, slots=True)
class MonthBars:
    """``J ∙  F █∙  M ██``: a block for each exchange with them, a dot where there were others.

    Where months have more than six exchanges, a block stands for several, and the words say so.
    """

    months: tuple[Month, ...]

    def wrap(self, width: int) -> list[Content]:
        """The chart in as many lines as the width asks for, then the words."""
        if not self.months:
            return []
        cells = [self._cell(each) for each in self.months]
        words = Content.styled(self.words, ".text--muted").wrap(width)
        label = 6
        lead = Content.styled(f"{self.months[0][0].year:<{label}}", ".text--muted")
        whole = lead + Content("  ").join(cells)
        if whole.cell_length <= width:
            return [whole, *words]
        step = max(cell.cell_length for cell in cells) + 2
        per_line = max(1, (width - label + 2) // step)
        per_line = max((n for n in (12, 6, 4, 3, 2, 1) if n <= per_line), default=1)
        lines: list[Content] = []
        year: int | None = None
        for start in range(0, len(cells), per_line):
            first = self.months[start][0].year
            said = f"{first:<{label}}" if first != year else " " * label
            parts = [cell.pad_right(step - cell.cell_length) for cell in cells[start:][:per_line]]
            line = Content.styled(said, ".text--muted") + Content("").join(parts)
            lines.append(line.rstrip().truncate(width))
            year = first
        return [*lines, *words]

    @property
    def words(self) -> str:
        """The numbers of the chart."""
        total = sum(each[1] for each in self.months)
        everybody = sum(each[2] for each in self.months)
        others = f"; {everybody} with everybody (∙ others only)." if everybody > total else "."
        if not total:
            return f"No exchange in these twelve months{others}"
        said = counted(total, "exchange")
        busiest = max(self.months, key=lambda each: (each[1], each[0]))
        most = f", most in {month(busiest[0])} ({busiest[1]})" if total > 1 else ""
        scale = f" One block is {self._scale} exchanges." if self._scale > 1 else ""
        return f"{said} in these twelve months{most}{others}{scale}"

    @property
    def _scale(self) -> int:
        return -(-max(each[1] for each in self.months) // _TALLEST)

    def _cell(self, each: Month) -> Content:
        first, theirs, everybody = each
        letter = Content.styled(month(first)[0] + " ", ".text--muted")
        blocks = "█" * -(-theirs // self._scale) if theirs else ""
        dot = "" if blocks or everybody == theirs else "∙"
        return letter + Content.assemble((blocks, ".text--accent"), (dot, ".text--muted"))

"""A year as a calendar of cells: days written, days with an exchange, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta

from textual.content import Content

from engage.domain.wording import counted
from engage.tui.widgets.said import month

_WEEKDAYS = ("M", " ", "W", " ", "F", " ", "S")
_LABEL = 3
# Shapes, not only colours, tell the days apart: a terminal without colour shows as much.
_NEITHER, _WRITTEN, _EXCHANGE, _BOTH = "·", "■", "•", "▣"


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """One cell a day, a column a week, Monday first.

    ``exchanges``: how many there were on a day. Days after ``today`` are left empty. Where the
    whole year does not fit, its weeks up to today that do are shown.
    """

    year: int
    written: Set[date]
    exchanges: Mapping[date, int]
    today: date

    def wrap(self, width: int) -> list[Content]:
        """The calendar in eight lines, then the words."""
        first = date(self.year, 1, 1)
        monday = first - timedelta(days=first.weekday())
        last = date(self.year, 12, 31)
        weeks = (last - monday).days // 7 + 1
        step = 2 if weeks * 2 + _LABEL <= width else 1
        room = max(1, (width - _LABEL) // step)
        if weeks > room:
            until = max(0, min((min(self.today, last) - monday).days // 7, weeks - 1))
            monday += timedelta(weeks=max(0, min(until - room + 1, weeks - room)))
            weeks = room
        lines = [self._months(monday, weeks, step)]
        for row in range(7):
            cells = [
                self._cell(monday + timedelta(days=7 * week + row), step) for week in range(weeks)
            ]
            label = Content.styled(f" {_WEEKDAYS[row]} "[:_LABEL], ".text--muted")
            lines.append(Content.assemble(label, *cells).rstrip())
        return [*lines, *self._words().wrap(width)]

    def _months(self, monday: date, weeks: int, step: int) -> Content:
        line = [" "] * (_LABEL + weeks * step + 3)
        free = 0
        for week in range(weeks):
            day = monday + timedelta(days=7 * week + 6)
            at = _LABEL + week * step
            if day.day <= 7 and day.year == self.year and at >= free:
                line[at : at + 3] = month(day)[:3]
                free = at + 4
        return Content.styled("".join(line).rstrip()[: _LABEL + weeks * step], ".text--muted")

    def _cell(self, day: date, step: int) -> tuple[str, str]:
        gap = " " * (step - 1)
        if day.year != self.year or day > self.today:
            return " " + gap, ""
        match (day in self.written, bool(self.exchanges.get(day))):
            case (True, True):
                return _BOTH + gap, ".text--accent"
            case (True, False):
                return _WRITTEN + gap, ".text--accent"
            case (False, True):
                return _EXCHANGE + gap, ".text--strong"
            case _:
                return _NEITHER + gap, ".text--muted"

    def _words(self) -> Content:
        written = sum(day.year == self.year for day in self.written)
        met = sum(day.year == self.year for day, number in self.exchanges.items() if number)
        both = sum(day.year == self.year and bool(self.exchanges.get(day)) for day in self.written)
        return Content.styled(
            f"{_WRITTEN} {counted(written, 'day')} written   "
            f"{_EXCHANGE} {counted(met, 'day')} with an exchange   {_BOTH} {both} both",
            ".text--muted",
        )

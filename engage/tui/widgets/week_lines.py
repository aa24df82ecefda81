"""The writer's week as lines of text: figures, the year, and the people it was about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from textual.content import Content

from engage.domain.days import local_day
from engage.domain.records import World
from engage.domain.trend import PastWeek
from engage.domain.week import Week, pieces
from engage.domain.week_words import (
    earlier,
    few,
    how_words,
    promises,
    quiet_words,
    trends,
    waiting_words,
)
from engage.domain.wording import counted
from engage.services import review
from engage.services.desk import Desk
from engage.services.people import months_of
from engage.tui.widgets.month_bars import Month, MonthBars
from engage.tui.widgets.said import month
from engage.tui.widgets.sparkline import Trend
from engage.tui.widgets.text_lines import Paragraph, Wraps
from engage.tui.widgets.year_calendar import YearCalendar

_LETTERS = "MTWTFSS"
_BLANK = Content("")
_MUTED = ".text--muted"
_LABEL = 17


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week with what its screen shows beside the figures. ``names`` of whom it speaks;
    ``months``: the exchanges of each of twelve."""

    week: Week
    weeks: tuple[PastWeek, ...]
    today: date
    names: Mapping[str, str]
    written: frozenset[date]
    exchanges: Mapping[date, int]
    months: tuple[Month, ...]


def look_at_week(desk: Desk, name: str | None) -> WeekView:
    """A week, by default this one, as its screen shows it."""
    week, world, today = review.week(desk, name), desk.world(), local_day(desk.now())
    meant = {*week.how, *week.late, *(each.person for each in week.quiet)}
    meant |= {id for id, _ in week.waiting}
    return WeekView(
        week=week,
        weeks=review.weeks(desk, name),
        today=today,
        names={id: world.people[id].name for id in meant if id in world.people},
        written=written_days(world),
        exchanges=Counter(local_day(touch.at) for touch in world.touches if touch.exchange),
        months=months_of(world, min(today, week.end)),
    )


def written_days(world: World) -> frozenset[date]:
    """The days marked as written, and those on which a piece was published."""
    marked = {each.day for each in world.written_days}
    return frozenset(marked | {local_day(piece.published) for piece in pieces(world)})


def week_lines(view: WeekView) -> list[Wraps]:
    """The whole page but for the line in the writer's own words."""
    week = view.week
    return [
        _written(view),
        Figures(_figures(week)),
        _BLANK,
        *people_lines(view),
        _labelled("Promises", promises(week)),
        _BLANK,
        *trend_lines(view),
        _BLANK,
        Content.styled(str(week.end.year), ".text--strong"),
        YearCalendar(week.end.year, view.written, view.exchanges, view.today),
        _BLANK,
        MonthBars(view.months),
    ]


def people_lines(view: WeekView) -> list[Wraps]:
    """Who the week was about, and who is further away than they were."""
    week = view.week
    nurtured = [f"{_name(view, id)}: {how_words(week.how[id])}" for id, _ in week.nurtured]
    quiet = [quiet_words(_name(view, each.person), each) for each in week.quiet]
    late = [_name(view, id) for id in week.late]
    waiting = [waiting_words(_name(view, id), day, view.today) for id, day in week.waiting]
    return [
        _labelled("Nurtured", " · ".join(nurtured) or "nobody yet"),
        _labelled("Gone quiet", "\n".join(few(quiet)) or "nobody"),
        *([_labelled("Past their day", " · ".join(few(late)))] if late else []),
        *([_labelled("Waiting", " · ".join(few(waiting, 5)))] if waiting else []),
    ]


def trend_lines(view: WeekView) -> list[Wraps]:
    """The writer's own weeks side by side, each figure with its bars and words."""
    if len(view.weeks) < 2:
        return [Content.styled("Your first week; the next one has something beside it.", _MUTED)]
    head = f"Your last {len(view.weeks)} weeks"
    so_far = view.week.start <= view.today < view.week.end
    return [
        Content.styled(head, _MUTED),
        *(
            Trend(f"{name:<{_LABEL}}", values, earlier(values, so_far=so_far))
            for name, values in trends(view.weeks)
        ),
    ]


def _name(view: WeekView, person: str) -> str:
    return view.names.get(person, "somebody forgotten")


def title_of(week: Week) -> str:
    """``Week 47 · 16–22 November``."""
    start, end = week.start, week.end
    first = str(start.day) if start.month == end.month else f"{start.day} {month(start)}"
    return f"Week {int(week.week[-2:])} · {first}–{end.day} {month(end)} {end.year}"


@dataclass(frozen=True, slots=True)
class Figures:
    """Labels and numbers, in as many columns as there is room for."""

    figures: tuple[tuple[str, str], ...]

    def wrap(self, width: int) -> list[Content]:
        value = max(len(number) for _, number in self.figures)
        step = _LABEL + value + 3
        columns = max(1, min(3, width // step))
        lines = []
        for start in range(0, len(self.figures), columns):
            cells = [
                Content.assemble((f"{name:<{_LABEL}}", ".text--muted"), f"{number:<{value}}   ")
                for name, number in self.figures[start : start + columns]
            ]
            lines.append(Content("").join(cells).rstrip())
        return lines


@dataclass(frozen=True, slots=True)
class DaysWritten:
    """A cell for each day of the week, and the same in words: beside it, or below."""

    cells: Content
    words: str

    def wrap(self, width: int) -> list[Content]:
        label = Content.styled(f"{'Written':<{_LABEL}}", ".text--muted")
        line = Content.assemble(label, self.cells, self.words)
        if line.cell_length <= width:
            return [line]
        return [label + self.cells, Content(" " * _LABEL + self.words)]


def _written(view: WeekView) -> Wraps:
    week = view.week
    cells = Content("")
    for at, letter in enumerate(_LETTERS):
        day = week.start + timedelta(days=at)
        done = day in week.written
        mark = "■" if done else "·" if day <= view.today else " "
        cells += Content.assemble(
            (f"{letter} ", ".text--muted"),
            (f"{mark}  ", ".text--accent" if done else ".text--muted"),
        )
    words = f"{counted(week.days_written, 'day')}, {counted(week.published, 'piece')} published"
    return DaysWritten(cells, words)


def _figures(week: Week) -> tuple[tuple[str, str], ...]:
    looked, new = week.new_people
    kept, circles = week.kept
    return (
        ("People read", str(week.people_read)),
        ("Replies written", str(week.replies_written)),
        ("New people", f"{looked} of {new} looked at"),
        ("Owed, open", str(week.owed_open)),
        ("Kept", f"{kept} of {circles} in circles"),
    )


def _labelled(label: str, words: str) -> Wraps:
    return Paragraph(Content.styled(f"{label:<{_LABEL}}", ".text--muted"), Content(words))

"""The writer's week as lines of text: figures, the year, and the people it was about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from textual.content import Content

from engage.domain.days import local_day
from engage.domain.records import World
from engage.domain.week import Week, pieces
from engage.domain.wording import counted, span
from engage.services.desk import Desk
from engage.services.review import week as week_of_writer
from engage.tui.widgets.said import month
from engage.tui.widgets.text_lines import Paragraph, Wraps
from engage.tui.widgets.year_calendar import YearCalendar

_LETTERS = "MTWTFSS"
_BLANK = Content("")
_LABEL = 17


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week with what its screen shows beside the figures. ``quiet`` are sentences."""

    week: Week
    today: date
    nurtured: tuple[str, ...]
    quiet: tuple[str, ...]
    written: frozenset[date]
    exchanges: Mapping[date, int]


def look_at_week(desk: Desk, name: str | None) -> WeekView:
    """A week, by default this one, as its screen shows it."""
    week, world, today = week_of_writer(desk, name), desk.world(), local_day(desk.now())
    standings = desk.standings()

    def name_of(person: str) -> str:
        return world.people[person].name if person in world.people else person

    quiet = []
    for person in week.drifting:
        standing = standings.get(person)
        if standing is None or standing.rhythm is None or standing.last_exchange is None:
            quiet.append(name_of(person))
            continue
        silent = (min(today, week.end) - local_day(standing.last_exchange)).days
        usual = counted(round(standing.rhythm), "day")
        quiet.append(f"{name_of(person)}: usually every {usual}, {span(silent)} now")
    return WeekView(
        week=week,
        today=today,
        nurtured=tuple(f"{name_of(person)} {number}" for person, number in week.nurtured),
        quiet=tuple(quiet),
        written=written_days(world),
        exchanges=Counter(local_day(touch.at) for touch in world.touches if touch.exchange),
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
        _people("Nurtured", view.nurtured, "nobody yet", ", "),
        _people("Gone quiet", view.quiet, "nobody", "\n"),
        _labelled("Promises", promises(week)),
        _BLANK,
        Content.styled(str(week.end.year), ".text--strong"),
        YearCalendar(week.end.year, view.written, view.exchanges, view.today),
    ]


def title_of(week: Week) -> str:
    """``Week 47 · 16–22 November``."""
    start, end = week.start, week.end
    first = str(start.day) if start.month == end.month else f"{start.day} {month(start)}"
    return f"Week {int(week.week[-2:])} · {first}–{end.day} {month(end)} {end.year}"


def promises(week: Week) -> str:
    """What the circles promise against what an average week brings."""
    promised, average = _number(week.promises_per_week), _number(week.exchanges_per_week)
    exchanges = "exchange" if promised == "1" else "exchanges"
    return f"your circles promise {promised} {exchanges} a week; you average {average}"


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


def _people(label: str, names: tuple[str, ...], none: str, between: str) -> Wraps:
    return _labelled(label, between.join(names) if names else none)


def _labelled(label: str, words: str) -> Wraps:
    return Paragraph(Content.styled(f"{label:<{_LABEL}}", ".text--muted"), Content(words))


def _number(value: float) -> str:
    """One decimal where it says something: 0.5, 2.5, 12."""
    return f"{value:.1f}".removesuffix(".0") if value < 10 else str(round(value))

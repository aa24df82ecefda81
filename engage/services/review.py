"""The writer's week, in figures and in a line of their own."""

from __future__ import annotations

from engage.domain.changes import Change, put
from engage.domain.days import local_day, week_of
from engage.domain.records import WeekLine
from engage.domain.trend import PastWeek, past_weeks
from engage.domain.week import Week, week_figures
from engage.services.desk import Desk
from engage.text import clip, one_line

LINE_LIMIT = 2000


def week(desk: Desk, week: str | None = None) -> Week:
    """The figures of a week, by default the current one."""
    name = week or this_week(desk)
    now = desk.standings() if name == this_week(desk) else None
    return week_figures(desk.world(), desk.rules, name, desk.now(), current=now)


def weeks(desk: Desk, week: str | None = None) -> tuple[PastWeek, ...]:
    """The writer's own weeks up to one, by default the current one."""
    return past_weeks(desk.world(), week or this_week(desk), desk.now())


def say(desk: Desk, week: str | None, text: str) -> Change | None:
    """Keep a line in the writer's own words with a week."""
    name = week or this_week(desk)
    before = desk.world().week_lines.get(name)
    after = WeekLine(name, desk.now(), clip(one_line(text), LINE_LIMIT))
    if before is not None and before.text == after.text:
        return None
    return desk.commit(f"week {name}: in your own words", [put(after, before)])


def this_week(desk: Desk) -> str:
    """The week that is going on, ``2026-W47``."""
    return week_of(local_day(desk.now()))

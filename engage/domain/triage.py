"""The inbox: every task there is, in its order, with today's one at the head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from engage.domain.closed import closed_tasks, task_id
from engage.domain.days import local_day, midnight
from engage.domain.plan import Row, rows
from engage.domain.reasons import words
from engage.domain.records import Rules, Standing, Task, World
from engage.domain.relationships import standings as standings_of
from engage.domain.world import as_of

#: Minutes that a task takes; a `read` takes as long as its posts.
REPLY_MINUTES, WELCOME_MINUTES, RECONNECT_MINUTES = 6, 2, 6

_STATES = ("open", "later", "snoozed", "waiting")


def tasks(
    world: World, standings: Mapping[str, Standing], rules: Rules, now: datetime
) -> tuple[Task, ...]:
    """All tasks of all states, in the inbox's order.

    The open ones in the order of reasons, today's one at their head; then the pile *Reply later*,
    snoozed and waiting ones, then what was decided or answered in the last 30 days (newest first)
    and what aged out.
    """
    today = local_day(now)
    there = rows(world, standings, rules, now)
    one = _todays_one(world, rules, now, there)
    by_state: dict[str, list[Row]] = {}
    for row in there:
        by_state.setdefault(row.state, []).append(row)
    active = [
        _task(row, today, first=row is one)
        for state in _STATES
        for row in sorted(
            by_state.get(state, ()), key=lambda row: (row is not one, row.until or today, row.order)
        )
    ]
    closed = closed_tasks(world, standings, now, [task.id for task in active])
    aged = sorted(by_state.get("aged", ()), key=lambda row: row.order)
    return (*active, *closed, *(_task(row, today) for row in aged))


def plan_ends_after(tasks: Sequence[Task], minutes: int) -> int:
    """How many of the open tasks the day's minutes reach, in their order; the first always."""
    reached = spent = 0
    for task in tasks:
        if task.state != "open":
            continue
        spent += task.minutes
        if reached and spent > minutes:
            break
        reached += 1
    return reached


def _task(row: Row, today: date, *, first: bool = False) -> Task:
    why, short, rule = words(row, today)
    return Task(
        id=task_id(row.kind, row.person.id, row.oldest),
        kind=row.kind,
        person=row.person.id,
        reason=row.reason,
        why=why,
        short=short,
        state=row.state,
        due=row.due,
        posts=row.posts if row.kind == "read" else (),
        touches=row.touches,
        opened=row.opened,
        until=row.until,
        minutes=_minutes(row),
        rule=rule,
        first=first,
    )


def _minutes(row: Row) -> int:
    if row.kind == "reply":
        return REPLY_MINUTES
    if row.kind == "welcome":
        return WELCOME_MINUTES
    if row.kind == "reconnect":
        return RECONNECT_MINUTES
    return sum(post.minutes for post in row.posts)


def _todays_one(world: World, rules: Rules, now: datetime, there: Sequence[Row]) -> Row | None:
    """The first of the tasks open at local midnight, else the first opened today, if still open.

    Computed, not stored: from what was known at midnight; and if nothing was open then, from what
    would be open now had the writer done nothing today.
    """
    begin = midnight(local_day(now))
    chosen = _head(as_of(world, begin), rules, begin, by_opening=False)
    if chosen is None:
        untouched = replace(
            world,
            decisions=tuple(item for item in world.decisions if item.at < begin),
            touches=tuple(
                item for item in world.touches if item.direction == "in" or item.recorded < begin
            ),
        )
        chosen = _head(untouched, rules, now, by_opening=True)
    if chosen is None:
        return None
    for row in there:
        if row.state == "open" and _is_same(row, chosen):
            return row
    return None


def _head(world: World, rules: Rules, moment: datetime, *, by_opening: bool) -> Row | None:
    standings = standings_of(world, rules, moment)
    open_rows = (row for row in rows(world, standings, rules, moment) if row.state == "open")
    if by_opening:
        return min(open_rows, key=lambda row: (row.opened, row.order), default=None)
    return min(open_rows, key=lambda row: row.order, default=None)


def _is_same(row: Row, chosen: Row) -> bool:
    """Whether a row is still about what it was about when it was chosen."""
    if (row.kind, row.person.id) != (chosen.kind, chosen.person.id):
        return False
    if row.kind == "read":
        return not {post.uid for post in row.posts}.isdisjoint(post.uid for post in chosen.posts)
    if row.kind == "reply":
        return not {item.id for item in row.touches}.isdisjoint(item.id for item in chosen.touches)
    return True

"""The inbox: every task there is, in its order, with today's one at the head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import takewhile

from engage.domain.by_person import Records, by_person
from engage.domain.closed import closed_of, newest_first, task_id
from engage.domain.days import local_day, midnight
from engage.domain.derived import Standing, Task, TaskState
from engage.domain.plan import Row, rows_of, screened
from engage.domain.reasons import words
from engage.domain.records import Rules, TaskKind, World
from engage.domain.relationships import standing_of
from engage.domain.today import todays_one

#: Minutes that a task takes; a `read` takes as long as its posts.
REPLY_MINUTES, WELCOME_MINUTES, RECONNECT_MINUTES = 6, 2, 6

#: What the rule of the row at the head adds.
TODAYS_ONE = "; today's one: the first of what stood here as the day began"

_STATES = ("open", "later", "snoozed", "waiting")


def tasks(
    world: World, standings: Mapping[str, Standing], rules: Rules, now: datetime
) -> tuple[Task, ...]:
    """All tasks of all states, in the inbox's order.

    The open ones in the order of reasons, today's one at their head; then the pile *Reply later*,
    snoozed and waiting ones, then what was decided or answered in the last 30 days (newest first)
    and what aged out. Who asks again and again keeps what did not change: see `kept`.
    """
    everybody = by_person(world)
    shares = {id: Share(each, standings[id], rules, now) for id, each in everybody.items()}
    return listed(world, everybody, shares, rules, now)


class Share:
    """What one person has of the inbox: their rows, and what was closed of them."""

    def __init__(self, records: Records, standing: Standing, rules: Rules, now: datetime) -> None:
        self.rows = rows_of(records, standing, rules, now)
        self.closed = closed_of(records, standing, now)
        self._records = records
        self._rules = rules
        self._today = local_day(now)
        self._morning: Sequence[Row] | None = None
        self._tasks: dict[tuple[TaskKind, TaskState, bool], Task] = {}

    @property
    def morning(self) -> Sequence[Row]:
        """The rows as they were when the day began; whatever the day brings, they stay that."""
        if self._morning is None:
            begin = midnight(self._today)
            known = self._records.as_of(begin)
            self._morning = ()
            if known is not None:
                standing = standing_of(known, self._rules, begin)
                self._morning = rows_of(known, standing, self._rules, begin)
        return self._morning

    def task(self, row: Row, *, first: bool = False) -> Task:
        """One of the rows in words; a welcome may be waiting or not."""
        key = (row.kind, row.state, first)
        if key not in self._tasks:
            self._tasks[key] = _task(row, self._today, first=first)
        return self._tasks[key]


def listed(
    world: World,
    everybody: Mapping[str, Records],
    shares: Mapping[str, Share],
    rules: Rules,
    now: datetime,
) -> tuple[Task, ...]:
    """Everybody's shares as one inbox: who is welcomed today, today's one, and the order."""
    today = local_day(now)
    begin = midnight(today)
    planned = [row for share in shares.values() for row in share.rows]
    decided = takewhile(lambda item: item.at >= begin, reversed(world.decisions))
    welcomed = {item.person for item in decided if item.kind == "welcome"}
    there = screened(planned, welcomed, rules)
    one = todays_one(everybody, shares, rules, now, planned, there)
    by_state: dict[str, list[Row]] = {}
    for row in there:
        by_state.setdefault(row.state, []).append(row)
    active = [
        shares[row.person.id].task(row, first=row is one)
        for state in _STATES
        for row in sorted(
            by_state.get(state, ()), key=lambda row: (row is not one, row.until or today, row.order)
        )
    ]
    closed = (item for share in shares.values() for item in share.closed)
    aged = sorted(by_state.get("aged", ()), key=lambda row: row.order)
    return (
        *active,
        *newest_first(closed, [task.id for task in active]),
        *(shares[row.person.id].task(row) for row in aged),
    )


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
    if first:
        rule += TODAYS_ONE
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

"""The writer's own weeks side by side: a week is compared with earlier ones, with nothing else."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter

from engage.domain.days import local_day, midnight, week_days, week_of
from engage.domain.records import World
from engage.domain.week import known_since, pieces

#: So many weeks are looked at together, the week asked about the last of them.
WEEKS = 12


@dataclass(frozen=True, slots=True)
class PastWeek:
    """What the writer did in a week, as `week.Week` counts it."""

    week: str
    days_written: int
    published: int
    people_read: int
    replies_written: int


def past_weeks(world: World, week: str, now: datetime, weeks: int = WEEKS) -> tuple[PastWeek, ...]:
    """The weeks up to this one, oldest first; none before engage knew anything.

    Raises ValueError where there is no such week.
    """
    last, end = week_days(week)
    since = known_since(world, last)
    begin = max(last - timedelta(weeks=weeks - 1), since - timedelta(days=since.weekday()))
    moment = min(now, midnight(end + timedelta(days=1)) - timedelta(microseconds=1))
    number = max((last - begin).days // 7 + 1, 1)
    begin = last - timedelta(weeks=number - 1)

    def place(day: date) -> int:
        return (day - begin).days // 7

    written: list[set[date]] = [set() for _ in range(number)]
    published, replies = [0] * number, [0] * number
    read: list[set[str]] = [set() for _ in range(number)]
    for piece in pieces(world):
        day = local_day(piece.published)
        if begin <= day and piece.published <= moment:
            written[place(day)].add(day)
            published[place(day)] += 1
    for marked in world.written_days:
        if begin <= marked.day <= end:
            written[place(marked.day)].add(marked.day)
    at = bisect_left(world.touches, midnight(begin), key=attrgetter("at"))
    for touch in world.touches[at:]:
        if touch.direction == "out" and touch.at <= moment:
            of = place(local_day(touch.at))
            replies[of] += touch.exchange
            if touch.kind == "read":
                read[of].add(touch.person)
    return tuple(
        PastWeek(
            week=week_of(begin + timedelta(weeks=of)),
            days_written=len(written[of]),
            published=published[of],
            people_read=len(read[of]),
            replies_written=replies[of],
        )
        for of in range(number)
    )

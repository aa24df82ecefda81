"""The writer's own numbers for a week: what they control, counted.

Days and weeks are local. What is *as of now* is, for a past week, as of its end, with that time's
circles.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from operator import attrgetter

from engage.domain.days import days_between, local_day, midnight, week_days
from engage.domain.derived import Standing
from engage.domain.records import OwnPost, Rules, Touch, World
from engage.domain.relationships import standings
from engage.domain.settle import FINAL

#: Exchanges a week are the mean of so many weeks.
MEAN_OF_WEEKS = 8

_at = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Week:
    """The writer's own numbers for a week, as CLI.md's ``week`` form lists them."""

    week: str
    start: date
    end: date
    days_written: int
    published: int
    people_read: int
    replies_written: int
    new_people: tuple[int, int]
    owed_open: int
    kept: tuple[int, int]
    nurtured: tuple[tuple[str, int], ...]
    promises_per_week: float
    exchanges_per_week: float
    written: tuple[date, ...] = ()
    drifting: tuple[str, ...] = ()
    line: str = ""


def week_figures(
    world: World,
    rules: Rules,
    week: str,
    now: datetime,
    *,
    current: Mapping[str, Standing] | None = None,
) -> Week:
    """The figures of an ISO week such as ``2026-W47``. Raises ValueError where it is none.

    ``current``: how everybody stands now, for the week that is going on.
    """
    start, end = week_days(week)
    moment = min(now, midnight(end + timedelta(days=1)) - timedelta(microseconds=1))
    if current is None:
        people = {key: item for key, item in world.people.items() if item.added <= moment}
        current = standings(replace(world, people=people), rules, moment)
    present = [standing for standing in current.values() if not standing.left]
    touches = _within(world, start, end, moment)
    published = [
        day
        for piece in pieces(world)
        if piece.published <= moment and start <= (day := local_day(piece.published)) <= end
    ]
    marked = (item.day for item in world.written_days if start <= item.day <= end)
    written = tuple(sorted({*published, *marked}))
    looked = {touch.person for touch in touches if touch.kind == "look"}
    exchanges = Counter(touch.person for touch in touches if touch.exchange)
    line = world.week_lines.get(week)

    def by_name(id: str) -> tuple[str, str]:
        person = world.people.get(id)
        return (person.name.casefold() if person else "", id)

    return Week(
        week=week,
        start=start,
        end=end,
        days_written=len(written),
        published=len(published),
        people_read=len({touch.person for touch in touches if touch.kind == "read"}),
        replies_written=exchanges.total(),
        new_people=(len(looked), len(looked | _waiting(world, present, moment))),
        owed_open=sum(bool(standing.owed) for standing in present),
        kept=_kept(world, present, moment),
        nurtured=tuple(sorted(exchanges.items(), key=lambda item: (-item[1], by_name(item[0])))),
        promises_per_week=sum(7 / item.cadence for item in present if item.cadence),
        exchanges_per_week=_mean(world, start, end, moment),
        written=written,
        drifting=tuple(sorted((item.person for item in present if item.drifting), key=by_name)),
        line=line.text if line else "",
    )


def pieces(world: World) -> list[OwnPost]:
    """The writer's pieces, oldest first: no responses, and one published twice counted once."""
    seen: set[str] = set()
    found = []
    for post in sorted(world.own_posts, key=lambda post: (post.published, post.uid)):
        names = {post.uid, *post.aliases}
        if post.kind == "post" and seen.isdisjoint(names):
            found.append(post)
        seen |= names
    return found


def _within(world: World, start: date, end: date, moment: datetime) -> list[Touch]:
    """What the writer did from one day to another, and until a moment."""
    first = bisect_left(world.touches, midnight(start), key=_at)
    beyond = bisect_left(world.touches, midnight(end + timedelta(days=1)), key=_at)
    return [
        touch
        for touch in world.touches[first:beyond]
        if touch.direction == "out" and touch.at <= moment
    ]


def _waiting(world: World, present: list[Standing], moment: datetime) -> set[str]:
    """New people still to be looked at: those whose welcome was not decided for good."""
    decided = {
        decision.person
        for decision in world.decisions
        if decision.kind == "welcome" and decision.outcome in FINAL and decision.at <= moment
    }
    return {item.person for item in present if not item.looked_at} - decided


def _kept(world: World, present: list[Standing], moment: datetime) -> tuple[int, int]:
    """People in circles whose last exchange is not older than their cadence, of how many.

    Left out is who was never exchanged with and whose first due date has not passed; an exchange
    that only an import brought keeps a promise, but breaks none.
    """
    kept = of = 0
    unsure: set[str] = set()
    for item in present:
        if item.cadence is None:
            continue
        of += 1
        silence = days_between(item.last_exchange, moment) if item.last_exchange else None
        if silence is not None and silence <= item.cadence:
            kept += 1
        elif item.due is not None and local_day(moment) <= item.due:
            unsure.add(item.person)
    exchanged = {
        touch.person
        for touch in (world.touches if unsure else ())
        if touch.person in unsure
        and touch.exchange
        and touch.how_known != "imported"
        and touch.at <= moment
    }
    of -= len(unsure - exchanged)
    return kept, of


def _mean(world: World, start: date, end: date, moment: datetime) -> float:
    """Outgoing exchanges a week, over the eight weeks that end with this one.

    Fewer weeks if engage has known fewer: since the first person, feed or exchange.
    """
    begun = [
        *(person.added for person in world.people.values()),
        *(feed.added for feed in world.feeds.values()),
        *islice((item.at for item in world.touches if _wrote(item)), 1),
    ]
    since = local_day(min(begun)) if begun else start
    weeks = min(MEAN_OF_WEEKS, max(1, (end - since).days // 7 + 1))
    first = start - timedelta(weeks=weeks - 1)
    return sum(touch.exchange for touch in _within(world, first, end, moment)) / weeks


def _wrote(touch: Touch) -> bool:
    return touch.direction == "out" and touch.exchange

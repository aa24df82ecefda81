"""The writer's own numbers for a week: what they control, counted.

Days and weeks are local. What is *as of now* is, for a past week, as of its end, with that time's
circles.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from operator import attrgetter

from engage.domain.days import days_between, local_day, midnight, week_days
from engage.domain.derived import Standing
from engage.domain.records import OwnPost, Rules, Touch, World
from engage.domain.relationships import CONVERSATION_DAYS, standings
from engage.domain.settle import FINAL

#: Exchanges a week are the mean of so many weeks.
MEAN_OF_WEEKS = 8

_at = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody drifting: their usual gap and the present silence, in days."""

    person: str
    usual: int
    now: int


@dataclass(frozen=True, slots=True)
class Week:
    """The writer's own numbers for a week, as CLI.md's ``week`` form lists them, and who is behind
    them.

    ``how``: the kinds of exchanges with each who was nurtured, oldest first. ``late``: who is in a
    circle and was not kept. ``waiting``: to whom the last words of 90 days went, and when, the
    newest first: that is shown, and asks nothing of anybody.
    """

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
    quiet: tuple[Quiet, ...] = ()
    line: str = ""
    how: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    late: tuple[str, ...] = ()
    waiting: tuple[tuple[str, date], ...] = ()


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
    how: dict[str, tuple[str, ...]] = {}
    for touch in touches:
        if touch.exchange:
            how[touch.person] = (*how.get(touch.person, ()), touch.kind)
    exchanges = Counter({person: len(kinds) for person, kinds in how.items()})
    of, late = _promised(world, present, moment)
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
        kept=(of - len(late), of),
        nurtured=tuple(sorted(exchanges.items(), key=lambda item: (-item[1], by_name(item[0])))),
        promises_per_week=sum(7 / item.cadence for item in present if item.cadence),
        exchanges_per_week=_mean(world, start, end, moment),
        written=written,
        quiet=_quiet(present, moment),
        line=line.text if line else "",
        how=how,
        late=tuple(sorted(late, key=by_name)),
        waiting=_waiting_for(world, present, moment),
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


def _promised(world: World, present: list[Standing], moment: datetime) -> tuple[int, set[str]]:
    """How many people in circles there are to keep, and those whose last exchange is older than
    their cadence.

    Left out is who was never exchanged with and whose first due date has not passed; an exchange
    that only an import brought keeps a promise, but breaks none.
    """
    of = 0
    late: set[str] = set()
    unsure: set[str] = set()
    for item in present:
        if item.cadence is None:
            continue
        of += 1
        silence = days_between(item.last_exchange, moment) if item.last_exchange else None
        if silence is not None and silence <= item.cadence:
            continue
        late.add(item.person)
        if item.due is not None and local_day(moment) <= item.due:
            unsure.add(item.person)
    exchanged = {
        touch.person
        for touch in (world.touches if unsure else ())
        if touch.person in unsure
        and touch.exchange
        and touch.how_known != "imported"
        and touch.at <= moment
    }
    unasked = unsure - exchanged
    return of - len(unasked), late - unasked


def _quiet(present: list[Standing], moment: datetime) -> tuple[Quiet, ...]:
    """Who drifts, the longest in multiples of the usual gap first."""
    found = [
        Quiet(item.person, round(item.rhythm), days_between(item.last_exchange, moment))
        for item in present
        if item.drifting and item.rhythm and item.last_exchange
    ]
    return tuple(sorted(found, key=lambda each: (-each.now / max(each.usual, 1), each.person)))


def _waiting_for(
    world: World, present: list[Standing], moment: datetime
) -> tuple[tuple[str, date], ...]:
    last: dict[str, Touch] = {}
    since = bisect_left(world.touches, moment - timedelta(days=CONVERSATION_DAYS), key=_at)
    for touch in world.touches[since:]:
        if touch.exchange and touch.at <= moment:
            last[touch.person] = touch
    asked = [
        last[item.person]
        for item in present
        if item.person in last and _wrote(last[item.person]) and last[item.person].kind != "talk"
    ]
    asked.sort(key=lambda touch: (touch.at, touch.id), reverse=True)
    return tuple((touch.person, local_day(touch.at)) for touch in asked)


def known_since(world: World, otherwise: date) -> date:
    """Since when engage knows anything: the first person, feed or exchange."""
    begun = [
        *(person.added for person in world.people.values()),
        *(feed.added for feed in world.feeds.values()),
        *islice((item.at for item in world.touches if _wrote(item)), 1),
    ]
    return local_day(min(begun)) if begun else otherwise


def _mean(world: World, start: date, end: date, moment: datetime) -> float:
    """Outgoing exchanges a week, over the eight weeks that end with this one.

    Fewer weeks if engage has known fewer.
    """
    weeks = min(MEAN_OF_WEEKS, max(1, (end - known_since(world, start)).days // 7 + 1))
    first = start - timedelta(weeks=weeks - 1)
    return sum(touch.exchange for touch in _within(world, first, end, moment)) / weeks


def _wrote(touch: Touch) -> bool:
    return touch.direction == "out" and touch.exchange

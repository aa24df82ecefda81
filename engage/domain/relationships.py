"""How the writer and a person stand: derived from what happened, never stored.

Distances are local calendar days. Every rule asks for a moment, so that a past week can be looked
at with that time's circles.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from engage.domain.by_person import Records, by_person
from engage.domain.days import days_between, local_day, midnight
from engage.domain.derived import Grounds, Standing, Trace
from engage.domain.histories import in_force, last_said
from engage.domain.records import (
    EXCHANGES,
    Decision,
    NextTime,
    Person,
    Rules,
    Touch,
    World,
)

#: Both wrote within so many days of each other: in conversation.
CONVERSATION_DAYS = 90

#: The span of the counts of exchanges in a standing ("You 5, they 4, in half a year").
HALF_A_YEAR = 180

#: A rhythm needs so many gaps, and as many days in all, were each of them the median one: one busy
#: week is no rhythm, however long the gap before it.
RHYTHM_GAPS, RHYTHM_SPAN = 3, 21


def standings(world: World, rules: Rules, now: datetime) -> dict[str, Standing]:
    """How the writer and each person stand at a moment, by the person's id."""
    return {id: standing_of(records, rules, now) for id, records in by_person(world).items()}


def standing_of(records: Records, rules: Rules, now: datetime) -> Standing:
    """How the writer and the person of these records stand at a moment."""
    settled = settled_touches(item for item in records.decisions if item.at <= now)
    return standing(records.person, records.touches, rules, now, settled=settled)


def settled_touches(decisions: Iterable[Decision]) -> frozenset[str]:
    """The ids of the incoming touches that a decision ended the writer's debt for."""
    return frozenset(
        settled.uid
        for decision in decisions
        if decision.kind == "reply" and decision.outcome in ("done", "drop")
        for settled in decision.settled
    )


def standing(
    person: Person,
    touches: Sequence[Touch],
    rules: Rules,
    now: datetime,
    *,
    settled: frozenset[str] = frozenset(),
) -> Standing:
    """How the writer and one person stand at a moment.

    ``touches`` are that person's, oldest first; ``settled`` are the ids of those that a decision
    settled. Counts of touches are of all time, those of exchanges of the last 180 days.

    The stage never goes back: *In conversation* is that both once wrote within 90 days of each
    other, and somebody who was ever in a circle has been looked at.
    """
    today = local_day(now)
    known = touches[: bisect_right(touches, now, key=_at)]
    exchanges = [touch for touch in known if touch.kind in EXCHANGES]
    outgoing = sum([touch.direction == "out" for touch in known])
    last = exchanges[-1] if exchanges else None
    place = _place(person, rules, now)
    left = left_in_peace(person, now, today)
    following = _next_time(person.next, last, now)
    rhythm = _rhythm(exchanges)
    silence = days_between(last.at, now) if last else None
    stage = _stage(person, known, exchanges, place.ever)
    recent = _recent(exchanges, today)
    recently_written = sum([touch.direction == "out" for touch in recent])
    return Standing(
        person=person.id,
        circle=place.circle,
        cadence=place.cadence,
        last_exchange=last.at if last else None,
        known_since=known[0].at if known else None,
        due=None if left else _due(place, last, following),
        rhythm=rhythm,
        state=_state(rhythm, silence),
        warmth=_warmth(place.cadence, silence),
        stage=stage,
        owed=() if left else _owed(known, settled),
        touches_in=len(known) - outgoing,
        touches_out=outgoing,
        exchanges_in=len(recent) - recently_written,
        exchanges_out=recently_written,
        left=left,
        looked_at=stage != "New",
        grounds=Grounds(
            today=today,
            silence=silence,
            following=following,
            circled=place.since,
            own_cadence=place.own,
            last=_trace(last) if last else None,
            first=_trace(known[0]) if known else None,
        ),
    )


def cadence_of(person: Person, rules: Rules, now: datetime) -> int | None:
    """The number of days within which the writer means to have an exchange, or None."""
    return _place(person, rules, now).cadence


def left_in_peace(person: Person, now: datetime, today: date) -> bool:
    """Whether somebody is left in peace; the day until which they are is not included."""
    leave = last_said(person.leaves, now)
    return leave is not None and leave.until is not None and today < leave.until


_at = attrgetter("at")


def _trace(touch: Touch) -> Trace:
    return Trace(touch.at, touch.direction, touch.kind, touch.about)


class _Place(NamedTuple):
    """The circle and cadence in force, since when the person is in circles, and whether ever;
    ``own``: the cadence is theirs and not the circle's."""

    circle: int | None
    cadence: int | None
    since: datetime | None
    ever: bool
    own: bool = False


_NOWHERE = _Place(None, None, None, False)


def _place(person: Person, rules: Rules, now: datetime) -> _Place:
    if not person.circles:
        return _NOWHERE
    circle, since, ever = None, None, False
    for entry in person.circles:
        if entry.at > now:
            break
        circle = entry.value
        if circle is None:
            since = None
        else:
            ever = True
            since = since or entry.at
    if circle is None:
        return _Place(None, None, None, ever)
    own = in_force(person.cadences, now)
    return _Place(circle, own or rules.cadences[circle - 1], since, ever, own is not None)


def _next_time(following: NextTime | None, last: Touch | None, now: datetime) -> NextTime | None:
    """The date set by hand, as long as it holds."""
    if following is None or following.at > now or (last and last.at > following.at):
        return None
    return following


def _due(place: _Place, last: Touch | None, following: NextTime | None) -> date | None:
    if following is not None:
        return following.due
    if place.cadence is None or place.since is None:
        return None
    if last is None:
        begin = local_day(place.since)
    elif last.how_known == "imported":
        # Nobody is overdue on arrival: history that an import brought counts at the earliest
        # from the day of the circle.
        begin = local_day(max(last.at, place.since))
    else:
        begin = local_day(last.at)
    return begin + timedelta(days=place.cadence)


def _warmth(cadence: int | None, silence: int | None) -> float | None:
    if cadence is None or silence is None:
        return None
    return float(2 ** (-silence / cadence))


def _rhythm(exchanges: Sequence[Touch]) -> float | None:
    """The median gap between days with an exchange, newest gaps back until there are enough."""
    gaps: list[int] = []
    previous = None
    for touch in reversed(exchanges):
        day = local_day(touch.at)
        if previous is not None and day != previous:
            gaps.append((previous - day).days)
            usual = float(median(gaps))
            if len(gaps) >= RHYTHM_GAPS and usual * len(gaps) >= RHYTHM_SPAN:
                return usual
        previous = day
    return None


def _state(rhythm: float | None, silence: int | None) -> str:
    if rhythm is None or silence is None:
        return "no rhythm yet"
    if silence <= max(2 * rhythm, rhythm + 14):
        return "steady"
    return "drifting" if silence <= max(12 * rhythm, rhythm + 90) else "ended"


def _stage(
    person: Person, known: Sequence[Touch], exchanges: Sequence[Touch], ever_in_circle: bool
) -> str:
    if person.friend:
        return "Friend"
    if any(touch.direction == "out" for touch in exchanges):
        return "In conversation" if _conversed(exchanges) else "Answered"
    outgoing = {touch.kind for touch in known if touch.direction == "out"}
    if "read" in outgoing:
        return "Read"
    return "Seen" if outgoing or ever_in_circle else "New"


def _conversed(exchanges: Sequence[Touch]) -> bool:
    return any(
        later.direction != earlier.direction
        and days_between(earlier.at, later.at) <= CONVERSATION_DAYS
        for earlier, later in pairwise(exchanges)
    )


def _owed(known: Sequence[Touch], settled: frozenset[str]) -> tuple[Touch, ...]:
    owed: list[Touch] = []
    answered = None
    for touch in reversed(known):
        if answered is not None and touch.at < answered:
            break
        if touch.direction == "out":
            answered = touch.at if touch.exchange else answered
        elif asks_for_answer(touch) and touch.id not in settled:
            owed.append(touch)
    # What came in the very moment of the answer is answered with it.
    return tuple(touch for touch in owed if answered is None or touch.at > answered)


def asks_for_answer(touch: Touch) -> bool:
    """Whether an incoming touch asks for an answer at all; what an import brought never does."""
    return touch.owes and touch.direction == "in" and touch.how_known != "imported"


def _recent(exchanges: Sequence[Touch], today: date) -> Sequence[Touch]:
    begin = midnight(today - timedelta(days=HALF_A_YEAR))
    return exchanges[bisect_left(exchanges, begin, key=_at) :]

"""The figures of a week, counted from the log of what really happened, without engage."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from tests.simulation import rates
from tests.simulation.village import ZONE
from tests.simulation.year import Event, Year

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Figures:
    """What `engage week` must say."""

    days_written: int
    published: int
    people_read: int
    replies_written: int
    new_people: tuple[int, int]
    owed_open: int
    kept: tuple[int, int]
    nurtured: tuple[tuple[int, int], ...]
    promises_per_week: float
    exchanges_per_week: float


def figures(year: Year, sunday: date) -> Figures:
    """The figures of the week that ends now, on this day."""
    monday = sunday - timedelta(days=6)
    log = [(_day(event), event) for event in year.log]
    done = [event for day, event in log if monday <= day <= sunday and event.what != "in"]
    pieces = [when.astimezone(ZONE).date() for when in year.village.pieces]
    pieces = [day for day in pieces if monday <= day <= sunday]
    marked = [day for day in year.village.marked if monday <= day <= sunday]
    looked = {event.who for event in done if event.what == "look"}
    waiting = {who for who, known in year.known.items() if known.looked is None}
    out = Counter(event.who for event in done if event.what == "out")
    circled = {who: known for who, known in year.known.items() if known.circle}
    return Figures(
        days_written=len({*pieces, *marked}),
        published=len(pieces),
        people_read=len({event.who for event in done if event.what == "read"}),
        replies_written=out.total(),
        new_people=(len(looked), len(looked | waiting)),
        owed_open=sum(bool(known.open_comments) for known in year.known.values()),
        kept=_kept(year, sunday),
        nurtured=tuple(sorted(out.items())),
        promises_per_week=round(
            sum(7 / rates.CADENCES[known.circle or 0] for known in circled.values()), 2
        ),
        exchanges_per_week=round(_mean(log, monday, sunday), 2),
    )


def _kept(year: Year, today: date) -> tuple[int, int]:
    kept = of = 0
    for known in year.known.values():
        if known.circle is None or known.placed is None:
            continue
        cadence = rates.CADENCES[known.circle]
        if known.last_exchange is None:
            first_due = known.placed.astimezone(ZONE).date() + timedelta(days=cadence)
            of += today > first_due
            continue
        kept += (today - known.last_exchange.astimezone(ZONE).date()).days <= cadence
        of += 1
    return kept, of


def _mean(log: list[tuple[date, Event]], monday: date, sunday: date) -> float:
    out = [day for day, event in log if event.what == "out"]
    known_for = (sunday - min([rates.FIRST_DAY, *out])).days // 7 + 1
    weeks = min(8, known_for)
    first = monday - (weeks - 1) * WEEK
    return sum(first <= day <= sunday for day in out) / weeks


def _day(event: Event) -> date:
    return event.when.astimezone(ZONE).date()

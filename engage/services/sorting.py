"""Giving many people their circles, one at a time, after an import."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from engage.domain.derived import Standing
from engage.domain.records import NewsItem, Person
from engage.services.desk import Desk

#: What counts as activity: the last so many days.
RECENT_DAYS = 90


@dataclass(frozen=True, slots=True)
class ToSort:
    """Somebody to sort, with who they are and their latest work, newest first."""

    person: Person
    standing: Standing
    latest: tuple[NewsItem, ...]


def to_sort(desk: Desk) -> tuple[ToSort, ...]:
    """Everybody of whom the writer has not said where they belong, the most active first.

    Those left in peace, and those who were in a circle once, have their place. Active is who wrote
    to the writer or published lately: exchanges of half a year first, then posts of 90 days.
    """
    world, standings = desk.world(), desk.standings()
    since = desk.now() - timedelta(days=RECENT_DAYS)
    latest: dict[str, list[NewsItem]] = {}
    recent: Counter[str] = Counter()
    for item in world.news:
        if item.kind == "post":
            latest.setdefault(item.person, []).append(item)
            recent[item.person] += item.shown >= since
    waiting = [
        ToSort(person, standings[person.id], tuple(latest.get(person.id, ())[:3]))
        for person in world.people.values()
        if not person.circles and not standings[person.id].left
    ]

    def activity(each: ToSort) -> tuple[int, int, str, str]:
        exchanges = each.standing.exchanges_in + each.standing.exchanges_out
        person = each.person
        return (-exchanges, -recent[person.id], person.name.casefold(), person.id)

    return tuple(sorted(waiting, key=activity))

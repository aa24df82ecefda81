"""Today's one: the task to reach if the writer does nothing else. Computed, not stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from engage.domain.days import local_day, midnight
from engage.domain.plan import Row, rows, screened
from engage.domain.records import Rules, World
from engage.domain.relationships import standings
from engage.domain.world import as_of


def todays_one(
    world: World, rules: Rules, now: datetime, planned: Sequence[Row], there: Iterable[Row]
) -> Row | None:
    """The first of the tasks open at local midnight, else the first opened today, if still open.

    ``planned`` are the rows of now before, ``there`` those after the welcomes were screened. A day
    changes the rows only of those of whom something was heard or decided, so that only theirs are
    computed again as of midnight.
    """
    begin = midnight(local_day(now))
    changed = _changed_since(world, begin)
    theirs = _of(world, changed)
    same = [row for row in planned if row.person.id not in changed]
    before = screened([*same, *_rows(as_of(theirs, begin), rules, begin)], frozenset(), rules)
    chosen = min(_open(before), key=lambda row: row.order, default=None)
    if chosen is None:
        # Nothing was open: what would be open now, had the writer done nothing today?
        untouched = screened(_rows(_untouched(theirs, begin), rules, now), frozenset(), rules)
        chosen = min(_open(untouched), key=lambda row: (row.opened, row.order), default=None)
    if chosen is None:
        return None
    return next((row for row in _open(there) if _is_same(row, chosen)), None)


def _open(rows: Iterable[Row]) -> Iterable[Row]:
    return (row for row in rows if row.state == "open")


def _rows(world: World, rules: Rules, moment: datetime) -> list[Row]:
    return rows(world, standings(world, rules, moment), rules, moment)


def _changed_since(world: World, begin: datetime) -> set[str]:
    """The people of whom anything was heard, said or decided since a moment."""
    return {
        *(item.person for item in world.news if item.first_seen > begin),
        *(item.person for item in world.touches if item.recorded > begin or item.at > begin),
        *(item.person for item in world.decisions if item.at > begin),
        *(
            person.id
            for person in world.people.values()
            if person.added > begin
            or any(
                entry.at > begin
                for history in (person.circles, person.cadences, person.leaves)
                for entry in history
            )
            or (person.next is not None and person.next.at > begin)
        ),
    }


def _of(world: World, people: AbstractSet[str]) -> World:
    """The part of a world that concerns these people."""
    return replace(
        world,
        people={key: item for key, item in world.people.items() if key in people},
        news=tuple(item for item in world.news if item.person in people),
        touches=tuple(item for item in world.touches if item.person in people),
        decisions=tuple(item for item in world.decisions if item.person in people),
    )


def _untouched(world: World, begin: datetime) -> World:
    """A world in which the writer decided and wrote nothing since a moment."""
    return replace(
        world,
        decisions=tuple(item for item in world.decisions if item.at < begin),
        touches=tuple(
            item for item in world.touches if item.direction == "in" or item.recorded < begin
        ),
    )


def _is_same(row: Row, chosen: Row) -> bool:
    """Whether a row is still about what it was about when it was chosen.

    New work takes the place of a `reconnect`.
    """
    if row.person.id != chosen.person.id:
        return False
    if (row.kind, chosen.kind) == ("read", "reconnect"):
        return True
    if row.kind != chosen.kind:
        return False
    if row.kind == "read":
        return not {post.uid for post in row.posts}.isdisjoint(post.uid for post in chosen.posts)
    if row.kind == "reply":
        return not {item.id for item in row.touches}.isdisjoint(item.id for item in chosen.touches)
    return True

"""The world by person: what the rules about one person look at, and whom a change concerns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from engage.domain.records import Decision, NewsItem, Person, Touch, World

_STRETCH = 1024
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


class _Theirs(Protocol):
    @property
    def person(self) -> str: ...


Item = TypeVar("Item", bound=_Theirs)

_recorded = attrgetter("recorded")


@dataclass(frozen=True, slots=True)
class Records:
    """One person with all that concerns them, each in the world's order.

    ``latest``: when anything last happened, was heard, said or decided of them; ``stamped``: when
    engage last wrote down what the writer said, did or decided.
    """

    person: Person
    touches: tuple[Touch, ...] = ()
    news: tuple[NewsItem, ...] = ()
    decisions: tuple[Decision, ...] = ()
    latest: datetime = field(default=BEFORE_ALL, compare=False)
    stamped: datetime = field(default=BEFORE_ALL, compare=False)

    def as_of(self, moment: datetime) -> Records | None:
        """What was known at a moment: nothing recorded, seen or decided after it."""
        if self.person.added > moment:
            return None
        return replace(
            self,
            news=tuple(item for item in self.news if item.first_seen <= moment),
            touches=tuple(item for item in self.touches if max(item.recorded, item.at) <= moment),
            decisions=tuple(item for item in self.decisions if item.at <= moment),
        )

    def untouched(self, begin: datetime) -> Records:
        """As if the writer had decided and written nothing since a moment."""
        return replace(
            self,
            decisions=tuple(item for item in self.decisions if item.at < begin),
            touches=tuple(
                item for item in self.touches if item.direction == "in" or item.recorded < begin
            ),
        )


def by_person(world: World) -> dict[str, Records]:
    """The records of everybody, by their id."""
    touches, news = _grouped(world.touches), _grouped(world.news)
    decisions = _grouped(world.decisions)
    return {
        id: _records(person, touches.get(id, ()), news.get(id, ()), decisions.get(id, ()))
        for id, person in world.people.items()
    }


def follow(
    before: World, known: Mapping[str, Records], after: World
) -> tuple[dict[str, Records], set[str]]:
    """The records of a world that came out of another, and whom the change concerns.

    What did not change is recognised by being the same object; a world made of new objects costs
    as much as `by_person`.
    """
    if not known:
        return by_person(after), set(after.people)
    changed = {id for id, person in after.people.items() if before.people.get(id) is not person}
    changed.update(before.people.keys() - after.people.keys())
    parts: dict[str, dict[str, list[Any]]] = {}
    for name in ("touches", "news", "decisions"):
        gone, come = _difference(getattr(before, name), getattr(after, name))
        changed.update(item.person for item in (*gone, *come))
        parts[name] = _moved(known, name, gone, come)
    found = {id: known[id] for id in after.people if id in known}
    for id in changed:
        person = after.people.get(id)
        if person is None:
            continue
        old = known.get(id) or Records(person)
        found[id] = _records(
            person,
            parts["touches"].get(id, old.touches),
            parts["news"].get(id, old.news),
            parts["decisions"].get(id, old.decisions),
        )
    return {id: found[id] for id in after.people}, changed


def _records(
    person: Person,
    touches: Sequence[Touch],
    news: Sequence[NewsItem],
    decisions: Sequence[Decision],
) -> Records:
    stamped = max(_stamps(person, touches, decisions), default=BEFORE_ALL)
    happened = max(
        *(touch.at for touch in touches[-1:]),
        *(item.first_seen for item in news),
        person.added,
        stamped,
    )
    return Records(person, tuple(touches), tuple(news), tuple(decisions), happened, stamped)


def _stamps(
    person: Person, touches: Iterable[Touch], decisions: Sequence[Decision]
) -> Iterator[datetime]:
    yield max(map(_recorded, touches), default=BEFORE_ALL)
    yield from (decision.at for decision in decisions[-1:])
    yield from (entry.at for entry in (*person.circles, *person.cadences))
    yield from (entry.at for entry in person.leaves)
    if person.next is not None:
        yield person.next.at


def _grouped(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.person, []).append(item)
    return found


def _difference(before: Sequence[Item], after: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """What is only in the one and only in the other, by identity."""
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    stayed = {id(item) for item in old} & {id(item) for item in new}
    return (
        [item for item in old if id(item) not in stayed],
        [item for item in new if id(item) not in stayed],
    )


def _common(one: Sequence[Item], other: Sequence[Item]) -> int:
    """How many items at the beginning are the same; whole stretches are compared at once."""
    length, shorter = 0, min(len(one), len(other))
    while length < shorter and (
        one[length : length + _STRETCH] == other[length : length + _STRETCH]
    ):
        length += _STRETCH
    length = min(length, shorter)
    while length < shorter and one[length] is other[length]:
        length += 1
    return length


def _moved(
    known: Mapping[str, Records], name: str, gone: Collection[Any], come: Collection[Any]
) -> dict[str, list[Any]]:
    """The lists of those whom it concerns, with what went taken out and what came put in."""
    out = {id(item) for item in gone}
    added = _grouped(come)
    lists: dict[str, list[Any]] = {}
    for person in {item.person for item in (*gone, *come)}:
        old = getattr(known[person], name) if person in known else ()
        kept = [item for item in old if id(item) not in out]
        lists[person] = sorted([*kept, *added.get(person, ())], key=_ORDER[name])
        if name == "news":
            lists[person].reverse()
    return lists


_ORDER: Mapping[str, Any] = {
    "touches": lambda touch: (touch.at, touch.id),
    "news": lambda item: (item.shown, item.uid),
    "decisions": lambda decision: (decision.at, decision.id),
}

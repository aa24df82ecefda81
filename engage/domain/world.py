"""The world out of the ledger's tables: touches as amended, undone decisions left out."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from engage.domain.changes import record_of
from engage.domain.codec import from_doc, to_doc
from engage.domain.records import Amendment, Decision, Feed, Person, Touch, World

Documents = Callable[[str], Iterable[Mapping[str, Any]]]
Reader = Callable[[str, Mapping[str, Any]], Any]

#: The records of each table, by whatever key.
Records = Mapping[str, Mapping[str, Any]]
#: What changed in each table: the record before and after, None where there was or is none.
Changed = Mapping[str, Collection[tuple[Any | None, Any | None]]]

_order = attrgetter("at", "id")


def build_world(documents: Documents, record: Reader = record_of) -> World:
    """The world that the documents of each table describe.

    What concerns somebody forgotten, and news of a feed that is no longer followed, is left out.
    ``record`` reads a table's document; who keeps the records already read gives their own.
    """

    def read(table: str) -> list[Any]:
        return [record(table, doc) for doc in documents(table)]

    people = {person.id: person for person in read("people")}
    feeds = _of_people(read("feeds"), people)
    news = [item for item in read("news") if item.person in people and item.feed in feeds]
    # After the amendments: a touch of somebody who was merged into another is the other's.
    known = amended(read("touches"), read("amendments"))
    touches = tuple(touch for touch in known if touch.person in people)
    decisions = [decision for decision in read("decisions") if decision.person in people]
    own_posts = sorted(read("own_posts"), key=attrgetter("published", "uid"), reverse=True)
    return World(
        people=people,
        feeds=feeds,
        news=tuple(sorted(news, key=attrgetter("shown", "uid"), reverse=True)),
        own_posts=tuple(own_posts),
        touches=touches,
        decisions=in_force(decisions),
        written_days=tuple(sorted(read("written_days"), key=attrgetter("day"))),
        week_lines={line.id: line for line in read("week_lines")},
        questions=tuple(sorted(read("questions"), key=attrgetter("asked", "id"))),
        sent_mentions={sent.id: sent for sent in read("sent_mentions")},
    )


def advanced(before: World, records: Records, changed: Changed) -> World:
    """The world of these records, given the one before some of them changed.

    The same as `build_world` gives, at the cost of what changed and not of what there is.
    """
    now = {table for table, pairs in changed.items() if pairs}
    if not now:
        return before
    people, feeds = before.people, before.feeds
    if "people" in now:
        people = {person.id: person for person in records["people"].values()}
    if now & {"people", "feeds"}:
        feeds = _of_people(records.get("feeds", {}).values(), people)
    # Who or what comes or goes takes along what is of them.
    same = people.keys() == before.people.keys() and feeds.keys() == before.feeds.keys()
    if not same or not now <= _ADVANCED:
        return build_world(lambda table: records.get(table, {}).values(), lambda _, record: record)
    return replace(
        before,
        people=people,
        feeds=feeds,
        touches=_touches_after(before, records, changed),
        decisions=_decisions_after(before, records, changed),
    )


def _of_people(feeds: Iterable[Feed], people: Mapping[str, Person]) -> dict[str, Feed]:
    """The feeds by id, but for those of people who are not there."""
    return {feed.id: feed for feed in feeds if feed.person is None or feed.person in people}


#: Tables of which `advanced` follows the changes one by one.
_ADVANCED = frozenset({"people", "feeds", "touches", "amendments", "decisions"})


def _touches_after(before: World, records: Records, changed: Changed) -> tuple[Touch, ...]:
    pairs, corrected = changed.get("touches", ()), changed.get("amendments", ())
    ids = {touch.id for pair in pairs for touch in pair if touch}
    ids |= {amendment.touch for pair in corrected for amendment in pair if amendment}
    if not ids:
        return before.touches
    if corrected or any(old for old, _ in pairs):
        touches = [touch for touch in before.touches if touch.id not in ids]
        given = [touch for touch in records.get("touches", {}).values() if touch.id in ids]
    else:
        touches, given = list(before.touches), [new for _, new in pairs if new]
    of_these = (item for item in records.get("amendments", {}).values() if item.touch in ids)
    for touch in amended(given, of_these):
        if touch.person in before.people:
            insort(touches, touch, key=_order)
    return tuple(touches)


def _decisions_after(before: World, records: Records, changed: Changed) -> tuple[Decision, ...]:
    pairs = changed.get("decisions", ())
    if any(old for old, _ in pairs):
        return in_force(
            item for item in records["decisions"].values() if item.person in before.people
        )
    if not pairs:
        return before.decisions
    decisions = list(before.decisions)
    for _, new in pairs:
        if new is not None and new.undone is None and new.person in before.people:
            insort(decisions, new, key=_order)
    return tuple(decisions)


def amended(touches: Iterable[Touch], amendments: Iterable[Amendment]) -> tuple[Touch, ...]:
    """Touches as their amendments have them, voided ones left out, oldest first."""
    known = {touch.id: touch for touch in touches}
    void: dict[str, bool] = {}
    for amendment in sorted(amendments, key=attrgetter("at", "id")):
        touch = known.get(amendment.touch)
        if touch is None:
            continue
        fields = dict(amendment.fields)
        void[touch.id] = bool(fields.pop("void", void.get(touch.id, False)))
        if fields:
            known[touch.id] = _merged(touch, fields)
    kept = (touch for touch in known.values() if not void.get(touch.id))
    return tuple(sorted(kept, key=_order))


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Decisions that were not taken back, oldest first."""
    kept = (decision for decision in decisions if decision.undone is None)
    return tuple(sorted(kept, key=_order))


def as_of(world: World, moment: datetime) -> World:
    """What was known at a moment: nothing recorded, seen or decided after it."""
    return replace(
        world,
        people={key: item for key, item in world.people.items() if item.added <= moment},
        news=tuple(item for item in world.news if item.first_seen <= moment),
        touches=tuple(item for item in world.touches if max(item.recorded, item.at) <= moment),
        decisions=tuple(item for item in world.decisions if item.at <= moment),
        written_days=tuple(item for item in world.written_days if item.at <= moment),
    )


def _merged(touch: Touch, fields: Mapping[str, Any]) -> Touch:
    return from_doc(Touch, {**to_doc(touch), **fields})

"""The world out of the ledger's tables: touches as amended, undone decisions left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from engage.domain.changes import record_of
from engage.domain.codec import from_doc, to_doc
from engage.domain.records import Amendment, Decision, Touch, World

Documents = Callable[[str], Iterable[Mapping[str, Any]]]
Reader = Callable[[str, Mapping[str, Any]], Any]


def build_world(documents: Documents, record: Reader = record_of) -> World:
    """The world that the documents of each table describe.

    What concerns somebody forgotten, and news of a feed that is no longer followed, is left out.
    ``record`` reads a table's document; who keeps the records already read gives their own.
    """

    def read(table: str) -> list[Any]:
        return [record(table, doc) for doc in documents(table)]

    people = {person.id: person for person in read("people")}
    feeds = {feed.id: feed for feed in read("feeds")}
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
    return tuple(sorted(kept, key=attrgetter("at", "id")))


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Decisions that were not taken back, oldest first."""
    kept = (decision for decision in decisions if decision.undone is None)
    return tuple(sorted(kept, key=attrgetter("at", "id")))


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

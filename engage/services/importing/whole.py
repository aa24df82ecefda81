"""Engage's own export, taken in again: what is missing is added, what is there stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engage.domain.changes import key_of, put
from engage.domain.people import all_keys
from engage.domain.records import Feed, Person, Question, Touch
from engage.services.importing.draft import Draft

#: Tables whose records stand on their own, and what many of them are called.
FURTHER = {
    "news": "new posts",
    "own_posts": "pieces of your own",
    "touches": "touches",
    "decisions": "decisions",
    "written_days": "days marked as written",
    "week_lines": "lines of yours about a week",
    "questions": "questions",
    "sent_mentions": "webmentions sent",
}


def take_everything(draft: Draft, tables: Mapping[str, tuple[Any, ...]]) -> None:
    """Take the tables of an export into a draft.

    Somebody known by id or by an address is one person here, whatever their id there.
    """
    people = {person.id: _person(draft, person) for person in tables["people"]}
    feeds = {feed.id: _feed(draft, feed, people) for feed in tables["feeds"]}
    world = draft.book.world
    touches = {_content(touch) for touch in world.touches}
    for table, words in FURTHER.items():
        there = getattr(world, table)
        have = {key_of(each) for each in (there.values() if isinstance(there, Mapping) else there)}
        added = 0
        for record in tables[table]:
            here = _here(record, people, feeds)
            if here is None or key_of(here) in have:
                continue
            if isinstance(here, Touch) and _content(here) in touches:
                continue
            have.add(key_of(here))
            draft.further.append(put(here))
            added += 1
        if added:
            draft.new.append(f"{added} {words}")


def _person(draft: Draft, person: Person) -> str:
    book = draft.book
    there = book.world.people  # two people of one export stay two
    at_keys = (each for each in book.at_keys(all_keys(person)) if each.id in there)
    known = there.get(person.id) or next(at_keys, None)
    if known is not None:
        draft.known.append(known.name)
        return known.id
    draft.new.append(person.name)
    return book.keep(person).id


def _feed(draft: Draft, feed: Feed, people: Mapping[str, str]) -> str:
    book, line = draft.book, f"{feed.title or feed.url}  {feed.url}"
    known = book.world.feeds.get(feed.id) or book.feed_at(feed.url)
    if known is not None and known.id in book.world.feeds:
        draft.known.append(line)
        return known.id
    draft.new.append(line)
    return book.follow(replace(feed, person=people.get(feed.person or ""))).id


def _here(record: Any, people: Mapping[str, str], feeds: Mapping[str, str]) -> Any | None:
    """A record with the ids of people and feeds as they are here; None if it concerns nobody."""
    if isinstance(record, Question):
        return replace(
            record,
            touch=replace(record.touch, person=people.get(record.touch.person, "")),
            candidates=tuple(people[id] for id in record.candidates if id in people),
            answer=people.get(record.answer, record.answer),
        )
    fields: dict[str, str] = {}
    if hasattr(record, "person"):
        if record.person not in people:
            return None
        fields["person"] = people[record.person]
    if hasattr(record, "feed"):
        fields["feed"] = feeds.get(record.feed, record.feed)
    return replace(record, **fields) if fields else record


def _content(touch: Touch) -> tuple[object, ...]:
    return touch.person, touch.at, touch.direction, touch.kind, touch.url, touch.note

"""Two records of one person made one, and who may be the same person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

from engage.domain.addresses import normalise
from engage.domain.changes import Put, put, remove
from engage.domain.people import all_keys
from engage.domain.records import Amendment, Feed, Person, Touch, World
from engage.text import fold

Item = TypeVar("Item")

#: The shortest handle that is worth a question: shorter ones are shared by strangers.
HANDLE_LETTERS = 4


class Likely(NamedTuple):
    """Two people who may be one, and what speaks for it. Only the writer can say so."""

    one: Person
    other: Person
    why: str


def united(stays: Person, goes: Person) -> Person:
    """The one person. What the writer said of ``stays`` wins; what they only said of ``goes``
    holds on, and peace is peace."""
    names = (name for name in (*stays.names, goes.name, *goes.names) if name != stays.name)
    first = min(stays, goes, key=lambda person: person.added)
    placed = stays if _says(stays) or not _says(goes) else goes
    dates = [person.next for person in (goes, stays) if person.next is not None]
    notes = (person.notes for person in (stays, goes) if person.notes)
    return replace(
        stays,
        added=first.added,
        how=first.how,
        keys=_each(stays.keys, goes.keys),
        names=tuple(dict.fromkeys(names)),
        profiles=_each(stays.profiles, goes.profiles),
        directions=_each(stays.directions, goes.directions),
        origins=_each(stays.origins, goes.origins),
        circles=placed.circles,
        cadences=placed.cadences,
        leaves=stays.leaves if _left(stays) or not goes.leaves else goes.leaves,
        friend=stays.friend or goes.friend,
        next=max(dates, key=lambda date: date.at, default=None),
        notes="\n".join(notes),
    )


def merge_puts(world: World, stays: Person, goes: Person, now: datetime) -> list[Put]:
    """All that makes the two one: feeds, news, decisions and questions by their own records,
    touches by amendments, since a touch is never changed."""
    puts = [put(united(stays, goes), stays), remove(goes)]
    for records in (world.feeds.values(), world.news, world.decisions):
        puts += [
            put(replace(record, person=stays.id), record)
            for record in records
            if record.person == goes.id
        ]
    puts += [
        put(Amendment(_hash(touch.id, stays.id, now), touch.id, now, {"person": stays.id}))
        for touch in world.touches
        if touch.person == goes.id
    ]
    for question in world.questions:
        renamed = (stays.id if id == goes.id else id for id in question.candidates)
        after = replace(
            question,
            candidates=tuple(dict.fromkeys(renamed)),
            answer=stays.id if question.answer == goes.id else question.answer,
            touch=_with_person(question.touch, goes.id, stays.id),
        )
        if after != question:
            puts.append(put(after, question))
    return puts


def likely_duplicates(
    people: Mapping[str, Person], feeds: Iterable[Feed], apart: Iterable[str] = ()
) -> list[Likely]:
    """Pairs who may be one person, the surest reason first; each pair once.

    One name, one handle on two platforms, or the site of the one's feed being the other's profile.
    ``apart``: ids of people left out of it. Pairs with an address in common come first.
    """
    left_out = set(apart)
    present = [person for person in people.values() if person.id not in left_out]
    found: dict[frozenset[str], Likely] = {}
    for clues, sentence in (
        (_keys(present), "both are {}"),
        (_sites(present, feeds), "the feed of the one stands on the other's site, {}"),
        (_handles(present), "both call themselves {}"),
        (_names(present), "both are called {}"),
    ):
        for clue, same in clues.items():
            for one, other in combinations(_by_age(same), 2):
                pair = frozenset((one.id, other.id))
                if len(pair) == 2 and pair not in found:
                    found[pair] = Likely(one, other, sentence.format(clue))
    return list(found.values())


def _keys(people: Iterable[Person]) -> dict[str, list[Person]]:
    """By feed, profile, account or mail address; the name that stands in for a key is none."""
    clues: dict[str, list[Person]] = {}
    for person in people:
        for key in all_keys(person):
            if not key.startswith("name:"):
                clues.setdefault(key.partition(":")[2], []).append(person)
    return clues


def _names(people: Iterable[Person]) -> dict[str, list[Person]]:
    clues: dict[str, list[Person]] = {}
    spelled: dict[str, str] = {}
    for person in people:
        for name in dict.fromkeys((person.name, *person.names)):
            same = spelled.setdefault(" ".join(fold(name).split()), name)
            clues.setdefault(same, []).append(person)
    return clues


def _handles(people: Iterable[Person]) -> dict[str, list[Person]]:
    clues: dict[str, list[Person]] = {}
    for person in people:
        for handle in dict.fromkeys(_handles_of(person)):
            clues.setdefault(handle, []).append(person)
    return clues


def _handles_of(person: Person) -> Iterator[str]:
    for key in all_keys(person):
        kind, _, name = key.partition(":")
        if kind == "account":
            handle = name.lstrip("@").partition("@")[0]
        elif kind == "profile" and "://" in name:
            path = urlsplit(name).path.strip("/")
            handle = path.rpartition("/")[2].lstrip("@")
        else:
            continue
        if len(handle) >= HANDLE_LETTERS:
            yield handle.casefold()


def _sites(people: Iterable[Person], feeds: Iterable[Feed]) -> dict[str, list[Person]]:
    """By the address that is the profile of the one and the site of the other's feed."""
    present = {person.id: person for person in people}
    clues: dict[str, list[Person]] = {}
    for person in present.values():
        for profile in person.profiles:
            clues.setdefault(normalise(profile), []).append(person)
    for feed in feeds:
        owner = present.get(feed.person or "")
        if owner is not None and feed.site:
            clues.setdefault(normalise(feed.site), []).append(owner)
    return clues


def _by_age(people: Iterable[Person]) -> list[Person]:
    unique = {person.id: person for person in people}
    return sorted(unique.values(), key=lambda person: (person.added, person.id))


def _says(person: Person) -> bool:
    """Whether the writer put them in a circle."""
    return bool(person.circles) and person.circles[-1].value is not None


def _left(person: Person) -> bool:
    return bool(person.leaves) and person.leaves[-1].until is not None


def _each(one: Iterable[Item], other: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _with_person(touch: Touch, goes: str, stays: str) -> Touch:
    return replace(touch, person=stays) if touch.person == goes else touch


def _hash(*parts: object) -> str:
    return hashlib.blake2b("\n".join(map(str, parts)).encode(), digest_size=10).hexdigest()

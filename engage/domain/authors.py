"""Who wrote a response: the writer, a person who is known, or somebody new."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from engage.domain.addresses import is_within, normalise
from engage.domain.memo import by_identity
from engage.domain.people import all_keys, keys_for, make_person
from engage.domain.posts import Post
from engage.domain.records import Feed, Person, Rules, TouchKind, World
from engage.text import one_line

#: The name of somebody who gave neither name nor address.
NAMELESS = "Anonymous"


def is_writers(post: Post, world: World, rules: Rules) -> bool:
    """Whether the writer wrote a response: by the names and sites of the settings, and by the
    author names and sites of their own feeds. Who signs with the writer's name and the address of
    somebody known is not the writer."""
    author, address = post.entry.author, post.entry.author_url
    own = _own_feeds(world.feeds)
    names = (*rules.names, *(feed.author for feed in own if feed.author))
    if author and author.casefold() in (one_line(name).casefold() for name in names):
        return not address or _people(world).with_key(*keys_for(profile=address)) is None
    if not address:
        return False
    return any(feed.site and normalise(feed.site) == normalise(address) for feed in own) or any(
        is_within(address, site) for site in rules.sites
    )


@dataclass(frozen=True, slots=True)
class Author:
    """Whose words they are, perhaps by the name alone; without a person, which ones they may be."""

    person: Person | None
    by_name: bool = False
    unclear: str = ""
    candidates: tuple[str, ...] = ()


def author_of(post: Post, kind: TouchKind, world: World, now: datetime) -> Author:
    """Whose words these are: by address, else the only person of exactly that name, else new."""
    entry, people = post.entry, _people(world)
    keys = keys_for(profile=entry.author_url, email=entry.author_email)
    known = people.with_key(*keys) or _owner_of_site(entry.author_url, kind, world)
    if known:
        return Author(known)
    host = urlsplit(normalise(entry.author_url)).hostname if entry.author_url else None
    name = one_line(entry.author) or host or NAMELESS
    named = people.called(name)
    if len(named) == 1:
        return Author(named[0], by_name=True)
    if named:
        if not entry.author_url and (told := _told_before(name, world)):
            return Author(told, by_name=True)
        ids = tuple(person.id for person in named)
        return Author(None, False, f"{len(named)} people are called {name}; which one?", ids)
    how = "mentioned" if kind == "mention" else "commented"
    made = make_person(name, now, how, profile=entry.author_url, email=entry.author_email)
    return Author(world.people.get(made.id, made))


def _told_before(name: str, world: World) -> Person | None:
    """Whom the writer meant by that name when they were asked; they are asked once."""
    for question in reversed(world.questions):
        same = question.kind == "who" and question.name.casefold() == name.casefold()
        if same and question.answer in world.people:
            return world.people[question.answer]
    return None


class _People:
    """People by key and by name. The people may grow meanwhile; none of them is replaced."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = people
        self._seen = 0
        self._by_key: dict[str, Person] = {}
        self._by_name: dict[str, list[Person]] = {}

    def with_key(self, *keys: str) -> Person | None:
        """The person with one of these keys; an earlier key is the surer one."""
        self._catch_up()
        return next((self._by_key[key] for key in keys if key in self._by_key), None)

    def called(self, name: str) -> tuple[Person, ...]:
        """Everybody of exactly that name, now or before."""
        self._catch_up()
        return tuple(self._by_name.get(name.casefold(), ()))

    def _catch_up(self) -> None:
        if self._seen == len(self._people):
            return
        for person in islice(self._people.values(), self._seen, None):
            for key in all_keys(person):
                self._by_key.setdefault(key, person)
            for name in dict.fromkeys(one.casefold() for one in (person.name, *person.names)):
                self._by_name.setdefault(name, []).append(person)
        self._seen = len(self._people)


def _people(world: World) -> _People:
    return _people_of(world.people)


@by_identity
def _people_of(people: Mapping[str, Person]) -> _People:
    return _People(people)


@by_identity
def _own_feeds(feeds: Mapping[str, Feed]) -> Sequence[Feed]:
    return [feed for feed in feeds.values() if feed.role == "own"]


@by_identity
def _sites(feeds: Mapping[str, Feed]) -> Mapping[str, set[str]]:
    """Whose feeds name each site."""
    owners: dict[str, set[str]] = {}
    for feed in feeds.values():
        if feed.person and feed.site:
            owners.setdefault(normalise(feed.site), set()).add(feed.person)
    return owners


def _owner_of_site(author_url: str | None, kind: TouchKind, world: World) -> Person | None:
    """The one person whose feed's site is the author's address; a mention names a page of it."""
    if not author_url:
        return None
    address, sites = normalise(author_url), _sites(world.feeds)
    owners = set(sites.get(address, ()))
    if kind == "mention":
        for end in (match.start() for match in re.finditer(r"[/?]", address)):
            owners |= sites.get(address[:end], set())
    return world.people.get(owners.pop()) if len(owners) == 1 else None

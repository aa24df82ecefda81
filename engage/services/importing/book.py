"""People and feeds as they will be once an import is written, found by address or name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from engage.domain.addresses import feed_key, normalise, profile_key
from engage.domain.changes import Put, put
from engage.domain.people import all_keys
from engage.domain.records import Feed, Person, World


@dataclass
class Book:
    """A working copy of a world's people and feeds. Nothing is written until `puts` are."""

    world: World
    people: dict[str, Person] = field(init=False)
    feeds: dict[str, Feed] = field(init=False)
    _by_key: dict[str, str] = field(default_factory=dict)
    _by_name: dict[str, list[str]] = field(default_factory=dict)
    _by_address: dict[str, str] = field(default_factory=dict)
    _touched: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people, self.feeds = dict(self.world.people), dict(self.world.feeds)
        for person in self.people.values():
            self._index(person)
        for feed in self.feeds.values():
            self._index_feed(feed)

    def at_keys(self, keys: Iterable[str]) -> list[Person]:
        """The people with any of these keys, each once; who has an earlier key first."""
        ids = dict.fromkeys(id for key in keys if (id := self._by_key.get(key)))
        return [self.people[id] for id in ids if id in self.people]

    def called(self, name: str) -> list[Person]:
        """Everybody of exactly that name; case makes no difference."""
        return [self.people[id] for id in self._by_name.get(name.casefold(), ())]

    def feed_at(self, url: str) -> Feed | None:
        """The feed that is followed at that address."""
        id = self._by_address.get(normalise(url))
        return self.feeds[id] if id else None

    def keep(self, person: Person) -> Person:
        """A new person, or a known one as they are now."""
        self.people[person.id] = person
        self._touched[person.id] = None
        self._index(person)
        return person

    def follow(self, feed: Feed) -> Feed:
        """A new feed, or a known one as it is now."""
        self.feeds[feed.id] = feed
        self._touched[feed.id] = None
        self._index_feed(feed)
        return feed

    def puts(self) -> list[Put]:
        """What is new or has changed: people, then feeds."""
        people = [
            put(self.people[id], self.world.people.get(id))
            for id in self._touched
            if id in self.people and self.world.people.get(id) != self.people[id]
        ]
        feeds = [
            put(self.feeds[id], self.world.feeds.get(id))
            for id in self._touched
            if id in self.feeds and self.world.feeds.get(id) != self.feeds[id]
        ]
        return [*people, *feeds]

    def _index(self, person: Person) -> None:
        for key in all_keys(person):
            self._by_key.setdefault(key, person.id)
        for name in (person.name, *person.names):
            ids = self._by_name.setdefault(name.casefold(), [])
            if person.id not in ids:
                ids.append(person.id)

    def _index_feed(self, feed: Feed) -> None:
        for url in (feed.url, feed.typed):
            self._by_address.setdefault(normalise(url), feed.id)
            if feed.person:
                self._by_key.setdefault(feed_key(url), feed.person)
        if feed.person and feed.site and (key := profile_key(feed.site)):
            self._by_key.setdefault(key, feed.person)

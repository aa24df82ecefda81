"""What adding feeds and people comes to: kept as it is found, written at the end as one change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engage.domain.addresses import normalise
from engage.domain.changes import Change, Put, put, record_of
from engage.domain.histories import in_force, with_said
from engage.domain.identity import feed_id
from engage.domain.people import (
    find_by_exact_name,
    find_by_key,
    keys_for,
    make_person,
    publishes_as_another,
)
from engage.domain.posts import FetchState
from engage.domain.records import DatedNumber, Feed, Person, Role
from engage.feeds.platforms import derive_feed_url, full_address
from engage.services.desk import Desk
from engage.services.ingest import Ingested, ingest, shelve, working
from engage.services.outcomes import AddedFeed, Refusal
from engage.text import one_line

if TYPE_CHECKING:
    from engage.feeds.discover import Found, ProfileOnly


def server_of(target: str) -> str:
    """The host that a target asks: a hundred handles of Medium are one server."""
    url = derive_feed_url(target) or full_address(target)
    return (urlsplit(url).hostname or "") if url else target


@dataclass
class Adding:
    """One ``add``: what was found so far, written at the end as one change."""

    desk: Desk
    role: Role
    person: str | None
    circle: int | None
    added: list[AddedFeed] = field(default_factory=list)
    known: list[AddedFeed] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    _said: list[Put] = field(default_factory=list)
    _brought: dict[str, Ingested] = field(default_factory=dict)
    _states: list[FetchState] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world = working(self.desk.world())
        self._feeds = dict(self.world.feeds)
        self._people = dict(self.world.people)

    def is_known(self, target: str) -> bool:
        """Whether a feed of that address is followed already; then no server is asked."""
        addresses = {normalise(target), normalise(derive_feed_url(target) or target)}
        for feed in self._feeds.values():
            if addresses & {normalise(feed.url), normalise(feed.typed)}:
                self._know(feed)
                return True
        return False

    def add_feed(self, found: Found, whose: Person | None = None) -> None:
        """Follow what was found; ``whose`` it is, where that is known."""
        wanted = {normalise(found.url), normalise(found.typed)}
        for feed in self._feeds.values():
            if wanted & {normalise(feed.url), normalise(feed.typed)}:
                self._know(feed)
                return
        document, now = found.document, self.desk.now()
        id = feed_id(found.typed)
        owner = self._owner(found, now, whose) if self.role == "theirs" else None
        feed = Feed(
            id=id,
            url=found.url,
            typed=found.typed,
            role=self.role,
            added=now,
            person=owner.id if owner else None,
            title=document.title,
            site=document.site or found.site,
            author=document.author or None,
        )
        self._feeds[id] = feed
        self._said.append(put(feed))
        self.desk.store.forget_posts(id)
        brought = ingest(self.desk, self.world, feed, document)
        self._brought[id] = brought
        self._states.append(replace(found.state, feed=id, posts=brought.posts))
        note = _known_by(self.desk, feed, brought.puts) if self.role == "own" else ""
        self.added.append(AddedFeed(feed, owner, brought.posts, note))

    def add_profile(self, found: ProfileOnly) -> None:
        people = self._people
        known = find_by_key(people.values(), *keys_for(profile=found.url))
        if known is None:
            made = self._named(self.desk.now(), profile=found.url, name=found.name)
            self._keep(made)
            self.added.append(AddedFeed(None, made, 0, found.sentence))
        else:
            self.known.append(AddedFeed(None, known, 0, found.sentence))

    def add_person(self, name: str) -> None:
        called = one_line(name)
        if not called:
            self.refused.append(Refusal(name, "The name is empty; give one."))
            return
        if known := find_by_exact_name(self._people.values(), called):
            self.known.append(AddedFeed(None, known[0], 0))
            return
        made = make_person(called, self.desk.now(), "added")
        self._keep(made)
        self.added.append(AddedFeed(None, made, 0))

    def commit(self) -> Change | None:
        names = [_called(item) for item in self.added]
        change = self.desk.commit(f"added: {', '.join(names)}", self._said) if self._said else None
        puts = [item for brought in self._brought.values() for item in brought.puts]
        self.desk.commit("added", puts, by="refresh")
        for feed, brought in self._brought.items():
            shelve(self.desk, feed, brought)
        if self._states:
            self.desk.store.save_fetch_states(self._states)
        return change

    def _owner(self, found: Found, now: datetime, whose: Person | None) -> Person:
        """The person whose feed this is: named, known by an address, or new."""
        site = found.site
        if whose is not None:
            theirs = self._people.get(whose.id, whose)
            keys = tuple(dict.fromkeys((*theirs.keys, *keys_for(feed_url=found.typed))))
            return self._in_circle(replace(theirs, keys=keys), theirs)
        if self.person is not None:
            return self._named(now, feed_url=found.typed, profile=site)
        title = one_line(found.document.author or found.document.title)
        name = title or urlsplit(found.url).hostname or found.url
        people = self._people.values()
        if known := find_by_key(people, *keys_for(feed_url=found.typed)):
            return self._in_circle(known)
        if known := find_by_key(people, *keys_for(profile=site)):
            if not publishes_as_another(known, self._feeds.values(), name):
                return self._in_circle(known)
            site = None
        made = make_person(name, now, "added", feed_url=found.typed, profile=site)
        return self._keep(made)

    def _named(
        self,
        now: datetime,
        *,
        name: str = "",
        feed_url: str | None = None,
        profile: str | None = None,
    ) -> Person:
        """The person of exactly the name asked for with ``--person``, else a new one."""
        called = one_line(self.person or name)
        if self.person and (known := find_by_exact_name(self._people.values(), called)):
            person = known[0]
            keys = tuple(
                dict.fromkeys((*person.keys, *keys_for(feed_url=feed_url, profile=profile)))
            )
            profiles = person.profiles
            if profile and profile not in profiles and feed_url is None:
                profiles = (*profiles, profile)
            return self._in_circle(replace(person, keys=keys, profiles=profiles), person)
        return self._keep(make_person(called, now, "added", feed_url=feed_url, profile=profile))

    def _keep(self, person: Person) -> Person:
        if self.circle is not None:
            person = replace(person, circles=(DatedNumber(self.desk.now(), self.circle),))
        self._people[person.id] = person
        self._said.append(put(person))
        return person

    def _in_circle(self, person: Person, before: Person | None = None) -> Person:
        was, now = before or person, self.desk.now()
        if self.circle is not None and in_force(person.circles, now) != self.circle:
            circles = with_said(person.circles, DatedNumber(now, self.circle))
            person = replace(person, circles=circles)
        if person != was:
            self._people[person.id] = person
            self._said.append(put(person, was))
        return person

    def _know(self, feed: Feed) -> None:
        if not feed.wanted:  # an import made it out by rule, and now the writer asks for it
            self._said.append(put(replace(feed, wanted=True), feed))
        posts = self.desk.store.fetch_states().get(feed.id)
        owner = self._people.get(feed.person or "")
        self.known.append(AddedFeed(feed, owner, posts.posts if posts else 0))


def _known_by(desk: Desk, feed: Feed, brought: Iterable[Put]) -> str:
    """By which name the writer's own comments will be known, or what to do where by none."""
    read = [record_of(item.table, item.after) for item in brought if item.after is not None]
    feeds = [feed, *(each for each in read if isinstance(each, Feed))]
    authors = [each.author for each in feeds if each.author]
    names = list(dict.fromkeys([*authors, *desk.rules.names]))
    if names:
        return f"What is signed {' or '.join(names)} is known as yours."
    return (
        "It names no author: give your names as `names` in the settings, so that your own comments "
        "are known as yours."
    )


def _called(item: AddedFeed) -> str:
    if item.person is not None:
        return item.person.name
    return (item.feed.title or item.feed.url) if item.feed else ""

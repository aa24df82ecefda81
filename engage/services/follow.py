"""Following feeds: adding them, their health, pausing and removing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engage.domain.addresses import normalise
from engage.domain.changes import Change, Put, put
from engage.domain.changes import remove as removal
from engage.domain.feed_health import health
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
from engage.errors import EngageError
from engage.feeds.platforms import derive_feed_url
from engage.services import mention_feeds
from engage.services.desk import DEMO_NOTE, Desk
from engage.services.ingest import ingest, working
from engage.services.names import find_feed
from engage.services.outcomes import Added, AddedFeed, FeedHealth, Refusal
from engage.text import one_line

if TYPE_CHECKING:
    from engage.feeds.discover import Found, ProfileOnly


async def add(
    desk: Desk,
    targets: Sequence[str],
    *,
    own: bool = False,
    responses: bool = False,
    person: str | None = None,
    circle: int | None = None,
    guess: bool = False,
) -> Added:
    """Follow feeds: one GET where a target is a feed. Without targets ``person`` is added."""
    # Here: asking servers imports asyncio and the HTTP client, which `engage feeds` need not pay.
    from engage.feeds.discover import ProfileOnly, discover

    role: Role = "own" if own else "responses" if responses else "theirs"
    work = _Work(desk, role, person, circle)
    if not targets and person is not None:
        work.add_person(person)
    for given in dict.fromkeys(targets):
        target, token = mention_feeds.taken_apart(given) if responses else (given, None)
        if token and not desk.offline:
            mention_feeds.keep_token(desk, target, token)
        if work.is_known(target):
            continue
        if desk.offline:
            work.refused.append(Refusal(target, f"{one_line(target)}: {DEMO_NOTE}"))
            continue
        try:
            asked = mention_feeds.with_token(desk, target) if responses else target
            found = await discover(asked, desk.clock, guess=guess, role=role)
        except EngageError as error:
            sentence = mention_feeds.hidden(str(error), asked, target)
            work.refused.append(Refusal(target, sentence))
            continue
        if isinstance(found, ProfileOnly):
            work.add_profile(found)
        else:
            work.add_feed(mention_feeds.found_without_token(found, target) if responses else found)
    change = work.commit()
    return Added(tuple(work.added), tuple(work.known), tuple(work.refused), change)


@dataclass
class _Work:
    """One ``add``: what was found so far, written at the end as one change."""

    desk: Desk
    role: Role
    person: str | None
    circle: int | None
    added: list[AddedFeed] = field(default_factory=list)
    known: list[AddedFeed] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    _said: list[Put] = field(default_factory=list)
    _brought: list[Put] = field(default_factory=list)
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

    def add_feed(self, found: Found) -> None:
        wanted = {normalise(found.url), normalise(found.typed)}
        for feed in self._feeds.values():
            if wanted & {normalise(feed.url), normalise(feed.typed)}:
                self._know(feed)
                return
        document, now = found.document, self.desk.now()
        id = feed_id(found.typed)
        owner = self._owner(found, now) if self.role == "theirs" else None
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
        self._brought += brought.puts
        self._states.append(replace(found.state, feed=id, posts=brought.posts))
        self.added.append(AddedFeed(feed, owner, brought.posts))

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
        self.desk.commit("added", self._brought, by="refresh")
        if self._states:
            self.desk.store.save_fetch_states(self._states)
        return change

    def _owner(self, found: Found, now: datetime) -> Person:
        """The person whose feed this is: named, known by an address, or new."""
        site = found.site
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


def _called(item: AddedFeed) -> str:
    if item.person is not None:
        return item.person.name
    return (item.feed.title or item.feed.url) if item.feed else ""


def feeds(desk: Desk) -> tuple[FeedHealth, ...]:
    """Every feed with its health: what needs attention first, then own ones, then by title."""
    states, now = desk.store.fetch_states(), desk.now()
    found = [
        _health(feed, states.get(feed.id) or FetchState(feed.id, feed.url), now)
        for feed in desk.world().feeds.values()
    ]
    order = {"own": 0, "responses": 1, "theirs": 2}
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.health.rank,
                order[one.feed.role],
                (one.feed.title or one.feed.url).casefold(),
                one.feed.id,
            ),
        )
    )


def remove(desk: Desk, name: str) -> Change | None:
    """Follow a feed no longer; the person and what happened stay."""
    feed = find_feed(desk, name)
    news = [item for item in desk.world().news if item.feed == feed.id]
    puts = [removal(feed), *(removal(item) for item in news)]
    change = desk.commit(f"removed: {feed.title or feed.url}", puts)
    desk.store.forget_posts(feed.id)
    return change


def pause(desk: Desk, name: str) -> tuple[Change | None, bool]:
    """Pause a feed, or resume a paused one; whether it is paused now."""
    before = find_feed(desk, name)
    after = replace(before, paused=not before.paused)
    label = f"{'paused' if after.paused else 'resumed'}: {before.title or before.url}"
    return desk.commit(label, [put(after, before)]), after.paused


def _health(feed: Feed, state: FetchState, now: datetime) -> FeedHealth:
    found = health(feed, state, now)
    if state.next_fetch is None and feed.wanted and not state.gone:
        # Never asked, or its posts are lost: due since then.
        state = replace(state, next_fetch=state.last_fetch or feed.added)
    return FeedHealth(feed, state, found)

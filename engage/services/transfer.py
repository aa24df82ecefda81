"""People and feeds from other systems, and out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from engage.domain.addresses import normalise
from engage.domain.changes import Put, put
from engage.domain.identity import feed_id
from engage.domain.people import find_by_key, keys_for, make_person
from engage.domain.records import DatedNumber, Feed, Person
from engage.errors import EngageError
from engage.exchange.opml import OpmlDocument, OpmlFeed, OpmlPerson, read_opml, write_opml
from engage.services.desk import Desk
from engage.services.outcomes import ImportPlan, Refusal


def import_files(
    desk: Desk,
    contents: Sequence[tuple[str, bytes]],
    *,
    format: str | None = None,
    write: bool = False,
) -> ImportPlan:
    """Bring in files given as (name, bytes). Without ``write`` only the plan. Asks no server."""
    if format not in (None, "opml"):
        raise EngageError(f"engage cannot import {format!r} yet; it reads opml.")
    plan = _Plan(desk)
    for name, data in contents:
        try:
            plan.take(name, read_opml(data))
        except EngageError as error:
            plan.refused.append(Refusal(name, f"{name}: {error}"))
    change = None
    if write:
        names = ", ".join(name for name, _ in contents)
        change = desk.commit(f"imported: {names}", plan.puts())
    return ImportPlan(
        format="opml",
        new=tuple(plan.new),
        known=tuple(plan.known),
        unclear=tuple(plan.unclear),
        refused=tuple(plan.refused),
        written=change is not None,
        change=change,
    )


def export(desk: Desk, format: str) -> str:
    """Everything the writer has in a format that others read (``opml``)."""
    if format != "opml":
        raise EngageError(f"engage cannot export {format!r} yet; it writes opml.")
    world = desk.world()
    return write_opml(world.feeds.values(), world.people, {}, desk.now())


@dataclass
class _Plan:
    """What the files bring: sentences to show first, records to write afterwards."""

    desk: Desk
    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def __post_init__(self) -> None:
        world = self.desk.world()
        self._there = dict(world.people)
        self._people: dict[str, Person] = {}
        self._feeds: dict[str, Feed] = {}
        self._addresses = {normalise(feed.url) for feed in world.feeds.values()}
        self._addresses |= {normalise(feed.typed) for feed in world.feeds.values()}
        self._by_said: dict[str, Person] = {}

    def take(self, name: str, document: OpmlDocument) -> None:
        """Add what one file holds."""
        self.unclear += [f"{name}: {problem}" for problem in document.problems]
        for row in document.feeds:
            if normalise(row.url) in self._addresses:
                self.known.append(f"{row.title or row.url}  {row.url}")
            else:
                self._feed(row)
        for said in document.people:
            before = len(self._people)
            person = self._said(said)
            (self.new if len(self._people) > before else self.known).append(person.name)

    def puts(self) -> list[Put]:
        """The puts of all that is new."""
        people = [
            put(person, self._there.get(id))
            for id, person in self._people.items()
            if self._there.get(id) != person
        ]
        return [*people, *(put(feed) for feed in self._feeds.values())]

    def _feed(self, row: OpmlFeed) -> None:
        person = self._person(row) if row.role == "theirs" else None
        feed = Feed(
            id=feed_id(row.url),
            url=row.url,
            typed=row.url,
            role=row.role,
            added=self.desk.now(),
            person=person.id if person else None,
            title=row.title,
            site=row.site,
            folder=row.folder,
        )
        self._feeds[feed.id] = feed
        self._addresses.add(normalise(row.url))
        self.new.append(f"{row.title or row.url}  {row.url}")

    def _person(self, row: OpmlFeed) -> Person:
        keys = keys_for(feed_url=row.url, profile=row.site)
        if row.person is not None:
            return self._said(row.person, feed_url=row.url, profile=row.site)
        everybody = {**self._there, **self._people}
        if known := find_by_key(everybody.values(), *keys):
            return known
        name = row.title or urlsplit(row.url).hostname or row.url
        return self._keep(self._made(name, row.url, row.site))

    def _said(
        self, said: OpmlPerson, *, feed_url: str | None = None, profile: str | None = None
    ) -> Person:
        """The person whom engage's own attributes name: by id, by an address, or new."""
        mark = said.id or f"name:{said.name}"
        if mark in self._by_said:
            return self._by_said[mark]
        first = said.profiles[0] if said.profiles else None
        keys = keys_for(feed_url=feed_url, profile=profile or first)
        everybody = {**self._there, **self._people}
        person = everybody.get(said.id) or find_by_key(everybody.values(), *keys)
        if person is None:
            person = self._made(said.name, feed_url, profile or first)
            if said.id:
                person = replace(person, id=said.id)
            now = self.desk.now()
            circle = (DatedNumber(now, said.circle),) if said.circle else ()
            cadence = (DatedNumber(now, said.cadence),) if said.cadence and circle else ()
            person = self._keep(
                replace(
                    person,
                    circles=circle,
                    cadences=cadence,
                    friend=said.friend,
                    profiles=tuple(dict.fromkeys((*person.profiles, *said.profiles))),
                )
            )
        self._by_said[mark] = person
        return person

    def _made(self, name: str, feed_url: str | None, profile: str | None) -> Person:
        return make_person(name, self.desk.now(), "imported", feed_url=feed_url, profile=profile)

    def _keep(self, person: Person) -> Person:
        self._people[person.id] = person
        return person

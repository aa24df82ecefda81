"""Lists of feeds: OPML, with what engage's own attributes say, and newsboat's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from engage.domain.addresses import profile_key
from engage.domain.identity import feed_id
from engage.domain.people import keys_for, make_person, publishes_as_another
from engage.domain.records import DatedNumber, Feed, Person
from engage.exchange.opml import OpmlFeed, OpmlPerson
from engage.services.importing.draft import Draft


@dataclass
class FeedLists:
    """Takes the rows of lists of feeds into a draft."""

    draft: Draft
    _said: dict[str, Person] = field(default_factory=dict)

    def take(self, feeds: Iterable[OpmlFeed], people: Iterable[OpmlPerson]) -> None:
        for row in feeds:
            self._feed(row)
        for said in people:
            before = len(self.draft.book.people)
            person = self._person_said(said)
            new = len(self.draft.book.people) > before
            (self.draft.new if new else self.draft.known).append(person.name)

    def _feed(self, row: OpmlFeed) -> None:
        book, line = self.draft.book, f"{row.title or row.url}  {row.url}"
        if known := book.feed_at(row.url):
            if known.wanted or not row.wanted:
                self.draft.known.append(line)
            else:
                book.follow(replace(known, wanted=True, folder=known.folder or row.folder))
                self.draft.changed.append(f"{line}  is asked from now on")
            return
        person = self._person(row) if row.role == "theirs" else None
        book.follow(
            Feed(
                id=feed_id(row.url),
                url=row.url,
                typed=row.url,
                role=row.role,
                added=self.draft.now,
                person=person.id if person else None,
                title=row.title,
                site=row.site,
                folder=row.folder,
                wanted=row.wanted,
            )
        )
        self.draft.new.append(line)

    def _person(self, row: OpmlFeed) -> Person:
        if row.person is not None:
            return self._person_said(row.person, feed_url=row.url, profile=row.site)
        name = row.title or urlsplit(row.url).hostname or row.url
        own = (*keys_for(feed_url=row.url), profile_key(row.url) or "")
        known, site = self._at(own, row.site, name)
        return known or self.draft.book.keep(self._made(name, row.url, site))

    def _at(
        self, own: Iterable[str], site: str | None, name: str
    ) -> tuple[Person | None, str | None]:
        """Who has a row's own addresses, else its site; and the site, unless it is another's."""
        book = self.draft.book
        if known := book.at_keys(own):
            return known[0], site
        known = book.at_keys(keys_for(profile=site))
        if known and publishes_as_another(known[0], book.feeds.values(), name):
            return None, None
        return (known[0] if known else None), site

    def _person_said(
        self, said: OpmlPerson, *, feed_url: str | None = None, profile: str | None = None
    ) -> Person:
        """The person whom engage's own attributes name: by id, by an address, or new."""
        mark = said.id or f"name:{said.name}"
        if mark not in self._said:
            self._said[mark] = self._found(said, feed_url, profile)
        return self._said[mark]

    def _found(self, said: OpmlPerson, feed_url: str | None, profile: str | None) -> Person:
        book = self.draft.book
        if known := book.people.get(said.id):
            return known
        first = said.profiles[0] if said.profiles else None
        known, site = self._at(keys_for(feed_url=feed_url), profile or first, said.name)
        if known:
            return known
        made = self._made(said.name, feed_url, site)
        circle = (DatedNumber(self.draft.now, said.circle),) if said.circle else ()
        cadence = (DatedNumber(self.draft.now, said.cadence),) if said.cadence and circle else ()
        return book.keep(
            replace(
                made,
                id=said.id or made.id,
                circles=circle,
                cadences=cadence,
                friend=said.friend,
                profiles=tuple(dict.fromkeys((*made.profiles, *said.profiles))),
            )
        )

    def _made(self, name: str, feed_url: str | None, profile: str | None) -> Person:
        return make_person(name, self.draft.now, "imported", feed_url=feed_url, profile=profile)

"""The people of a list, met with those who are known: by address, never by name alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from engage.domain.addresses import account_key, email_key, feed_key, profile_key, profile_url
from engage.domain.identity import feed_id, person_id
from engage.domain.records import Feed, Origin, Person
from engage.exchange.imported import Import, ImportedPerson, standing_words
from engage.feeds.platforms import derive_feed_url
from engage.services.importing.draft import Draft
from engage.services.importing.naming import name_from
from engage.text import safe_url


@dataclass
class PeopleRows:
    """Takes the people of lists into a draft, one list after the other.

    A list may come in several files, so what is known of it is kept by its source.
    """

    draft: Draft
    imported: Import = field(default_factory=lambda: Import(""))
    _names: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _met: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    _made: dict[str, set[str]] = field(default_factory=dict)
    _whole: set[tuple[str, str]] = field(default_factory=set)
    _by_email_only: int = 0

    def take(self, imported: Import) -> None:
        """Take one import's people."""
        self.imported = imported
        for row in imported.people:
            self._row(row)
            if imported.complete:
                self._whole.add((imported.source, row.direction))
        if not self.draft.match_by_email and any(row.emails for row in imported.people):
            self.draft.skipped.append(
                "E-mail addresses are not kept; `match_by_email = true` keeps them, to recognise "
                "people by and for nothing else."
            )

    def finish(self) -> None:
        """Tell what can only be told at the end: who is in none of the files any more."""
        if self._by_email_only:
            self.draft.skipped.append(
                f"{self._by_email_only} people are known by an e-mail address only; with "
                "`match_by_email = true` in the settings they come along."
            )
        for person in self.draft.book.world.people.values():
            for origin in person.origins:
                where = (origin.source, origin.direction)
                if where in self._whole and where not in self._met.get(person.id, ()):
                    words = standing_words(origin.direction)
                    self.draft.gone.append(
                        f"{person.name}  no longer in the list of {origin.source}"
                        + (f" ({words})" if words else "")
                    )

    def _row(self, row: ImportedPerson) -> None:
        derived = _derived(row)
        sure = tuple(dict.fromkeys(filter(None, self._keys(row, derived))))
        keys = (*sure, *self._source_keys(row, sure))
        name = row.name or name_from(row, by_email=self.draft.match_by_email)
        if not keys or not name:
            self._by_email_only += bool(row.emails)
            if not row.emails:
                self.draft.unclear.append("A row has neither a name nor an address.")
            return
        found = self.draft.book.at_keys(keys)
        if found:
            self._known(found[0], row, keys, derived, also=found[1:])
        else:
            self._unknown(name, row, keys, derived, sure=bool(sure or row.ref))

    def _unknown(
        self,
        name: str,
        row: ImportedPerson,
        keys: tuple[str, ...],
        derived: tuple[str, ...],
        *,
        sure: bool,
    ) -> None:
        made = self._made.get(self.imported.source, ())
        others = [each for each in self.draft.book.called(name) if each.id not in made]
        if others and not sure:
            self.draft.unclear.append(
                f"{name}{_way(row)}: you know somebody of that name, and the list gives nothing "
                "else, so nothing is written."
            )
            return
        person = self._new(name, row, keys)
        self._follow(person, row, derived)
        line = _line(person, row, derived)
        if others or self.draft.book.called(name)[1:]:
            self.draft.unclear.append(
                f"{line}  somebody of that name is known already; kept apart, "
                "`engage merge-people` makes two one"
            )
        else:
            self.draft.new.append(line)

    def _new(self, name: str, row: ImportedPerson, keys: tuple[str, ...]) -> Person:
        lists = f"In: {row.folder}" if row.folder and not row.feeds else ""
        person = Person(
            id=person_id(keys[0]),
            name=name,
            added=self.draft.now,
            how="imported",
            keys=keys,
            profiles=_profiles(row),
            directions=(row.direction,) if row.direction else (),
            notes="\n".join(filter(None, (row.note, lists))),
            origins=(self._origin(row),),
        )
        self._made.setdefault(self.imported.source, set()).add(person.id)
        self._met.setdefault(person.id, set()).add((self.imported.source, row.direction))
        return self.draft.book.keep(person)

    def _known(
        self,
        before: Person,
        row: ImportedPerson,
        keys: tuple[str, ...],
        derived: tuple[str, ...],
        *,
        also: list[Person],
    ) -> None:
        if also:
            others = ", ".join(each.name for each in also)
            self.draft.unclear.append(
                f"{row.name or before.name}: the addresses fit {before.name} and {others}; kept "
                f"with {before.name}"
            )
        theirs = {key for each in also for key in each.keys}
        have = {*before.keys, *(profile_key(each) for each in before.profiles)}
        profiles = (
            each
            for each in _profiles(row)
            if (key := profile_key(each)) not in have and key not in theirs
        )
        directions = (row.direction,) if row.direction else ()
        after = replace(
            before,
            keys=tuple(dict.fromkeys((*before.keys, *(key for key in keys if key not in theirs)))),
            profiles=tuple(dict.fromkeys((*before.profiles, *profiles))),
            directions=tuple(dict.fromkeys((*before.directions, *directions))),
            notes=before.notes or row.note,
            origins=_with(before.origins, self._origin(row)),
        )
        self._met.setdefault(before.id, set()).add((self.imported.source, row.direction))
        followed = self._follow(after, row, derived)
        if before.id not in self.draft.book.world.people:  # new in this very import
            self.draft.book.keep(after)
            return
        line = _line(before, row, derived)
        if after == before and not followed:
            self.draft.known.append(line)
        else:
            self.draft.book.keep(after)
            self.draft.changed.append(line)

    def _follow(self, person: Person, row: ImportedPerson, derived: tuple[str, ...]) -> bool:
        """Follow the feeds of a row; those made out by rule wait until somebody wants them."""
        followed = False
        for url, wanted in (
            *((url, True) for url in row.feeds),
            *((url, False) for url in derived),
        ):
            if self.draft.book.feed_at(url) is None:
                self.draft.book.follow(
                    Feed(
                        id=feed_id(url),
                        url=url,
                        typed=url,
                        role="theirs",
                        added=self.draft.now,
                        person=person.id,
                        folder=row.folder,
                        wanted=wanted,
                    )
                )
                followed = True
        return followed

    def _keys(self, row: ImportedPerson, derived: tuple[str, ...]) -> Iterable[str | None]:
        """The keys that a row's addresses make, the surest first."""
        yield from map(feed_key, (*row.feeds, *derived))
        # A platform's feed says whose it is, too: medium.com/feed/@mara is @mara's.
        yield from map(profile_key, (*row.profiles, *row.feeds))
        for account in row.accounts:
            yield account_key(f"@{account}")
        if self.draft.match_by_email:
            yield from map(email_key, row.emails)

    def _source_keys(self, row: ImportedPerson, sure: tuple[str, ...]) -> tuple[str, ...]:
        """What the list itself knows somebody by: its id, else, without any address, the name."""
        source = self.imported.source
        if row.ref:
            return (f"source:{source}:{row.ref}",)
        if sure or not row.name:
            return ()
        name = row.name.casefold()
        self._names[source, row.direction, name] += 1
        count = self._names[source, row.direction, name]
        # Twice in one list is two people.
        return (f"source:{source}:{row.direction}:{name}{f'#{count}' if count > 1 else ''}",)

    def _origin(self, row: ImportedPerson) -> Origin:
        return Origin(self.imported.source, row.direction, row.since)


def _derived(row: ImportedPerson) -> tuple[str, ...]:
    """The feeds of a row's profiles by the platforms' rules, without a request."""
    targets = (*row.profiles, *(f"@{account}" for account in row.accounts))
    found = (derive_feed_url(target) for target in targets)
    return tuple(dict.fromkeys(url for url in found if url and url not in row.feeds))


def _profiles(row: ImportedPerson) -> tuple[str, ...]:
    accounts = (profile_url(f"@{account}") for account in row.accounts)
    urls = (safe_url(url) for url in (*row.profiles, *accounts) if url)
    return tuple(dict.fromkeys(url for url in urls if url))


def _with(origins: tuple[Origin, ...], fresh: Origin) -> tuple[Origin, ...]:
    """The origins with one more; a date that was not known is filled in, a known one stays."""
    for index, origin in enumerate(origins):
        if (origin.source, origin.direction) == (fresh.source, fresh.direction):
            if origin.since is None and fresh.since is not None:
                return (*origins[:index], fresh, *origins[index + 1 :])
            return origins
    return (*origins, fresh)


def _line(person: Person, row: ImportedPerson, derived: tuple[str, ...]) -> str:
    address = next(iter((*row.feeds, *_profiles(row), *derived)), "")
    return "  ".join(filter(None, (person.name, address, _way(row).lstrip(", "))))


def _way(row: ImportedPerson) -> str:
    words = standing_words(row.direction)
    since = f"since {row.since}" if row.since else ""
    said = " ".join(filter(None, (words, since)))
    return f", {said}" if said else ""

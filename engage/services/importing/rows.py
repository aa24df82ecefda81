"""The people of a list, met with those who are known: by address, never by name alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from engage.domain.addresses import account_key, email_key, feed_key, profile_key
from engage.domain.days import local_day
from engage.domain.directions import direction_words
from engage.domain.identity import feed_id, person_id
from engage.domain.records import Feed, Origin, Person
from engage.domain.wording import counted
from engage.exchange.imported import Import, ImportedPerson
from engage.services.importing.asking import LEAVE, NEW, same_name, several
from engage.services.importing.draft import Draft
from engage.services.importing.facts import (
    derived_feeds,
    line_of,
    name_from,
    profiles_of,
    same_name_said,
)


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
    _undated: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # A day of grace: the list may have been written where it is tomorrow already.
        self._tomorrow = local_day(self.draft.now) + timedelta(days=1)

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
            one = self._by_email_only == 1
            who = "1 person is" if one else f"{self._by_email_only:,} people are"
            self.draft.skipped.append(
                f"{who} known by an e-mail address only; with `match_by_email = true` in the "
                f"settings {'that one comes' if one else 'they come'} along."
            )
        if self._undated:
            dates = counted(len(self._undated), "date")
            self.draft.unclear.append(
                f"{dates} could not be read, such as {self._undated[0]!r}; those people come "
                "without one."
            )
        for person in self.draft.book.world.people.values():
            for origin in person.origins:
                where = (origin.source, origin.direction)
                if where in self._whole and where not in self._met.get(person.id, ()):
                    words = direction_words(origin.direction)
                    self.draft.gone.append(
                        f"{person.name}  no longer in the list of {origin.source}"
                        + (f" ({words})" if words else "")
                    )

    def _row(self, row: ImportedPerson) -> None:
        derived = derived_feeds(row)
        sure = tuple(dict.fromkeys(filter(None, self._keys(row, derived))))
        keys = (*sure, *self._source_keys(row, sure))
        name = row.name or name_from(row, by_email=self.draft.match_by_email)
        if not keys or not name:
            self._by_email_only += bool(row.emails)
            if not row.emails:
                self.draft.unclear.append("A row has neither a name nor an address.")
            return
        self._dates(row)
        found = self.draft.book.at_keys(keys)
        if found[1:]:
            self._of_several(found, row, keys, derived)
        elif found:
            self._known(found[0], row, keys, derived)
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
        """Somebody at no address that is known: new, unless the writer says who of that name."""
        made = self._made.get(self.imported.source, ())
        others = [each for each in self.draft.book.called(name) if each.id not in made]
        person = self._person(name, row, keys)
        line = line_of(person, row, derived)
        if others:
            answer = self.draft.ask(
                keys[0],
                f"{line}: who is that? You know somebody of that name.",
                same_name(others, sure=sure),
                line=same_name_said(line, row, sure=sure),
            )
            if answer == LEAVE:
                self._leave_out(name, keys[0])
                return
            if answer != NEW:
                self._known(self.draft.book.people[answer], row, keys, derived)
                return
        self._keep(person, row)
        self._follow(person, row, derived)
        if others and keys[0] not in self.draft.answers:
            return  # what is asked says it
        if not others and self.draft.book.called(name)[1:]:
            self.draft.unclear.append(same_name_said(line, row, sure=True))
        else:
            self.draft.new.append(line)

    def _of_several(
        self,
        found: list[Person],
        row: ImportedPerson,
        keys: tuple[str, ...],
        derived: tuple[str, ...],
    ) -> None:
        """A row whose addresses fit several people: with one of them, the first if nothing is
        said; the others keep their addresses."""
        names = ", ".join(each.name for each in found[1:])
        first = found[0].name
        fit = f"{row.name or first}: the addresses fit {first} and {names}"
        line = f"{fit}; kept with {first}"
        answer = self.draft.ask(keys[0], f"{fit}. Whose are they?", several(found), line=line)
        if answer == LEAVE:
            for each in found:  # they stand in the list, whatever becomes of the row
                self._meet(each, row)
            self._leave_out(row.name or first, keys[0])
            return
        whose = next(each for each in found if each.id == answer)
        theirs = {key for each in found if each is not whose for key in each.keys}
        self._known(whose, row, keys, derived, not_theirs=theirs)

    def _leave_out(self, name: str, key: str) -> None:
        if key in self.draft.answers:
            self.draft.skipped.append(f"{name} is left out, as you said.")

    def _dates(self, row: ImportedPerson) -> None:
        """Remember a date that is none, or has not come yet."""
        if row.undated or self._early(row):
            self._undated.append(row.undated or str(row.since))

    def _early(self, row: ImportedPerson) -> bool:
        return row.since is not None and row.since > self._tomorrow

    def _person(self, name: str, row: ImportedPerson, keys: tuple[str, ...]) -> Person:
        lists = f"In: {row.folder}" if row.folder and not row.feeds else ""
        return Person(
            id=person_id(keys[0]),
            name=name,
            added=self.draft.now,
            how="imported",
            keys=keys,
            profiles=profiles_of(row),
            directions=(row.direction,) if row.direction else (),
            notes="\n".join(filter(None, (row.note, lists))),
            origins=(self._origin(row),),
        )

    def _keep(self, person: Person, row: ImportedPerson) -> None:
        self._made.setdefault(self.imported.source, set()).add(person.id)
        self._meet(person, row)
        self.draft.book.keep(person)

    def _meet(self, person: Person, row: ImportedPerson) -> None:
        self._met.setdefault(person.id, set()).add((self.imported.source, row.direction))

    def _known(
        self,
        before: Person,
        row: ImportedPerson,
        keys: tuple[str, ...],
        derived: tuple[str, ...],
        *,
        not_theirs: Container[str] = (),
    ) -> None:
        have = {*before.keys, *(profile_key(each) for each in before.profiles)}
        profiles = (
            each
            for each in profiles_of(row)
            if (key := profile_key(each)) not in have and key not in not_theirs
        )
        directions = (row.direction,) if row.direction else ()
        after = replace(
            before,
            keys=tuple(
                dict.fromkeys((*before.keys, *(key for key in keys if key not in not_theirs)))
            ),
            profiles=tuple(dict.fromkeys((*before.profiles, *profiles))),
            directions=tuple(dict.fromkeys((*before.directions, *directions))),
            notes=before.notes or row.note,
            origins=_with(before.origins, self._origin(row)),
        )
        self._meet(before, row)
        followed = self._follow(after, row, derived)
        if before.id not in self.draft.book.world.people:  # new in this very import
            self.draft.book.keep(after)
            return
        line = line_of(before, row, derived)
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
        since = None if self._early(row) else row.since
        return Origin(self.imported.source, row.direction, since)


def _with(origins: tuple[Origin, ...], fresh: Origin) -> tuple[Origin, ...]:
    """The origins with one more; a date that was not known is filled in, a known one stays."""
    for index, origin in enumerate(origins):
        if (origin.source, origin.direction) == (fresh.source, fresh.direction):
            if origin.since is None and fresh.since is not None:
                return (*origins[:index], fresh, *origins[index + 1 :])
            return origins
    return (*origins, fresh)

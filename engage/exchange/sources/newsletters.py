"""Newsletters' lists of subscribers: Substack, Ghost, Buttondown, beehiiv. People and dates only.

What they opened and clicked is in some of these files. It is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engage.domain.wording import counted
from engage.exchange.bundle import File
from engage.exchange.imported import NOTE_LIMIT, Import, ImportedPerson, called, undated
from engage.exchange.rows import Row, header_of, read_table
from engage.exchange.texts import day_of, text_from
from engage.text import clean, clip

TRACKING = ("What subscribers opened and clicked, what they pay and where they are is not read.",)


@dataclass(frozen=True, slots=True)
class Newsletter:
    """How one of them writes its list. ``files``: the names of its lists in an archive.

    ``known_by``: any of these sets of columns says that it is this one. ``gone``: whether a row is
    somebody who subscribes no longer. ``ref``: the column of an id.
    """

    name: str
    files: re.Pattern[str]
    known_by: tuple[frozenset[str], ...]
    email: tuple[str, ...]
    called: tuple[str, ...]
    since: tuple[str, ...]
    gone: Callable[[Row], bool] = lambda _: False
    ref: str = ""
    note: str = ""

    def recognises(self, _name: str, text: str) -> bool:
        header = header_of(text)
        return any(header >= columns for columns in self.known_by)

    def read(self, files: Sequence[File]) -> Import:
        people: list[ImportedPerson] = []
        gone = 0
        sources = [self._source(file.stem) for file in files]
        for file in files:
            for row in read_table(text_from(file.data), self._needed(file)).rows:
                if self.gone(row):
                    gone += 1
                elif not row.empty:
                    people.append(self._person(row))
        skipped = list(TRACKING)
        if gone:
            skipped.append(f"{counted(gone, 'row')} of people who subscribe no longer.")
        one = len(set(sources)) == 1
        source = sources[0] if one else self.name
        return Import(self.name, source, tuple(people), complete=one, skipped=tuple(skipped))

    def _needed(self, file: File) -> str:
        header = header_of(text_from(file.data))
        return next((column for column in self.email if column in header), self.email[0])

    def _source(self, file: str) -> str:
        """Two publications on Substack are two lists, each with its own people."""
        found = re.match(r"email_list\.([\w-]+)\.csv$", file)
        return f"{self.name}:{found[1]}" if found else self.name

    def _person(self, row: Row) -> ImportedPerson:
        email = row.get(*self.email)
        since = day_of(row.get(*self.since))
        parts = [row.get(column) for column in self.called]
        return ImportedPerson(
            name=called(parts[0] or " ".join(parts[1:])),
            emails=(email,) if email and "*" not in email else (),
            direction="subscriber",
            since=since,
            undated=undated(row.get(*self.since), since),
            ref=row.get(self.ref) if self.ref else "",
            note=clip(clean(row.get(self.note)).strip(), NOTE_LIMIT) if self.note else "",
        )


SUBSTACK = Newsletter(
    "substack",
    re.compile(r"(^|/)email_list[^/]*\.csv$", re.I),
    (
        frozenset({"email", "active subscription"}),
        frozenset({"user email address", "user name"}),
    ),
    ("email", "user email address"),
    ("user name", "name"),
    ("created at", "subscription date", "start date"),
)
BEEHIIV = Newsletter(
    "beehiiv",
    re.compile(r"(^|/)[^/]*(subscribers|beehiiv)[^/]*\.csv$", re.I),
    (frozenset({"email", "status", "tier", "created at"}),),
    ("email",),
    ("name", "first name", "last name"),
    ("created at",),
    gone=lambda row: row.get("status").lower() not in ("active", ""),
)
GHOST = Newsletter(
    "ghost",
    re.compile(r"(^|/)[^/]*members[^/]*\.csv$", re.I),
    (
        frozenset({"email", "subscribed to emails"}),
        frozenset({"email", "complimentary plan"}),
        frozenset({"email", "stripe customer id", "labels"}),
    ),
    ("email",),
    ("name",),
    ("created at",),
    gone=lambda row: bool(row.get("deleted at")),
    ref="id",
    note="note",
)
BUTTONDOWN = Newsletter(
    "buttondown",
    re.compile(r"(^|/)[^/]*subscribers[^/]*\.csv$", re.I),
    (
        frozenset({"email address", "creation date"}),
        frozenset({"email", "creation date"}),
        frozenset({"email address", "type"}),
        frozenset({"email", "subscriber type"}),
    ),
    ("email address", "email"),
    ("name", "metadata.name"),
    ("creation date",),
    gone=lambda row: (
        row.get("type", "subscriber type").lower()
        in ("unsubscribed", "removed", "spammy", "undeliverable", "complained")
    ),
    ref="id",
    note="notes",
)

NEWSLETTERS: Mapping[str, Newsletter] = {
    each.name: each for each in (SUBSTACK, BEEHIIV, GHOST, BUTTONDOWN)
}

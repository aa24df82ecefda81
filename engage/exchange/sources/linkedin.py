"""LinkedIn's archive: connections (mutual by nature), members followed, invitations.

Messages are in the archive too; they are never opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engage.domain.wording import counted
from engage.exchange.bundle import File
from engage.exchange.imported import Import, ImportedPerson, Way, called, undated
from engage.exchange.rows import Row, Table, header_of, read_table
from engage.exchange.texts import day_of, text_from
from engage.text import safe_url

FILES = re.compile(r"(^|/)(connections|member_follows|invitations)\w*\.csv$", re.I)

_CONNECTIONS = frozenset({"first name", "last name", "connected on"})
_FOLLOWS = ({"fullname", "date", "status"}, {"full name", "date", "status"})
_INVITATIONS = frozenset({"from", "to", "sent at", "direction"})


def recognises(name: str, text: str) -> bool:
    header = header_of(text)
    return (
        header >= _CONNECTIONS
        or any(header >= each for each in _FOLLOWS)
        or header >= _INVITATIONS
        or ("connections" in name.lower() and {"first name", "last name"} <= header)
    )


def read(files: Sequence[File]) -> Import:
    people: list[ImportedPerson] = []
    closed = 0
    for file in files:
        text = text_from(file.data)
        header = header_of(text)
        if header >= _INVITATIONS:
            people += _invitations(read_table(text, *_INVITATIONS))
        elif any(header >= each for each in _FOLLOWS):
            people += _follows(read_table(text, "date", "status"))
        else:
            table = read_table(text, "first name", "last name")
            found = list(_connections(table))
            closed += len(table.rows) - len(found)
            people += found
    skipped = ["Messages, searches and advertising data in a LinkedIn archive are never opened."]
    if closed:
        skipped.append(f"{counted(closed, 'row')} without a name: accounts that were closed.")
    return Import("linkedin", "linkedin", tuple(people), complete=True, skipped=tuple(skipped))


def _connections(table: Table) -> Iterator[ImportedPerson]:
    for row in table.rows:
        name = called(f"{row.get('first name')} {row.get('last name')}")
        url = safe_url(row.get("url", "profile url"))
        if not name and not url:
            continue
        email = row.get("email address")
        since = day_of(row.get("connected on"))
        work = " at ".join(filter(None, (row.get("position"), row.get("company"))))
        yield ImportedPerson(
            name=name,
            profiles=(url,) if url else (),
            emails=(email,) if email else (),
            direction="mutual",
            since=since,
            note=called(work),
            undated=undated(row.get("connected on"), since),
        )


def _follows(table: Table) -> Iterator[ImportedPerson]:
    for row in table.rows:
        name = called(row.get("fullname", "full name"))
        if name and row.get("status").lower() in ("", "active"):
            yield ImportedPerson(name=name, direction="i_follow", since=day_of(row.get("date")))


def _invitations(table: Table) -> Iterator[ImportedPerson]:
    """Who reached out first. The writer is on the other side of every row."""
    for row in table.rows:
        incoming = row.get("direction").upper() == "INCOMING"
        yield from _invited(row, "from" if incoming else "to", incoming)


def _invited(row: Row, side: str, incoming: bool) -> Iterator[ImportedPerson]:
    name = called(row.get(side))
    who = "inviter" if incoming else "invitee"
    url = safe_url(row.get(f"{who} profile url", f"{who}profileurl"))
    direction: Way = "invited_me" if incoming else "i_invited"
    if name or url:
        yield ImportedPerson(
            name=name,
            profiles=(url,) if url else (),
            direction=direction,
            since=day_of(row.get("sent at")),
        )

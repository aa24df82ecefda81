"""What a row of a list says of somebody: a name, addresses, feeds by rule, a line to show."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from engage.domain.addresses import profile_url
from engage.domain.directions import direction_words
from engage.domain.records import Person
from engage.exchange.imported import ImportedPerson
from engage.feeds.platforms import derive_feed_url
from engage.text import one_line, safe_url


def name_from(row: ImportedPerson, *, by_email: bool) -> str:
    """A first name for somebody known by an address only: its last readable part."""
    if row.accounts:
        return one_line(row.accounts[0].partition("@")[0])
    for url in (*row.profiles, *row.feeds):
        parts = urlsplit(url)
        last = parts.path.rstrip("/").rpartition("/")[2].lstrip("@")
        if name := one_line(last or (parts.hostname or "").removeprefix("www.")):
            return name
    if by_email and row.emails:
        return one_line(re.sub(r"[._+-]+", " ", row.emails[0].partition("@")[0]))
    return ""


def derived_feeds(row: ImportedPerson) -> tuple[str, ...]:
    """The feeds of a row's profiles by the platforms' rules, without a request."""
    targets = (*row.profiles, *(f"@{account}" for account in row.accounts))
    found = (derive_feed_url(target) for target in targets)
    return tuple(dict.fromkeys(url for url in found if url and url not in row.feeds))


def profiles_of(row: ImportedPerson) -> tuple[str, ...]:
    accounts = (profile_url(f"@{account}") for account in row.accounts)
    urls = (safe_url(url) for url in (*row.profiles, *accounts) if url)
    return tuple(dict.fromkeys(url for url in urls if url))


def line_of(person: Person, row: ImportedPerson, derived: tuple[str, ...]) -> str:
    address = next(iter((*row.feeds, *profiles_of(row), *derived)), "")
    return "  ".join(filter(None, (person.name, address, way_of(row).lstrip(", "))))


def way_of(row: ImportedPerson) -> str:
    words = direction_words(row.direction)
    since = f"since {row.since}" if row.since else ""
    said = " ".join(filter(None, (words, since)))
    return f", {said}" if said else ""


def same_name_said(line: str, row: ImportedPerson, *, sure: bool) -> str:
    if sure:
        return (
            f"{line}  somebody of that name is known already; kept apart, "
            "`engage merge-people` makes two one"
        )
    return (
        f"{row.name}{way_of(row)}: you know somebody of that name, and the list gives nothing "
        "else, so nothing is written."
    )

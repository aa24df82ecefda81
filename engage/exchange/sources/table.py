"""Any table of people, its columns known by their names; and the one that engage exports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from engage.errors import EngageError
from engage.exchange.bundle import File
from engage.exchange.imported import NOTE_LIMIT, Import, ImportedPerson, Way, called
from engage.exchange.rows import Row, header_of, read_table
from engage.exchange.sources.fediverse import ACCOUNT
from engage.exchange.texts import day_of, text_from
from engage.text import clean, clip, safe_url

FILES = re.compile(r"\.(csv|tsv)$", re.I)

#: What a column may be called, by what is in it.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "full name", "fullname", "display name", "displayname", "person", "author"),
    "first": ("first name", "firstname", "given name"),
    "last": ("last name", "lastname", "surname", "family name"),
    "url": (
        "url", "urls", "website", "web site", "site", "blog", "link", "homepage", "home page",
        "profile", "profiles", "profile url", "linkedin", "facebook", "website url",
    ),
    "feed": ("feed", "feeds", "rss", "feed url", "rss feed", "atom", "xmlurl", "rss url"),
    "handle": (
        "handle", "username", "user name", "account", "account address", "mastodon", "fediverse",
        "medium", "bluesky", "instagram",
    ),
    "email": ("email", "e-mail", "mail", "email address", "e-mail address"),
    "since": (
        "since", "date", "followed on", "followed at", "created at", "connected on",
        "subscribed at", "added",
    ),
    "direction": ("direction", "directions", "relationship"),
    "note": ("note", "notes", "comment", "comments", "about"),
    "folder": ("folder", "tags", "tag", "group", "list", "category", "categories", "labels"),
}  # fmt: skip
_SAYS_WHO = ("name", "first", "url", "feed", "handle", "email")
#: What the words for a direction mean.
WAYS: Mapping[str, Way] = {
    **{way: way for way in get_args(Way) if way},
    "follower": "follows_me",
    "followers": "follows_me",
    "follows me": "follows_me",
    "following": "i_follow",
    "i follow": "i_follow",
    "friend": "mutual",
    "subscribers": "subscriber",
}
_SPACES = re.compile(r"\s+")
#: Networks whose handles are nothing but a name behind an ``@``.
_ON = {
    "medium": "https://medium.com/@{}",
    "instagram": "https://www.instagram.com/{}",
    "bluesky": "https://bsky.app/profile/{}",
}


def recognises(_name: str, text: str) -> bool:
    header = header_of(text)
    return len(header) > 1 and any(header & set(COLUMNS[kind]) for kind in _SAYS_WHO)


def read(files: Sequence[File]) -> Import:
    people: list[ImportedPerson] = []
    unclear: list[str] = []
    for file in files:
        for row in _rows(text_from(file.data)):
            person = _person(row)
            if person is None and not row.empty:
                unclear.append(f"row {row.number} has no name and no address.")
            elif person is not None:
                people.append(person)
    return Import("csv", "csv", tuple(people), unclear=tuple(unclear))


def _rows(text: str) -> Sequence[Row]:
    header = header_of(text)
    for kind in _SAYS_WHO:
        for column in COLUMNS[kind]:
            if column in header:
                return read_table(text, column).rows
    raise EngageError(
        "it has no column that engage knows; call one name, url, feed, handle or email."
    )


def _person(row: Row) -> ImportedPerson | None:
    name = called(_of(row, "name") or f"{_of(row, 'first')} {_of(row, 'last')}")
    urls = [url for text in _texts(row, "url") if (url := _address(text))]
    feeds = [url for text in _texts(row, "feed") if (url := safe_url(text))]
    accounts: list[str] = []
    for column, text in _handles(row):
        if found := ACCOUNT.fullmatch(text):
            accounts.append(f"{found[1]}@{found[2].lower()}")
        elif url := _address(text) if "/" in text else None:
            urls.append(url)
        elif column in _ON and re.fullmatch(r"@?[\w.-]+", text, re.ASCII):
            urls.append(_ON[column].format(text.removeprefix("@")))
        else:
            name = name or called(text.removeprefix("@"))
    email = _of(row, "email")
    if not (name or urls or feeds or accounts or email):
        return None
    return ImportedPerson(
        name=name,
        profiles=tuple(dict.fromkeys(urls)),
        accounts=tuple(dict.fromkeys(accounts)),
        emails=(email,) if email else (),
        feeds=tuple(dict.fromkeys(feeds)),
        direction=_way(_of(row, "direction")),
        since=day_of(_of(row, "since")),
        note=clip(clean(_of(row, "note")).strip(), NOTE_LIMIT),
        folder=clip(called(_of(row, "folder")), 200),
    )


def _of(row: Row, kind: str) -> str:
    return _unguarded(row.get(*COLUMNS[kind]))


def _texts(row: Row, kind: str) -> Iterator[str]:
    for column in COLUMNS[kind]:
        yield from filter(None, _SPACES.split(_unguarded(row.get(column))))


def _handles(row: Row) -> Iterator[tuple[str, str]]:
    for column in COLUMNS["handle"]:
        if text := _unguarded(row.get(column)):
            yield column, text


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from calculating it."""
    return cell[1:] if re.match(r"'+[=+\-@]", cell) else cell


def _address(text: str) -> str | None:
    return safe_url(text if "://" in text else f"https://{text}") if "." in text else None


def _way(text: str) -> Way:
    first = text.lower().split(",")[0].strip()
    return WAYS.get(first) or WAYS.get(first.replace(" ", "_"), "")

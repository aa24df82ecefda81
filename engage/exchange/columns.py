"""What the columns of a table may mean, by their names or because the writer says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engage.exchange.texts import day_of
from engage.text import clip, one_line, safe_url

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

#: One of these must be there: they say who it is.
SAYS_WHO = ("name", "first", "last", "url", "feed", "handle", "email")

#: Column, as `rows.column_key` writes it, to what is in it; "" where it is to be left alone.
Meanings = Mapping[str, str]

_EXAMPLES = 3
#: Characters of a cell that are shown.
_EXAMPLE = 60
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_HANDLE = re.compile(r"@[\w.-]+(@[\w-]+(\.[\w-]+)+)?")
_ADDRESS = re.compile(r"https?://\S+|([\w-]+\.)+[a-z]{2,}(/\S*)?", re.I)
_LOOKS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("email", _EMAIL.fullmatch),
    ("handle", _HANDLE.fullmatch),
    ("url", _ADDRESS.fullmatch),
    ("since", day_of),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the file calls it, what seems to be in it (a key of `COLUMNS`, or "" for
    nothing), and a few of its cells."""

    name: str
    meaning: str
    examples: tuple[str, ...] = ()


def column_key(name: str) -> str:
    """A column's name as tables are told apart by: lower case, single spaces."""
    return " ".join(one_line(name.lstrip("\ufeff")).lower().replace("_", " ").split())


def meaning_of(name: str) -> str:
    """What a column of that name holds; "" where the name says nothing."""
    key = column_key(name)
    return next((meaning for meaning, names in COLUMNS.items() if key in names), "")


def described(head: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The columns of a table with their examples."""
    found = []
    for at, name in enumerate(head):
        cells = (_shown(row[at]) for row in rows if at < len(row))
        examples = tuple(dict.fromkeys(cell for cell in cells if cell))[:_EXAMPLES]
        found.append(Column(one_line(name), meaning_of(name) or _guess(examples), examples))
    return tuple(found)


def _shown(cell: str) -> str:
    """A cell to look at: no control characters, no password in an address."""
    text = clip(one_line(cell), _EXAMPLE)
    return (safe_url(text) or "") if "://" in text else text


def _guess(examples: Sequence[str]) -> str:
    """What cells look like, whatever their column is called; "" where they may be anything."""
    for meaning, looks in _LOOKS:
        if examples and all(looks(cell) for cell in examples):
            return meaning
    return ""


def names_by_meaning(meanings: Meanings | None) -> Mapping[str, tuple[str, ...]]:
    """The columns that each meaning is read from: as the writer says, else by their names."""
    if meanings is None:
        return COLUMNS
    return {
        kind: tuple(name for name, meaning in meanings.items() if meaning == kind)
        for kind in COLUMNS
    }

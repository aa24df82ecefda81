"""What all formats of feeds have in common on the way to `Entry` and `FeedDocument`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urljoin

from engage.domain.posts import Entry
from engage.domain.records import Role
from engage.text import clip, one_line, safe_url

#: Entries kept of one document, the newest; and entries read of it, the first: each costs the
#: parser some three kilobytes. Of responses as many as may be read, since each may be owed.
ENTRY_LIMIT = 500
READ_LIMIT = 5_000
RESPONSE_LIMIT = 10_000
TITLE_LIMIT = 500
NAME_LIMIT = 200
ID_LIMIT = 2_000
CATEGORY_LIMIT = 30

Item = TypeVar("Item")

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def limit_of(role: Role) -> int:
    """How many entries of a document are kept."""
    return RESPONSE_LIMIT if role == "responses" else ENTRY_LIMIT


def read_limit_of(role: Role) -> int:
    """How many entries of a document are read."""
    return RESPONSE_LIMIT if role == "responses" else READ_LIMIT


def left_out(shown: int, role: Role) -> str:
    """A sentence where responses are left out, else ""."""
    if role != "responses" or shown <= RESPONSE_LIMIT:
        return ""
    return f"The feed shows {shown:,} responses; the newest {RESPONSE_LIMIT:,} are here."


def newest(entries: list[Entry], limit: int = ENTRY_LIMIT) -> tuple[Entry, ...]:
    """At most ``limit`` entries in the order of the document; the oldest are left out, and what
    has neither title, address, id nor text: a document cut off ends with such a one."""
    entries = [entry for entry in entries if _says_something(entry)]
    return tuple(newest_of(entries, lambda entry: entry.published, limit))


def newest_of(
    items: list[Item], published: Callable[[Item], datetime | None], limit: int = ENTRY_LIMIT
) -> list[Item]:
    """At most ``limit`` of what will be entries, in the order of the document."""
    if len(items) <= limit:
        return items
    dates = [published(item) or _LONG_AGO for item in items]
    by_age = sorted(range(len(items)), key=dates.__getitem__, reverse=True)
    return [items[at] for at in sorted(by_age[:limit])]


def _says_something(entry: Entry) -> bool:
    return bool(entry.title or entry.url or entry.guid or entry.blocks or entry.enclosures)


def address(value: object, base: str) -> str | None:
    """An address in a feed, absolute and safe to open, or None."""
    if not isinstance(value, str) or not value.strip():
        return None
    value = value.strip()
    if not value.startswith(("https://", "http://")):
        try:
            value = urljoin(base, value)
        except ValueError:
            return None
    return safe_url(value)


def identifier(value: object) -> str | None:
    """An id as the feed gives it, cleaned; numbers (JSON Feed allows them) become text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return one_line(str(value))[:ID_LIMIT] or None


def name(value: object) -> str:
    return clip(one_line(value), NAME_LIMIT) if isinstance(value, str) else ""


def names(values: Iterable[object]) -> tuple[str, ...]:
    """Names without empty and repeated ones."""
    kept = dict.fromkeys(name(value) for value in values)
    return tuple(value for value in kept if value)[:CATEGORY_LIMIT]


def count(value: object) -> int | None:
    """A number of comments, or None where it is none."""
    try:
        number = int(value) if isinstance(value, str | int) else -1
    except ValueError:
        return None
    return number if 0 <= number < 10_000_000 else None

"""A name for somebody whom a list knows by an address only."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from engage.exchange.imported import ImportedPerson
from engage.text import one_line


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

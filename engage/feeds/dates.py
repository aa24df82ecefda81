"""Dates out of feeds and headers: aware, in UTC, and sane or not there at all."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

#: No feed is older than the web.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def sane(moment: datetime | None, now: datetime) -> datetime | None:
    """The moment if it lies between 1990 and a day from now, else None."""
    if moment is None or not EARLIEST <= moment <= now + timedelta(days=1):
        return None
    return moment


def from_parts(parts: Any, now: datetime) -> datetime | None:
    """A date as feedparser gives it: nine numbers in UTC, of any year and day."""
    if not parts:
        return None
    try:
        return sane(datetime.fromtimestamp(calendar.timegm(tuple(parts)), UTC), now)
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def from_text(text: object, now: datetime) -> datetime | None:
    """An RFC 3339 date, or what e-mail and HTTP write; without an offset it is in UTC."""
    return sane(any_date(text), now)


def any_date(text: object) -> datetime | None:
    """The same without a look at whether it can be true."""
    if not isinstance(text, str) or not text.strip():
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text.strip())
            return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None

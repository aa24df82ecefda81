"""What a server's headers say about when to come back (RFC 9111 5.2, RFC 9110 10.2.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from engage.feeds.dates import any_date

#: The longest a server may ask to be left alone.
LONGEST_WAIT = timedelta(days=7)

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_SECONDS = re.compile(r"\d{1,12}")


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the server asks to be left alone, at most seven days; None where it does not say.

    A date counts from the server's own clock, where it sends one.
    """
    value = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(value):
        wait = timedelta(seconds=min(int(value), LONGEST_WAIT.total_seconds()))
    else:
        until = any_date(value)
        if until is None:
            return None
        wait = until - (any_date(headers.get("date")) or now)
    return min(max(wait, timedelta()), LONGEST_WAIT)


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long the answer stays fresh: max-age less Age, else Expires; nothing else counts."""
    age = _SECONDS.fullmatch(headers.get("age", "").strip())
    if found := _MAX_AGE.search(headers.get("cache-control", "")):
        seconds = int(found[1]) - (int(age[0]) if age else 0)
        return timedelta(seconds=min(max(seconds, 0), LONGEST_WAIT.total_seconds()))
    expires = any_date(headers.get("expires"))
    if expires is None:
        return timedelta()
    return min(max(expires - (any_date(headers.get("date")) or now), timedelta()), LONGEST_WAIT)

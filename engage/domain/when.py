"""What the writer means by WHEN and WEEK, in their own time zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from engage.domain.days import midnight, week_days, week_of
from engage.text import clip, one_line

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNT = re.compile(r"(\d+)\s*(d|days?|w|weeks?)", re.ASCII)
_WEEK = re.compile(r"(?:(\d{4})-?)?w(\d{1,2})", re.ASCII)
#: What lies outside is a slip, and days at the ends of the calendar have no midnight in UTC.
_YEARS = range(1900, 3000)


def parse_day(text: str, now: datetime, *, past: bool = False) -> date:
    """The local day that a WHEN means: ``2026-11-22``, ``3d``, ``2w``, ``tomorrow``, ``friday``.

    A weekday is the next such day and a count goes forward; with ``past`` the last such day, and
    backward. Raises ValueError with a sentence.
    """
    return parse_moment(text, now, past=past).astimezone().date()


def parse_moment(text: str, now: datetime, *, past: bool = False) -> datetime:
    """The moment, in UTC, that a WHEN means; a day means the midnight that begins it.

    With ``past`` a count and ``today`` keep the time of the day. Raises ValueError with a sentence.
    """
    given = text.strip().lower()
    try:
        found = _relative(given, now, past) or _iso(given)
    except (ValueError, OverflowError) as cause:
        raise ValueError(_sentence(text)) from cause
    if found is None:
        raise ValueError(_sentence(text))
    return found


def parse_week(text: str, now: datetime | None = None) -> str:
    """The ISO week that a WEEK means: ``2026-W47``; ``W47`` is this year's.

    Raises ValueError with a sentence.
    """
    found = _WEEK.fullmatch(text.strip().lower())
    year = found.group(1) if found else None
    if found and year is None and now is not None:
        year = str(now.astimezone().isocalendar().year)
    try:
        if found is None or year is None or int(year) not in _YEARS:
            raise ValueError(text)
        monday, _ = week_days(f"{year}-W{found.group(2)}")
    except ValueError as cause:
        raise ValueError(f"{_quoted(text)} is no week; write it as 2026-W47.") from cause
    return week_of(monday)


def _relative(given: str, now: datetime, past: bool) -> datetime | None:
    local = now.astimezone().replace(tzinfo=None)
    named = {"yesterday": -1, "today": 0, "tomorrow": 1}
    if given == "today" and past:
        return now
    if given in named:
        return midnight(local.date() + timedelta(days=named[given]))
    if count := _COUNT.fullmatch(given):
        days = int(count.group(1)) * (7 if count.group(2)[0] == "w" else 1)
        return _checked((local - timedelta(days) if past else local + timedelta(days)).astimezone())
    if (weekday := _weekday(given)) is not None:
        away = (local.weekday() - weekday if past else weekday - local.weekday()) % 7 or 7
        return midnight(local.date() + timedelta(days=-away if past else away))
    return None


def _weekday(given: str) -> int | None:
    if len(given) < 3:
        return None
    return next((index for index, name in enumerate(_DAYS) if name.startswith(given)), None)


def _iso(given: str) -> datetime | None:
    if not given.isascii() or not given[:1].isdigit():
        return None
    try:
        day = date.fromisoformat(given.upper())
    except ValueError:
        return _checked(datetime.fromisoformat(given.upper()))
    return midnight(day) if day.year in _YEARS else None


def _checked(moment: datetime) -> datetime | None:
    return moment.astimezone(UTC) if moment.year in _YEARS else None


def _sentence(text: str) -> str:
    return f"{_quoted(text)} is no time that engage knows; write 2026-11-22, 3d, 2w or friday."


def _quoted(text: str) -> str:
    return f"'{clip(one_line(text), 60)}'"

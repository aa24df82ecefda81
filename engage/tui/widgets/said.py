"""Days, spans and counts as people say them. Names of days and months do not follow the locale:
all that engage says is in one language."""

from __future__ import annotations

from datetime import date

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_said(day: date, today: date | None = None) -> str:
    """``Thu 19 Nov``, with the year where it is not this one: ``Thu 19 Nov 2024``."""
    year = "" if today and today.year == day.year else f" {day.year}"
    return f"{weekday(day)[:3]} {day.day} {month(day)[:3]}{year}"


def day_said_whole(day: date, today: date | None = None) -> str:
    """``Thursday 19 November``, with the year where it is not this one."""
    year = "" if today and today.year == day.year else f" {day.year}"
    return f"{weekday(day)} {day.day} {month(day)}{year}"


def weekday(day: date) -> str:
    return _DAYS[day.weekday()]


def month(day: date) -> str:
    return _MONTHS[day.month - 1]


def ago(days: int) -> str:
    """``today``, ``yesterday``, ``9 days ago``, ``8 months ago``."""
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{span(days)} ago"


def span(days: int) -> str:
    """A number of days in the unit people would use: ``20 days``, ``7 weeks``, ``8 months``."""
    if days < 28:
        return count(days, "day")
    if days < 70:
        return count(days // 7, "week")
    if days < 730:
        return count(round(days / 30.44), "month")
    return count(days // 365, "year")


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 day``, ``2 days``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(items: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""

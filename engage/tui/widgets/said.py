"""Days with their weekday, and what else lists say; more words are in `domain.wording`."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from engage.domain.wording import calendar_day, span

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_said(day: date, today: date) -> str:
    """``Thu 19 Nov``, with the year where it is not this one."""
    return f"{_DAYS[day.weekday()][:3]} {calendar_day(day, today)}"


def day_said_whole(day: date, today: date) -> str:
    """``Thursday 19 November``, with the year where it is not this one."""
    year = "" if today.year == day.year else f" {day.year}"
    return f"{_DAYS[day.weekday()]} {day.day} {month(day)}{year}"


def month(day: date) -> str:
    return _MONTHS[day.month - 1]


def ago(days: int) -> str:
    """``today``, ``yesterday``, ``9 days ago``, ``8 months ago``."""
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{span(days)} ago"


def listed(items: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""


def emphasised(sentence: str) -> Content:
    """A sentence of engage's in which ``*Ink*`` stands for a title: the title in italics."""
    parts = sentence.split("*")
    if len(parts) % 2 == 0:
        return Content(sentence)
    return Content.assemble(
        *((part, "italic") if at % 2 else part for at, part in enumerate(parts))
    )

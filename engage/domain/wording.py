"""Times and touches as people say them, for the sentences that explain the rules.

Written without the locale: the same world gives the same words everywhere.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from engage.domain.days import local_day
from engage.domain.records import Touch, TouchKind

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

#: The longest title that a sentence quotes, in characters.
TITLE_LIMIT = 80


def on_day(day: date, today: date) -> str:
    """``today``, ``yesterday``, ``on Thursday`` within six days, else ``on 13 Nov``."""
    distance = abs((today - day).days)
    if day == today:
        return "today"
    if distance == 1:
        return "yesterday" if day < today else "tomorrow"
    return f"on {_DAYS[day.weekday()]}" if distance < 7 else f"on {calendar_day(day, today)}"


def since_day(day: date, today: date) -> str:
    """``since Monday``, ``since 13 Nov``."""
    return f"since {on_day(day, today).removeprefix('on ')}"


def brief_day(day: date, today: date) -> str:
    """A day in at most 11 cells: ``today``, ``Thu``, ``13 Nov``, ``13 Nov 2025``."""
    distance = abs((today - day).days)
    if distance == 0:
        return "today"
    return _DAYS[day.weekday()][:3] if distance < 7 else calendar_day(day, today)


def calendar_day(day: date, today: date) -> str:
    """``13 Nov``, with the year where it is not this one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def counted(number: int, noun: str) -> str:
    """``1 day``, ``20 days``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def spelled(number: int) -> str:
    """Small numbers as words: ``two``, ``14``."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def span(days: int) -> str:
    """A distance in time: ``20 days``, ``5 weeks``, ``4 months``, ``2 years``."""
    if days < 28:
        return counted(days, "day")
    if days < 84:
        return counted(days // 7, "week")
    if days < 730:
        return counted(days // 30, "month")
    return counted(days // 365, "year")


def quoted(title: str) -> str:
    """A title within a sentence: ``*The kitchen table*``, a long one cut."""
    return f"*{title if len(title) <= TITLE_LIMIT else title[: TITLE_LIMIT - 1].rstrip() + '…'}*"


def known_how(how: str, source: str) -> str:
    """How engage knows of a touch: ``seen in your comments feed``, ``verified at mara.example``;
    nothing for what the writer said."""
    if how not in ("seen", "verified", "imported"):
        return ""
    if not source:
        return "seen in a feed" if how == "seen" else how
    if source.endswith(" site"):
        return f"{how} on {source}"
    return f"{how} {'at' if ' ' not in source else 'from' if how == 'imported' else 'in'} {source}"


class Happened(Protocol):
    """A touch, or as much of one as a sentence needs."""

    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> TouchKind: ...
    @property
    def about(self) -> str: ...


def what_you_did(touch: Happened, today: date) -> str:
    """An outgoing touch: ``replied to *Ink* on Friday``."""
    done, joint = {
        "comment": ("commented", " on "),
        "reply": ("replied", " to "),
        "letter": ("wrote a letter", " about "),
        "mention": ("wrote about their work", ": "),
        "talk": ("spoke with them", " about "),
        "read": ("read them", ": "),
        "like": ("liked their work", ": "),
        "look": ("looked at who they are", " on "),
    }[touch.kind]
    about = f"{joint}{quoted(touch.about)}" if touch.about else ""
    return f"{done}{about} {on_day(local_day(touch.at), today)}"


def what_they_did(touch: Happened, today: date) -> str:
    """An incoming touch: ``commented on *The kitchen table* on Thursday``."""
    done, joint = {
        "comment": ("commented", " on "),
        "reply": ("answered you", " under "),
        "letter": ("wrote to you", " about "),
        "mention": ("wrote about your work", ": "),
        "talk": ("spoke with you", " about "),
        "read": ("read your work", ": "),
        "like": ("liked your work", ": "),
        "look": ("looked in", " on "),
    }[touch.kind]
    about = f"{joint}{quoted(touch.about)}" if touch.about else ""
    return f"{done}{about} {on_day(local_day(touch.at), today)}"


def what_they_did_briefly(touch: Touch, today: date) -> str:
    """The same in at most 32 cells: ``commented Thu``."""
    done = {
        "comment": "commented",
        "reply": "answered you,",
        "letter": "wrote to you,",
        "mention": "wrote about you,",
        "talk": "spoke with you,",
        "read": "read you,",
        "like": "liked your work,",
        "look": "looked in,",
    }[touch.kind]
    return f"{done} {brief_day(local_day(touch.at), today)}"

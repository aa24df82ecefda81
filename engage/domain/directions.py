"""How somebody stands to the writer in a list, and how they came, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engage.domain.days import local_day
from engage.domain.records import Origin, Person
from engage.domain.wording import calendar_day, on_day

_WORDS: Mapping[str, str] = {
    "follows_me": "follows you",
    "i_follow": "you follow them",
    "mutual": "connected with you",
    "subscriber": "subscribes",
    "invited_me": "invited you",
    "i_invited": "invited by you",
}

_HOW: Mapping[str, str] = {
    "added": "added by you",
    "imported": "imported",
    "commented": "commented on something of yours",
    "mentioned": "linked to something of yours",
    "logged": "noted by you",
}

#: The places that lists come from, as they write themselves; other lists are files of some name.
_PLACES: Mapping[str, str] = {
    "beehiiv": "beehiiv",
    "bluesky": "Bluesky",
    "buttondown": "Buttondown",
    "facebook": "Facebook",
    "ghost": "Ghost",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "mastodon": "Mastodon",
    "medium": "Medium",
    "substack": "Substack",
    "takahe": "Takahē",
}


def direction_words(direction: str) -> str:
    """How somebody stands to the writer, in words; "" where the list does not say."""
    return _WORDS.get(direction, direction.replace("_", " "))


def place_name(source: str) -> str:
    """The place that a list comes from, ``LinkedIn``; "" for a file."""
    return _PLACES.get(source, "")


def came(person: Person, today: date) -> str:
    """How somebody came: ``Follows you on Instagram since 3 May; imported on Monday.``"""
    where = [_stands(origin, today) for origin in person.origins]
    known = [direction_words(direction) for direction in person.directions]
    lists = dict.fromkeys(filter(None, where if person.origins else known))
    how = f"{_HOW.get(person.how, person.how)} {on_day(local_day(person.added), today)}"
    said = "; ".join(filter(None, (", ".join(lists), how)))
    return f"{said[:1].upper()}{said[1:]}."


def _stands(origin: Origin, today: date) -> str:
    words, name = direction_words(origin.direction), place_name(origin.source)
    since = f" since {calendar_day(origin.since, today)}" if origin.since else ""
    return f"{words}{f' on {name}' if name else ''}{since}" if words else ""

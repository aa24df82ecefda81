"""Due dates as an iCalendar file (RFC 5545): an all-day event each, without alarms.

Events and not to-dos: most calendars do not show to-dos. An event keeps its UID, so that a second
import moves it instead of adding another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from engage.domain.derived import Standing
from engage.domain.records import Person, World

#: Octets of a line, without its end (RFC 5545, 3.1).
FOLD = 75
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def due_dates(
    world: World, standings: Mapping[str, Standing], now: datetime, *, initials: bool = False
) -> str:
    """The calendar of everybody who is due some day, soonest first. ``initials``: calendars are
    shared, names need not be."""
    listed = sorted(
        (standing.due, id)
        for id, standing in standings.items()
        if standing.due is not None and not standing.left and id in world.people
    )
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//engage//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:People to write to",
    ]
    for due, id in listed:
        lines += _event(world.people[id], due, now, initials)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(person: Person, due: date, now: datetime, initials: bool) -> Iterator[str]:
    name = _initials(person.name) if initials else person.name
    yield "BEGIN:VEVENT"
    yield f"UID:due-{person.id}@engage.local"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(due)}"
    if due < date.max:
        yield f"DTEND;VALUE=DATE:{_day(due + timedelta(days=1))}"
    yield f"SUMMARY:{_text(f'Write to {name}')}"
    if person.next is not None and person.next.text and person.next.due == due and not initials:
        yield f"DESCRIPTION:{_text(person.next.text)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _initials(name: str) -> str:
    return " ".join(f"{word[0].upper()}." for word in name.lstrip("@").split()) or "somebody"


def _text(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, none cut inside a character."""
    part, room = "", FOLD
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if octets > room:
            yield part
            part, room = " ", FOLD - 1
        part += character
        room -= octets
    yield part

"""Due dates as another program reads them: `icalendar`, which knows RFC 5545 by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from engage.domain.people import make_person
from engage.domain.records import DatedNumber, NextTime, Rules, World
from engage.domain.relationships import standings
from engage.exchange.calendar import due_dates
from engage.text import clean, one_line

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)

names = st.text(min_size=1, max_size=120).map(one_line).filter(bool)
texts = st.text(max_size=200).map(clean)
somebody = st.tuples(
    names, st.integers(1, 5), st.none() | st.dates(date(2026, 12, 1), date(2090, 1, 1)), texts
)


@given(st.lists(somebody, max_size=4))
def test_every_due_date_is_an_event_of_a_whole_day(people: list[tuple]) -> None:  # type: ignore[type-arg]
    known = {}
    for number, (name, circle, due, about) in enumerate(people):
        person = replace(
            make_person(name, NOW, "added"),
            id=f"p{number}",
            circles=(DatedNumber(NOW, circle),),
            next=NextTime(NOW, due, about) if due else None,
        )
        known[person.id] = person
    world = World(people=known)
    how = standings(world, Rules(), NOW)
    text = due_dates(world, how, NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))

    calendar = icalendar.Calendar.from_ical(text)
    assert calendar["PRODID"] and calendar["VERSION"] == "2.0"
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == {f"due-{id}@engage.local" for id in known}
    assert not calendar.walk("VALARM")
    for id, person in known.items():
        event = events[f"due-{id}@engage.local"]
        assert str(event["SUMMARY"]) == f"Write to {person.name}"
        assert event.decoded("DTSTART") == how[id].due
        assert not isinstance(event.decoded("DTSTART"), datetime)
        assert (event.decoded("DTEND") - event.decoded("DTSTART")).days == 1
        assert event.decoded("DTSTAMP") == NOW
        assert str(event["TRANSP"]) == "TRANSPARENT"
        about = person.next.text if person.next else ""
        assert str(event.get("DESCRIPTION", "")) == about.replace("\r\n", "\n")

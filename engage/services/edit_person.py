"""What the writer says of people: circle, cadence, Friend, peace, next time, notes, names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from engage.domain.changes import Change, Put, put, remove
from engage.domain.days import local_day
from engage.domain.histories import in_force, last_said, ran_ahead, with_said
from engage.domain.records import FOR_GOOD, DatedLeave, DatedNumber, NextTime, Person
from engage.errors import EngageError
from engage.services.desk import Desk
from engage.services.names import find_person
from engage.text import clean, clip, one_line

TEXT_LIMIT = 4000


def set_circle(desk: Desk, name: str, circle: int | None) -> Change | None:
    """Put somebody in a circle, 1 (closest) to 5, or in none."""
    before, now = find_person(desk, name), desk.stamp()
    if in_force(before.circles, now) == circle and not ran_ahead(before.circles, now):
        return None
    after = replace(before, circles=with_said(before.circles, DatedNumber(now, circle)))
    if circle is None and in_force(before.cadences, now) is not None:
        after = replace(after, cadences=with_said(before.cadences, DatedNumber(now, None)))
    where = f"circle {circle}" if circle else "no circle"
    return _changed(desk, f"{where}: {before.name}", before, after)


def set_cadence(desk: Desk, name: str, days: int | None) -> Change | None:
    """Set somebody's own cadence in days; None: the circle's again. Refused without a circle."""
    before, now = find_person(desk, name), desk.stamp()
    if days is not None and in_force(before.circles, now) is None:
        raise EngageError(
            f"{before.name} is in no circle, so nothing is ever due; "
            f"first say `engage circle {before.id} N`."
        )
    if in_force(before.cadences, now) == days and not ran_ahead(before.cadences, now):
        return None
    after = replace(before, cadences=with_said(before.cadences, DatedNumber(now, days)))
    label = f"every {days} days: {before.name}" if days else f"the circle's cadence: {before.name}"
    return _changed(desk, label, before, after)


def set_friend(desk: Desk, name: str, friend: bool) -> Change | None:
    """Call somebody a Friend, or no longer."""
    before = find_person(desk, name)
    label = f"friend: {before.name}" if friend else f"friend no longer: {before.name}"
    return _changed(desk, label, before, replace(before, friend=friend))


def leave(desk: Desk, name: str, *, until: date | None = None, leave: bool = True) -> Change | None:
    """Leave somebody in peace, for good or until a day; or no longer."""
    before, now = find_person(desk, name), desk.stamp()
    if until is not None and until <= local_day(now):
        raise EngageError(f"{until} is not in the future; name a later day.")
    wanted = (until or FOR_GOOD) if leave else None
    last = last_said(before.leaves, now)
    if wanted == (last.until if last else None) and not ran_ahead(before.leaves, now):
        return None
    after = replace(before, leaves=with_said(before.leaves, DatedLeave(now, wanted)))
    if not leave:
        label = f"no longer left in peace: {before.name}"
    else:
        label = f"left in peace{f' until {until}' if until else ''}: {before.name}"
    return _changed(desk, label, before, after)


def set_next(desk: Desk, name: str, due: date, text: str = "") -> Change | None:
    """Set somebody's next due date once."""
    before = find_person(desk, name)
    after = replace(before, next=NextTime(desk.stamp(), due, one_line(clip(text, TEXT_LIMIT))))
    return _changed(desk, f"next {due}: {before.name}", before, after)


def add_note(desk: Desk, name: str, text: str) -> Change | None:
    """Add a line to the notes about somebody."""
    before, line = find_person(desk, name), clean(text).strip()
    if not line:
        raise EngageError(f"The note about {before.name} is empty; give its text.")
    notes = f"{before.notes}\n{line}" if before.notes else line
    return _changed(desk, f"note: {before.name}", before, replace(before, notes=notes))


def rename(desk: Desk, name: str, new: str) -> Change | None:
    """Call somebody otherwise; the old name is kept as a further name."""
    before, called = find_person(desk, name), one_line(new)
    if not called:
        raise EngageError(f"The new name of {before.name} is empty; give one.")
    others = (*before.names, before.name)
    names = tuple(dict.fromkeys(other for other in others if other != called))
    after = replace(before, name=called, names=names)
    return _changed(desk, f"renamed: {before.name}, now {called}", before, after)


def forget(desk: Desk, name: str) -> Change | None:
    """Delete somebody and all about them; their posts leave the cache."""
    person, world = find_person(desk, name), desk.world()
    feeds = [feed for feed in world.feeds.values() if feed.person == person.id]
    touches = [touch for touch in world.touches if touch.person == person.id]
    named: Iterable[Any] = (
        *touches,
        *(item for item in world.decisions if item.person == person.id),
        *(item for item in world.news if item.person == person.id),
        *feeds,
        person,
    )
    change = desk.commit(f"forgot: {person.name}", [_removal(desk, record) for record in named])
    for feed in feeds:
        desk.store.forget_posts(feed.id)
    return change


def _removal(desk: Desk, record: Any) -> Put:
    """The removal of a record as the ledger has it, so that undo brings back the very same."""
    item = remove(record)
    return replace(item, before=desk.store.get(item.table, item.id))


def _changed(desk: Desk, label: str, before: Person, after: Person) -> Change | None:
    return None if after == before else desk.commit(label, [put(after, before)])

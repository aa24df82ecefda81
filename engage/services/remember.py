"""What happened elsewhere, and taking things back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from engage.domain.addresses import normalise, profile_key
from engage.domain.changes import Change, Put, inverse, put
from engage.domain.codec import moment_text
from engage.domain.days import local_day
from engage.domain.people import find_by_key, make_person
from engage.domain.records import Direction, Person, Touch, TouchKind, WrittenDay
from engage.errors import EngageError, NotFound
from engage.services.desk import Desk
from engage.services.names import find_person
from engage.services.outcomes import Logged
from engage.text import clean, clip, one_line, safe_url

NOTE_LIMIT = 4000


def log(
    desk: Desk,
    name: str,
    kind: TouchKind = "reply",
    *,
    direction: Direction = "out",
    url: str | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Logged:
    """Record a touch. ``name`` may be the address of a profile, post or response: the person is
    found by it, or made from it without a request."""
    now = desk.now()
    if url is not None and safe_url(url) is None:
        raise EngageError(
            f"{one_line(url)!r} is no web address; give one with http:// or https://."
        )
    if at is not None and local_day(at) > local_day(now):
        raise EngageError(f"{local_day(at)} has not come yet; log what has happened.")
    person, made = _person_for(desk, name)
    address = url or (safe_url(name) if "://" in name else None)
    touch = Touch(
        id="",
        at=at or now,
        person=person.id,
        direction=direction,
        kind=kind,
        how_known="said",
        recorded=now,
        url=address,
        note=clip(clean(note), NOTE_LIMIT),
        post=_post_at(desk, address),
        owes=direction == "in" and kind in ("comment", "reply", "letter", "mention"),
    )
    touch = replace(touch, id=_id_of(desk, touch))
    puts: list[Put] = [put(touch)] if not made else [put(person), put(touch)]
    way = "from" if direction == "in" else "to"
    change = desk.commit(f"log: {kind} {way} {person.name}", puts)
    assert change is not None
    return Logged(touch, person, change, made)


def wrote(desk: Desk, note: str = "", *, day: date | None = None) -> Change | None:
    """Mark a local day (today) as written; None where it is marked so already."""
    now = desk.now()
    marked = day or local_day(now)
    if marked > local_day(now):
        raise EngageError(f"{marked} has not come yet; mark a day that has.")
    known = {written.id: written for written in desk.world().written_days}
    before = known.get(marked.isoformat())
    text = clip(clean(note), NOTE_LIMIT) or (before.note if before else "")
    after = WrittenDay(marked.isoformat(), marked, before.at if before else now, text)
    if after == before:
        return None
    return desk.commit(f"wrote: {marked.isoformat()}", [put(after, before)])


def undo(desk: Desk) -> Change | None:
    """Take the writer's last change back; the change taken back, or None where there is none."""
    changes = desk.store.changes()
    if not changes:
        return None
    last = changes[0]
    desk.store.commit(inverse(last, desk.store.get, desk.now()))
    return last


def undoable(desk: Desk) -> Sequence[Change]:
    """The writer's changes that can be taken back, newest first."""
    return desk.store.changes()


def _person_for(desk: Desk, name: str) -> tuple[Person, bool]:
    try:
        return find_person(desk, name), False
    except NotFound:
        key = profile_key(name)
        if key is None:
            raise
    people = desk.world().people
    if known := find_by_key(people.values(), key):
        return known, False
    made = make_person(_name_from(name), desk.now(), "logged", profile=name)
    return made, made.id not in people


def _name_from(address: str) -> str:
    """A first name for somebody known by an address only: its last readable part."""
    bare = normalise(address).split("://")[-1].rstrip("/")
    host, _, path = bare.partition("/")
    last = path.rsplit("/", 1)[-1]
    return one_line(last.lstrip("@") if last.startswith("@") or "/in/" in bare else host)


def _post_at(desk: Desk, url: str | None) -> str | None:
    if url is None:
        return None
    wanted = normalise(url)
    for item in desk.world().news:
        if item.url and normalise(item.url) == wanted:
            return item.uid
    return None


def _id_of(desk: Desk, touch: Touch) -> str:
    content = [touch.person, touch.direction, touch.kind, touch.url or "", touch.note]
    content += [moment_text(touch.at), moment_text(touch.recorded)]
    digest = hashlib.blake2b("\n".join(content).encode(), digest_size=10)
    return desk.unused_touch_id(digest.hexdigest())

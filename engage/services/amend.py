"""Corrections of the log: a touch is never changed, and everything derived follows."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from engage.domain.changes import Change, put
from engage.domain.codec import moment_text
from engage.domain.days import local_day
from engage.domain.records import EXCHANGES, Amendment, Direction, Touch, TouchKind
from engage.errors import EngageError, NotFound
from engage.services.desk import Desk
from engage.services.names import find_person
from engage.services.outcomes import LOGGABLE
from engage.text import clean, clip, one_line, safe_url

NOTE_LIMIT = 4000


def amend(
    desk: Desk,
    touch: str,
    *,
    at: datetime | None = None,
    kind: TouchKind | None = None,
    direction: Direction | None = None,
    person: str | None = None,
    url: str | None = None,
    note: str | None = None,
) -> Change | None:
    """Correct what a touch says: only what is given; None where it says so already.

    ``person`` is a name or id, ``url`` "" takes the address away.
    """
    before = _touch(desk, touch)
    now = desk.stamp()
    fields: dict[str, Any] = {}
    if at is not None:
        if local_day(at) > local_day(now):
            raise EngageError(f"{local_day(at)} has not come yet; give a day that has.")
        fields["at"] = moment_text(at)
    if kind is not None:
        if kind not in LOGGABLE:
            raise EngageError(f"{kind!r} is no kind of touch; use one of {', '.join(LOGGABLE)}.")
        fields["kind"] = kind
    if direction is not None:
        fields["direction"] = direction
    if person is not None:
        fields["person"] = find_person(desk, person).id
    if url is not None:
        if url and safe_url(url) is None:
            raise EngageError(
                f"{one_line(url)!r} is no web address; give one with http:// or https://."
            )
        fields["url"] = url or None
    if note is not None:
        fields["note"] = clip(clean(note), NOTE_LIMIT)
    means, way = kind or before.kind, direction or before.direction
    if (means, way) != (before.kind, before.direction):
        # As where it is first logged: what comes in asks for an answer, but for talks.
        fields["owes"] = way == "in" and means in EXCHANGES and means != "talk"
    if all(_said(before, name) == value for name, value in fields.items()):
        return None
    return _commit(desk, "corrected", before, now, fields)


def strike(desk: Desk, touch: str) -> Change | None:
    """Take a touch out of the log: it did not happen. It stays in the ledger, marked as void."""
    before = _touch(desk, touch)
    return _commit(desk, "struck out", before, desk.stamp(), {"void": True})


def _touch(desk: Desk, id: str) -> Touch:
    found = [touch for touch in desk.world().touches if touch.id.startswith(id)] if id else []
    exact = [touch for touch in found if touch.id == id]
    if len(exact or found) != 1:
        what = "begins several touches" if found else "is no touch that engage knows"
        raise NotFound(f"{one_line(id)!r} {what}; see `engage person NAME --json`.")
    return (exact or found)[0]


def _said(touch: Touch, name: str) -> object:
    value = getattr(touch, name)
    return moment_text(value) if isinstance(value, datetime) else value


def _commit(
    desk: Desk, word: str, touch: Touch, now: datetime, fields: dict[str, Any]
) -> Change | None:
    digest = hashlib.blake2b(f"{touch.id}\n{moment_text(now)}".encode(), digest_size=10)
    amendment = Amendment(digest.hexdigest(), touch.id, now, fields)
    name = desk.world().people[touch.person].name
    return desk.commit(f"{word}: {touch.kind}, {name}", [put(amendment)])

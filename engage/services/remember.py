"""What happened elsewhere, and taking things back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from engage.domain.changes import Change
from engage.domain.records import Direction, TouchKind
from engage.services.desk import Desk
from engage.services.outcomes import Logged


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
    raise NotImplementedError


def wrote(desk: Desk, note: str = "", *, day: date | None = None) -> Change | None:
    """Mark a local day (today) as written."""
    raise NotImplementedError


def undo(desk: Desk) -> Change | None:
    """Take the writer's last change back; the change taken back, or None where there is none."""
    raise NotImplementedError


def undoable(desk: Desk) -> Sequence[Change]:
    """The writer's changes that can be taken back, newest first."""
    raise NotImplementedError

"""What the writer says of people, and what engage knows of them. NAME: see `services.names`."""

from __future__ import annotations

from datetime import date

from engage.domain.changes import Change
from engage.domain.records import Person
from engage.services.desk import Desk
from engage.services.outcomes import PersonPage, Snapshot


def people(desk: Desk, query: str = "") -> tuple[tuple[Person, ...], Snapshot]:
    """The people who match, by name, and the world to describe them with."""
    raise NotImplementedError


def person_page(desk: Desk, name: str) -> PersonPage:
    """Everything about one person."""
    raise NotImplementedError


def set_circle(desk: Desk, name: str, circle: int | None) -> Change | None:
    """Put somebody in a circle, 1 (closest) to 5, or in none."""
    raise NotImplementedError


def set_cadence(desk: Desk, name: str, days: int | None) -> Change | None:
    """Set somebody's own cadence in days; None: the circle's again. Refused without a circle."""
    raise NotImplementedError


def set_friend(desk: Desk, name: str, friend: bool) -> Change | None:
    raise NotImplementedError


def leave(desk: Desk, name: str, *, until: date | None = None, leave: bool = True) -> Change | None:
    """Leave somebody in peace, for good or until a day; or no longer."""
    raise NotImplementedError


def set_next(desk: Desk, name: str, due: date, text: str = "") -> Change | None:
    """Set somebody's next due date once."""
    raise NotImplementedError


def add_note(desk: Desk, name: str, text: str) -> Change | None:
    """Add a line to the notes about somebody."""
    raise NotImplementedError


def rename(desk: Desk, name: str, new: str) -> Change | None:
    """Call somebody otherwise; the old name is kept as a further name."""
    raise NotImplementedError


def forget(desk: Desk, name: str) -> Change | None:
    """Delete somebody and all about them."""
    raise NotImplementedError

"""The log corrected: what is derived follows, and undo brings it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engage.errors import EngageError, NotFound
from engage.services.amend import amend, strike
from engage.services.desk import Desk
from engage.services.people import person_page
from engage.services.remember import log, undo


@pytest.fixture
def touch(desk: Desk) -> str:
    """The writer's letter to Vera, just logged."""
    return log(desk, "Vera Rask", "letter").touch.id


def test_another_day_moves_what_is_due(desk: Desk, touch: str) -> None:
    earlier = desk.now() - timedelta(days=300)
    last = person_page(desk, "Vera Rask").standing.last_exchange
    amend(desk, touch, at=earlier)
    assert person_page(desk, "Vera Rask").standing.last_exchange != last
    undo(desk)
    assert person_page(desk, "Vera Rask").standing.last_exchange == last


def test_a_reading_was_no_exchange(desk: Desk, touch: str) -> None:
    out = person_page(desk, "Vera Rask").standing.exchanges_out
    amend(desk, touch, kind="read")
    assert person_page(desk, "Vera Rask").standing.exchanges_out == out - 1


def test_it_was_they_who_wrote(desk: Desk, touch: str) -> None:
    amend(desk, touch, direction="in")
    assert [owed.id for owed in person_page(desk, "Vera Rask").standing.owed] == [touch]


def test_it_was_somebody_else(desk: Desk, touch: str) -> None:
    amend(desk, touch, person="Mara Quill")
    ids = [event.id for event in person_page(desk, "Mara Quill").timeline]
    assert touch in ids
    assert touch not in [event.id for event in person_page(desk, "Vera Rask").timeline]


def test_it_did_not_happen(desk: Desk, touch: str) -> None:
    before = person_page(desk, "Vera Rask")
    assert strike(desk, touch) is not None
    ids = [event.id for event in person_page(desk, "Vera Rask").timeline]
    assert touch not in ids
    undo(desk)
    assert person_page(desk, "Vera Rask").timeline == before.timeline


def test_what_it_says_already_is_not_written(desk: Desk, touch: str) -> None:
    assert amend(desk, touch, kind="letter") is None
    assert amend(desk, touch) is None


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"kind": "shout"}, id="an unknown kind"),
        pytest.param({"url": "javascript:alert(1)"}, id="no web address"),
        pytest.param({"person": "nobody at all"}, id="nobody"),
    ],
)
def test_nonsense_is_a_sentence_and_changes_nothing(
    desk: Desk, touch: str, fields: dict[str, str]
) -> None:
    before = desk.world()
    with pytest.raises(EngageError):
        amend(desk, touch, **fields)  # type: ignore[arg-type]
    assert desk.world() is before


def test_a_day_to_come_and_an_unknown_touch_are_refused(desk: Desk, touch: str) -> None:
    with pytest.raises(EngageError, match="has not come yet"):
        amend(desk, touch, at=desk.now() + timedelta(days=2))
    with pytest.raises(NotFound):
        strike(desk, "ffffffffffff")

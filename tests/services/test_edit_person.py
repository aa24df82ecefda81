"""What the writer says of people: each step can be taken back, and says what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from engage.domain.records import FOR_GOOD
from engage.errors import EngageError
from engage.services.desk import Desk
from engage.services.edit_person import (
    add_note,
    forget,
    leave,
    rename,
    set_cadence,
    set_circle,
    set_friend,
    set_next,
)
from engage.services.names import find_person
from engage.services.people import person_page
from engage.services.remember import undo
from engage.services.triage import inbox

Step = Callable[[Desk], Any]

STEPS: dict[str, Step] = {
    "a circle": lambda desk: set_circle(desk, "Ada Kestrel", 2),
    "no circle": lambda desk: set_circle(desk, "Mara Quill", None),
    "a cadence": lambda desk: set_cadence(desk, "Mara Quill", 5),
    "friend": lambda desk: set_friend(desk, "Mara Quill", True),
    "peace for good": lambda desk: leave(desk, "Mara Quill"),
    "peace until a day": lambda desk: leave(desk, "Mara Quill", until=date(2026, 12, 24)),
    "a next time": lambda desk: set_next(desk, "Mara Quill", date(2026, 12, 1), "her launch"),
    "a note": lambda desk: add_note(desk, "Mara Quill", "Writes in pencil."),
    "a name": lambda desk: rename(desk, "Mara Quill", "Mara Q. Ferro"),
    "forgetting": lambda desk: forget(desk, "Mara Quill"),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_every_step_changes_the_world_and_is_taken_back(desk: Desk, step: Step) -> None:
    before = desk.world()
    change = step(desk)
    assert change is not None
    assert desk.world().people != before.people
    undo(desk)
    assert desk.world() == before


AGAIN: dict[str, Step] = {
    "a circle": lambda desk: set_circle(desk, "Ada Kestrel", 2),
    "friend": lambda desk: set_friend(desk, "Mara Quill", True),
    "peace": lambda desk: leave(desk, "Mara Quill"),
    "a name": lambda desk: rename(desk, "Mara Quill", "Mara Quill"),
}


@pytest.mark.parametrize("step", AGAIN.values(), ids=AGAIN.keys())
def test_what_is_so_already_writes_nothing(desk: Desk, step: Step) -> None:
    step(desk)
    assert step(desk) is None


REFUSED: dict[str, tuple[Step, str]] = {
    "a cadence without a circle": (lambda desk: set_cadence(desk, "Petra", 9), "engage circle"),
    "peace until yesterday": (
        lambda desk: leave(desk, "Mara", until=date(2026, 11, 21)),
        "2026-11-21",
    ),
    "an empty note": (lambda desk: add_note(desk, "Mara", " \n"), "empty"),
    "an empty name": (lambda desk: rename(desk, "Mara", "\x1b"), "empty"),
}


@pytest.mark.parametrize(("step", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_refusal_says_why_and_changes_nothing(desk: Desk, step: Step, said: str) -> None:
    before = desk.world()
    with pytest.raises(EngageError, match=said):
        step(desk)
    assert desk.world() is before


def test_leaving_the_circle_ends_the_own_cadence(desk: Desk) -> None:
    set_cadence(desk, "Mara Quill", 5)
    set_circle(desk, "Mara Quill", None)
    set_circle(desk, "Mara Quill", 3)
    assert person_page(desk, "Mara Quill").standing.cadence == 90


def test_somebody_left_in_peace_has_no_task(desk: Desk) -> None:
    assert any(desk.world().people[t.person].name == "Mara Quill" for t in inbox(desk).tasks)
    leave(desk, "Mara Quill")
    assert find_person(desk, "Mara Quill").leaves[-1].until == FOR_GOOD
    assert not any(desk.world().people[t.person].name == "Mara Quill" for t in inbox(desk).tasks)
    leave(desk, "Mara Quill", leave=False)
    assert any(desk.world().people[t.person].name == "Mara Quill" for t in inbox(desk).tasks)


def test_an_old_name_still_finds(desk: Desk) -> None:
    rename(desk, "Mara Quill", "M. Ferro\nQuill")
    assert find_person(desk, "Mara Quill").name == "M. Ferro Quill"


def test_forgetting_leaves_nothing_but_the_way_back(desk: Desk) -> None:
    mara = find_person(desk, "Mara Quill")
    forget(desk, "Mara Quill")
    world = desk.world()
    assert mara.id not in world.people
    everything = (*world.touches, *world.decisions, *world.news, *world.feeds.values())
    assert not [item for item in everything if item.person == mara.id]


def test_a_next_time_makes_due_on_its_day(desk: Desk) -> None:
    tomorrow = (desk.now() + timedelta(days=1)).date()
    set_next(desk, "Vera Rask", tomorrow, "after her launch")
    assert not inbox(desk, "person:vera kind:reconnect").tasks
    desk.clock.advance(days=1)  # type: ignore[attr-defined]
    [task] = inbox(desk, "person:vera kind:reconnect").tasks
    assert task.due == tomorrow

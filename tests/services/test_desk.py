"""The one door for changes, and the moments that keep their order."""

from __future__ import annotations

from datetime import timedelta

from engage.clock import FixedClock
from engage.services.desk import Desk
from engage.services.edit_person import set_circle, set_next
from engage.services.people import person_page
from engage.services.remember import log, undo
from engage.services.triage import decide, inbox


def test_standings_are_derived_once_for_a_world_and_day(desk: Desk) -> None:
    first = desk.standings()
    assert desk.standings() is first
    log(desk, "Vera Rask")
    assert desk.standings() is not first


def test_standings_follow_the_day(desk: Desk) -> None:
    first = desk.standings()
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(days=1)
    assert desk.standings() is not first


def test_what_was_done_later_counts_as_later_though_the_clock_stands_still(empty: Desk) -> None:
    log(empty, "https://mara.example/about", "comment", direction="in", note="Fine words.")
    assert [task.kind for task in inbox(empty, "is:owed").tasks] == ["reply", "welcome"]
    log(empty, "mara")
    assert inbox(empty, "is:owed").tasks == ()
    log(empty, "mara", "comment", direction="in", note="And more.")
    assert [task.kind for task in inbox(empty, "is:owed").tasks] == ["reply"]


def test_a_next_time_is_spent_by_an_exchange_in_the_same_moment(desk: Desk) -> None:
    soon = (desk.now() + timedelta(days=2)).date()
    set_next(desk, "Mara Quill", soon)
    assert person_page(desk, "Mara Quill").standing.due == soon
    log(desk, "Mara Quill")
    assert person_page(desk, "Mara Quill").standing.due != soon


def test_done_undone_and_done_again_in_one_moment_logs_the_touch(desk: Desk) -> None:
    for _ in range(3):
        before = len(desk.world().touches)
        task = inbox(desk, "kind:read person:bram").tasks[0]
        decide(desk, [task.id], "done")
        assert len(desk.world().touches) == before + 1
        undo(desk)
        assert len(desk.world().touches) == before
        assert inbox(desk, "kind:read person:bram").tasks[0].id == task.id


def test_the_same_step_after_its_undo_is_taken_again(desk: Desk) -> None:
    for _ in range(3):
        assert set_circle(desk, "Vera Rask", 1) is not None
        assert person_page(desk, "Vera Rask").standing.circle == 1
        undo(desk)
        assert person_page(desk, "Vera Rask").standing.circle != 1


def test_the_present_never_lies_before_what_was_done(desk: Desk) -> None:
    now = desk.now()
    log(desk, "Vera Rask")
    log(desk, "Vera Rask")
    assert desk.now() >= max(touch.recorded for touch in desk.world().touches)
    assert desk.now() - now < timedelta(seconds=1)

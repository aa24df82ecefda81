"""Opening engage gives the inbox as it was left only where it is what would be worked out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import engage
from engage.clock import FixedClock
from engage.domain.records import Rules
from engage.paths import Paths
from engage.services.desk import Desk, desk_at
from engage.services.edit_person import set_circle
from engage.services.left_inbox import take
from engage.services.remember import log
from engage.services.triage import decide, inbox
from tests.support.demo import NOW, demo_desk

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A home in which the inbox was looked at."""
    desk = demo_desk(tmp_path / "home")
    inbox(desk)
    desk.close()
    return desk.paths


@pytest.fixture
def opened(paths: Paths) -> Iterator[Callable[..., Desk]]:
    desks = []

    def at(now: datetime = LATER) -> Desk:
        desks.append(desk_at(paths, FixedClock(now)))
        return desks[-1]

    yield at
    for desk in desks:
        desk.close()


def is_left(desk: Desk) -> bool:
    """Whether the desk takes the inbox as it was left; it must be what would be worked out."""
    left = take(desk.store, desk.clock, desk.rules)
    first = inbox(desk)
    assert first == inbox(desk), "worked out from the second time on"
    assert left is None or left.inbox == replace(first, now=left.inbox.now)
    return left is not None


def test_nothing_changed(opened: Callable[..., Desk]) -> None:
    assert is_left(opened())
    assert inbox(opened()).now == LATER


def decided(desk: Desk) -> None:
    decide(desk, [inbox(desk).tasks[0].id], "done")


def changed_by_one_that_was_killed(desk: Desk) -> None:
    decided(desk_at(desk.paths, FixedClock(LATER)))


def edited(desk: Desk) -> None:
    (ledger,) = desk.paths.data.glob("*/ledger.json")
    ledger.write_bytes(ledger.read_bytes().replace(b"Mara", b"Lara", 1))


def damaged(desk: Desk) -> None:
    (kept,) = desk.paths.cache.glob("inbox.json")
    kept.write_bytes(kept.read_bytes().replace(b"Mara", b"Lara", 1))


def deleted(desk: Desk) -> None:
    (kept,) = desk.paths.cache.glob("inbox.json")
    kept.unlink()


STALE = {
    "something was decided, and engage killed": changed_by_one_that_was_killed,
    "the ledger was damaged": edited,
    "what was kept was damaged": damaged,
    "what was kept was deleted": deleted,
}


@pytest.mark.parametrize("happened", STALE.values(), ids=STALE.keys())
def test_what_is_out_of_date_is_worked_out(
    opened: Callable[..., Desk], happened: Callable[[Desk], None]
) -> None:
    desk = opened()
    happened(desk)
    desk.close()
    assert not is_left(opened())


def test_what_was_decided_is_in_it(opened: Callable[..., Desk]) -> None:
    desk = opened()
    decided(desk)
    desk.close()
    assert is_left(opened())


def test_it_is_that_of_the_day_on_which_engage_ends(opened: Callable[..., Desk]) -> None:
    desk = opened()
    decided(desk)
    inbox(desk)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(days=1)
    desk.close()
    assert is_left(opened(LATER + timedelta(days=1)))


def test_who_had_nothing_to_do_with_tasks_leaves_no_inbox(opened: Callable[..., Desk]) -> None:
    desk = opened()
    set_circle(desk, "Vera Rask", 1)
    desk.close()
    assert not is_left(opened())


def test_another_day_or_an_earlier_moment(opened: Callable[..., Desk]) -> None:
    assert not is_left(opened(NOW + timedelta(days=1)))
    assert not is_left(opened(NOW - timedelta(minutes=1)))


def test_another_time_zone(opened: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Lisbon")
    time.tzset()
    assert not is_left(opened())


def test_other_settings(opened: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    desk = opened()
    rules = replace(desk.rules, minutes_per_day=5)
    monkeypatch.setattr(type(desk), "rules", property(lambda _: rules))
    assert rules != Rules()
    assert not is_left(desk)


def test_another_engage(opened: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engage, "__version__", "9.9")
    assert not is_left(opened())


def test_the_next_step_comes_after_the_last_one(opened: Callable[..., Desk]) -> None:
    desk = opened(NOW)
    log(desk, "Vera Rask")
    last = desk.last_stamp()
    inbox(desk)
    desk.close()
    assert inbox(opened(NOW)).now == last


def test_a_change_that_comes_between_the_last_look_and_the_end_is_seen(
    opened: Callable[..., Desk],
) -> None:
    desk = opened()
    for _ in range(2):
        inbox(desk)
    changed_by_one_that_was_killed(desk)
    desk.close()
    assert is_left(opened())

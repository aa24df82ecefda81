"""Clocks that jump, days that are no 24 hours, and a writer who moves: by stated rules, and
nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from .conftest import Run, person

Clock = Callable[..., None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the clock, and the zone the writer is in."""

    def at(moment: str, zone: str | None = None) -> None:
        monkeypatch.setenv("ENGAGE_NOW", moment)
        if zone is not None:
            monkeypatch.setenv("TZ", zone)
            time.tzset()

    return at


def due(engage: Run, who: str) -> str | None:
    found: str | None = person(engage, who)["person"]["due"]
    return found


class TestAClockThatJumpsBack:
    """The last word holds from the moment it is said, whatever an earlier clock said of the day."""

    @pytest.fixture(autouse=True)
    def ahead(self, engage: Run, mara: str, clock: Clock) -> None:
        clock("2026-12-24T10:00:00+01:00")
        for words in (("circle", mara, "1"), ("cadence", mara, "9"), ("leave", mara),
                      ("note", mara, "met"), ("log", mara, "letter")):  # fmt: skip
            assert engage(*words).status == 0
        clock("2026-11-22T10:00:00+01:00")

    def test_nothing_is_lost(self, engage: Run, mara: str) -> None:
        found = person(engage, mara)
        assert [event["kind"] for event in found["timeline"]] == ["letter"]
        assert found["person"]["notes"] == "met"
        assert engage("doctor").status in (0, 1)

    @pytest.mark.parametrize("later", ["2026-11-23", "2026-12-24", "2027-01-30"])
    def test_the_last_word_holds_now_and_later(
        self, engage: Run, mara: str, clock: Clock, later: str
    ) -> None:
        assert engage("circle", mara, "3").status == 0
        assert engage("leave", mara, "--not").status == 0
        for moment in ("2026-11-22T10:00:01+01:00", f"{later}T11:00:00+01:00"):
            clock(moment)
            found = person(engage, mara)["person"]
            assert (found["circle"], found["left"]) == (3, False), moment

    def test_undo_takes_back_what_was_done_last(self, engage: Run, mara: str) -> None:
        assert engage("circle", mara, "3").status == 0
        assert "circle 3: Mara Quill" in engage("undo").out
        assert "letter to Mara Quill" in engage("undo").out

    def test_what_has_not_come_is_no_last_exchange(self, engage: Run, mara: str) -> None:
        assert person(engage, mara)["person"]["last_exchange"] is None


@pytest.mark.parametrize(
    ("wrote", "falls_due"),
    [
        # Summer time ends on 25 October and begins on 29 March in Warsaw.
        ("2026-10-24T23:30:00+02:00", "2026-11-07"),
        ("2026-10-25T00:30:00+02:00", "2026-11-08"),
        ("2026-10-25T02:30:00+01:00", "2026-11-08"),
        ("2026-10-25T23:30:00+01:00", "2026-11-08"),
        ("2026-03-28T23:30:00+01:00", "2026-04-11"),
        ("2026-03-29T23:30:00+02:00", "2026-04-12"),
    ],
)
def test_a_day_of_23_or_25_hours_is_a_day(
    engage: Run, mara: str, clock: Clock, wrote: str, falls_due: str
) -> None:
    clock("2026-03-01T10:00:00+01:00")
    engage("circle", mara, "1")
    clock(f"{falls_due}T00:00:00")
    engage("log", mara, "--at", wrote)
    assert due(engage, mara) == falls_due
    assert f"due since {falls_due}" in engage("person", mara).out


def test_a_local_time_that_there_is_not_is_the_one_an_hour_before(engage: Run, mara: str) -> None:
    assert engage("log", mara, "--at", "2026-03-29T02:30").status == 0
    (event,) = person(engage, mara)["timeline"]
    assert event["at"] == "2026-03-29T01:30:00+01:00"


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        pytest.param("Asia/Beirut", "2026-03-29", id="a day without a midnight"),
        pytest.param("Atlantic/Azores", "2026-10-25", id="a day with two"),
    ],
)
def test_a_day_is_itself_whatever_its_midnight(
    engage: Run, mara: str, clock: Clock, zone: str, day: str
) -> None:
    clock("2026-11-22T10:00:00+00:00", zone)
    engage("log", mara, "--at", day)
    engage("wrote", "--at", day)
    assert engage("person", mara).out.splitlines()[-1].startswith(day)
    week = engage("week", "2026-W13" if "-03-" in day else "2026-W43", "--json").json
    assert week["written"] == [day] and week["replies_written"] == 1


def test_a_snooze_over_the_end_of_summer_time_ends_at_midnight(
    engage: Run, mara: str, clock: Clock
) -> None:
    clock("2026-10-24T12:00:00+02:00")
    engage("log", mara, "--in")
    (task,) = [each for each in engage("inbox", "--json").json["tasks"] if each["kind"] == "reply"]
    assert engage("snooze", task["id"], "--until", "2026-10-26").status == 0
    moments = (("2026-10-25T23:59:00+01:00", False), ("2026-10-26T00:00:00+01:00", True))
    for moment, there in moments:
        clock(moment)
        listed = [each["id"] for each in engage("inbox", "--json").json["tasks"]]
        assert (task["id"] in listed) is there, moment


def test_days_are_those_of_the_place_where_the_writer_is(
    engage: Run, mara: str, clock: Clock
) -> None:
    clock("2026-11-22T10:00:00+00:00", "Europe/Lisbon")
    engage("circle", mara, "1")
    engage("log", mara, "--at", "2026-11-15T23:30:00+00:00")
    engage("wrote", "--at", "2026-11-15")
    assert due(engage, mara) == "2026-11-29"
    week = engage("week", "2026-W46", "--json").json
    assert (week["replies_written"], week["written"]) == (1, ["2026-11-15"])
    clock("2026-11-22T19:00:00+09:00", "Asia/Tokyo")  # there it was Monday already
    assert due(engage, mara) == "2026-11-30"
    week = engage("week", "2026-W47", "--json").json
    assert week["replies_written"] == 1
    # A day marked as written is that day, wherever the writer is now.
    assert engage("week", "2026-W46", "--json").json["written"] == ["2026-11-15"]
    clock("2026-11-22T10:00:00+00:00", "Europe/Lisbon")
    assert due(engage, mara) == "2026-11-29"

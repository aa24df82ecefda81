"""The clock that `ENGAGE_NOW` sets."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from engage.clock import FixedClock, SystemClock, clock_from
from engage.errors import WrongUsage

NINE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_warsaw(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("TZ", "Europe/Warsaw")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-11-22T10:00:00+01:00", NINE),
        ("2026-11-22T09:00:00Z", NINE),
        ("2026-11-22T10:00:00", NINE),
        ("2026-11-22 10:00", NINE),
        (" 2026-11-22T10:00 ", NINE),
        ("2026-11-22", NINE - timedelta(hours=10)),
    ],
    ids=["offset", "UTC", "local", "with a blank", "padded", "a day is its midnight"],
)
def test_engage_now_fixes_the_time(value: str, moment: datetime) -> None:
    clock = clock_from({"ENGAGE_NOW": value})
    assert clock.now() == moment
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize("value", ["now", "2026-13-01", "22.11.2026", "9:00", "0"])
def test_what_is_no_time_is_wrong_usage_and_repeated(value: str) -> None:
    with pytest.raises(WrongUsage, match=value):
        clock_from({"ENGAGE_NOW": value})


@pytest.mark.parametrize("environ", [{}, {"ENGAGE_NOW": ""}, {"ENGAGE_NOW": "  "}])
def test_without_it_the_time_is_the_systems(environ: dict[str, str]) -> None:
    clock = clock_from(environ)
    assert isinstance(clock, SystemClock)
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)


def test_a_fixed_clock_moves_only_when_it_is_moved() -> None:
    clock = FixedClock(NINE)
    assert clock.now() == clock.now() == NINE
    clock.advance(days=1, minutes=5)
    assert clock.now() == NINE + timedelta(days=1, minutes=5)

"""WHEN and WEEK as the writer means them, in their own time zone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.domain.when import parse_day, parse_moment, parse_week

#: A Sunday; in Berlin already 00:30 of Monday.
NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("text", "past", "expected"),
    [
        ("2026-12-24", False, date(2026, 12, 24)),
        ("2026-12-24T23:30:00Z", False, date(2026, 12, 25)),
        ("today", False, date(2026, 11, 23)),
        (" Tomorrow ", False, date(2026, 11, 24)),
        ("yesterday", False, date(2026, 11, 22)),
        ("3d", False, date(2026, 11, 26)),
        ("3d", True, date(2026, 11, 20)),
        ("2w", False, date(2026, 12, 7)),
        ("1 week", False, date(2026, 11, 30)),
        ("2 days", True, date(2026, 11, 21)),
        ("0d", False, date(2026, 11, 23)),
        ("tue", False, date(2026, 11, 24)),
        ("Friday", False, date(2026, 11, 27)),
        ("friday", True, date(2026, 11, 20)),
        ("monday", False, date(2026, 11, 30)),
        ("mon", True, date(2026, 11, 16)),
        ("thurs", False, date(2026, 11, 26)),
    ],
)
def test_days(text: str, past: bool, expected: date) -> None:
    assert parse_day(text, NOW, past=past) == expected


@pytest.mark.parametrize(
    ("text", "past", "expected"),
    [
        ("2026-11-20", True, "2026-11-19T23:00:00+00:00"),
        ("2026-07-01", False, "2026-06-30T22:00:00+00:00"),
        ("2026-11-20T18:00", True, "2026-11-20T17:00:00+00:00"),
        ("2026-11-20 18:00", True, "2026-11-20T17:00:00+00:00"),
        ("2026-11-20T18:00:00+05:00", True, "2026-11-20T13:00:00+00:00"),
        ("2026-11-20t18:00z", True, "2026-11-20T18:00:00+00:00"),
        ("3d", True, "2026-11-19T23:30:00+00:00"),
        ("5w", True, "2026-10-18T22:30:00+00:00"),
        ("today", True, "2026-11-22T23:30:00+00:00"),
        ("today", False, "2026-11-22T23:00:00+00:00"),
        ("friday", True, "2026-11-19T23:00:00+00:00"),
    ],
)
def test_moments(text: str, past: bool, expected: str) -> None:
    found = parse_moment(text, NOW, past=past)
    assert found.isoformat() == expected
    assert found.utcoffset() is not None


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-13-01", "2026-02-30", "3x", "-3d", "99999999d", "9" * 400 + "d", "mo", "d",
     "9999-12-31", "0001-01-01", "0001-01-01T00:00+14:00", "٣d", "26-11-22", "\x1b[2J", "x" * 500],
)  # fmt: skip
@pytest.mark.parametrize("past", [False, True])
def test_what_means_nothing_is_repeated(text: str, past: bool) -> None:
    with pytest.raises(ValueError, match="2026-11-22") as refused:
        parse_day(text, NOW, past=past)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 200
    if text.isprintable():
        assert text[:50] in str(refused.value)


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("2026-W47", "2026-W47"),
        (" 2026-w7 ", "2026-W07"),
        ("2026W53", "2026-W53"),
        ("W5", "2026-W05"),
    ],
)
def test_weeks(text: str, week: str) -> None:
    assert parse_week(text, NOW) == week


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-W54", "2026-W00", "2025-W53", "9999-W52", "47", "٢٠٢٦-W47"]
)
def test_no_such_week(text: str) -> None:
    with pytest.raises(ValueError, match="2026-W47"):
        parse_week(text, NOW)


def test_a_week_without_a_year_needs_to_know_today() -> None:
    with pytest.raises(ValueError, match="W47"):
        parse_week("W47")


WORDS = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"\d{1,6} ?[dw]|\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)?)?"),
)


@given(WORDS, st.booleans())
def test_anything_else_raises_only_value_errors(text: str, past: bool) -> None:
    try:
        moment = parse_moment(text, NOW, past=past)
    except ValueError:
        return
    assert moment.tzinfo is UTC
    assert 1899 <= moment.year <= 3000


@given(st.dates(date(1950, 1, 1), date(2900, 1, 1)))
def test_a_day_is_itself(day: date) -> None:
    assert parse_day(day.isoformat(), NOW) == day

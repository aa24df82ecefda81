"""Charts fit any width, and say their numbers in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.tui.widgets.month_bars import MonthBars
from engage.tui.widgets.sparkline import Trend, sparkline
from engage.tui.widgets.year_calendar import YearCalendar


def months(theirs: list[int], everybody: list[int] | None = None) -> MonthBars:
    firsts = [date(2025 + (11 + at) // 12, (11 + at) % 12 + 1, 1) for at in range(len(theirs))]
    others = everybody or theirs
    return MonthBars(tuple(zip(firsts, theirs, others, strict=True)))


def text(chart: MonthBars | YearCalendar, width: int) -> list[str]:
    return [line.plain for line in chart.wrap(width)]


@pytest.mark.parametrize(
    ("theirs", "everybody", "words"),
    [
        pytest.param(
            [0, 0],
            [0, 3],
            "No exchange in these twelve months; 3 with everybody (∙ others only).",
            id="none",
        ),
        pytest.param(
            [1, 0],
            [1, 3],
            "1 exchange in these twelve months; 4 with everybody (∙ others only).",
            id="one",
        ),
        pytest.param(
            [1, 4],
            [1, 4],
            "5 exchanges in these twelve months, most in January (4).",
            id="several",
        ),
        pytest.param(
            [14, 2],
            [14, 2],
            "16 exchanges in these twelve months, most in December (14). One block is 3 exchanges.",
            id="more than the bars hold",
        ),
    ],
)
def test_month_bars_say_their_numbers(theirs: list[int], everybody: list[int], words: str) -> None:
    assert months(theirs, everybody).words == words


def test_month_bars_break_into_rows_of_equal_length() -> None:
    bars = months([1] * 12)
    rows = [sum("█" in line for line in text(bars, width)) for width in (120, 60, 30)]
    assert rows == [1, 2, 3]
    assert text(bars, 120)[0].startswith("2025  D █  J █")


def test_a_month_with_others_only_has_a_dot() -> None:
    assert text(months([0, 2], [5, 2]), 80)[0] == "2025  D ∙  J ██"


def test_the_year_shows_each_day_once() -> None:
    written = {date(2026, 1, 1), date(2026, 11, 22)}
    chart = YearCalendar(
        2026, written, {date(2026, 1, 1): 2, date(2026, 1, 2): 1}, date(2026, 11, 22)
    )
    lines = text(chart, 80)
    assert lines[0].split()[::11] == ["Jan", "Dec"] and len(lines[0].split()) == 12
    cells = "".join(line[3:] for line in lines[1:8]).replace(" ", "")
    assert (cells.count("▣"), cells.count("■"), cells.count("•")) == (1, 1, 1)
    assert len(cells) == (date(2026, 11, 22) - date(2025, 12, 31)).days
    assert lines[8] == "■ 2 days written   • 2 days with an exchange   ▣ 1 both"


def test_where_the_year_does_not_fit_the_weeks_up_to_today_are_shown() -> None:
    today = date(2026, 11, 22)
    lines = text(YearCalendar(2026, {today}, {}, today), 23)
    assert lines[7].rstrip()[-1] == "■"
    assert "Nov" in lines[0] and "Jan" not in lines[0]


@given(
    st.integers(8, 130),
    st.integers(1990, 2040),
    st.sets(st.integers(0, 365), max_size=40),
    st.integers(-30, 400),
)
def test_no_chart_is_wider_than_the_width(
    width: int, year: int, days: set[int], today: int
) -> None:
    first = date(year, 1, 1)
    written = {first + timedelta(days=day) for day in days}
    chart = YearCalendar(year, written, dict.fromkeys(written, 1), first + timedelta(days=today))
    assert all(line.cell_length <= width for line in chart.wrap(width))
    bars = months([len(days), *sorted(days)][:12])
    assert all(line.cell_length <= width for line in bars.wrap(width))


@pytest.mark.parametrize(
    ("values", "bars"),
    [
        pytest.param([], "", id="nothing"),
        pytest.param([0, 0], "··", id="none"),
        pytest.param([7], "█", id="one"),
        pytest.param([1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇█", id="every height"),
        pytest.param([0, 1, 100], "·▁█", id="little is seen, nothing is a dot"),
    ],
)
def test_a_sparkline_has_a_bar_for_each(values: list[int], bars: str) -> None:
    assert sparkline(values) == bars


@given(values=st.lists(st.integers(0, 10_000), max_size=60))
def test_a_greater_value_never_has_a_lower_bar(values: list[int]) -> None:
    bars = sparkline(values)
    assert len(bars) == len(values)
    ranks = ["·▁▂▃▄▅▆▇█".index(bar) for bar in bars]
    in_order = [rank for _, rank in sorted(zip(values, ranks, strict=True))]
    assert in_order == sorted(in_order)


def test_a_trend_says_its_numbers_beside_or_below() -> None:
    trend = Trend("Replies  ", (1, 2), "2; 1 the week before")
    assert [line.plain for line in trend.wrap(40)] == ["Replies  ▄█  2; 1 the week before"]
    assert [line.plain for line in trend.wrap(30)] == [
        "Replies  ▄█",
        "         2; 1 the week before",
    ]

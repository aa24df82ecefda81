"""What the writer said over time, also where a clock ran ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from engage.domain.histories import in_force, last_said, with_said
from engage.domain.records import DatedNumber
from tests.domain.worlds import NOW

DAY = timedelta(days=1)


def said(days: float, value: int | None) -> DatedNumber:
    return DatedNumber(NOW + days * DAY, value)


@pytest.mark.parametrize(
    ("history", "entry", "after"),
    [
        pytest.param([], said(0, 1), [said(0, 1)], id="the first"),
        pytest.param([said(-5, 1)], said(0, 2), [said(-5, 1), said(0, 2)], id="one after another"),
        pytest.param([said(5, 1)], said(0, 2), [said(0, 2)], id="after a clock that ran ahead"),
        pytest.param([said(0, 1)], said(0, 2), [said(0, 2)], id="in the same moment"),
        pytest.param(
            [said(-5, 1), said(5, 3)], said(0, None), [said(-5, 1), said(0, None)], id="between"
        ),
    ],
)
def test_the_last_word_holds(
    history: list[DatedNumber], entry: DatedNumber, after: list[DatedNumber]
) -> None:
    assert list(with_said(history, entry)) == after


@pytest.mark.parametrize(
    ("moment", "number"),
    [(NOW - 9 * DAY, None), (NOW - 5 * DAY, 1), (NOW, 2), (NOW + 9 * DAY, None)],
)
def test_what_holds_at_a_moment(moment: datetime, number: int | None) -> None:
    history = [said(-5, 1), said(-1, 2), said(3, None)]
    assert in_force(history, moment) == number


def test_nothing_said_is_nothing() -> None:
    assert last_said([], NOW) is None and in_force([], NOW) is None

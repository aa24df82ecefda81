"""The writer's own weeks side by side."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from engage.domain.days import week_of
from engage.domain.records import OwnPost, WrittenDay
from engage.domain.trend import WEEKS, PastWeek, past_weeks
from engage.domain.week import Quiet, Week, week_figures
from engage.domain.week_words import (
    earlier,
    few,
    how_words,
    promises,
    quiet_words,
    waiting_words,
)
from tests.domain.worlds import NOW, RULES, ago, comment, person, touch, world, wrote

# NOW is Sunday, the last day of week 47.


def a_life(seed: int) -> list[Any]:
    dice = Random(seed)
    records: list[Any] = [person("mara", 120), person("tom", 30)]
    for number in range(150):
        days, who = dice.random() * 130, dice.choice(["mara", "tom"])
        records.append(
            dice.choice([
                touch(days, "read", who=who), wrote(days, who), comment(days, who),
                OwnPost(f"o{number}", "own", "x", None, ago(days)),
                WrittenDay((day := ago(days).date()).isoformat(), day, NOW),
            ])
        )  # fmt: skip
    return records


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("week", ["2026-W47", "2026-W44"])
def test_each_week_counts_as_its_own_figures_do(seed: int, week: str) -> None:
    everything = world(*a_life(seed))
    found = past_weeks(everything, week, NOW)
    assert len(found) == WEEKS and found[-1].week == week
    for each in found:
        figures = week_figures(everything, RULES, each.week, NOW)
        assert each == PastWeek(
            week=figures.week,
            days_written=figures.days_written,
            published=figures.published,
            people_read=figures.people_read,
            replies_written=figures.replies_written,
        )


def test_there_is_no_week_before_engage_knew_anything() -> None:
    found = past_weeks(world(person(added=8)), "2026-W47", NOW)
    assert [each.week for each in found] == ["2026-W46", "2026-W47"]
    assert [each.week for each in past_weeks(world(), "2026-W47", NOW)] == ["2026-W47"]


def test_a_week_before_the_first_is_one_week() -> None:
    assert [each.week for each in past_weeks(world(person(added=8)), "2026-W30", NOW)] == [
        "2026-W30"
    ]


def test_the_turn_of_the_year_has_a_week_53() -> None:
    now = NOW + timedelta(days=50)
    weeks = [each.week for each in past_weeks(world(person()), week_of(now.date()), now)]
    assert weeks[-4:] == ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([6], "6, the first week"),
        ([4, 6], "6; 4 the week before, 4 on average"),
        ([1, 2, 4, 6], "6; 4 the week before, 2.3 on average"),
        ([0, 0], "0; 0 the week before, 0 on average"),
    ],
)
def test_a_week_beside_earlier_ones(values: list[int], words: str) -> None:
    assert earlier(values) == words


def test_a_week_that_is_not_over_says_so() -> None:
    assert earlier([4, 1], so_far=True) == "1 so far; 4 the week before, 4 on average"
    assert earlier([1], so_far=True) == "1 so far, the first week"


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (("reply",), "a reply"),
        (("reply", "letter", "reply"), "two replies, a letter"),
        (("comment",) * 11, "11 comments"),
    ],
)
def test_how_somebody_was_nurtured(kinds: tuple[str, ...], words: str) -> None:
    assert how_words(kinds) == words


def test_other_words() -> None:
    assert quiet_words("Pia", Quiet("pia", 12, 31)) == "Pia: usually every 12 days, 31 now"
    assert quiet_words("Pia", Quiet("pia", 1, 31)) == "Pia: usually every 1 day, 31 now"
    day = date(2026, 10, 21)
    assert waiting_words("Vera", day, date(2026, 11, 22)) == "Vera since 21 Oct"
    assert waiting_words("Vera", day, date(2027, 1, 2)) == "Vera since 21 Oct 2026"
    assert few(["a", "b", "c"], 2) == ["a", "b", "1 more"]
    assert few(["a", "b"], 2) == ["a", "b"]


@pytest.mark.parametrize(
    ("promised", "average", "words"),
    [
        (12.0, 6.04, "your circles promise 12 exchanges a week; you average 6"),
        (1.0, 0.5, "your circles promise 1 exchange a week; you average 0.5"),
        (0.0, 0.0, "your circles promise 0 exchanges a week; you average 0"),
    ],
)
def test_promises_stand_against_what_comes_of_them(
    promised: float, average: float, words: str
) -> None:
    day = date(2026, 11, 22)
    week = Week("2026-W47", day, day, 0, 0, 0, 0, (0, 0), 0, (0, 0), (), promised, average)
    assert promises(week) == words

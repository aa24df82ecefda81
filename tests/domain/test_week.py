"""The week's figures: each sentence as a case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from worlds import (
    NOW,
    RULES,
    ago,
    circled,
    comment,
    decision,
    left,
    news,
    person,
    touch,
    world,
    wrote,
)

from engage.domain.records import DatedLeave, DatedNumber, NextTime, OwnPost, WeekLine, WrittenDay
from engage.domain.relationships import standings
from engage.domain.week import Quiet, Week, week_figures

# NOW is Sunday, the last day of week 47, 16 to 22 November.


def figures(*records: Any, week: str = "2026-W47", now: datetime = NOW) -> Week:
    return week_figures(world(*records), RULES, week, now)


def piece(uid: str, days: float, **fields: Any) -> OwnPost:
    return OwnPost(uid, "own", uid, None, ago(days), **fields)


def marked(day: date) -> WrittenDay:
    return WrittenDay(day.isoformat(), day, NOW)


def test_an_empty_week() -> None:
    found = figures()
    assert (found.week, found.start, found.end) == (
        "2026-W47",
        date(2026, 11, 16),
        date(2026, 11, 22),
    )
    assert (found.days_written, found.published, found.written) == (0, 0, ())
    assert (found.people_read, found.replies_written, found.owed_open) == (0, 0, 0)
    assert (found.new_people, found.kept, found.nurtured) == ((0, 0), (0, 0), ())
    assert (found.promises_per_week, found.exchanges_per_week, found.line) == (0, 0, "")


@pytest.mark.parametrize("week", ["2026-W54", "2026", "w47", "2026-W4x"])
def test_no_such_week(week: str) -> None:
    with pytest.raises(ValueError):
        figures(week=week)


# Written


@pytest.mark.parametrize(
    ("records", "days", "published"),
    [
        pytest.param([piece("a", 1)], 1, 1, id="a piece"),
        pytest.param([piece("a", 1), piece("b", 1)], 1, 2, id="two on one day"),
        pytest.param([piece("a", 1, kind="response")], 0, 0, id="a response is no piece"),
        pytest.param([marked(date(2026, 11, 16))], 1, 0, id="a marked day"),
        pytest.param([piece("a", 6), marked(date(2026, 11, 16))], 1, 1, id="both on one day"),
        pytest.param([piece("a", 7)], 0, 0, id="the Sunday before"),
        pytest.param([marked(date(2026, 11, 15)), marked(date(2026, 11, 23))], 0, 0, id="outside"),
        pytest.param([piece("a", -0.1)], 0, 0, id="not out yet"),
        pytest.param(
            [piece("a", 3, aliases=("u",)), piece("m", 1, aliases=("u",))],
            1,
            1,
            id="the same piece in two feeds",
        ),
        pytest.param(
            [piece("a", 9, aliases=("u",)), piece("m", 1, aliases=("u",))],
            0,
            0,
            id="published again elsewhere",
        ),
    ],
)
def test_days_written_and_pieces(records: Any, days: int, published: int) -> None:
    found = figures(*records)
    assert (found.days_written, found.published) == (days, published)
    assert len(found.written) == days


def test_days_are_the_writers(zone: Any) -> None:
    at = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
    late = OwnPost("a", "own", "a", None, at)
    zone("Europe/Lisbon")
    assert figures(late).published == 0
    zone("Europe/Berlin")
    assert figures(late).written == (date(2026, 11, 16),)


# Read, written to, looked at


def test_people_read_are_people() -> None:
    found = figures(
        person(),
        person("tom"),
        touch(1, "read"),
        touch(2, "read"),
        touch(1, "read", who="tom"),
        touch(8, "read", who="eva"),
        touch(1, "read", "in", "bo"),
        touch(1, "like", who="kim"),
    )
    assert found.people_read == 2


def test_replies_written_are_outgoing_exchanges() -> None:
    people = [person(), person("tom")]
    found = figures(
        *people,
        wrote(1),
        touch(1, "letter"),
        wrote(2, "tom"),
        wrote(7),
        comment(1),
        touch(1, "read"),
    )
    assert found.replies_written == 3
    assert found.nurtured == (("mara", 2), ("tom", 1))


def test_who_was_nurtured_most_comes_first_then_by_name() -> None:
    people = [person("a", name="Zoe"), person("b", name="amos"), person("c", name="Bea")]
    found = figures(*people, wrote(1, "a"), wrote(1, "b"), wrote(1, "c"), wrote(2, "c"))
    assert found.nurtured == (("c", 2), ("b", 1), ("a", 1))


@pytest.mark.parametrize(
    ("records", "new_people"),
    [
        pytest.param([person()], (0, 1), id="waiting"),
        pytest.param([person(), touch(1, "look")], (1, 1), id="looked at"),
        pytest.param([person(), touch(8, "look")], (0, 0), id="looked at before"),
        pytest.param([person(), person("tom"), touch(1, "look")], (1, 2), id="one of two"),
        pytest.param([circled()], (0, 0), id="in a circle"),
        pytest.param([person(leaves=left())], (0, 0), id="left in peace"),
        pytest.param([person(), decision(1, "welcome", "drop")], (0, 0), id="dropped"),
        pytest.param([person(), decision(1, "welcome", "later")], (0, 1), id="later"),
        pytest.param([person(), touch(1, "look"), touch(2, "look")], (1, 1), id="once each"),
    ],
)
def test_new_people_looked_at_of_those_and_the_waiting(
    records: Any, new_people: tuple[int, int]
) -> None:
    assert figures(*records).new_people == new_people


# Owed and kept


@pytest.mark.parametrize(
    ("records", "owed"),
    [
        ([person(), comment(3), comment(2)], 1),
        ([person(), comment(300)], 1),
        ([person(), comment(3), wrote(1)], 0),
        ([person(leaves=left()), comment(3)], 0),
        ([person(), comment(3, id="c"), decision(1, "reply", "done", settles=["c"])], 0),
    ],
    ids=["people, not comments", "of any week", "answered", "left in peace", "settled"],
)
def test_owed_open(records: Any, owed: int) -> None:
    assert figures(*records).owed_open == owed


@pytest.mark.parametrize(
    ("records", "kept"),
    [
        pytest.param([circled(), wrote(3)], (1, 1), id="within the cadence"),
        pytest.param([circled(), wrote(14)], (1, 1), id="its last day still counts"),
        pytest.param([circled(), wrote(15)], (0, 1), id="older"),
        pytest.param([circled(), comment(3)], (1, 1), id="they wrote"),
        pytest.param([circled(), touch(3, "read")], (0, 1), id="a read is no exchange"),
        pytest.param([circled(since=3)], (0, 0), id="first due date to come"),
        pytest.param([circled(since=14)], (0, 0), id="first due date is today"),
        pytest.param([circled(since=15)], (0, 1), id="first due date passed"),
        pytest.param([circled(leaves=left()), wrote(50)], (0, 0), id="left in peace"),
        pytest.param([person(), wrote(3)], (0, 0), id="in no circle"),
        pytest.param(
            [circled(next=NextTime(ago(1), date(2027, 1, 1))), wrote(50)],
            (0, 1),
            id="a date set by hand keeps no promise",
        ),
        pytest.param(
            [circled(since=3), wrote(700, how_known="imported")],
            (0, 0),
            id="old history breaks no new promise",
        ),
        pytest.param(
            [circled(since=3), wrote(5, how_known="imported")], (1, 1), id="recent history keeps it"
        ),
        pytest.param([circled(), wrote(3), circled("tom", 5), wrote(365, "tom")], (2, 2), id="all"),
    ],
)
def test_kept(records: Any, kept: tuple[int, int]) -> None:
    assert figures(*records).kept == kept


# A past week is as of its end


def test_a_past_week_is_as_of_its_end() -> None:
    found = figures(
        circled(), comment(9), wrote(5), touch(9, "read"), touch(3, "read"), week="2026-W46"
    )
    assert (found.start, found.end) == (date(2026, 11, 9), date(2026, 11, 15))
    assert found.owed_open == 1, "answered only after it"
    assert found.people_read == 1
    assert found.kept == (1, 1)


def test_a_past_week_has_that_times_circles_and_leaves() -> None:
    mara = person(circles=(DatedNumber(ago(100), 1), DatedNumber(ago(3), None)))
    tom = person("tom", circles=(DatedNumber(ago(2), 1),))
    eva = circled("eva", leaves=(DatedLeave(ago(50), date(2026, 11, 18)),))
    records = [mara, tom, eva, wrote(20), wrote(20, "eva")]
    past, present = figures(*records, week="2026-W46"), figures(*records)
    assert (past.kept, past.promises_per_week) == ((1, 1), pytest.approx(0.5))
    assert (present.kept, present.promises_per_week) == ((0, 1), pytest.approx(1.0))


def test_a_decision_of_this_week_settled_nothing_in_the_last() -> None:
    records = [person(), comment(9, id="c"), decision(1, "reply", "drop", settles=["c"])]
    assert figures(*records, week="2026-W46").owed_open == 1
    assert figures(*records).owed_open == 0


def test_a_welcome_dropped_this_week_was_waiting_in_the_last() -> None:
    records = [person(), decision(1, "welcome", "drop")]
    assert figures(*records, week="2026-W46").new_people == (0, 1)


def test_what_has_not_happened_yet_is_not_counted() -> None:
    assert figures(person(), wrote(-0.1), touch(-0.1, "read")).replies_written == 0


def test_somebody_added_this_week_was_not_waiting_in_the_last() -> None:
    records = [person(added=2), person("tom", added=20)]
    assert figures(*records, week="2026-W46").new_people == (0, 1)
    assert figures(*records).new_people == (0, 2)


# Promises and capacity


def test_promises_are_the_sum_of_7_by_cadence() -> None:
    own = circled("own", 3, cadences=(DatedNumber(ago(9), 7),))
    found = figures(circled("a", 1), circled("b", 2), own, person("c"))
    assert found.promises_per_week == pytest.approx(7 / 14 + 7 / 30 + 7 / 7)


def test_nothing_is_promised_to_whom_is_left_in_peace() -> None:
    assert figures(circled(leaves=left())).promises_per_week == 0


@pytest.mark.parametrize(
    ("records", "mean"),
    [
        pytest.param([person(added=100), wrote(1), wrote(8), wrote(54)], 3 / 8, id="eight weeks"),
        pytest.param([person(added=100), wrote(1), wrote(56)], 1 / 8, id="the ninth is beyond"),
        pytest.param([person(added=2), wrote(1), wrote(2)], 2, id="known since this week"),
        pytest.param([person(added=8), wrote(1), wrote(2), wrote(7)], 1.5, id="two weeks"),
        pytest.param([person(added=2), wrote(1), wrote(15)], 2 / 3, id="since an exchange"),
        pytest.param([person(added=100), comment(1), touch(1, "read")], 0, id="outgoing only"),
    ],
)
def test_exchanges_per_week(records: Any, mean: float) -> None:
    assert figures(*records).exchanges_per_week == pytest.approx(mean)


def test_the_mean_of_a_past_week_ends_with_it() -> None:
    records = [person(added=100), wrote(1), wrote(8), wrote(9)]
    assert figures(*records, week="2026-W46").exchanges_per_week == pytest.approx(2 / 8)


# The rest


def test_who_drifts_and_the_writers_line() -> None:
    rhythm = [wrote(40 + 7 * step) for step in range(6)]
    in_peace = [wrote(40 + 7 * step, "tom") for step in range(6)]
    line = WeekLine("2026-W47", NOW, "Slow, and good.")
    found = figures(person(), person("tom", leaves=left()), *rhythm, *in_peace, line, news("n"))
    assert found.quiet == (Quiet("mara", 7, 40),)
    assert found.line == "Slow, and good."
    assert figures(line, week="2026-W46").line == ""


def test_a_past_week_says_how_quiet_it_was_then() -> None:
    rhythm = [wrote(40 + 7 * step) for step in range(6)]
    assert figures(person(), *rhythm, wrote(1), week="2026-W46").quiet == (Quiet("mara", 7, 33),)


def test_how_each_was_nurtured() -> None:
    found = figures(person(), wrote(3), touch(2, "letter"), wrote(1), touch(1, "read"), wrote(8))
    assert found.how == {"mara": ("reply", "letter", "reply")}


def test_who_is_late_is_who_is_not_kept() -> None:
    people = [circled("zoe"), circled("amos"), circled("new", since=3), circled("mara")]
    found = figures(*people, wrote(15, "zoe"), wrote(20, "amos"), wrote(3))
    assert (found.late, found.kept) == (("amos", "zoe"), (1, 3))


@pytest.mark.parametrize(
    ("records", "waiting"),
    [
        pytest.param([wrote(3)], [("mara", date(2026, 11, 19))], id="your words were the last"),
        pytest.param([wrote(3), comment(2)], [], id="they answered"),
        pytest.param([comment(5), wrote(3), touch(2, "like", "in")], [("mara",
            date(2026, 11, 19))], id="a like is no answer"),
        pytest.param([wrote(90)], [("mara", date(2026, 8, 24))], id="within 90 days"),
        pytest.param([wrote(91)], [], id="too long ago to wait for"),
        pytest.param([touch(3, "talk")], [], id="you spoke with each other"),
        pytest.param([touch(3, "read")], [], id="reading asks for nothing"),
        pytest.param([], [], id="nothing"),
    ],
)  # fmt: skip
def test_who_is_waited_for(records: Any, waiting: Any) -> None:
    assert list(figures(person(), *records).waiting) == waiting


def test_the_newest_wait_comes_first_and_peace_is_peace() -> None:
    people = [person("a"), person("b"), person("c", leaves=left())]
    found = figures(*people, wrote(9, "a"), wrote(3, "b"), wrote(1, "c"))
    assert [id for id, _ in found.waiting] == ["b", "a"]


def test_the_standings_of_now_give_the_same_week() -> None:
    everything = world(circled(), circled("tom", since=30), comment(2), wrote(5), wrote(50, "tom"))
    now = standings(everything, RULES, NOW)
    assert week_figures(everything, RULES, "2026-W47", NOW, current=now) == week_figures(
        everything, RULES, "2026-W47", NOW
    )


def test_a_week_to_come_is_as_of_now() -> None:
    found = figures(circled(), wrote(3), week="2026-W48", now=NOW + timedelta(minutes=1))
    assert found.kept == (1, 1)
    assert found.replies_written == 0

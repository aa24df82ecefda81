"""How the writer and a person stand: each sentence of the rules as a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
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

from engage.domain.derived import Standing
from engage.domain.records import DatedLeave, DatedNumber, NextTime, Person, Touch
from engage.domain.relationships import standing, standings


def stand(who: Person, *touches: Touch, now: datetime = NOW, **settled: Any) -> Standing:
    ordered = sorted(touches, key=lambda item: (item.at, item.id))
    return standing(who, ordered, RULES, now, **settled)


# Due


@pytest.mark.parametrize(
    ("circle", "days"), [(1, 14), (2, 30), (3, 90), (4, 180), (5, 365)], ids="circle {}".format
)
def test_a_circle_sets_a_cadence_and_due_is_the_last_exchange_plus_it(
    circle: int, days: int
) -> None:
    found = stand(circled(circle=circle), wrote(9))
    assert (found.circle, found.cadence) == (circle, days)
    assert found.due == date(2026, 11, 13) + timedelta(days=days)


@pytest.mark.parametrize(
    ("touches", "due"),
    [
        pytest.param([wrote(5)], date(2026, 12, 1), id="the writer wrote"),
        pytest.param([comment(5)], date(2026, 12, 1), id="they wrote: either direction counts"),
        pytest.param([wrote(5), comment(2)], date(2026, 12, 4), id="the last one counts"),
        pytest.param([touch(5, "talk")], date(2026, 12, 1), id="a talk is an exchange"),
        pytest.param([touch(5, "letter")], date(2026, 12, 1), id="a letter is one"),
        pytest.param([touch(5, "mention")], date(2026, 12, 1), id="a mention is one"),
        pytest.param([wrote(5), touch(1, "read")], date(2026, 12, 1), id="reading resets nothing"),
        pytest.param([wrote(5), touch(1, "look")], date(2026, 12, 1), id="nor does looking"),
        pytest.param([wrote(5), touch(1, "like")], date(2026, 12, 1), id="nor does a like"),
        pytest.param([], date(2026, 11, 26), id="no exchange yet: from the day of the circle"),
        pytest.param([touch(3, "read")], date(2026, 11, 26), id="read only: no exchange yet"),
        pytest.param([wrote(-1)], date(2026, 11, 26), id="what has not happened yet is unknown"),
    ],
)
def test_due(touches: list[Touch], due: date) -> None:
    assert stand(circled(since=10), *touches).due == due


@pytest.mark.parametrize(
    ("circles", "due"),
    [
        pytest.param([(40, 2), (10, 1)], date(2026, 10, 27), id="moved between circles"),
        pytest.param([(40, 2), (30, None), (10, 1)], date(2026, 11, 26), id="out and in again"),
        pytest.param([(40, 2), (10, None)], None, id="out: never due"),
        pytest.param([], None, id="never in one: never due"),
        pytest.param([(-1, 1)], None, id="a change of tomorrow does not hold today"),
    ],
)
def test_before_the_first_exchange_due_counts_from_entering_the_circles(
    circles: list[tuple[int, int | None]], due: date | None
) -> None:
    history = tuple(DatedNumber(ago(days), value) for days, value in circles)
    assert stand(person(circles=history)).due == due


def test_the_own_cadence_replaces_the_circles_and_none_gives_it_back() -> None:
    history = (DatedNumber(ago(50), 7), DatedNumber(ago(20), None))
    mara = circled(cadences=history)
    assert stand(mara, wrote(60), now=ago(30)).cadence == 7
    assert stand(mara, wrote(60)).cadence == 14
    assert stand(person(cadences=history[:1]), wrote(60)).cadence is None


NEXT = NextTime(ago(5), date(2027, 1, 15), "after her launch")


@pytest.mark.parametrize(
    ("who", "touches", "due"),
    [
        pytest.param(circled(next=NEXT), [wrote(9)], date(2027, 1, 15), id="replaces the due date"),
        pytest.param(person(next=NEXT), [], date(2027, 1, 15), id="without a circle as well"),
        pytest.param(circled(next=NEXT), [wrote(2)], date(2026, 12, 4), id="once only"),
        pytest.param(person(next=NEXT), [comment(2)], None, id="over without a circle"),
        pytest.param(
            circled(next=NEXT), [wrote(5)], date(2027, 1, 15), id="not by one of that moment"
        ),
        pytest.param(
            circled(next=NEXT), [wrote(9), touch(1, "read")], date(2027, 1, 15), id="not by a read"
        ),
        pytest.param(circled(next=NEXT, leaves=left()), [], None, id="left in peace: never due"),
    ],
)
def test_the_next_time_set_by_hand(who: Person, touches: list[Touch], due: date | None) -> None:
    assert stand(who, *touches).due == due


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        pytest.param(0, 700, date(2026, 12, 6), id="old history: as from the day of the circle"),
        pytest.param(400, 5, date(2026, 12, 1), id="a recent one counts as any"),
        pytest.param(400, 700, date(2025, 11, 1), id="nor does it make anybody less due"),
    ],
)
def test_nobody_becomes_overdue_by_an_import(since: float, days: float, due: date) -> None:
    history = wrote(days, how_known="imported", recorded=NOW)
    found = stand(circled(since=since), history)
    assert found.due == due
    assert found.last_exchange == history.at


# Days


def test_days_are_local_calendar_days(zone: Any) -> None:
    late = touch(at=datetime(2026, 11, 10, 23, 30, tzinfo=UTC))
    zone("Europe/Lisbon")
    assert stand(circled(), late).due == date(2026, 11, 24)
    zone("Asia/Tokyo")
    assert stand(circled(), late).due == date(2026, 11, 25)
    zone("America/Los_Angeles")
    assert stand(circled(), late).due == date(2026, 11, 24)


def test_a_day_of_25_hours_is_one_day(zone: Any) -> None:
    zone("Europe/Lisbon")
    before = touch(at=datetime(2026, 10, 24, 23, 30, tzinfo=UTC))
    now = datetime(2026, 11, 8, 0, 30, tzinfo=UTC)
    assert stand(circled(), before, now=now).warmth == pytest.approx(0.5)


# Warmth


@pytest.mark.parametrize(
    ("days", "cadence", "warmth", "word"),
    [
        (9, 14, 0.64, "warm"),
        (34, 30, 0.46, "cooling"),
        (40, 7, 0.02, "cool"),
        (2, 30, 0.95, "warm"),
        (14, 14, 0.50, "cooling"),
    ],
)
def test_warmth_halves_at_the_due_date(days: int, cadence: int, warmth: float, word: str) -> None:
    mara = circled(cadences=(DatedNumber(ago(100), cadence),))
    found = stand(mara, wrote(days))
    assert found.warmth == pytest.approx(warmth, abs=0.006)
    assert found.why["warmth"].endswith(f": {word}")


@pytest.mark.parametrize(
    ("who", "touches"),
    [
        pytest.param(circled(), [], id="never exchanged"),
        pytest.param(person(), [wrote(3)], id="no cadence"),
    ],
)
def test_without_cadence_or_exchange_there_is_no_warmth(who: Person, touches: list[Touch]) -> None:
    found = stand(who, *touches)
    assert found.warmth is None
    assert "warmth" not in found.why


# Rhythm


def every(gap: int, times: int, last: int) -> list[Touch]:
    return [wrote(last + gap * step) for step in range(times)]


@pytest.mark.parametrize(
    ("touches", "rhythm", "state"),
    [
        pytest.param(every(13, 5, 9), 13, "steady", id="steady"),
        pytest.param(every(30, 5, 34), 30, "steady", id="a slow rhythm is a rhythm"),
        pytest.param(every(7, 6, 40), 7, "drifting", id="drifting"),
        pytest.param(every(1, 30, 200), 1, "ended", id="a month of daily letters, long ago"),
        pytest.param([wrote(2)], None, "no rhythm yet", id="met two days ago"),
        pytest.param([], None, "no rhythm yet", id="never"),
        pytest.param(every(10, 3, 5), None, "no rhythm yet", id="two gaps are none"),
        pytest.param(every(7, 4, 5), 7, "steady", id="three gaps of 7 days"),
        pytest.param(every(6, 4, 5), None, "no rhythm yet", id="three gaps of 6 days are 18"),
        pytest.param(every(6, 5, 5), 6, "steady", id="four gaps of 6 days are 24"),
        pytest.param(
            # Newest first the gaps are 1, 1, 30, 30: three of them come to 3 days, four to 62.
            [*every(1, 3, 10), *every(30, 2, 42)],
            15.5,
            "steady",
            id="a busy week is no rhythm",
        ),
        pytest.param(
            [*every(1, 3, 10), wrote(42)], None, "no rhythm yet", id="nor with a long gap before"
        ),
        pytest.param(
            [*every(8, 4, 5), *every(40, 3, 69)], 8, "steady", id="only as far back as needed"
        ),
        pytest.param(every(1, 22, 5), 1, "steady", id="three weeks of daily letters"),
        pytest.param(every(1, 21, 5), None, "no rhythm yet", id="a day less of them"),
        pytest.param(
            [*every(7, 4, 5), *(touch(days, "read") for days in range(20))],
            7,
            "steady",
            id="clicks make no rhythm",
        ),
        pytest.param(
            [*every(7, 4, 5), *(wrote(5, id=f"more-{n}") for n in range(9))],
            7,
            "steady",
            id="several exchanges of a day are one",
        ),
        # rhythm 7: drifting from 22 to 97 days
        pytest.param(every(7, 6, 21), 7, "steady", id="at rhythm + 14"),
        pytest.param(every(7, 6, 22), 7, "drifting", id="beyond rhythm + 14"),
        pytest.param(every(7, 6, 97), 7, "drifting", id="at rhythm + 90"),
        pytest.param(every(7, 6, 98), 7, "ended", id="beyond rhythm + 90"),
        # rhythm 30: drifting from 61 to 360 days
        pytest.param(every(30, 6, 60), 30, "steady", id="at twice the rhythm"),
        pytest.param(every(30, 6, 61), 30, "drifting", id="beyond twice the rhythm"),
        pytest.param(every(30, 6, 360), 30, "drifting", id="at twelve times"),
        pytest.param(every(30, 6, 361), 30, "ended", id="beyond twelve times"),
    ],
)
def test_rhythm_and_drift(touches: list[Touch], rhythm: float | None, state: str) -> None:
    found = stand(person(), *touches)
    assert (found.rhythm, found.state) == (rhythm, state)
    assert found.drifting == (state == "drifting")


def test_a_circles_due_date_holds_though_the_rhythm_has_ended() -> None:
    found = stand(circled(), *every(1, 30, 200))
    assert found.state == "ended"
    assert found.due == date(2026, 5, 20)


# Stage


@pytest.mark.parametrize(
    ("who", "touches", "stage", "looked_at"),
    [
        pytest.param(person(), [], "New", False, id="nothing"),
        pytest.param(person(), [comment(1)], "New", False, id="they wrote, not looked at yet"),
        pytest.param(person(), [touch(1, "look")], "Seen", True, id="looked"),
        pytest.param(person(), [touch(1, "like")], "Seen", True, id="liked"),
        pytest.param(person(), [touch(1, "like", "in")], "New", False, id="their like is not"),
        pytest.param(circled(), [], "Seen", True, id="in a circle"),
        pytest.param(circled(since=-1), [], "New", False, id="in a circle only tomorrow"),
        pytest.param(person(), [touch(1, "read")], "Read", True, id="read"),
        pytest.param(person(), [touch(1, "read", "in")], "New", False, id="they read"),
        pytest.param(person(), [wrote(1)], "Answered", True, id="written to"),
        pytest.param(
            person(),
            [wrote(1, how_known="imported")],
            "Answered",
            True,
            id="written to, by an import",
        ),
        pytest.param(
            person(), [comment(91), wrote(1)], "In conversation", True, id="both within 90 days"
        ),
        pytest.param(person(), [comment(92), wrote(1)], "Answered", True, id="91 days apart"),
        pytest.param(
            person(),
            [wrote(700), comment(690), wrote(2)],
            "In conversation",
            True,
            id="once, long ago: stages do not go back",
        ),
        pytest.param(person(friend=True), [], "Friend", True, id="only the writer says Friend"),
        pytest.param(
            person(friend=True), [comment(2), wrote(1)], "Friend", True, id="Friend is the last"
        ),
    ],
)
def test_stage(who: Person, touches: list[Touch], stage: str, looked_at: bool) -> None:
    found = stand(who, *touches)
    assert (found.stage, found.looked_at) == (stage, looked_at)


def test_somebody_once_in_a_circle_stays_seen() -> None:
    out = (DatedNumber(ago(9), 1), DatedNumber(ago(1), None))
    assert stand(person(circles=out)).stage == "Seen"


# Owed


@pytest.mark.parametrize(
    ("touches", "owed"),
    [
        pytest.param([comment(3)], [3], id="they wrote"),
        pytest.param([comment(3), comment(5)], [3, 5], id="newest first"),
        pytest.param([comment(3), wrote(2)], [], id="answered"),
        pytest.param([comment(3), wrote(4)], [3], id="written to before is no answer"),
        pytest.param([comment(5), wrote(4), comment(3)], [3], id="only what came after"),
        pytest.param([comment(3), touch(2, "read")], [3], id="reading is no answer"),
        pytest.param([comment(3), touch(2, "like")], [3], id="a like is no answer"),
        pytest.param([comment(3), comment(2, owes=False)], [3], id="their next is no answer"),
        pytest.param([comment(3, owes=False)], [], id="does not ask for one"),
        pytest.param([comment(3, how_known="imported")], [], id="an import makes no debt"),
        pytest.param([comment(3), wrote(3)], [], id="in the same moment: answered"),
        pytest.param([comment(-1)], [], id="not yet"),
    ],
)
def test_owed(touches: list[Touch], owed: list[float]) -> None:
    assert [item.at for item in stand(person(), *touches).owed] == [ago(days) for days in owed]


def test_what_a_decision_settled_is_not_owed() -> None:
    first, second = comment(3), comment(2)
    assert stand(person(), first, second, settled=frozenset({first.id})).owed == (second,)


@pytest.mark.parametrize(
    ("made", "owed"),
    [
        (decision(1, "reply", "done", settles=["c"]), False),
        (decision(1, "reply", "drop", settles=["c"]), False),
        (decision(1, "reply", "later", settles=["c"]), True),
        (decision(1, "reply", "snooze", settles=["c"]), True),
        (decision(1, "read", "done", settles=["c"]), True),
        (decision(1, "reply", "done", settles=["other"]), True),
        (decision(-1, "reply", "done", settles=["c"]), True),
    ],
    ids=lambda value: getattr(value, "id", None),
)
def test_done_or_dropped_ends_what_is_owed(made: Any, owed: bool) -> None:
    found = standings(world(person(), comment(3, id="c"), made), RULES, NOW)
    assert bool(found["mara"].owed) is owed


def test_left_in_peace_owes_nothing_and_is_never_due() -> None:
    found = stand(circled(leaves=left()), comment(3))
    assert (found.left, found.owed, found.due) == (True, (), None)


@pytest.mark.parametrize(
    ("leaves", "is_left"),
    [
        pytest.param((), False, id="never"),
        pytest.param(left(), True, id="for good"),
        pytest.param(left(until=date(2026, 11, 23)), True, id="until tomorrow"),
        pytest.param(left(until=date(2026, 11, 22)), False, id="until today, not included"),
        pytest.param((*left(), DatedLeave(ago(1), None)), False, id="no more"),
        pytest.param((DatedLeave(ago(-1), date(2027, 1, 1)),), False, id="from tomorrow"),
    ],
)
def test_left_in_peace(leaves: Any, is_left: bool) -> None:
    assert stand(person(leaves=leaves)).left is is_left


# Counts


def test_counts_and_first_and_last() -> None:
    found = stand(
        person(), wrote(300), wrote(20), touch(19, "read"), comment(10), touch(3, "like", "in")
    )
    assert (found.touches_out, found.touches_in) == (3, 2)
    assert (found.exchanges_out, found.exchanges_in) == (1, 1), "of half a year"
    assert (found.known_since, found.last_exchange) == (ago(300), ago(10))


def test_nothing_known() -> None:
    found = stand(person())
    assert (found.known_since, found.last_exchange) == (None, None)
    assert (found.touches_in, found.touches_out) == (0, 0)


# The sentences


@pytest.mark.parametrize(
    ("who", "touches", "key", "sentence"),
    [
        (
            circled(),
            [wrote(4)],
            "warmth",
            "4 days since your last exchange; you meant every 14: warm",
        ),
        (
            circled(),
            [wrote(4)],
            "due",
            "last exchange 4 days ago, you meant every 14: due on 2 Dec",
        ),
        (
            circled(),
            [wrote(20)],
            "due",
            "last exchange 20 days ago, you meant every 14: due since Monday",
        ),
        (
            circled(since=10),
            [],
            "due",
            "in circle 1 since 12 Nov, no exchange yet, you meant every 14: due on Thursday",
        ),
        (circled(next=NEXT), [], "due", "you set 15 Jan 2027: after her launch"),
        (person(), [], "due", "in no circle: never due"),
        (circled(leaves=left()), [], "due", "left in peace: never due"),
        (person(), every(13, 5, 9), "rhythm", "usual gap 13 days, 9 days now: steady"),
        (person(), every(7, 6, 40), "rhythm", "usual gap 7 days, 40 days now: drifting"),
        (person(), [], "rhythm", "no rhythm yet"),
        (person(), [], "stage", "New: not looked at yet"),
        (person(), [touch(1, "look")], "stage", "Seen: you have looked at who they are"),
        (person(), [touch(1, "read")], "stage", "Read: you have read them"),
        (person(), [wrote(1)], "stage", "Answered: you have written to them"),
        (
            person(),
            [comment(2), wrote(1)],
            "stage",
            "In conversation: you wrote to each other within 90 days",
        ),
        (person(friend=True), [], "stage", "Friend: you say so"),
        (person(), [], "owed", "nothing to answer"),
        (person(), [], "cadence", "in no circle, so none"),
        (circled(), [], "cadence", "every 14 days: that of circle 1"),
        (
            circled(cadences=(DatedNumber(ago(9), 1),)),
            [],
            "cadence",
            "every 1 day: your own for them",
        ),
        (person(), [], "last_exchange", "no exchange yet"),
        (person(), [], "known_since", "nothing is known of the two of you yet"),
        (
            person(),
            [touch(200, "look"), wrote(9, about="Ink"), touch(2, "read")],
            "last_exchange",
            "you replied to *Ink* on 13 Nov",
        ),
        (
            person(),
            [touch(200, "look"), wrote(9)],
            "known_since",
            "you looked at who they are on 6 May",
        ),
        (
            person(),
            [comment(3)],
            "last_exchange",
            "they commented on *The kitchen table* on Thursday",
        ),
        (
            person(),
            [comment(3)],
            "owed",
            "commented on *The kitchen table* on Thursday; you have not answered",
        ),
    ],
)
def test_sentences(who: Person, touches: list[Touch], key: str, sentence: str) -> None:
    assert stand(who, *touches).why[key] == sentence


# Properties

KINDS = ("comment", "reply", "letter", "mention", "talk", "look", "read", "like")
STAGES = ("New", "Seen", "Read", "Answered", "In conversation", "Friend")

anything = st.builds(
    touch,
    days=st.floats(0, 800).map(lambda days: round(days, 2)),
    kind=st.sampled_from(KINDS),
    direction=st.sampled_from(("in", "out")),
    how_known=st.sampled_from(("said", "seen", "imported", "verified")),
    owes=st.booleans(),
)
histories = st.lists(anything, max_size=12, unique_by=lambda item: item.id)
persons = st.builds(
    person,
    circles=st.sampled_from(((), (DatedNumber(ago(300), 1),), (DatedNumber(ago(3), 4),))),
    friend=st.booleans(),
)


@settings(max_examples=100, deadline=None)
@given(who=persons, touches=histories, seed=st.randoms(use_true_random=False))
def test_standing_does_not_depend_on_the_order_of_logging(
    who: Person, touches: Sequence[Touch], seed: Any
) -> None:
    shuffled = list(touches)
    seed.shuffle(shuffled)
    one, other = world(who, *touches), world(who, *shuffled)
    assert standings(one, RULES, NOW) == standings(other, RULES, NOW)


@settings(max_examples=100, deadline=None)
@given(who=persons, touches=histories, more=anything, days=st.integers(0, 500))
def test_a_stage_never_goes_back(who: Person, touches: list[Touch], more: Touch, days: int) -> None:
    before = STAGES.index(stand(who, *touches).stage)
    assert STAGES.index(stand(who, *touches, more).stage) >= before
    assert STAGES.index(stand(who, *touches, now=NOW + timedelta(days=days)).stage) >= before


@settings(max_examples=100, deadline=None)
@given(who=persons, touches=histories, days=st.integers(0, 800), kind=st.sampled_from(KINDS))
def test_words_to_somebody_never_make_it_worse(
    who: Person, touches: list[Touch], days: int, kind: str
) -> None:
    before = stand(who, *touches)
    after = stand(who, *touches, touch(days, kind, id="one more"))
    assert set(after.owed) <= set(before.owed)
    # Before the circle there was no promise: its day counts until there is an exchange.
    if who.circles and ago(days) >= who.circles[0].at:
        assert (after.due or date.max) >= (before.due or date.min)
    assert (after.warmth or 0) >= (before.warmth or 0)


@settings(max_examples=100, deadline=None)
@given(who=persons, touches=histories, brought=histories)
def test_what_an_import_brings_makes_no_debt(
    who: Person, touches: list[Touch], brought: list[Touch]
) -> None:
    history = [
        replace(each, id=f"brought-{at}", how_known="imported") for at, each in enumerate(brought)
    ]
    before, after = stand(who, *touches), stand(who, *touches, *history)
    assert set(after.owed) <= set(before.owed)
    assert (after.due or date.max) >= (before.due or date.min)


@settings(max_examples=60, deadline=None)
@given(who=persons, touches=histories)
def test_standings_is_standing_of_each(who: Person, touches: list[Touch]) -> None:
    other = replace(person("tomasz"), circles=who.circles)
    everything = world(who, other, *touches, wrote(3, "tomasz"), news("n"))
    found = standings(everything, RULES, NOW)
    assert found["mara"] == stand(who, *touches)
    assert found["tomasz"] == stand(other, wrote(3, "tomasz"))


@pytest.mark.parametrize("name", ["UTC", "Europe/Lisbon", "Pacific/Auckland", "America/St_Johns"])
def test_at_noon_the_time_zone_changes_no_distance_in_days(zone: Any, name: str) -> None:
    zone(name)
    noon = datetime(2026, 11, 22, 12).astimezone(UTC)
    touches = [touch(at=noon - timedelta(days=days)) for days in (30, 20, 10, 2)]
    found = stand(circled(), *touches, now=noon)
    assert (found.rhythm, found.due) == (10, date(2026, 12, 4))


@pytest.mark.parametrize(
    ("touches", "sentence"),
    [
        pytest.param([], "no exchange in half a year", id="none"),
        pytest.param([wrote(200)], "no exchange in half a year", id="long ago"),
        pytest.param([wrote(3)], "you wrote once in half a year; nothing known back", id="you"),
        pytest.param([comment(3)], "they wrote once in half a year, you not yet", id="they"),
        pytest.param(
            [wrote(3), wrote(9), wrote(30), comment(4), comment(10)],
            "in half a year you wrote 3 times, they twice",
            id="both",
        ),
    ],
)
def test_the_exchanges_in_words(touches: list[Touch], sentence: str) -> None:
    found = standings(world(person(), *touches), RULES, NOW)["mara"]
    assert found.why["exchanges"] == sentence

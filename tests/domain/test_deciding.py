"""Deciding a task: what is recorded, and that taking it back brings the same inbox."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import (
    NOW,
    RULES,
    Tables,
    after,
    ago,
    all_tasks,
    circled,
    comment,
    inbox,
    ledger,
    news,
    person,
    touch,
    world,
    world_of,
    wrote,
)

from engage.domain.changes import Put, change, record_of
from engage.domain.deciding import decide, label
from engage.domain.deciding import wrote as wrote_to
from engage.domain.derived import Task
from engage.domain.records import Decision, Outcome, Settled, Touch
from engage.domain.relationships import standings
from engage.domain.undoing import inverse

TOMORROW = date(2026, 11, 23)
LOOKED = touch(300, "look")
READ = [person(), LOOKED, news("a", 3, aliases=("x",)), news("b", 2), news("c", 1)]
REPLY = [
    person(),
    LOOKED,
    comment(3, id="first", post="c1"),
    comment(2, id="second", url="https://ines.example/ink#2", about="Ink", post="c2"),
]
WELCOME = [person()]
RECONNECT = [circled(), wrote(40)]


def task_of(records: list[Any]) -> Task:
    return all_tasks(world(*records))[0]


def recorded(puts: tuple[Put, ...]) -> tuple[Decision, list[Touch]]:
    records = [record_of(put.table, put.after or {}) for put in puts]
    assert all(put.before is None for put in puts)
    [decision] = [item for item in records if isinstance(item, Decision)]
    return decision, [item for item in records if isinstance(item, Touch)]


# What is recorded


@pytest.mark.parametrize(
    ("records", "logged"),
    [
        pytest.param(READ, [("read", "c")], id="a read: on the newest post"),
        pytest.param(WELCOME, [("look", None)], id="a welcome: a look"),
        pytest.param(REPLY, [], id="a reply: nothing"),
        pytest.param(RECONNECT, [], id="a reconnect: nothing"),
    ],
)
def test_done_logs(records: list[Any], logged: list[tuple[str, str | None]]) -> None:
    _, touches = recorded(decide(task_of(records), "done", NOW))
    assert [(item.kind, item.post) for item in touches] == logged
    for item in touches:
        assert (item.direction, item.how_known, item.person) == ("out", "said", "mara")
        assert (item.at, item.recorded) == (NOW, NOW)


def test_done_of_a_read_logs_the_post_that_is_open() -> None:
    _, [read] = recorded(decide(task_of(READ), "done", NOW, post="b"))
    assert (read.post, read.about, read.url) == ("b", "On b", "https://mara.example/b")


@pytest.mark.parametrize("outcome", ["drop", "later", "snooze"])
@pytest.mark.parametrize("records", [READ, REPLY, WELCOME, RECONNECT])
def test_nothing_else_logs(outcome: Outcome, records: list[Any]) -> None:
    _, touches = recorded(decide(task_of(records), outcome, NOW, until=TOMORROW))
    assert touches == []


@pytest.mark.parametrize("outcome", ["done", "drop"])
def test_a_decision_keeps_all_that_it_settled(outcome: Outcome) -> None:
    task = task_of(READ)
    decision, _ = recorded(decide(task, outcome, NOW))
    assert (decision.task, decision.person, decision.kind) == (task.id, "mara", "read")
    assert (decision.outcome, decision.at, decision.until) == (outcome, NOW, None)
    assert decision.settled == (
        Settled("a", ("x",), "On a", "https://mara.example/a"),
        Settled("b", (), "On b", "https://mara.example/b"),
        Settled("c", (), "On c", "https://mara.example/c"),
    )
    assert (decision.title, decision.url) == ("On c", "https://mara.example/c")


def test_a_reply_settles_the_touches_it_was_about() -> None:
    decision, _ = recorded(decide(task_of(REPLY), "done", NOW))
    assert [(item.uid, item.aliases) for item in decision.settled] == [
        ("first", ("c1",)),
        ("second", ("c2",)),
    ]
    assert (decision.title, decision.url) == ("Ink", "https://ines.example/ink#2")


@pytest.mark.parametrize("outcome", ["later", "snooze"])
def test_putting_off_settles_nothing(outcome: Outcome) -> None:
    decision, _ = recorded(decide(task_of(READ), outcome, NOW, until=TOMORROW))
    assert decision.settled == ()
    assert decision.title == "On c"
    assert decision.until == (TOMORROW if outcome == "snooze" else None)


def test_one_post_of_a_row() -> None:
    task = task_of(READ)
    decision, [read] = recorded(decide(task, "done", NOW, only="b", post="c"))
    assert [item.uid for item in decision.settled] == ["b"]
    assert (read.post, decision.title) == ("b", "On b")
    assert decision.task != task.id, "the row stays"


def test_the_only_post_of_a_row_is_the_row() -> None:
    task = task_of([person(), LOOKED, news("old", 60), news("a", 3)])
    decision, _ = recorded(decide(task, "done", NOW, only="a"))
    assert decision.task == task.id


def test_one_touch_of_a_reply() -> None:
    decision, _ = recorded(decide(task_of(REPLY), "drop", NOW, only="c1"))
    assert [item.uid for item in decision.settled] == ["first"]


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="snooze"):
        decide(task_of(READ), "snooze", NOW)
    with pytest.raises(ValueError, match="elsewhere"):
        decide(task_of(READ), "done", NOW, only="elsewhere")


def test_the_same_decision_has_the_same_ids_another_moment_others() -> None:
    task = task_of(READ)
    ids = [[put.id for put in decide(task, "done", at)] for at in (NOW, NOW, ago(0.1))]
    assert ids[0] == ids[1]
    assert not set(ids[0]) & set(ids[2])
    assert decide(task, "drop", NOW)[0].id != ids[0][0]


# Did you write to them?


@pytest.mark.parametrize(
    ("records", "post", "about"),
    [(REPLY, "c2", "Ink"), (READ, "c", "On c"), (RECONNECT, None, "")],
    ids=["a reply", "a read", "a reconnect"],
)
def test_yes_logs_an_exchange(records: list[Any], post: str | None, about: str) -> None:
    found = record_of("touches", wrote_to(task_of(records), NOW).after or {})
    assert isinstance(found, Touch)
    assert (found.kind, found.direction, found.how_known) == ("reply", "out", "said")
    assert (found.post, found.about, found.at) == (post, about, NOW)


def test_the_exchange_may_be_of_another_kind() -> None:
    found = record_of("touches", wrote_to(task_of(RECONNECT), NOW, kind="letter").after or {})
    assert found.kind == "letter"


def test_done_and_written_moves_the_due_date() -> None:
    tables = ledger(*RECONNECT)
    task = all_tasks(world_of(tables))[0]
    answered = after(tables, (*decide(task, "done", NOW), wrote_to(task, NOW)))
    assert standings(world_of(answered), RULES, NOW)["mara"].due == date(2026, 12, 6)


# Labels


@pytest.mark.parametrize(
    ("records", "outcome", "words"),
    [
        (READ, "done", "done: Mara Quill, On c and 2 more"),
        (READ[:3], "done", "done: Mara Quill, On a"),
        (REPLY, "later", "later: Mara Quill, Ink and 1 more"),
        (WELCOME, "drop", "dropped: Mara Quill"),
        (RECONNECT, "snooze", "snoozed: Mara Quill"),
    ],
)
def test_labels(records: list[Any], outcome: Outcome, words: str) -> None:
    assert label(task_of(records), outcome, "Mara Quill") == words


# Properties

NAMES = ("ann", "bea", "cem", "dov", "eva")
records_of_worlds = st.lists(
    st.one_of(
        st.builds(
            lambda name, circle, since: (
                circled(name, circle, since, added=since) if circle else person(name, added=since)
            ),
            st.sampled_from(NAMES),
            st.sampled_from((None, 1, 2, 5)),
            st.integers(0, 90),
        ),
        st.builds(
            touch,
            days=st.integers(0, 100),
            kind=st.sampled_from(("comment", "reply", "letter", "look", "read", "like")),
            direction=st.sampled_from(("in", "out")),
            who=st.sampled_from(NAMES),
            owes=st.booleans(),
        ),
        st.builds(
            news,
            uid=st.sampled_from([f"n{number}" for number in range(15)]),
            days=st.integers(0, 60),
            who=st.sampled_from(NAMES),
            aliases=st.sampled_from(((), ("u",), ("u", "v"))),
        ),
    ),
    max_size=30,
)
outcomes = st.sampled_from(("done", "drop", "later", "snooze"))


def decided(tasks: list[Task], outcome: Outcome) -> tuple[Put, ...]:
    return tuple(put for task in tasks for put in decide(task, outcome, NOW, until=TOMORROW))


def open_tasks(tables: Tables) -> list[Task]:
    return [task for task in all_tasks(world_of(tables)) if task.state == "open"]


@settings(max_examples=150, deadline=None)
@given(records=records_of_worlds, outcome=outcomes)
def test_deciding_all_open_tasks_empties_the_inbox(records: list[Any], outcome: Outcome) -> None:
    tables = ledger(*records)
    emptied = after(tables, decided(open_tasks(tables), outcome))
    assert inbox(world_of(emptied)) == []


@settings(max_examples=100, deadline=None)
@given(records=records_of_worlds, chosen=st.lists(outcomes, min_size=1, max_size=6), data=st.data())
def test_every_decision_taken_back_gives_the_same_tasks(
    records: list[Any], chosen: list[Outcome], data: st.DataObject
) -> None:
    tables = ledger(*records)
    before = all_tasks(world_of(tables))
    done = []
    now = NOW
    for outcome in chosen:
        there = open_tasks(tables)
        if not there:
            break
        task = data.draw(st.sampled_from(there))
        now += timedelta(seconds=1)
        puts = decide(task, outcome, now, until=TOMORROW)
        if outcome == "done":
            puts = (*puts, wrote_to(task, now))
        done.append(change(label(task, outcome, "x"), puts, now))
        tables = after(tables, puts)
    for made in reversed(done):
        current = tables
        back = inverse(made, lambda table, id: current.get(table, {}).get(id), now)  # noqa: B023
        tables = after(tables, back.puts)
    assert all_tasks(world_of(tables)) == before


@settings(max_examples=80, deadline=None)
@given(records=records_of_worlds, outcome=outcomes, data=st.data())
def test_deciding_one_row_moves_no_other_person(
    records: list[Any], outcome: Outcome, data: st.DataObject
) -> None:
    tables = ledger(*records)
    there = open_tasks(tables)
    if not there:
        return
    task = data.draw(st.sampled_from(there))
    puts = decide(task, outcome, NOW, until=TOMORROW)
    others = [item.id for item in there if item.person != task.person]
    rest = [item.id for item in open_tasks(after(tables, puts)) if item.person != task.person]
    assert [id for id in rest if id in others] == others

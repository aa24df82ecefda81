"""Two records of one person: what each brings, and who may be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engage.domain.merging import likely_duplicates, merge_puts, united
from engage.domain.records import DatedNumber, Feed, NextTime, Person
from tests.domain.worlds import (
    NOW,
    TABLES,
    after,
    ago,
    all_tasks,
    circled,
    comment,
    decision,
    ledger,
    left,
    news,
    person,
    world,
    world_of,
    wrote,
)

TABLES.setdefault(Person, "people")
SOON = NextTime(ago(3), (NOW + timedelta(days=3)).date(), "after her launch")
LATER = NextTime(ago(1), (NOW + timedelta(days=9)).date())


@pytest.mark.parametrize(
    ("stays", "goes", "field", "expected"),
    [
        pytest.param({"name": "Mara"}, {"name": "M. Quill"}, "name", "Mara", id="the name stays"),
        pytest.param(
            {"name": "Mara"},
            {"name": "Quill", "names": ("Q",)},
            "names",
            ("Quill", "Q"),
            id="names",
        ),
        pytest.param({"added": 3}, {"added": 9}, "added", ago(9), id="known since the first"),
        pytest.param({"keys": ("a",)}, {"keys": ("b", "a")}, "keys", ("a", "b"), id="keys"),
        pytest.param({}, {"friend": True}, "friend", True, id="a Friend is a Friend"),
        pytest.param({"next": SOON}, {"next": LATER}, "next", LATER, id="the last date set holds"),
        pytest.param({"notes": "One."}, {"notes": "Two."}, "notes", "One.\nTwo.", id="notes"),
        pytest.param({}, {"leaves": left()}, "leaves", left(), id="peace is peace"),
        pytest.param(
            {"circles": (DatedNumber(ago(9), None),)},
            {"circles": (DatedNumber(ago(20), 2),)},
            "circles",
            (DatedNumber(ago(20), 2),),
            id="the only circle there is",
        ),
        pytest.param(
            {"circles": (DatedNumber(ago(9), 4),)},
            {"circles": (DatedNumber(ago(2), 1),)},
            "circles",
            (DatedNumber(ago(9), 4),),
            id="the circle of who stays",
        ),
    ],
)
def test_the_one_person(stays: dict, goes: dict, field: str, expected: object) -> None:  # type: ignore[type-arg]
    one = united(person("mara", **stays), person("quill", **goes))
    assert one.id == "mara"
    assert getattr(one, field) == expected


def test_everything_follows() -> None:
    records = (
        circled("mara", 2),
        person("quill"),
        wrote(50, "mara"),
        comment(3, "quill"),
        news("ink", 2, "quill"),
        news("salt", 1, "quill"),
        decision(1, "read", "drop", "quill", settles=["ink"]),
    )
    tables = ledger(*records)
    before = world_of(tables)
    puts = merge_puts(before, before.people["mara"], before.people["quill"], NOW)
    one = world_of(after(tables, puts))
    assert set(one.people) == {"mara"}
    assert {feed.person for feed in one.feeds.values()} == {"mara"}
    named = (*one.touches, *one.news, *one.decisions)
    assert {record.person for record in named} == {"mara"}
    assert len(named) == 5
    rows = [(task.kind, task.person, [post.uid for post in task.posts]) for task in all_tasks(one)]
    assert ("reply", "mara", []) in rows
    assert ("read", "mara", ["salt"]) in rows


def test_the_order_of_merging_changes_no_figure() -> None:
    records = (circled("mara", 2), circled("quill", 2), wrote(9, "mara"), comment(4, "quill"))
    tables = ledger(*records)
    before = world_of(tables)
    figures = []
    for stays, goes in (("mara", "quill"), ("quill", "mara")):
        puts = merge_puts(before, before.people[stays], before.people[goes], NOW)
        tasks = all_tasks(world_of(after(tables, puts)))
        figures.append([(task.kind, task.reason, task.why, task.state) for task in tasks])
    assert figures[0] == figures[1]


def feed(of: str, site: str) -> Feed:
    url = f"{site}/feed"
    return Feed(f"feed-{of}", url, url, "theirs", ago(9), of, site=site)


@pytest.mark.parametrize(
    ("one", "other", "feeds", "why"),
    [
        pytest.param(
            {"name": "Mara Quill"}, {"name": "mara  quill"}, [], "both are called", id="one name"
        ),
        pytest.param(
            {"profiles": ("https://medium.com/@quillmara",)},
            {"profiles": ("https://quill.example/@quillmara",)},
            [],
            "both call themselves quillmara",
            id="one handle",
        ),
        pytest.param(
            {"profiles": ("https://quill.example",)},
            {},
            [feed("other", "https://quill.example/")],
            "stands on",
            id="the one's site is the other's feed's",
        ),
        pytest.param(
            {"keys": ("profile:https://a.example",)},
            {"keys": ("profile:https://a.example",)},
            [],
            "both are https://a.example",
            id="one address",
        ),
    ],
)
def test_who_may_be_one(one: dict, other: dict, feeds: list[Feed], why: str) -> None:  # type: ignore[type-arg]
    people = {"one": person("one", 9, **one), "other": person("other", 3, **other)}
    [found] = likely_duplicates(people, feeds)
    assert (found.one.id, found.other.id) == ("one", "other")
    assert why in found.why
    assert likely_duplicates(people, feeds, ["one"]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({}, {}, id="nothing in common"),
        pytest.param(
            {"profiles": ("https://a.example/@ann",)},
            {"profiles": ("https://b.example/@ann",)},
            id="a handle that many have",
        ),
    ],
)
def test_who_is_not_asked_about(one: dict, other: dict) -> None:  # type: ignore[type-arg]
    people = {"one": person("one", **one), "other": person("other", **other)}
    assert likely_duplicates(people, []) == []


def test_a_pair_is_named_once_by_its_surest_reason() -> None:
    both = {"name": "Mara Quill", "keys": ("feed:https://a.example",)}
    people = {id: person(id, **both) for id in ("one", "other")}
    [found] = likely_duplicates(people, [])
    assert found.why == "both are https://a.example"


def test_a_touch_of_nobody_left_stays_out() -> None:
    made = world(person("mara"), replace(wrote(3), person="gone"))
    assert made.touches == ()

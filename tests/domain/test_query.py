"""The language of the search line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.domain.derived import Standing, Task
from engage.domain.posts import Block, Entry, Post, Span
from engage.domain.query import Query, QueryError, matches_person, matches_post, matches_task, parse
from engage.domain.records import Feed, NewsItem, Person
from engage.domain.terms import KEYS, Term

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MARA = Person("a1b2", "Mára Quill", NOW - timedelta(days=90), notes="met in Ljubljana")
STANDING = Standing(
    person="a1b2",
    circle=2,
    cadence=30,
    last_exchange=NOW - timedelta(days=40),
    known_since=NOW - timedelta(days=90),
    due=date(2026, 11, 12),
    rhythm=10.0,
    state="drifting",
    warmth=0.4,
    stage="In conversation",
    owed=(),
    touches_in=1,
    touches_out=2,
    exchanges_in=1,
    exchanges_out=1,
    left=False,
    looked_at=True,
)
NEWS = NewsItem(
    uid="u1",
    person="a1b2",
    feed="f1",
    title="The Kitchen Table",
    url="https://mara.example/table",
    published=NOW - timedelta(days=5),
    first_seen=NOW - timedelta(days=5),
    shown=NOW - timedelta(days=5),
)
TASK = Task(
    "t1",
    "read",
    "a1b2",
    3,
    "two new posts; you meant every 30 days",
    "two new posts",
    posts=(NEWS,),
    opened=NOW - timedelta(days=5),
)
FEED = Feed("f1", "https://mara.example/feed", "https://mara.example/feed", "theirs", NOW, "a1b2")
POST = Post(
    "u1",
    "f1",
    NOW - timedelta(days=5),
    Entry(title="The Kitchen Table", blocks=(Block("p", (Span("Oak and "), Span("resin"))),)),
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param("Mara quill", (Term("", "mara"), Term("", "quill")), id="words"),
        pytest.param('"kitchen  table"', (Term("", "kitchen table"),), id="a phrase"),
        pytest.param('"kitchen', (Term("", "kitchen"),), id="an open quote"),
        pytest.param('-person:"Mara Q"', (Term("person", "mara q", True),), id="a quoted value"),
        pytest.param("PERSON:Mára", (Term("person", "mara"),), id="case and accents"),
        pytest.param("-kind:reply", (Term("kind", "reply", True),), id="negated"),
        pytest.param("-table", (Term("", "table", True),), id="a negated word"),
        pytest.param("- x", (Term("", "-"), Term("", "x")), id="a dash alone"),
        pytest.param("https://a.example/x", (Term("", "https://a.example/x"),), id="an address"),
        pytest.param("12:30", (Term("", "12:30"),), id="a time"),
        pytest.param('"re: you"', (Term("", "re: you"),), id="a colon in quotes"),
        pytest.param("stage:conversation", (Term("stage", "in conversation"),), id="part of stage"),
        pytest.param('stage:"in conversation"', (Term("stage", "in conversation"),), id="stage"),
        pytest.param("circle:none", (Term("circle", "none"),), id="no circle"),
    ],
)
def test_parse(text: str, terms: tuple[Term, ...]) -> None:
    assert parse(text) == Query(terms)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("persn:mara", ("persn:", "person:"), id="a key misspelt"),
        pytest.param("xyzzy:1", ("xyzzy:", "quotes"), id="a key like no other"),
        pytest.param("is:owned", ("'owned'", "owed"), id="a value misspelt"),
        pytest.param("circle:7", ("'7'", "1, 2, 3, 4, 5, none"), id="no such circle"),
        pytest.param("older:soon", ("'soon'", "30d"), id="no time"),
        pytest.param("older:99999999999999999999d", ("older:",), id="too long ago"),
        pytest.param("person:", ("person:",), id="no value yet"),
        pytest.param("is:", ("is:", "owed"), id="no choice yet"),
        pytest.param("has:\x1b[2J", ("[2j",), id="control characters"),
    ],
)
def test_refusals(text: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(QueryError) as refused:
        parse(text)
    sentence = str(refused.value)
    assert all(part in sentence for part in parts), sentence
    assert sentence.isprintable()
    assert len(sentence) < 250


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", True),
        ("mara kitchen", True),
        ("mara garden", False),
        ("kitchen -garden", True),
        ("-mara", False),
        ("person:quill", True),
        ("person:a1b2", True),
        ("person:kitchen", False),
        ("circle:2", True),
        ("circle:1", False),
        ("circle:none", False),
        ("kind:read", True),
        ("-kind:read", False),
        ("reason:3", True),
        ("reason:4", False),
        ("older:3d", True),
        ("older:1w", False),
        ("newer:1w", True),
        ("since:2026-11-20", False),
        ("since:2026-11-10", True),
        ("since:today", False),
        ("is:due", True),
        ("is:drifting", True),
        ("is:owed", False),
        ("is:friend", False),
        ("is:later", False),
        ("has:feed", True),
        ("feed:mara.example", True),
        ("feed:other", False),
        ("has:draft", True),
        ("has:note", True),
        ("title:table", True),
        ("title:mara", False),
        ("stage:conversation", True),
        ("stage:friend", False),
        ("every", True),
    ],
)
def test_tasks(query: str, expected: bool) -> None:
    found = matches_task(
        parse(query),
        TASK,
        MARA,
        STANDING,
        NOW,
        feeds=("Mara https://mara.example/feed",),
        drafts=frozenset({"u1"}),
    )
    assert found is expected


def test_today_is_the_whole_day() -> None:
    fresh = replace(TASK, opened=NOW - timedelta(minutes=5))
    assert matches_task(parse("since:today"), fresh, MARA, STANDING, NOW)


def test_states_of_tasks() -> None:
    later = replace(TASK, state="later")
    assert matches_task(parse("is:later"), later, MARA, STANDING, NOW)
    assert not matches_task(parse("is:snoozed"), later, MARA, STANDING, NOW)
    assert parse("is:later x").asks("is", "later")
    assert not parse("-is:later").asks("is", "later")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("mara", True),
        ("older:30d", True),
        ("older:50d", False),
        ("since:100d", True),
        ("since:60d", False),
        ("text:ljubljana", True),
        ("ljubljana", False),
        ("has:feed", False),
        ("has:draft", False),
        ("kind:read", False),
        ("title:loom", True),
        ("is:new", False),
        ("is:left", False),
    ],
)
def test_people(query: str, expected: bool) -> None:
    assert matches_person(parse(query), MARA, STANDING, NOW, texts=("Loom",)) is expected


def test_somebody_left_in_peace_is_not_due() -> None:
    left = replace(STANDING, left=True)
    assert not matches_person(parse("is:due"), MARA, left, NOW)
    assert matches_person(parse("is:left"), MARA, left, NOW)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kitchen", True),
        ("resin", False),
        ("text:resin", True),
        ('text:"oak and resin"', True),
        ("text:pine", False),
        ("kind:post", True),
        ("kind:response", False),
        ("person:mara", True),
        ("older:3d", True),
        ("feed:mara.example", True),
        ("has:draft", False),
    ],
)
def test_posts(query: str, expected: bool) -> None:
    assert matches_post(parse(query), POST, MARA, STANDING, FEED, NOW) is expected


def test_posts_of_nobody() -> None:
    assert not matches_post(parse("person:mara"), POST, None, None, FEED, NOW)
    assert matches_post(parse("-is:owed circle:none"), POST, None, None, FEED, NOW)


QUERIES = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.builds(
            "{}{}:{}".format,
            st.sampled_from(["", "-", "--"]),
            st.sampled_from([*KEYS, "x"]),
            st.one_of(st.text(max_size=6), st.sampled_from(["1", "30d", "owed", '"a b', "٣d"])),
        ),
    ),
    max_size=4,
).map(" ".join)


@given(QUERIES)
def test_parsing_raises_nothing_else(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as refused:
        assert "\n" not in str(refused)
        return
    matches_task(query, TASK, MARA, STANDING, NOW)
    matches_person(query, MARA, STANDING, NOW)
    matches_post(query, POST, MARA, STANDING, FEED, NOW)

"""Records survive the way to JSON and back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.domain.changes import TABLES
from engage.domain.codec import from_doc, moment_text, to_doc
from engage.domain.posts import Entry, Post
from engage.domain.records import (
    FOR_GOOD,
    Amendment,
    DatedLeave,
    DatedNumber,
    Decision,
    NextTime,
    Person,
    Settled,
)

AT = datetime(2026, 11, 22, 8, 30, 0, 5, UTC)

RECORDS = {
    "a person with a history": Person(
        id="p1",
        name="Mara Quill",
        added=AT,
        keys=("feed:https://mara.example/feed",),
        circles=(DatedNumber(AT, 1), DatedNumber(AT + timedelta(days=1), None)),
        leaves=(DatedLeave(AT, FOR_GOOD), DatedLeave(AT, None)),
        next=NextTime(AT, date(2026, 12, 1), "after her launch"),
    ),
    "a person of defaults": Person(id="p2", name="Tomasz", added=AT),
    "an amendment": Amendment("a1", "t1", AT, {"void": True, "url": None}),
    "a decision": Decision(
        id="d1",
        at=AT,
        task="t",
        person="p1",
        kind="read",
        outcome="snooze",
        until=date(2026, 11, 23),
        settled=(Settled("u", ("a", "b"), "Ink", None),),
    ),
    "a post, whose blocks have a short form of their own": Post(
        uid="u",
        feed="f",
        first_seen=AT,
        entry=Entry(guid="g", published=AT, categories=("paper", "ink")),
    ),
}


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS.keys())
def test_a_record_survives_json(record: object) -> None:
    assert from_doc(type(record), json.loads(json.dumps(to_doc(record)))) == record


@pytest.mark.parametrize("kind", TABLES.values(), ids=TABLES.keys())
def test_every_table_holds_records_that_can_be_read(kind: type) -> None:
    with pytest.raises((TypeError, KeyError, ValueError)):
        from_doc(kind, {})


def test_fields_from_a_later_version_are_left_out() -> None:
    assert (
        from_doc(Person, {**to_doc(RECORDS["a person of defaults"]), "mood": "fine"})
        == (RECORDS["a person of defaults"])
    )


@given(
    st.lists(
        st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)).map(
            lambda moment: moment.replace(tzinfo=timezone(timedelta(hours=2)))
        ),
        min_size=2,
        max_size=2,
    )
)
def test_moments_sort_as_text_in_the_order_of_time(moments: list[datetime]) -> None:
    texts = [moment_text(moment) for moment in moments]
    assert len({len(text) for text in texts}) == 1
    assert (moments[0] < moments[1]) == (texts[0] < texts[1])
    assert [datetime.fromisoformat(text) for text in texts] == moments

"""What an undo leaves alone: what another machine decided since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engage.domain.changes import Change, apply, change, put
from engage.domain.codec import to_doc
from engage.domain.parts import parts, patched, whole
from engage.domain.records import DatedNumber, Feed, Person
from engage.domain.undoing import inverse, overtaken

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
MARA = Person("mara", "Mara Quill", AT, notes="Weaves.")
FEED = Feed("f", "https://mara.example/feed", "mara.example", "theirs", AT, "mara")


def undone(done: Change, now: Any) -> Mapping[str, Any] | None:
    """The record that is there after an undo, given the one there is now."""
    before = to_doc(now)
    doc: Mapping[str, Any] | None = before
    for item in inverse(done, lambda _table, _id: before, LATER).puts:
        doc = apply(item, doc)
    return doc


CIRCLE, OTHER = DatedNumber(AT, 2), DatedNumber(LATER, 4)


@pytest.mark.parametrize(
    ("after", "since", "left"),
    [
        pytest.param({"circles": (CIRCLE,)}, {"circles": (CIRCLE, OTHER)}, {"circles": (OTHER,)}),
        pytest.param(
            {"notes": "Weaves.\nSings."},
            {"notes": "Weaves.\nSings.\nMoved to Porto."},
            {"notes": "Weaves.\nMoved to Porto."},
        ),
        pytest.param({"friend": True}, {"friend": True, "name": "Mara"}, {"name": "Mara"}),
        pytest.param({"profiles": ("a",)}, {"profiles": ("b",)}, {"profiles": ("b",)}),
    ],
    ids=["a history", "notes", "another field", "a list"],
)
def test_what_was_decided_beside_it_stays(
    after: dict[str, Any], since: dict[str, Any], left: dict[str, Any]
) -> None:
    done = change("done", [put(replace(MARA, **after), MARA)], AT)
    now = replace(MARA, **since)
    assert overtaken(done, lambda _table, _id: to_doc(now)) is None
    assert undone(done, now) == to_doc(replace(MARA, **left))


@pytest.mark.parametrize(
    ("before", "after", "since", "refused"),
    [
        (MARA, {"friend": True}, {"friend": False}, True),
        (MARA, {"friend": True}, {"friend": True}, False),
        (MARA, {"name": "M."}, {"name": "Q."}, True),
        (None, {}, {"circles": (OTHER,)}, True),
        (None, {}, {"notes": "Weaves.\nSings."}, True),
        (None, {}, {"keys": ("profile:https://mara.example",)}, False),
        (FEED, {"paused": True}, {"paused": True, "title": "Looms", "url": "https://new/"}, False),
        (FEED, {"url": "https://typed/"}, {"url": "https://moved/"}, False),
        (FEED, {"paused": True}, {"paused": False}, True),
    ],
    ids=[
        "the same field otherwise",
        "the same decided there",
        "another name",
        "added, then put in a circle",
        "added, then noted",
        "added, then known by more",
        "what the feed says of itself",
        "where the feed has moved",
        "resumed there",
    ],
)
def test_undo_is_refused_only_where_a_later_decision_would_be_lost(
    before: Any, after: dict[str, Any], since: dict[str, Any], refused: bool
) -> None:
    made = replace(before or MARA, **after)
    done = change("done", [put(made, before)], AT)
    now = to_doc(replace(made, **since))
    assert (overtaken(done, lambda _table, _id: now) is not None) is refused


def test_where_a_feed_has_moved_an_undo_does_not_move_it_back() -> None:
    done = change("moved", [put(replace(FEED, url="https://typed/"), FEED)], AT)
    doc = undone(done, replace(FEED, url="https://moved/"))
    assert doc is not None
    assert doc["url"] == "https://moved/"


def test_two_windows_that_put_in_different_things_both_do() -> None:
    doc = to_doc(MARA)
    for circle in (CIRCLE, OTHER):
        doc = apply(put(replace(MARA, circles=(circle,)), MARA), doc) or {}
    assert doc["circles"] == to_doc(replace(MARA, circles=(CIRCLE, OTHER)))["circles"]


@pytest.mark.parametrize(
    "text", ["", "a", "a\nb", "a\n\nb", "\n\na\n b", "two\nlines\n\n\nand one"]
)
def test_notes_are_their_lines(text: str) -> None:
    found = parts("people", "notes", text)
    assert found is not None
    assert whole("notes", found) == text


def test_what_has_no_parts_is_replaced() -> None:
    assert parts("people", "name", "Mara") is None
    assert parts("feeds", "url", "x") is None
    assert patched("people", "name", "now", "before", "after") == "after"

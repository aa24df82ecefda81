"""Ids and values of documents."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import EngageError
from engage.store import documents
from engage.store.documents import LARGEST_INT, doc_id, plain, slot


@given(st.text(), st.text())
def test_ids_are_ints_that_every_reader_of_json_keeps_exactly(table: str, key: str) -> None:
    assert 0 <= doc_id(table, key) < LARGEST_INT
    assert doc_id(table, key) == doc_id(table, key)


def test_the_same_key_in_two_tables_has_two_ids() -> None:
    assert doc_id("people", "mara") != doc_id("feeds", "mara")


def test_two_keys_of_one_id_lie_next_to_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "doc_id", lambda *_: LARGEST_INT - 1)
    kept: dict[int, dict[str, Any]] = {}
    for key in ("mara", "tomasz"):
        number, there = slot(kept.get, "people", key, "id")
        assert not there
        kept[number] = {"id": key}
    assert sorted(kept) == [0, LARGEST_INT - 1]
    del kept[LARGEST_INT - 1]
    assert slot(kept.get, "people", "tomasz", "id") == (0, True), "found beyond a gap"
    assert slot(kept.get, "people", "mara", "id") == (LARGEST_INT - 1, False)


@pytest.mark.parametrize(
    ("value", "named"),
    [
        pytest.param(float("nan"), "the number nan", id="not a number"),
        pytest.param(float("inf"), "the number inf", id="infinity"),
        pytest.param(2**53 + 1, "a number beyond 2**53", id="an int that JavaScript cannot keep"),
        pytest.param(-(10**5000), "a number beyond 2**53", id="an int too long to print"),
        pytest.param(b"bytes", "a bytes", id="bytes"),
        pytest.param({"a"}, "a set", id="a set"),
        pytest.param({1: "one"}, "names that are no text", id="a key that is no text"),
    ],
)
def test_what_json_cannot_hold_is_refused_and_named(value: object, named: str) -> None:
    with pytest.raises(EngageError) as refused:
        plain({"deep": [{"value": value}]}, "people/mara")
    assert "people/mara" in str(refused.value)
    assert named in str(refused.value)


def test_endless_nesting_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(EngageError, match="nested too deeply"):
        plain(endless, "people/mara")


def test_lone_surrogates_become_the_replacement_character() -> None:
    assert plain({"a\ud800": "b\udfff\U0001f600"}, "x") == {"a\ufffd": "b\ufffd\U0001f600"}


def test_a_plain_document_shares_nothing_with_what_was_given() -> None:
    given_value = {"circles": ({"value": 2},), "friend": True, "warmth": 0.5, "next": None}
    kept = plain(given_value, "x")
    assert kept == {**given_value, "circles": [{"value": 2}]}
    assert kept["circles"][0] is not given_value["circles"][0]  # type: ignore[index]

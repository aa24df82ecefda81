"""Ids and values of documents."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import EngageError
from engage.store import documents
from engage.store.documents import LARGEST_INT, doc_id, slot


@given(st.text(), st.text())
def test_ids_are_ints_that_every_reader_of_json_keeps_exactly(table: str, key: str) -> None:
    assert 0 <= doc_id(table, key) < LARGEST_INT
    assert doc_id(table, key) == doc_id(table, key)


def test_the_same_key_in_two_tables_has_two_ids() -> None:
    assert doc_id("people", "mara") != doc_id("feeds", "mara")


def test_two_keys_of_one_id_lie_next_to_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "doc_id", lambda *_: LARGEST_INT - 1)
    kept: dict[str, dict[str, Any]] = {}
    for key in ("mara", "tomasz"):
        kept[slot(kept.get, "people", key, "id")] = {"id": key}
    assert kept == {str(LARGEST_INT - 1): {"id": "mara"}, "0": {"id": "tomasz"}}
    with pytest.raises(EngageError, match="found no place"):
        slot(kept.get, "people", "ines", "id")
    del kept[str(LARGEST_INT - 1)]
    assert slot(kept.get, "people", "tomasz", "id") == "0", "found beyond a gap"
    assert slot(kept.get, "people", "mara", "id") == str(LARGEST_INT - 1)

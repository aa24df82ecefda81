"""Documents kept as JSON are the documents that were put in, and the records that these hold."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.domain.changes import TABLES
from engage.domain.codec import from_doc, to_doc
from engage.errors import EngageError
from engage.store.documents import LARGEST_INT
from engage.store.packed import Documents, apply, joined, pack, packed_tables, split, unpack
from engage.store.reader import READ

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_INT, LARGEST_INT)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(TEXT, VALUES, max_size=4)
TABLE = st.dictionaries(st.integers(0, LARGEST_INT).map(str), DOCUMENTS, max_size=4)

MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(int, st.integers(-LARGEST_INT, LARGEST_INT))


@given(st.dictionaries(TEXT, TABLE, max_size=3))
def test_tables_are_read_back_as_they_were_written(tables: dict[str, Any]) -> None:
    packed = packed_tables(tables)
    written = joined({name: table.packed for name, table in packed.items()})
    assert json.loads(written) == tables
    again = {name: Documents(table) for name, table in split(written).items()}
    assert again == packed == tables


@given(TABLE, st.dictionaries(st.integers(0, 5).map(str), st.none() | DOCUMENTS, max_size=6))
def test_a_change_puts_documents_in_or_takes_them_out(
    before: dict[str, Any], changed: dict[str, Any]
) -> None:
    tables = packed_tables({"people": before})
    apply(split(json.dumps({"people": changed}).encode()), tables)
    after = {**before, **changed}
    assert tables == {"people": {key: doc for key, doc in after.items() if doc is not None}}


def test_a_document_given_is_the_askers_own() -> None:
    table = Documents()
    table["1"] = {"names": ["Mara"]}
    table["1"]["names"].append("Quill")
    assert table["1"] == {"names": ["Mara"]}


@given(st.data())
def test_records_are_read_as_the_domain_reads_them(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in TABLES if name != "amendments"]))
    record = data.draw(st.from_type(TABLES[name]))
    document = {**to_doc(record), "of a later version": 1}
    assert READ[name](packed_tables({name: {"1": document}})[name].packed["1"]) == record
    assert from_doc(TABLES[name], json.loads(json.dumps(document))) == record


@pytest.mark.parametrize(
    ("value", "named"),
    [
        pytest.param(float("nan"), "the number nan", id="not a number"),
        pytest.param(float("inf"), "the number inf", id="infinity"),
        pytest.param(2**53 + 1, "a number beyond 2**53", id="an int that JavaScript cannot keep"),
        pytest.param(-(10**5000), "a number beyond 2**53", id="an int too long to print"),
        pytest.param(b"bytes", "a bytes", id="bytes"),
        pytest.param({"a"}, "a set", id="a set"),
        pytest.param(date(2026, 11, 22), "a date", id="a day"),
    ],
)
def test_what_json_cannot_hold_is_refused_and_named(value: object, named: str) -> None:
    with pytest.raises(EngageError) as refused:
        pack({"deep": [{"value": value}]}, "people/mara")
    assert "people/mara" in str(refused.value)
    assert named in str(refused.value)


def test_endless_nesting_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(EngageError, match="nested too deeply"):
        pack(endless, "people/mara")


def test_lone_surrogates_become_the_replacement_character() -> None:
    packed = pack({"a\ud800": "b\udfff\U0001f600"}, "x")
    assert unpack(packed) == {"a\ufffd": "b\ufffd\U0001f600"}


def test_what_is_no_text_or_list_becomes_one() -> None:
    assert unpack(pack({1: ("a", True, None, 0.5)}, "x")) == {"1": ["a", True, None, 0.5]}


def test_ints_up_to_2_53_and_nesting_up_to_50_are_kept() -> None:
    nested: Any = LARGEST_INT
    for _ in range(50):
        nested = {"in": nested}
    assert unpack(pack(nested, "x")) == nested
    with pytest.raises(EngageError, match="nested too deeply"):
        pack({"in": nested}, "x")

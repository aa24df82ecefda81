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
from engage.store.documents import LARGEST_INT
from engage.store.packed import Documents, apply, joined, packed_tables, split
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


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, date(2026, 11, 22)])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    table = Documents()
    with pytest.raises((ValueError, TypeError)):
        table["1"] = {"it": value}
    assert table == {}


@given(st.data())
def test_records_are_read_as_the_domain_reads_them(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in TABLES if name != "amendments"]))
    record = data.draw(st.from_type(TABLES[name]))
    document = {**to_doc(record), "of a later version": 1}
    assert READ[name](packed_tables({name: {"1": document}})[name].packed["1"]) == record
    assert from_doc(TABLES[name], json.loads(json.dumps(document))) == record

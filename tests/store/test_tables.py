"""The ledger's tables are TinyDB's: whatever TinyDB's own do, these do, and keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.operations import delete, increment
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from engage.store.ledger_file import LedgerStorage
from engage.store.ledger_tables import JournalTable, LedgerDatabase, StagedTable
from engage.store.packed import Documents


def opened(folder: Path) -> LedgerDatabase:
    database = LedgerDatabase(folder, False, print, storage=LedgerStorage)
    database.storage.refresh()  # type: ignore[attr-defined]
    return database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[LedgerDatabase]:
    with opened(tmp_path) as database:
        yield database


def fill(table: Table) -> None:
    table.insert_multiple({"int": 1, "char": char, "deep": {"n": [1]}} for char in "abc")


def raises(kind: type[Exception], run: Callable[[], object]) -> None:
    with pytest.raises(kind):
        run()


DEEDS: dict[str, Callable[[Table], Any]] = {
    "nothing": lambda table: table.clear_cache(),
    "insert": lambda table: table.insert({"char": "d"}),
    "insert with an id": lambda table: table.insert(Document({"char": "d"}, 2**52)),
    "insert with an id that is taken": lambda table: raises(
        ValueError, lambda: table.insert(Document({"char": "d"}, 1))
    ),
    "insert what is no document": lambda table: raises(
        ValueError,
        lambda: table.insert([1]),  # type: ignore[arg-type]
    ),
    "insert several": lambda table: table.insert_multiple([{"n": 1}, Document({"n": 2}, 9)]),
    "insert several, the last impossible": lambda table: raises(
        ValueError, lambda: table.insert_multiple([{"n": 1}, Document({"n": 2}, 1)])
    ),
    "update all": lambda table: table.update({"int": 2}),
    "update by condition": lambda table: table.update({"int": 2}, where("char") == "a"),
    "update by id": lambda table: table.update({"int": 2}, doc_ids=[1, 3]),
    "update with an operation": lambda table: table.update(increment("int"), where("char") == "b"),
    "delete a field": lambda table: table.update(delete("int"), where("char") == "a"),
    "change inside a document": lambda table: table.update(
        lambda document: document["deep"]["n"].append(2)
    ),
    "update several": lambda table: table.update_multiple(
        [({"int": 7}, where("char") == "a"), (delete("int"), where("char") == "b")]
    ),
    "upsert what is there": lambda table: table.upsert({"int": 3}, where("char") == "a"),
    "upsert what is not": lambda table: table.upsert({"int": 3}, where("char") == "z"),
    "upsert by id": lambda table: table.upsert(Document({"int": 3}, 2)),
    "remove by condition": lambda table: table.remove(where("char") == "b"),
    "remove by id": lambda table: table.remove(doc_ids=[1, 2]),
    "remove without a word": lambda table: raises(RuntimeError, lambda: table.remove()),
    "truncate": lambda table: table.truncate(),
    "an updater that raises half way": lambda table: raises(
        ZeroDivisionError, lambda: table.update(lambda document: document.update(int=1 / 0))
    ),
    "insert after removing the last": lambda table: (
        table.remove(doc_ids=[3]),
        table.insert({"char": "e"}),
    ),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_a_table_does_as_tinydbs_and_keeps_it(tmp_path: Path, deed: Callable[[Table], Any]) -> None:
    with opened(tmp_path) as ours, TinyDB(storage=MemoryStorage) as stock:
        answers = []
        for database in (ours, stock):
            table = database.table("people")
            fill(table)
            answers.append((deed(table), _all(table)))
        assert answers[0] == answers[1]
        expected = _all(stock.table("people"))
    with opened(tmp_path) as again:
        assert _all(again.table("people")) == expected


def _all(table: Table) -> dict[int, dict[str, Any]]:
    return {document.doc_id: dict(document) for document in table}


QUESTIONS: dict[str, Callable[[Table], Any]] = {
    "all": lambda table: table.all(),
    "search": lambda table: table.search(where("char") == "b"),
    "search in vain": lambda table: table.search(where("char") == "z"),
    "search with a function": lambda table: table.search(lambda document: document["char"] > "a"),
    "count": lambda table: table.count(where("int") == 1),
    "contains": lambda table: table.contains(where("char") == "a"),
    "contains an id": lambda table: (table.contains(doc_id=1), table.contains(doc_id=8)),
    "get": lambda table: table.get(where("char") == "c"),
    "get by id": lambda table: (table.get(doc_id=2), table.get(doc_id=8)),
    "get several": lambda table: table.get(doc_ids=[1, 3, 8]),
    "length": len,
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_a_table_answers_as_tinydbs(
    database: LedgerDatabase, question: Callable[[Table], Any]
) -> None:
    with TinyDB(storage=MemoryStorage) as stock:
        for each in (database, stock):
            fill(each.table("people"))
        assert question(database.table("people")) == question(stock.table("people"))


def test_the_query_cache_is_emptied_by_a_write(database: LedgerDatabase) -> None:
    table = database.table("people")
    fill(table)
    condition = where("int") == 1
    assert table.count(condition) == 3
    table.update({"int": 2}, doc_ids=[1])
    assert table.count(condition) == 2


def test_tables_are_dropped(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        for name in ("people", "feeds"):
            fill(database.table(name))
        database.drop_table("people")
        assert len(database.table("people")) == 0
        database.drop_tables()
    with opened(tmp_path) as again:
        assert [len(again.table(name)) for name in ("people", "feeds")] == [0, 0]


def test_a_transaction_is_one_line_and_sees_its_own_changes(
    tmp_path: Path, database: LedgerDatabase
) -> None:
    storage = database.storage
    assert isinstance(storage, LedgerStorage)
    with storage.transaction():
        fill(database.table("people"))
        database.table("people").update({"int": 5}, where("char") == "a")
        database.table("people").remove(doc_ids=[2])
        fill(database.table("feeds"))
        assert len(database.table("people")) == 2
    assert database.table("people").get(doc_id=1)["int"] == 5  # type: ignore[index,call-overload]
    (journal,) = tmp_path.glob("*.jsonl")
    assert journal.read_bytes().count(b"\n") == 1


def test_after_an_error_nothing_of_a_transaction_is_kept(
    tmp_path: Path, database: LedgerDatabase
) -> None:
    storage = database.storage
    assert isinstance(storage, LedgerStorage)
    with pytest.raises(ZeroDivisionError), storage.transaction():
        fill(database.table("people"))
        raise ZeroDivisionError
    assert len(database.table("people")) == 0
    assert list(tmp_path.glob("*.jsonl")) == []


def test_a_change_looks_only_at_the_documents_it_changes(database: LedgerDatabase) -> None:
    class Counting(Documents):
        looked = 0

        def get(self, number: str, default: Any = None) -> Any:
            Counting.looked += 1
            return super().get(number, default)

        def __iter__(self) -> Iterator[str]:
            raise AssertionError("the whole table was read")

    table = database.table("people")
    assert isinstance(table, JournalTable)
    table.insert_multiple({"n": number} for number in range(1000))
    storage = database.storage
    assert isinstance(storage, LedgerStorage)
    storage.tables["people"] = Counting(storage.tables["people"].packed)
    table.update({"n": -1}, doc_ids=[5])
    table.remove(doc_ids=[6])
    assert 0 < Counting.looked < 10
    assert table.get(doc_id=5) == {"n": -1}


@given(
    st.dictionaries(st.integers(0, 5), st.just({"a": 1})),
    st.lists(st.tuples(st.sampled_from(["set", "delete", "clear", "change"]), st.integers(0, 5))),
)
def test_a_staged_table_is_as_a_dictionary(
    before: dict[int, dict[str, Any]], deeds: list[tuple[str, int]]
) -> None:
    documents = Documents()
    documents.update({str(number): document for number, document in before.items()})
    staged = StagedTable(documents, {})
    model = {number: dict(document) for number, document in before.items()}
    for deed, number in deeds:
        if deed == "set":
            staged[number] = {"b": number}
            model[number] = {"b": number}
        elif deed == "clear":
            staged.clear()
            model.clear()
        elif number in model and deed == "delete":
            del staged[number], model[number]
        elif number in model:
            staged[number]["c"] = model[number]["c"] = 1
    assert dict(staged) == model
    assert len(staged) == len(model)
    assert documents == {str(number): document for number, document in before.items()}
    assert staged.changed() == {
        str(number): model.get(number)
        for number in before.keys() | model.keys()
        if before.get(number) != model.get(number)
    }

"""Any sequence of changes and undos leaves what a plain dictionary would hold."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from ledgers import AT, opened
from tinydb import TinyDB

from engage.domain.changes import Change, Put, apply
from engage.domain.undoing import inverse
from engage.paths import paths_under

TABLES = st.sampled_from(["people", "news", "touches"])
KEYS = st.sampled_from(["a", "b", "c"])
FIELDS = st.dictionaries(
    st.sampled_from(["name", "notes", "friend"]),
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=5)),
)
EDITS = st.lists(st.tuples(TABLES, KEYS, st.one_of(st.none(), FIELDS)), min_size=1, max_size=4)


class LedgerMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.paths = paths_under(Path(self.folder.name))
        self.stores = [opened(self.paths), opened(self.paths)]
        self.model: dict[tuple[str, str], Mapping[str, Any]] = {}
        self.log: list[Change] = []
        self.count = 0

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        self.folder.cleanup()

    @rule(edits=EDITS, which=st.integers(0, 1), by=st.sampled_from(["writer", "refresh"]))
    def change(self, edits: Any, which: int, by: Any) -> None:
        puts = []
        now = dict(self.model)
        for table, key, fields in edits:
            name = "uid" if table == "news" else "id"
            before = now.get((table, key))
            after = None if fields is None else {**(before or {}), name: key, **fields}
            puts.append(Put(table, key, before, after))
            self._keep(now, puts[-1])
        self.count += 1
        change = Change(str(self.count), self._now(), f"change {self.count}", tuple(puts), by)
        self.stores[which].commit(change)
        self.model = now
        if by == "writer":
            self.log.insert(0, change)

    @precondition(lambda self: self.log)
    @rule(which=st.integers(0, 1), twice=st.booleans())
    def undo(self, which: int, twice: bool) -> None:
        store = self.stores[which]
        undo = inverse(store.changes()[0], store.get, self._now())
        for _ in range(1 + twice):
            store.commit(undo)
        for put in undo.puts:
            self._keep(self.model, put)
        self.log.pop(0)

    @rule(which=st.integers(0, 1))
    def open_again(self, which: int) -> None:
        self.stores[which].close()
        self._stock_reads_the_model()
        self.stores[which] = opened(self.paths)

    @invariant()
    def is_the_model(self) -> None:
        for store in self.stores:
            for table in ("people", "news", "touches", "amendments"):
                for key in {key for name, key in self.model if name == table} | {"a", "b", "c"}:
                    assert store.get(table, key) == self.model.get((table, key))
            assert list(store.changes()) == self.log

    def _stock_reads_the_model(self) -> None:
        for file in self.paths.data.glob("*/ledger.json"):
            with TinyDB(file) as database:
                stock = {
                    (table, document["uid" if table == "news" else "id"]): document
                    for table in ("people", "news", "touches", "amendments")
                    for document in database.table(table)
                }
            assert stock == self.model

    def _keep(self, model: dict[tuple[str, str], Mapping[str, Any]], put: Put) -> None:
        after = apply(put, model.get((put.table, put.id)))
        if after is None:
            model.pop((put.table, put.id), None)
        else:
            model[put.table, put.id] = after

    def _now(self) -> Any:
        return AT + timedelta(seconds=self.count)


LedgerMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestLedgerModel = LedgerMachine.TestCase

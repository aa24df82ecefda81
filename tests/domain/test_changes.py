"""Changes and their inverses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.domain.changes import (
    Change,
    Put,
    apply,
    change,
    key_of,
    put,
    remove,
    table_of,
)
from engage.domain.codec import Doc, to_doc
from engage.domain.records import DatedNumber, Decision, NewsItem, Person, Touch
from engage.domain.undoing import inverse
from engage.domain.world import build_world

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
MARA = Person(id="mara", name="Mara Quill", added=AT)
READ = Touch(
    id="t1",
    at=AT,
    person="mara",
    direction="out",
    kind="read",
    how_known="said",
    recorded=AT,
)
DONE = Decision(id="d1", at=AT, task="x", person="mara", kind="read", outcome="done")


class Tables:
    """A ledger as simple as can be."""

    def __init__(self) -> None:
        self.docs: dict[tuple[str, str], Doc] = {}

    def get(self, table: str, id: str) -> Doc | None:
        return self.docs.get((table, id))

    def commit(self, made: Change) -> None:
        for item in made.puts:
            after = apply(item, self.get(item.table, item.id))
            if after is None:
                self.docs.pop((item.table, item.id), None)
            else:
                self.docs[item.table, item.id] = after

    def world(self) -> Any:
        return build_world(lambda table: [doc for (t, _), doc in self.docs.items() if t == table])


def test_a_record_names_its_table_and_key() -> None:
    assert (table_of(MARA), key_of(MARA)) == ("people", "mara")
    item = NewsItem("u", "mara", "f", "Ink", None, None, AT, AT)
    assert (table_of(item), key_of(item)) == ("news", "u")
    with pytest.raises(TypeError):
        table_of("text")


def test_two_changes_of_different_fields_both_hold() -> None:
    tables = Tables()
    tables.commit(change("add", [put(MARA)], AT))
    renamed = change("rename", [put(replace(MARA, name="Mara Q."), MARA)], AT)
    friend = change("friend", [put(replace(MARA, friend=True), MARA)], AT)
    tables.commit(renamed)
    tables.commit(friend)
    mara = tables.world().people["mara"]
    assert (mara.name, mara.friend) == ("Mara Q.", True)


def test_an_inverse_leaves_what_others_changed_since() -> None:
    tables = Tables()
    tables.commit(change("add", [put(MARA)], AT))
    renamed = change("rename", [put(replace(MARA, name="Mara Q."), MARA)], AT)
    tables.commit(renamed)
    seen = replace(MARA, name="Mara Q.", profiles=("https://mara.example/",))
    tables.commit(change("refresh", [put(seen, replace(MARA, name="Mara Q."))], AT, by="refresh"))
    tables.commit(inverse(renamed, tables.get, AT))
    mara = tables.world().people["mara"]
    assert (mara.name, mara.profiles) == ("Mara Quill", ("https://mara.example/",))


def test_a_touch_taken_back_is_voided_and_not_changed() -> None:
    tables = Tables()
    tables.commit(change("add", [put(MARA)], AT))
    done = change("done", [put(READ), put(DONE)], AT)
    tables.commit(done)
    tables.commit(inverse(done, tables.get, AT))
    assert tables.get("touches", "t1") == to_doc(READ)
    assert tables.world().touches == ()
    assert tables.world().decisions == ()
    assert tables.get("decisions", "d1") is not None


def test_a_decision_taken_back_and_taken_again_holds() -> None:
    tables = Tables()
    tables.commit(change("add", [put(MARA)], AT))
    done = change("done", [put(DONE)], AT)
    tables.commit(done)
    tables.commit(inverse(done, tables.get, AT))
    tables.commit(change("done", [put(DONE)], AT, salt="again"))
    assert tables.world().decisions == (DONE,)


def test_somebody_forgotten_comes_back_as_they_were() -> None:
    tables = Tables()
    tables.commit(change("add", [put(MARA), put(READ)], AT))
    before = tables.world()
    gone = change("forget", [remove(READ), remove(MARA)], AT)
    tables.commit(gone)
    assert tables.world().people == {}
    tables.commit(inverse(gone, tables.get, AT))
    assert tables.world() == before


def test_ids_tell_changes_apart() -> None:
    one = change("add", [put(MARA)], AT)
    assert one.id == change("add", [put(MARA)], AT).id
    assert one.id != change("add", [put(MARA)], AT, salt="other").id
    assert one.id != change("remove", [put(MARA)], AT).id


FIELDS = st.dictionaries(st.sampled_from("abc"), st.integers(0, 3))


@given(
    st.one_of(st.none(), FIELDS),
    st.lists(st.one_of(st.none(), FIELDS), min_size=1, max_size=6),
)
def test_undoing_in_turn_leads_back(
    start: Mapping[str, int] | None, steps: list[Mapping[str, int] | None]
) -> None:
    """Whole documents with the same fields: each undone in turn, the first is there again."""
    whole = [None if doc is None else {"a": 0, "b": 0, "c": 0, **doc} for doc in [start, *steps]]
    tables = Tables()
    if whole[0] is not None:
        tables.docs["people", "x"] = dict(whole[0])
    made = []
    for number, (before, after) in enumerate(pairwise(whole)):
        made.append(change(str(number), [Put("people", "x", before, after)], AT))
        tables.commit(made[-1])
        assert tables.get("people", "x") == after
    for done in reversed(made):
        tables.commit(inverse(done, tables.get, AT))
    assert tables.get("people", "x") == whole[0]


def test_a_history_grows_and_shrinks_with_its_change() -> None:
    tables = Tables()
    tables.commit(change("add", [put(MARA)], AT))
    near = replace(MARA, circles=(DatedNumber(AT, 1),))
    step = change("circle 1", [put(near, MARA)], AT)
    tables.commit(step)
    assert tables.world().people["mara"] == near
    tables.commit(inverse(step, tables.get, AT))
    assert tables.world().people["mara"] == MARA

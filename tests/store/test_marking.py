"""The marks that changes leave: none for a decision, one for a field, and what is erased when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ledgers import AT, ledger_of, opened, person, touch
from tinydb import TinyDB

from engage.clock import FixedClock
from engage.domain.changes import change, put, remove
from engage.domain.records import Decision
from engage.domain.stamps import HIDDEN_DAYS, STAMPS
from engage.paths import Paths
from engage.store.store import Store, open_store

MARA = person()
DONE = Decision("d1", AT, "task", "mara", "welcome", "done")


def marks(paths: Paths) -> dict[str, dict[str, object]]:
    with TinyDB(ledger_of(paths)) as database:
        return {each["uid"]: dict(each) for each in database.table(STAMPS)}


def test_a_decision_leaves_no_mark_and_a_changed_field_one(store: Store, paths: Paths) -> None:
    store.commit(change("done", [put(MARA), put(DONE), put(touch("t1"))], AT))
    assert store.marks() == []
    later = AT + timedelta(minutes=1)
    store.commit(change("friend", [put(replace(MARA, friend=True), MARA)], later))
    store.close()
    assert marks(paths) == {
        "people/mara": {"uid": "people/mara", "at": {"friend": "2026-11-22T08:31:00.000000Z"}}
    }


def test_a_mark_is_later_than_the_one_before_whatever_the_clock_says(
    store: Store, paths: Paths
) -> None:
    store.commit(change("added", [put(MARA)], AT))
    friend = replace(MARA, friend=True)
    store.commit(change("friend", [put(friend, MARA)], AT))
    earlier = AT - timedelta(hours=1)
    store.commit(change("no friend", [put(MARA, friend)], earlier, by="refresh"))
    store.close()
    assert marks(paths)["people/mara"]["at"] == {"friend": "2026-11-22T08:30:00.000001R"}


def test_what_was_removed_is_out_of_sight_for_a_time_and_then_erased(
    store: Store, paths: Paths
) -> None:
    store.commit(change("added", [put(MARA), put(touch("t1")), put(person("ines"))], AT))
    store.commit(change("forgot", [remove(touch("t1")), remove(MARA)], AT + timedelta(minutes=1)))
    store.close()
    assert store.get("people", "mara") is None
    assert marks(paths)["people/mara"]["doc"] is not None
    assert marks(paths)["touches/t1"]["with"] == marks(paths)["people/mara"]["gone"]
    for days, kept in ((HIDDEN_DAYS - 1, True), (HIDDEN_DAYS + 1, False)):
        then = AT + timedelta(days=days)
        later = open_store(paths, FixedClock(then))
        later.commit(change("added", [put(person(f"other{days}"))], then))
        later.close()
        found = marks(paths)
        assert ("doc" in found["people/mara"], "doc" in found["touches/t1"]) == (kept, kept)
    assert set(opened(paths).world().people) == {"ines", "other29", "other31"}
    assert found["people/mara"].keys() == {"uid", "gone"}

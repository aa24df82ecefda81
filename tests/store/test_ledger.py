"""Changes go in whole, come out as a world, and stay."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from ledgers import AT, all_files, changed, ledger_of, opened, person, touch
from tinydb import TinyDB, where

from engage.domain.changes import TABLES, Change, Put, change, put, remove
from engage.domain.codec import to_doc
from engage.domain.records import Amendment, World
from engage.domain.undoing import inverse
from engage.errors import EngageError
from engage.paths import Paths
from engage.store.store import Store
from engage.store.undo_log import KEPT

MARA = person("mara", notes="weaves")


def test_a_home_that_does_not_exist_reads_as_an_empty_world(paths: Paths, store: Store) -> None:
    assert store.world() == World()
    assert store.world() is store.world()
    assert store.get("people", "mara") is None
    assert (store.changes(), store.posts("f"), store.fetch_states()) == ((), (), {})
    assert not paths.config.exists(), "reading made a folder"


def test_what_was_committed_is_there_for_the_next_who_opens(paths: Paths, store: Store) -> None:
    store.commit(changed("added Mara", MARA, touch("t1")))
    store.close()
    for reader in (store, opened(paths)):
        assert reader.world().people == {"mara": MARA}
        assert reader.world().touches == (touch("t1"),)
        assert reader.get("people", "mara") == to_doc(MARA)
        assert [done.label for done in reader.changes()] == ["added Mara"]
        assert reader.notices == ()


def test_closing_twice_is_closing_once(store: Store) -> None:
    store.commit(changed("added Mara", MARA))
    store.close()
    store.close()
    assert "mara" in store.world().people


def test_the_world_is_the_same_object_until_something_changes(store: Store) -> None:
    store.commit(changed("added Mara", MARA))
    first = store.world()
    assert store.world() is first
    store.commit(changed("logged", touch("t1")))
    second = store.world()
    assert second is not first
    assert second.people["mara"] is first.people["mara"], "an unchanged record was read again"
    assert first.touches == ()


def test_what_another_store_wrote_is_seen_and_not_overwritten(paths: Paths, store: Store) -> None:
    other = opened(paths)
    store.commit(changed("added Mara", MARA))
    assert "mara" in other.world().people
    other.commit(changed("added Tomasz", person("tomasz")))
    store.commit(changed("added Ines", person("ines")))
    assert set(other.world().people) == set(store.world().people) == {"mara", "tomasz", "ines"}


def test_two_who_change_different_fields_both_keep_their_work(paths: Paths, store: Store) -> None:
    store.commit(changed("added Mara", MARA))
    friend = put(replace(MARA, friend=True), MARA)
    opened(paths).commit(change("friend", [friend], AT))
    store.commit(change("renamed", [put(replace(MARA, name="Mara Q"), MARA)], AT))
    assert store.world().people["mara"] == replace(MARA, friend=True, name="Mara Q")


def test_a_document_given_out_is_the_callers_own(store: Store) -> None:
    store.commit(changed("added Mara", replace(MARA, keys=("a",))))
    given = store.get("people", "mara")
    assert given is not None
    given["keys"].append("b")
    assert store.get("people", "mara") == to_doc(replace(MARA, keys=("a",)))


def test_fields_that_engage_does_not_know_are_kept(store: Store, paths: Paths) -> None:
    document = {**to_doc(MARA), "pronouns": "she"}
    store.commit(change("added", [Put("people", "mara", None, document)], AT))
    store.commit(change("friend", [put(replace(MARA, friend=True), MARA)], AT))
    kept = opened(paths).get("people", "mara")
    assert kept == {**document, "friend": True}


def test_several_puts_of_one_record_in_one_change_follow_each_other(store: Store) -> None:
    renamed = replace(MARA, name="Mara Q")
    store.commit(change("all at once", [put(MARA), put(renamed, MARA)], AT))
    assert store.world().people == {"mara": renamed}
    store.commit(change("out and in", [remove(renamed), put(MARA)], AT))
    assert store.world().people == {"mara": MARA}
    store.commit(change("out", [put(renamed, MARA), remove(renamed)], AT))
    assert store.world().people == {}


def test_a_change_that_changes_nothing_writes_nothing(store: Store, paths: Paths) -> None:
    store.commit(changed("added Mara", MARA))
    before = all_files(paths.data)
    store.commit(change("the same again", [put(MARA, MARA)], AT, by="refresh"))
    assert all_files(paths.data) == before


@pytest.mark.parametrize("bad", [float("nan"), 2**60, b"x"], ids=["nan", "large int", "bytes"])
def test_a_document_that_cannot_be_kept_stops_the_whole_change(store: Store, bad: object) -> None:
    store.commit(changed("added Mara", MARA))
    amendment = Amendment("a", "t1", AT, {"note": "x"})
    puts = [put(touch("t1")), put(amendment), Put("amendments", "b", None, {"id": "b", "x": bad})]
    for by in ("writer", "refresh"):
        with pytest.raises(EngageError, match="was not kept"):
            store.commit(replace(change("bad", puts, AT), by=by))
    assert store.get("touches", "t1") is None
    assert len(store.changes()) == 1


def test_lone_surrogates_are_scrubbed_before_they_are_written(store: Store, paths: Paths) -> None:
    odd = put(replace(MARA, notes="a\udc00b"))
    store.commit(Change("c", AT, "odd \ud800", (odd, Put("people", "b\ud800", None, odd.after))))
    store.commit(Change("d", AT, "away", (Put("people", "b\ud800", odd.after, None),)))
    assert set(store.world().people) == {"mara"}
    assert store.world().people["mara"].notes == "a\ufffdb"
    assert opened(paths).changes()[1].label == "odd \ufffd"


# The undo log


def test_only_the_writers_changes_enter_the_log_newest_first(store: Store) -> None:
    store.commit(changed("first", MARA))
    store.commit(changed("from feeds", touch("t1"), by="refresh"))
    store.commit(changed("second", touch("t2")))
    assert [done.label for done in store.changes()] == ["second", "first"]
    assert store.changes()[0] == changed("second", touch("t2"))
    assert len(store.world().touches) == 2


def test_an_undo_takes_its_change_out_of_the_log_across_restarts(
    store: Store, paths: Paths
) -> None:
    store.commit(changed("added Mara", MARA))
    store.commit(changed("added Tomasz", person("tomasz")))
    undo = inverse(store.changes()[0], store.get, AT)
    store.commit(undo)
    later = opened(paths)
    assert set(later.world().people) == {"mara"}
    assert [done.label for done in later.changes()] == ["added Mara"]


def test_the_same_undo_twice_is_one(store: Store) -> None:
    renamed = replace(MARA, name="Mara Q")
    store.commit(changed("added Mara", MARA))
    store.commit(change("renamed", [put(renamed, MARA)], AT))
    undo = inverse(store.changes()[0], store.get, AT)
    store.commit(undo)
    store.commit(change("renamed again", [put(renamed, MARA)], AT))
    store.commit(undo)
    assert store.world().people["mara"] == renamed


def test_a_change_repeated_after_a_doubtful_answer_is_applied_once(store: Store) -> None:
    added = changed("added Mara", MARA)
    store.commit(added)
    store.commit(change("friend", [put(replace(MARA, friend=True), MARA)], AT))
    store.commit(added)
    assert store.world().people["mara"].friend
    assert len(store.changes()) == 2


def test_under_a_clock_that_stands_still_a_decision_can_be_made_undone_and_made_again(
    store: Store,
) -> None:
    added = changed("added Mara", MARA)
    for _ in range(3):
        store.commit(added)
        assert "mara" in store.world().people
        store.commit(inverse(store.changes()[0], store.get, AT))
        assert store.world().people == {}
    assert store.changes() == ()


def test_under_a_clock_that_stands_still_there_and_back_and_there_again(store: Store) -> None:
    store.commit(changed("added Mara", MARA))
    names = ["Mara Q", "Mara", "Mara Q"]
    for name in names:
        before = store.world().people["mara"]
        after = replace(before, name=name)
        store.commit(change("renamed", [put(after, before)], AT))
    assert store.world().people["mara"].name == "Mara Q"
    for name in ["Mara", "Mara Q", "Mara"]:
        store.commit(inverse(store.changes()[0], store.get, AT))
        assert store.world().people["mara"].name == name


def test_the_log_keeps_the_newest_300(store: Store) -> None:
    puts = [put(touch(f"t{number}")) for number in range(KEPT + 5)]
    for number, each in enumerate(puts):
        store.commit(Change(f"c{number}", AT + timedelta(seconds=number), f"{number}", (each,)))
    labels = [done.label for done in store.changes()]
    assert labels == [str(number) for number in range(KEPT + 4, 4, -1)]
    assert len(store.world().touches) == 0, "nobody called mara is known"
    assert store.get("touches", "t0") is not None


# The file


def test_knowing_of_the_store_does_not_import_tinydb() -> None:
    program = "import sys, engage.store.store; sys.exit('tinydb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_stock_tinydb_opens_the_ledger(store: Store, paths: Paths) -> None:
    store.commit(changed("added Mara", MARA, touch("t1", note="größer 🌊")))
    store.close()
    with TinyDB(ledger_of(paths)) as database:
        assert database.tables() == {*TABLES, "changes", "_meta"}
        (found,) = database.table("people").search(where("id") == "mara")
        assert found == to_doc(MARA)
        assert 0 <= found.doc_id < 2**53
        assert database.table("people").get(doc_id=found.doc_id) == found
        assert database.table("touches").all()[0]["note"] == "größer 🌊"
        assert database.table("_meta").all()[0]["schema"] == 1
        assert database.table("changes").all()[0]["label"] == "added Mara"


def test_folders_and_files_are_for_the_writers_eyes_only(store: Store, paths: Paths) -> None:
    store.commit(changed("added Mara", MARA))
    store.save_posts("f", ())
    home = paths.config
    modes = {path: path.stat().st_mode & 0o777 for path in [home, *home.rglob("*")]}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def test_documents_that_are_no_records_are_left_out_said_and_kept(
    store: Store, paths: Paths
) -> None:
    broken = {"id": "odd", "name": "Odd", "added": "yesterday"}
    naive = {**to_doc(person("naive")), "added": "2026-11-22T08:30:00"}
    puts = [Put("people", doc["id"], None, doc) for doc in (broken, naive)]
    amendment = Amendment("a1", "t1", AT, {"at": "yesterday"})
    store.commit(change("odd", [*puts, put(MARA), put(touch("t1")), put(amendment)], AT))
    assert store.world().people == {"mara": MARA}
    assert store.world().touches == (touch("t1"),)
    said = "\n".join(store.notices)
    assert len(store.notices) == 3
    assert all(name in said for name in ("people/odd", "people/naive", "amendments/a1"))
    store.commit(changed("logged", touch("t2")))
    store.world()
    assert len(store.notices) == 3, "said once"
    store.close()
    written = json.loads(ledger_of(paths).read_bytes())
    assert broken in written["people"].values()

"""Backups are made, kept, opened, and brought back."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledgers import AT, all_files, changed, ledger_of, opened, person, touch

from engage.clock import FixedClock
from engage.domain.changes import change, put
from engage.domain.undoing import inverse
from engage.errors import EngageError
from engage.paths import Paths, paths_under
from engage.store.backups import DAILY, MONTHLY, WEEKLY, kept, read_backup
from engage.store.store import Store, open_store

MARA = person("mara")
LATER = AT + timedelta(hours=1)


def backups(paths: Paths) -> list[str]:
    return sorted(path.name for path in ledger_of(paths).parent.glob("backups/*"))


def on(paths: Paths, moment: datetime) -> Store:
    return open_store(paths, FixedClock(moment))


def people_in(path: Path) -> set[str]:
    return {each["id"] for each in read_backup(path)["people"].values()}


def test_the_first_write_of_a_day_keeps_what_the_day_began_with(paths: Paths, store: Store) -> None:
    store.commit(changed("added Mara", MARA))
    store.close()
    tomorrow = on(paths, AT + timedelta(days=1))
    tomorrow.world()
    assert backups(paths) == [], "reading makes none"
    for name in ("tomasz", "ines"):
        tomorrow.commit(changed(name, person(name)))
    assert backups(paths) == ["ledger-2026-11-23.json.gz"]
    assert people_in(ledger_of(paths).parent / "backups" / "ledger-2026-11-23.json.gz") == {"mara"}


def test_an_open_engage_makes_the_next_days_backup_too(paths: Paths) -> None:
    clock = FixedClock(AT)
    running = open_store(paths, clock)
    running.commit(changed("added Mara", MARA))
    running.commit(changed("t1", touch("t1")))
    clock.moment = AT + timedelta(days=1)
    running.commit(changed("t2", touch("t2")))
    assert backups(paths) == ["ledger-2026-11-22.json.gz", "ledger-2026-11-23.json.gz"]


def test_a_backup_that_cannot_be_written_does_not_keep_from_deciding(
    paths: Paths, store: Store
) -> None:
    store.commit(changed("added Mara", MARA))
    (ledger_of(paths).parent / "backups").write_bytes(b"in the way")
    store.commit(changed("t1", touch("t1")))
    assert "There is no backup of today" in store.notices[0]
    assert len(store.world().touches) == 1


def test_of_two_years_of_days_7_days_4_weeks_and_12_months_are_kept() -> None:
    there: set[date] = set()
    for number in range(730):
        today = date(2025, 1, 1) + timedelta(days=number)
        there = kept({*there, today})
    last = date(2026, 12, 31)
    assert {last - timedelta(days=back) for back in range(7)} <= there
    mondays = {date(2026, 12, 28) - timedelta(weeks=back) for back in range(4)}
    firsts = {date(2026, month, 1) for month in range(1, 13)}
    assert there == {last - timedelta(days=back) for back in range(7)} | mondays | firsts


@given(st.sets(st.dates(date(2020, 1, 1), date(2027, 1, 1)), max_size=80))
def test_what_is_kept_is_bounded_and_keeps_the_newest(days: set[date]) -> None:
    stay = kept(days)
    assert stay <= days
    assert len(stay) <= DAILY + WEEKLY + MONTHLY
    assert not days or max(days) in stay
    assert kept(stay) == stay


# By hand


@pytest.mark.parametrize("name", ["copy.json.gz", "new/folder/copy"], ids=["a file", "made folder"])
def test_a_backup_elsewhere_holds_what_there_is_now(
    store: Store, tmp_path: Path, name: str
) -> None:
    store.commit(changed("added Mara", MARA))
    assert store.backup(tmp_path / name) == tmp_path / name
    assert people_in(tmp_path / name) == {"mara"}
    store.commit(changed("added Tomasz", person("tomasz")))
    store.backup(tmp_path / name)
    assert people_in(tmp_path / name) == {"mara", "tomasz"}, "an older backup is replaced"


def test_a_folder_gets_a_file_and_without_a_path_it_lies_beside_the_others(
    paths: Paths, store: Store, tmp_path: Path
) -> None:
    store.commit(changed("added Mara", MARA))
    assert store.backup(tmp_path) == tmp_path / "engage-2026-11-22.json.gz"
    first, second = store.backup(), store.backup()
    assert first != second
    assert first.parent == second.parent == ledger_of(paths).parent / "backups"
    assert people_in(second) == {"mara"}


def test_something_else_in_the_files_place_is_left(store: Store, tmp_path: Path) -> None:
    store.commit(changed("added Mara", MARA))
    (tmp_path / "novel.txt").write_text("Chapter one")
    with pytest.raises(EngageError, match="holds something else"):
        store.backup(tmp_path / "novel.txt")
    assert (tmp_path / "novel.txt").read_text() == "Chapter one"


def test_with_nothing_written_there_is_nothing_to_back_up(store: Store, tmp_path: Path) -> None:
    with pytest.raises(EngageError, match="nothing to back up"):
        store.backup(tmp_path / "copy")


# Restoring


def test_restoring_is_one_change_that_one_undo_takes_back(
    paths: Paths, store: Store, tmp_path: Path
) -> None:
    store.commit(changed("added two", MARA, person("tomasz"), touch("t1")))
    backed_up = store.world()
    copy = store.backup(tmp_path / "copy")
    store.commit(change("renamed", [put(replace(MARA, name="Mara Q"), MARA)], AT))
    store.commit(change("logged", [put(touch("t2")), put(person("ines"))], AT))
    store.commit(inverse(store.changes()[-1], store.get, AT))
    before = store.world()
    assert before != backed_up
    done = store.restore(copy, LATER)
    assert done.how == "changed"
    assert store.world() == backed_up == opened(paths).world()
    assert read_backup(done.kept[0]).keys()
    assert store.changes()[0].label == "restored copy"
    store.commit(inverse(store.changes()[0], store.get, LATER))
    assert store.world() == before == opened(paths).world()
    assert store.restore(done.kept[0], LATER).how == "same"


def test_a_new_home_takes_a_backup_with_all_there_is(store: Store, tmp_path: Path) -> None:
    store.commit(changed("added Mara", MARA))
    copy = store.backup(tmp_path / "copy")
    other = opened(paths_under(tmp_path / "other"))
    assert other.restore(copy, LATER).how == "replaced"
    assert other.world() == store.world()
    assert [done.label for done in other.changes()] == ["added Mara"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"mine": {}}', None], ids=repr)
def test_a_ledger_that_cannot_be_read_is_set_aside_and_replaced(
    paths: Paths, store: Store, tmp_path: Path, content: bytes | None
) -> None:
    store.commit(changed("added Mara", MARA))
    copy = store.backup(tmp_path / "copy")
    store.commit(changed("added Tomasz", person("tomasz")))
    store.close()
    for path in (ledger_of(paths), ledger_of(paths).with_name("ledger.prev.json")):
        path.unlink() if content is None else path.write_bytes(content)
        if content is None:
            break
    if content is None:
        (paths.data / (paths.state / "machine").read_text().strip() / "ledger.prev.json").unlink()
    with pytest.raises(EngageError, match="engage restore PATH"):
        opened(paths)
    done = Store(paths, FixedClock(AT)).restore(copy, LATER)
    assert done.how == "replaced"
    assert all(path.exists() for path in done.kept)
    later = opened(paths)
    assert set(later.world().people) == {"mara"}
    later.commit(changed("added Ines", person("ines")))
    assert set(opened(paths).world().people) == {"mara", "ines"}


@pytest.mark.parametrize("what", ["file", "machine", "data", "home"])
def test_a_ledger_or_the_folder_that_holds_it_is_taken_with_its_journal(
    paths: Paths, store: Store, what: str
) -> None:
    store.commit(changed("added Mara", MARA))
    file = ledger_of(paths)
    given = {"file": file, "machine": file.parent, "data": paths.data, "home": paths.config}[what]
    assert people_in(given) == {"mara"}


def test_what_is_no_backup_is_refused_and_named(store: Store, tmp_path: Path) -> None:
    store.commit(changed("added Mara", MARA))
    whole = store.backup(tmp_path / "whole").read_bytes()
    bad = {
        "cut short": whole[:-20],
        "changed": gzip.compress(gzip.decompress(whole).replace(b"Mara", b"Nara")),
        "something else": b'{"mine": {}}',
        "newer": gzip.compress(gzip.decompress(whole).replace(b'"schema":1', b'"schema":9')),
    }
    (tmp_path / "empty folder").mkdir()
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    before = store.world()
    for name in (*bad, "missing", "empty folder"):
        with pytest.raises(EngageError) as refused:
            store.restore(tmp_path / name, LATER)
        assert str(tmp_path / name) in str(refused.value)
    assert store.world() is before


# Checking


def test_a_sound_ledger_is_well(store: Store) -> None:
    assert [each.ok for each in store.check()] == [True]
    store.commit(changed("added Mara", MARA))
    store.backup()
    found = store.check()
    assert all(each.ok for each in found), found
    assert any("people 1" in each.sentence for each in found)
    assert any("can be opened: 1" in each.sentence for each in found)


def test_each_trouble_has_its_remedy(paths: Paths, store: Store) -> None:
    store.commit(changed("added Mara", MARA))
    folder = ledger_of(paths).parent
    store.backup().write_bytes(b"\x1f\x8bcut")
    (folder / "ledger.prev.json").write_bytes(b"")
    (folder / "ledger.damaged-20261122T083000Z.json").write_bytes(b"{")
    (folder / "ledger.sync-conflict-20261122-x.json").write_bytes(b"{}")
    before = all_files(paths.data)
    bad = [each for each in store.check() if not each.ok]
    assert len(bad) == 4
    assert all(each.remedy for each in bad)
    assert all_files(paths.data) == before


def test_a_ledger_beyond_mending_is_a_finding(paths: Paths, store: Store) -> None:
    store.commit(changed("added Mara", MARA))
    store.close()
    for name in ("ledger.json", "ledger.prev.json"):
        (ledger_of(paths).parent / name).write_bytes(b"{")
    (found,) = Store(paths, FixedClock(AT)).check()
    assert not found.ok
    assert "engage restore PATH" in found.remedy

"""The journal: what one change costs, who follows it, and what becomes of a damaged one."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledgers import all_files, changed, ledger_of, opened, person, touch
from tinydb import TinyDB

from engage.errors import EngageError
from engage.paths import Paths
from engage.store import files, journal
from engage.store.journal import decode_line, encode_line
from engage.store.packed import joined
from engage.store.store import Store


def journal_of(paths: Paths) -> Path:
    """The journal of the newest generation."""
    return max(ledger_of(paths).parent.glob("ledger.*.jsonl"))


def lines_of(path: Path) -> list[bytes]:
    """A journal's lines, without the room after them."""
    return path.read_bytes().rstrip(b"\0").splitlines(keepends=True)


def people(store: Store) -> set[str]:
    return set(store.world().people)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The files that are synced from now on."""
    synced: list[int] = []
    real = os.fsync

    def fsync(file: int) -> None:
        synced.append(file)
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "fdatasync", fsync)
    return synced


def test_a_change_is_one_line_and_one_fsync(
    paths: Paths, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit(changed("added Mara", person("mara")))
    store.commit(changed("the second of a day, which makes its backup", person("tomasz")))
    before = ledger_of(paths).read_bytes()
    synced = counted(monkeypatch)
    store.commit(changed("several", *[touch(f"t{number}") for number in range(100)], person("b")))
    assert len(synced) == 1
    assert journal_of(paths).read_bytes().count(b"\n") == 3
    assert ledger_of(paths).read_bytes() == before


def test_closing_leaves_one_file_that_stock_tinydb_opens(paths: Paths, store: Store) -> None:
    for name in ("mara", "tomasz"):
        store.commit(changed(name, person(name)))
    store.close()
    with TinyDB(ledger_of(paths)) as database:
        assert {each["id"] for each in database.table("people")} == {"mara", "tomasz"}
    before = all_files(paths.data)
    reader = opened(paths)
    reader.world()
    reader.close()
    assert all_files(paths.data) == before, "who only reads writes nothing"


def test_who_reads_after_a_killed_one_leaves_one_file_as_well(paths: Paths, store: Store) -> None:
    store.commit(changed("mara", person("mara")))
    opened(paths).close()
    with TinyDB(ledger_of(paths)) as database:
        assert len(database.table("people")) == 1
    store.commit(changed("tomasz", person("tomasz")))
    assert people(opened(paths)) == {"mara", "tomasz"}


def test_another_ones_folding_is_followed_without_reading_all(
    paths: Paths, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit(changed("mara", person("mara")))
    store.world()
    other = opened(paths)
    other.commit(changed("tomasz", person("tomasz")))
    other.close()
    again = opened(paths)
    again.commit(changed("ines", person("ines")))
    monkeypatch.setattr("engage.store.ledger_file.read_snapshot", None)
    first = store.world()
    assert set(first.people) == {"mara", "tomasz", "ines"}
    store.commit(changed("jun", person("jun")))
    assert people(store) == {"mara", "tomasz", "ines", "jun"}
    monkeypatch.undo()
    assert people(again) == people(opened(paths)) == people(store)


def test_who_slept_through_several_foldings_reads_it_afresh(paths: Paths, store: Store) -> None:
    store.commit(changed("mara", person("mara")))
    store.world()
    for name in ("tomasz", "ines", "jun"):
        other = opened(paths)
        other.commit(changed(name, person(name)))
        other.close()
    assert people(store) == {"mara", "tomasz", "ines", "jun"}
    assert store.notices == ()


def test_a_long_journal_is_folded_when_the_ledger_is_opened(paths: Paths, store: Store) -> None:
    store.commit(changed("mara", person("mara", notes="x" * 100_000)))
    assert journal_of(paths).stat().st_size > ledger_of(paths).stat().st_size / 2
    opened(paths)
    assert b"mara" in ledger_of(paths).read_bytes()
    store.commit(changed("short", touch("t1")))
    before = ledger_of(paths).read_bytes()
    opened(paths)
    assert ledger_of(paths).read_bytes() == before


# Damage


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 4
    path.write_bytes(data)


def test_a_damaged_line_is_left_out_and_said_once(paths: Paths, store: Store) -> None:
    for name in ("mara", "tomasz", "ines"):
        store.commit(changed(name, person(name)))
    path = journal_of(paths)
    lines = lines_of(path)
    flip(path, len(lines[0]) + 40)
    damaged = path.read_bytes()
    later = opened(paths)
    assert people(later) == {"mara", "ines"}
    (said,) = later.notices
    assert f"{path} was damaged: 1 change in it is left out" in said
    aside = path.with_name("ledger.damaged-20261122T083000Z.jsonl")
    assert str(aside) in said
    assert aside.read_bytes() == damaged
    assert opened(paths).notices == ()


def test_a_lost_line_is_noticed(paths: Paths, store: Store) -> None:
    for name in ("mara", "tomasz", "ines"):
        store.commit(changed(name, person(name)))
    path = journal_of(paths)
    lines = lines_of(path)
    path.write_bytes(lines[0] + lines[2])
    later = opened(paths)
    assert people(later) == {"mara", "ines"}
    assert "1 change in it is left out" in later.notices[0]


@pytest.mark.parametrize("room", [0, 500], ids=["", "with room"])
@pytest.mark.parametrize("rest", [b"x", b"0123abcd 2 {", b"\0{}"], ids=["x", "half", "torn"])
def test_a_line_that_was_never_finished_is_left_out(
    paths: Paths, store: Store, rest: bytes, room: int
) -> None:
    store.commit(changed("mara", person("mara")))
    path = journal_of(paths)
    path.write_bytes(b"".join(lines_of(path)) + rest + bytes(room))
    reader = opened(paths)
    assert people(reader) == {"mara"}
    assert reader.notices == (), "it may be just being written"
    reader.commit(changed("tomasz", person("tomasz")))
    assert "was cut short before it was saved" in reader.notices[0]
    assert people(opened(paths)) == {"mara", "tomasz"}


def test_random_damage_to_a_journal_is_never_silent(paths: Paths, store: Store) -> None:
    names = ["mara", "tomasz", "ines", "jun"]
    for name in names:
        store.commit(changed(name, person(name)))
    folder, path = ledger_of(paths).parent, journal_of(paths)
    kept = all_files(folder)
    dice = random.Random(3)
    for _ in range(100):
        shutil.rmtree(folder)
        folder.mkdir()
        for name, content in kept.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        flip(path, dice.randrange(sum(map(len, lines_of(path)))))
        later = opened(paths)
        later.commit(changed("after", touch("after")))
        found = people(later)
        assert found <= set(names)
        assert found == set(names) or later.notices


@pytest.mark.parametrize(
    "replaced",
    [
        lambda path, _: path.unlink(),
        lambda path, old: path.write_bytes(old),
        lambda path, old: (
            path.with_name("new").write_bytes(old) and path.with_name("new").replace(path)
        ),
    ],
    ids=["removed", "cut", "replaced"],
)
def test_a_journal_taken_away_under_the_writer_loses_nothing(
    paths: Paths, store: Store, replaced: Callable[[Path, bytes], object]
) -> None:
    store.commit(changed("mara", person("mara")))
    old = journal_of(paths).read_bytes()
    store.commit(changed("tomasz", person("tomasz")))
    replaced(journal_of(paths), old)
    store.commit(changed("ines", person("ines")))
    assert people(store) == people(opened(paths)) == {"mara", "tomasz", "ines"}


def test_a_journal_replaced_just_while_it_is_written_loses_nothing(
    paths: Paths, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit(changed("mara", person("mara")))
    path = journal_of(paths)

    def sync(file: int, **options: bool) -> None:
        files.sync_file(file, **options)
        path.with_name("new").write_bytes(path.read_bytes()[:0])
        path.with_name("new").replace(path)

    monkeypatch.setattr(journal, "sync_file", sync)
    store.commit(changed("tomasz", person("tomasz")))
    assert people(opened(paths)) == {"mara", "tomasz"}


def test_after_a_failed_fsync_nothing_more_is_written(
    paths: Paths, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit(changed("mara", person("mara")))
    before = lines_of(journal_of(paths))

    def failing(_: int, **_options: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(journal, "sync_file", failing)
    with pytest.raises(EngageError, match="Input/output error"):
        store.commit(changed("tomasz", person("tomasz")))
    monkeypatch.undo()
    with pytest.raises(EngageError, match="end engage and start it again"):
        store.commit(changed("ines", person("ines")))
    assert people(store) == {"mara"}
    assert lines_of(journal_of(paths)) == before
    later = opened(paths)
    later.commit(changed("ines", person("ines")))
    assert people(later) == {"mara", "ines"}


# Lines


@given(
    st.integers(1, 10**9),
    st.dictionaries(
        st.text(st.characters(exclude_categories=("Cs",))),
        st.dictionaries(st.integers(0, 2**53).map(str), st.none() | st.just({"id": "\u2028a\n"})),
    ),
)
def test_a_line_is_read_back_as_it_was_written(number: int, changes: journal.Changes) -> None:
    line = encode_line(number, changes)
    assert line.count(b"\n") == 1
    found = decode_line(line[:-1])
    assert found is not None
    assert (found[0], json.loads(joined(found[1]))) == (number, changes)


@given(st.binary(max_size=60))
def test_what_is_no_line_is_none(data: bytes) -> None:
    assert decode_line(data) is None

"""What becomes of a ledger that is not as engage left it."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from ledgers import AT, all_files, changed, ledger_of, opened, person
from tinydb import TinyDB

from engage.errors import EngageError
from engage.paths import Paths
from engage.store.store import Store

FIRST, SECOND = person("first"), person("second")


@pytest.fixture
def ledger(store: Store, paths: Paths) -> Path:
    """The file of a ledger that holds one change more than the one before, nobody having it
    open."""
    store.commit(changed("first", FIRST))
    store.commit(changed("second", SECOND))
    store.close()
    return ledger_of(paths)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def change_a_letter(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"Second"', b'"Secomd"'))


def lose_a_quote(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"name"', b'"name', 1))


def written_by_stock_tinydb(path: Path) -> None:
    with TinyDB(path) as database:
        database.table("people").truncate()


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut short": (cut, "is cut short or garbled"),
    "no JSON any more": (lose_a_quote, "is cut short or garbled"),
    "no UTF-8 any more": (lambda path: path.write_bytes(b'{"a\xff"}'), "is cut short or garbled"),
    "endlessly nested": (lambda path: path.write_text("[" * 10**5), "is cut short or garbled"),
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "a block of zeros": (lambda path: path.write_bytes(bytes(4096)), "is empty"),
    "a list": (lambda path: path.write_text("[1, 2]"), "holds no tables"),
    "a table that is none": (
        lambda path: path.write_text('{"people": [], "_meta": {"1": {"schema": 1}}}'),
        "holds something that is no table",
    ),
    "a changed letter in valid JSON": (change_a_letter, "was changed by something else"),
    "the last table's name": (
        lambda path: path.write_bytes(path.read_bytes().replace(b'"_meta"', b'"_mata"')),
        "has lost its last table",
    ),
    "written by stock TinyDB": (written_by_stock_tinydb, "was changed by something else"),
    "missing": (lambda path: path.unlink(), "is missing"),
}


@pytest.mark.parametrize(("damage", "described"), DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_ledger_is_rebuilt_from_the_one_before(
    ledger: Path, paths: Paths, damage: Callable[[Path], object], described: str
) -> None:
    damage(ledger)
    damaged = ledger.read_bytes() if ledger.exists() else None
    store = opened(paths)
    assert store.world().people == {"first": FIRST, "second": SECOND}
    (said,) = store.notices
    assert str(ledger) in said
    assert described in said
    aside = ledger.with_name("ledger.damaged-20261122T083000Z.json")
    assert (aside.read_bytes() if aside.exists() else None) == damaged
    assert (str(aside) in said) == (damaged is not None)
    store.commit(changed("third", person("third")))
    again = opened(paths)
    assert set(again.world().people) == {"first", "second", "third"}
    assert again.notices == ()
    assert all(damaged != path.read_bytes() for path in ledger.parent.glob("ledger.prev*"))


@pytest.mark.parametrize(("damage", "described"), DAMAGE.values(), ids=DAMAGE.keys())
def test_without_the_one_before_nothing_is_touched_and_the_remedy_is_named(
    ledger: Path, paths: Paths, damage: Callable[[Path], object], described: str
) -> None:
    damage(ledger)
    ledger.with_name("ledger.prev.json").write_bytes(b"")
    before = all_files(paths.data)
    with pytest.raises(EngageError) as refused:
        opened(paths)
    assert str(ledger) in str(refused.value)
    assert described in str(refused.value)
    assert "engage restore PATH" in str(refused.value)
    assert all_files(paths.data) == before


def test_a_lost_ledger_with_nothing_beside_it_is_no_new_home(ledger: Path, paths: Paths) -> None:
    shutil.rmtree(ledger.parent)
    ledger.parent.mkdir()
    with pytest.raises(EngageError, match=r"is missing.*engage restore PATH") as refused:
        opened(paths)
    assert str(ledger) in str(refused.value)


def test_a_ledger_that_disappears_after_its_first_change_is_brought_back(
    store: Store, paths: Paths
) -> None:
    store.commit(changed("first", FIRST))
    ledger_of(paths).unlink()
    assert opened(paths).world().people == {"first": FIRST}


def test_damage_in_place_after_the_first_change_leaves_the_one_before(
    store: Store, paths: Paths
) -> None:
    store.commit(changed("first", FIRST))
    ledger_of(paths).write_bytes(b"{")
    assert opened(paths).world().people == {"first": FIRST}


def test_damage_is_mended_by_who_commits_as_well(ledger: Path, store: Store) -> None:
    assert set(store.world().people) == {"first", "second"}
    cut(ledger)
    store.commit(changed("third", person("third")))
    assert set(store.world().people) == {"first", "second", "third"}
    assert len(store.notices) == 1


def test_two_damages_in_one_second_are_both_set_aside(ledger: Path, paths: Paths) -> None:
    for content in (b"one", b"two"):
        ledger.write_bytes(content)
        opened(paths)
    aside = sorted(ledger.parent.glob("ledger.damaged-*"))
    assert sorted(path.read_bytes() for path in aside) == [b"one", b"two"]


@pytest.mark.parametrize(
    "content",
    [
        '{"_default": {"1": {"mine": true}}}',
        '{"people": {"1": {"name": "of another program"}}}',
        '{"name": "a package"}',
        "{}",
    ],
    ids=["stock TinyDB", "a table of the same name", "other JSON", "an empty object"],
)
def test_a_file_that_is_not_engages_is_refused_and_left(
    ledger: Path, paths: Paths, content: str
) -> None:
    ledger.write_text(content)
    before = all_files(paths.data)
    with pytest.raises(EngageError, match="is not a ledger of engage") as refused:
        opened(paths)
    assert str(ledger) in str(refused.value)
    assert all_files(paths.data) == before


def test_a_ledger_of_a_newer_engage_is_read_and_never_written(ledger: Path, paths: Paths) -> None:
    content = json.loads(ledger.read_bytes())
    content["_meta"]["1"]["schema"] = 2
    content["places"] = ["something new"]
    ledger.write_text(json.dumps(content))
    before = all_files(paths.data)
    store = opened(paths)
    assert store.world().people == {"first": FIRST, "second": SECOND}
    with pytest.raises(EngageError, match="newer engage"):
        store.commit(changed("third", person("third")))
    assert store.world().people == {"first": FIRST, "second": SECOND}
    assert all_files(paths.data) == before


def test_a_ledger_edited_by_hand_is_taken_if_its_meta_says_only_the_schema(
    ledger: Path, paths: Paths
) -> None:
    content = json.loads(ledger.read_bytes())
    next(iter(content["people"].values()))["name"] = "By hand \ud800"
    content["_meta"] = {"1": {"schema": 1}}
    ledger.write_text(json.dumps(content, indent=2))
    store = opened(paths)
    assert store.notices == ()
    assert "By hand \ufffd" in {each.name for each in store.world().people.values()}
    store.commit(changed("third", person("third")))
    assert "By hand \ufffd" in {each.name for each in opened(paths).world().people.values()}


def test_no_single_changed_byte_is_taken_for_what_was_written(ledger: Path, paths: Paths) -> None:
    """Random bytes: each is damage that is mended, or a newer schema that is only read."""
    whole = ledger.read_bytes()
    dice = random.Random(1)
    for _ in range(150):
        place = dice.randrange(len(whole) - 1)  # the last is the line's end
        flipped = bytearray(whole)
        flipped[place] ^= 1 << dice.randrange(8)
        ledger.write_bytes(flipped)
        store = opened(paths)
        if store.notices:
            assert store.world().people == {"first": FIRST, "second": SECOND}
        else:
            with pytest.raises(EngageError, match="newer engage"):
                store.commit(changed("third", person("third")))


def test_a_reader_of_a_home_it_cannot_write_gets_the_one_before(ledger: Path, paths: Paths) -> None:
    cut(ledger)
    (paths.state / "lock").unlink()
    (paths.state / "lock").mkdir()  # refuses root too, as a folder without permission does not
    before = all_files(paths.data)
    store = opened(paths)
    assert store.world().people == {"first": FIRST, "second": SECOND}
    assert store.world() is store.world()
    assert "could not be mended now" in store.notices[0]
    assert all_files(paths.data) == before
    with pytest.raises(EngageError, match="could not be written"):
        store.commit(changed("third", person("third")))
    (paths.state / "lock").rmdir()
    store.commit(changed("third", person("third")))
    assert set(opened(paths).world().people) == {"first", "second", "third"}
    assert list(ledger.parent.glob("ledger.damaged-*"))


def test_what_a_killed_process_left_behind_is_no_obstacle(ledger: Path, paths: Paths) -> None:
    previous, second_name = (
        ledger.with_name("ledger.prev.json"),
        ledger.with_name("ledger.prev.json.tmp"),
    )
    ledger.with_name("ledger.json.tmp").write_bytes(b"half a led")
    previous.unlink()
    previous.hardlink_to(ledger)  # killed between the two renames: both names are one inode
    second_name.hardlink_to(ledger)
    store = opened(paths)
    for name in ("third", "fourth"):
        store.commit(changed(name, person(name)))
        store.close()
    everybody = {"first", "second", "third", "fourth"}
    assert set(opened(paths).world().people) == everybody
    assert sorted(path.name for path in ledger.parent.glob("ledger*")) == [
        "ledger.3.jsonl",
        "ledger.json",
        "ledger.prev.json",
    ]
    ledger.unlink()
    assert set(opened(paths).world().people) == everybody


def test_the_time_in_a_damaged_files_name_is_the_clocks(ledger: Path, paths: Paths) -> None:
    cut(ledger)
    opened(paths)
    (aside,) = ledger.parent.glob("ledger.damaged-*")
    assert aside.name == f"ledger.damaged-{AT:%Y%m%dT%H%M%SZ}.json"


def test_damage_while_engage_runs_never_becomes_the_previous_one(
    ledger: Path, paths: Paths, store: Store
) -> None:
    store.commit(changed("third", person("third")))
    known = ledger.stat()
    change_a_letter(ledger)
    os.utime(ledger, ns=(known.st_atime_ns, known.st_mtime_ns))  # as a failing disk would
    damaged = ledger.read_bytes()
    store.close()
    assert "was damaged while engage ran" in store.notices[0]
    assert all(path.read_bytes() != damaged for path in ledger.parent.glob("ledger*"))
    everybody = {"first", "second", "third"}
    assert set(opened(paths).world().people) == everybody
    ledger.unlink()
    assert set(opened(paths).world().people) == everybody

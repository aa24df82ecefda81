"""``engage merge``, and the data folders of several machines under a file synchroniser."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engage.clock import FixedClock
from engage.paths import paths_under
from engage.services.desk import desk_at
from engage.tui.refreshing import look

from .conftest import Ran, Run

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

#: Every form that tells what a home holds.
FORMS = (
    ("inbox",),
    ("inbox", "--all"),
    ("people",),
    ("person", "Mara Quill"),
    ("person", "Tomasz Lund"),
    ("feeds",),
    ("posts",),
    ("week",),
)


class Machine:
    """A home of its own, and the commands that are given there."""

    def __init__(self, home: Path, engage: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        self._engage = engage
        self._monkeypatch = monkeypatch

    def __call__(self, *words: str, at: str = "10:00") -> Ran:
        """Run a command at a time of Sunday, 22 November."""
        self._monkeypatch.setenv("ENGAGE_HOME", str(self.home))
        self._monkeypatch.setenv("ENGAGE_NOW", f"2026-11-22T{at}:00+01:00")
        return self._engage(*words)

    def done(self, *words: str, at: str = "10:00") -> Ran:
        ran = self(*words, at=at)
        assert ran.status == 0, ran.err
        return ran

    def forms(self, at: str = "18:00") -> list[Any]:
        return [self.done(*form, "--json", at=at).json for form in FORMS]

    def person(self, name: str) -> Any:
        return self.done("person", name, "--json", at="18:00").json

    @property
    def folder(self) -> Path:
        """The folder of this machine's ledger."""
        return self.home / "data" / (self.home / "state" / "machine").read_text().strip()

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}


Made = Callable[[str], Machine]


@pytest.fixture
def machine(home: Path, engage: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A machine by its name; its home is empty at first."""
    assert not home.exists()
    return lambda name: Machine(tmp_path / name, engage, monkeypatch)


@pytest.fixture
def two(machine: Made, demo_home: Path) -> tuple[Machine, Machine]:
    """Two copies of one home, which have been the same until now."""
    one, other = machine("one"), machine("other")
    shutil.copytree(demo_home, one.home)
    shutil.copytree(demo_home, other.home)
    return one, other


def united(one: Machine, other: Machine, at: str = "17:00") -> None:
    one.done("merge", str(other.home), at=at)
    other.done("merge", str(one.home), at=at)


# What holds


def test_homes_that_went_apart_become_the_same_and_nothing_is_lost(
    two: tuple[Machine, Machine],
) -> None:
    one, other = two
    tasks = [task["id"] for task in one.done("inbox", "--json").json["tasks"]]
    one.done("done", tasks[0], tasks[1], at="10:10")
    one.done("circle", "Mara Quill", "2", at="10:11")
    one.done("note", "Mara Quill", "Met in Porto.", at="10:12")
    one.done("add", "--person", "Ana Reis", at="10:13")
    one.done("wrote", "a page", at="10:14")
    other.done("drop", tasks[1], tasks[2], at="11:10")
    other.done("circle", "Mara Quill", "4", at="11:11")
    other.done("note", "Mara Quill", "Reads Pessoa.", at="11:12")
    other.done("add", "--person", "Ana Reis", "--circle", "3", at="11:13")
    other.done("log", "Mara Quill", "letter", "--note", "by hand", at="11:14")
    other.done("week", "--say", "A good one.", at="11:15")
    united(one, other)
    forms = one.forms()
    assert forms == other.forms()
    mara = one.person("Mara Quill")
    assert mara["person"]["circle"] == 4
    assert {"Met in Porto.", "Reads Pessoa."} <= set(mara["person"]["notes"].splitlines())
    assert "by hand" in [each["note"] for each in mara["timeline"]]
    states = {task["id"]: task["state"] for task in forms[1]["tasks"]}
    assert [states[id] for id in tasks[:3]] == ["done", "dropped", "dropped"]
    ana = [each["circle"] for each in forms[2]["people"] if each["name"] == "Ana Reis"]
    assert ana == [3]
    for machine, from_ in ((one, other), (other, one)):
        ran = machine.done("merge", str(from_.home), at="17:30")
        assert "is here already" in ran.out and not ran.err


@pytest.mark.parametrize("first", [0, 1])
def test_an_undo_is_a_decision_whichever_side_unites(
    two: tuple[Machine, Machine], first: int
) -> None:
    one, other = two
    one.done("friend", "Mara Quill", at="10:01")
    one.done("circle", "Mara Quill", "3", at="10:02")
    task = one.done("inbox", "--json").json["tasks"][0]["id"]
    one.done("done", task, at="10:03")
    one.done("log", "Tomasz Lund", "talk", "--note", "on the phone", at="10:04")
    other.done("merge", str(one.home), at="10:10")
    there = other.forms()
    for minute in range(4):
        one.done("undo", at=f"10:{20 + minute}")
    undone = one.forms()
    assert undone != there
    pair = (one, other) if first == 0 else (other, one)
    united(*pair)
    assert one.forms() == other.forms() == undone


def test_who_was_forgotten_does_not_come_back_but_with_a_later_decision(
    two: tuple[Machine, Machine],
) -> None:
    one, other = two
    other.done("circle", "Vera Rask", "2", at="10:00")
    one.done("forget", "Vera Rask", at="10:30")
    one.done("forget", "Mara Quill", at="10:31")
    other.done("log", "Mara Quill", "letter", "--note", "she wrote back", at="11:00")
    before = len(other.person("Mara Quill")["timeline"])
    united(one, other)
    for machine in two:
        assert machine("person", "Vera Rask").status == 1
        assert len(machine.person("Mara Quill")["timeline"]) == before
    assert one.done("people", "--json").json == other.done("people", "--json").json
    one.done("undo", at="17:10")  # the merge
    one.done("undo", at="17:11")  # forgetting Mara
    one.done("undo", at="17:12")  # forgetting Vera
    united(one, other, at="17:20")
    assert [machine.person("Vera Rask")["person"]["circle"] for machine in two] == [2, 2]


def test_a_clock_an_hour_slow_decides_later_all_the_same(two: tuple[Machine, Machine]) -> None:
    one, slow = two
    task = one.done("inbox", "--json").json["tasks"][0]["id"]
    one.done("later", task, at="12:00")
    one.done("circle", "Mara Quill", "2", at="12:01")
    one.done("friend", "Mara Quill", at="12:02")
    slow.done("merge", str(one.home), at="11:05")
    slow.done("done", task, at="11:06")
    slow.done("circle", "Mara Quill", "5", at="11:07")
    slow.done("friend", "Mara Quill", "--not", at="11:08")
    united(one, slow)
    for machine in (one, slow):
        mara = machine.person("Mara Quill")["person"]
        assert (mara["circle"], mara["stage"] == "Friend") == (5, False)
        everything = machine.done("inbox", "--all", "--json", at="18:00").json["tasks"]
        assert [each["state"] for each in everything if each["id"] == task] == ["done"]


def test_a_merge_is_one_step_back(two: tuple[Machine, Machine]) -> None:
    one, other = two
    other.done("log", "Mara Quill", "letter", at="11:00")
    other.done("add", "--person", "Ana Reis", at="11:01")
    other.done("circle", "Tomasz Lund", "1", at="11:02")
    before, there = one.forms(), other.forms()
    ran = one.done("merge", str(other.home), at="12:00")
    assert ran.out == (
        f"From {other.home} came 1 person and 1 touch.\nBrought up to date: Tomasz Lund.\n"
    )
    assert "`engage undo` takes it back" in ran.err
    one.done("undo", at="12:01")
    assert one.forms() == before
    united(one, other)
    assert one.forms() == other.forms() == there, "and it hurt nobody"


# What may be given


@pytest.mark.parametrize(
    "form", ["home", "data", "machine", "ledger", "backup", "conflict", "journal", "export", "all"]
)
def test_every_form_of_the_others_data_is_taken(
    two: tuple[Machine, Machine], tmp_path: Path, form: str
) -> None:
    one, other = two
    other.done("rename", "Tomasz Lund", "Tomasz L.", at="11:00")
    other.done("log", "Mara Quill", "letter", "--note", "by hand", at="11:01")
    given = {
        "home": other.home,
        "data": other.home / "data",
        "machine": other.folder,
        "ledger": other.folder / "ledger.json",
        "backup": tmp_path / "copy.gz",
        "conflict": tmp_path / "ledger.sync-conflict-20261122-100000-ABCDEFG.json",
        "journal": tmp_path / "ledger.9.sync-conflict-20261122-100000-ABCDEFG.jsonl",
        "export": tmp_path / "all.json",
        "all": tmp_path / "all",
    }[form]
    if form == "backup":
        other.done("backup", str(given), at="11:02")
    elif form == "conflict":
        shutil.copy(other.folder / "ledger.json", given)
    elif form == "journal":
        (last,) = other.folder.glob("ledger.*.jsonl")
        shutil.copy(last, given)
    elif form in ("export", "all"):
        other.done("export", "json" if form == "export" else "all", "--out", str(given), at="11:02")
    one.done("merge", str(given), at="12:00")
    assert "by hand" in [each["note"] for each in one.person("Mara Quill")["timeline"]]
    if form != "journal":  # which has the last change alone
        assert one.person("Tomasz L.")["person"]["name"] == "Tomasz L."
    again = one.done("merge", str(given), at="12:01")
    assert "is here already" in again.out


BAD = {
    "nothing there": None,
    "empty": b"",
    "a picture": b"\x89PNG\r\n",
    "other JSON": b'{"mine": {}}',
    "a list": b"[]",
    "cut short": "cut",
    "changed": "changed",
    "newer": b'{"people": {}, "_meta": {"1": {"schema": 99, "generation": 1, "crc32": 1}}}\n',
    "half a backup": "half",
    "a cut export": b'{\n"schema": 1,\n"kind": "engage-export",\n"people": [',
    "an export of a newer engage": b'{\n"schema": 9,\n"kind": "engage-export"}',
    "a broken export": b'{\n"schema": 1,\n"kind": "engage-export", "people": [{"id": 1}]}',
    "an empty folder": "folder",
    "a home without data": "home",
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_what_cannot_be_united_is_named_and_changes_nothing(
    two: tuple[Machine, Machine], tmp_path: Path, content: bytes | str | None
) -> None:
    one, other = two
    given = tmp_path / "given.json"
    whole = (other.folder / "ledger.json").read_bytes()
    if isinstance(content, bytes):
        given.write_bytes(content)
    elif content == "cut":
        given.write_bytes(whole[: len(whole) // 2])
    elif content == "changed":
        given.write_bytes(whole.replace(b"Mara", b"Nara", 1))
    elif content == "half":
        other.done("backup", str(given))
        given.write_bytes(given.read_bytes()[:-40])
    elif content in ("folder", "home"):
        given.mkdir()
        if content == "home":
            (given / "data" / "0123abcd").mkdir(parents=True)
            (given / "config.toml").write_text("")
    before = one.files()
    ran = one("merge", str(given), at="12:00")
    assert (ran.status, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert str(given) in ran.err
    assert one.files() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("closed", ["", "data", "machine", "ledger"])
def test_what_may_not_be_read_is_named(two: tuple[Machine, Machine], closed: str) -> None:
    one, other = two
    place = {
        "": other.home,
        "data": other.home / "data",
        "machine": other.folder,
        "ledger": other.folder / "ledger.json",
    }[closed]
    given = str(other.home)
    place.chmod(0)
    ran = one("merge", given)
    place.chmod(0o700)
    assert (ran.status, ran.out) == (1, "")
    assert f"{place} could not be read: Permission denied" in ran.err


@pytest.mark.parametrize("what", ["home", "data", "machine", "ledger", "a way around"])
def test_itself_is_nothing_to_unite_with(
    two: tuple[Machine, Machine], tmp_path: Path, what: str
) -> None:
    one, _ = two
    around = tmp_path / "around"
    around.symlink_to(one.home)
    given = {
        "home": one.home,
        "data": one.home / "data",
        "machine": one.folder,
        "ledger": one.folder / "ledger.json",
        "a way around": around,
    }[what]
    ran = one("merge", str(given))
    assert (ran.status, ran.out) == (1, "")
    assert "this very ledger" in ran.err


def test_a_new_home_takes_everything(machine: Made, two: tuple[Machine, Machine]) -> None:
    one, _ = two
    fresh = machine("fresh")
    shutil.copytree(one.home / "cache", fresh.home / "cache")
    fresh.done("merge", str(one.home))
    assert fresh.forms() == one.forms()


def test_what_another_one_wrote_is_cleaned_before_it_is_kept(
    two: tuple[Machine, Machine], tmp_path: Path
) -> None:
    one, other = two
    other.done("rename", "Tomasz Lund", "Tomasz Evil", at="11:00")
    document = json.loads(other.done("export", "json", at="11:01").out)
    for each in document["people"]:
        each["name"] = each["name"].replace("Evil", "\x1b]0;x\x07\u202eEvil")
    given = tmp_path / "hostile.json"
    given.write_text(json.dumps({**document, "kind": "engage-export"}, indent=1))
    one.done("merge", str(given), at="12:00")
    assert "Tomasz ]0;xEvil" in [each["name"] for each in one.forms()[2]["people"]]


# A file synchroniser


def carried(source: Machine, to: Machine) -> Path:
    there = to.home / "data" / source.folder.name
    shutil.copytree(source.folder, there, dirs_exist_ok=True)
    return there


@pytest.fixture
def apart(two: tuple[Machine, Machine]) -> tuple[Machine, Machine]:
    """Two machines with one history, each with an id of its own."""
    one, other = two
    old = other.folder
    old.rename(old.with_name("0123abcd"))
    (other.home / "state" / "machine").write_text("0123abcd\n")
    return one, other


def test_what_a_synchroniser_brings_is_united_when_a_command_starts(
    apart: tuple[Machine, Machine],
) -> None:
    one, other = apart
    other.done("log", "Mara Quill", "letter", "--note", "by hand", at="11:00")
    there = carried(other, one)
    before = {path.name: path.read_bytes() for path in there.iterdir() if path.is_file()}
    mara = one.person("Mara Quill")
    assert "by hand" in [each["note"] for each in mara["timeline"]]
    one.done("circle", "Mara Quill", "5", at="12:00")
    assert {p.name: p.read_bytes() for p in there.iterdir() if p.is_file()} == before
    carried(one, other)
    assert one.forms() == other.forms()
    assert "merged" not in one.done("undo", "--list").out
    mine = one.files()
    one.done("people")
    assert one.files() == mine, "nothing is written where nothing is new"


def test_a_new_machine_begins_with_what_the_others_hold(
    machine: Made, two: tuple[Machine, Machine]
) -> None:
    one, _ = two
    fresh = machine("fresh")
    shutil.copytree(one.home / "data", fresh.home / "data")
    shutil.copytree(one.home / "cache", fresh.home / "cache")
    before = one.files()
    assert fresh.forms() == one.forms()
    assert fresh.folder != fresh.home / "data" / one.folder.name
    assert one.files() == before


def test_what_is_half_there_is_left_until_it_is_whole(apart: tuple[Machine, Machine]) -> None:
    one, other = apart
    other.done("log", "Mara Quill", "letter", "--note", "by hand", at="11:00")
    before = len(one.person("Mara Quill")["timeline"])
    there = carried(other, one)
    whole = (there / "ledger.json").read_bytes()
    (there / "ledger.json").write_bytes(whole[:-1000])
    ran = one.done("person", "Mara Quill", "--json", at="12:00")
    assert not ran.err
    assert len(ran.json["timeline"]) == before
    ran = one("doctor", at="12:01")
    assert ran.status == 1
    assert f"{there} is not united yet" in ran.out
    (there / "ledger.json").write_bytes(whole)
    os.utime(there / "ledger.json", ns=(1, 1))
    assert len(one.person("Mara Quill")["timeline"]) == before + 1


def test_a_conflict_copy_in_the_data_folder_is_united_too(apart: tuple[Machine, Machine]) -> None:
    one, other = apart
    other.done("log", "Mara Quill", "letter", "--note", "by hand", at="11:00")
    copy = one.folder / "ledger (conflicted copy 2026-11-22).json"
    shutil.copy(other.folder / "ledger.json", copy)
    assert "by hand" in [each["note"] for each in one.person("Mara Quill")["timeline"]]
    ran = one("doctor", at="12:00")
    assert str(copy) in ran.out
    assert ran.status == 1


def test_undo_refuses_where_another_machine_decided_since(apart: tuple[Machine, Machine]) -> None:
    one, other = apart
    one.done("note", "Tomasz Lund", "Sings.", at="10:00")
    one.done("friend", "Mara Quill", at="10:01")
    carried(one, other)
    other.done("rename", "Tomasz Lund", "Tomasz L.", at="11:00")
    other.done("note", "Tomasz L.", "Plays the cello.", at="11:01")
    other.done("friend", "Mara Quill", "--not", at="11:02")
    carried(other, one)
    ran = one("undo", at="12:00")
    assert (ran.status, ran.out) == (1, "")
    assert "friend: Mara Quill" in ran.err
    assert "another machine" in ran.err
    one.done("undo", at="12:01")
    notes = one.person("Tomasz L.")["person"]["notes"].splitlines()
    assert "Plays the cello." in notes
    assert "Sings." not in notes


def test_somebody_decided_about_on_another_machine_stays(apart: tuple[Machine, Machine]) -> None:
    one, other = apart
    one.done("add", "--person", "Ana Reis", at="10:00")
    carried(one, other)
    other.done("log", "Ana Reis", "talk", at="11:00")
    carried(other, one)
    ran = one("undo", at="12:00")
    assert ran.status == 1
    assert "added: Ana Reis" in ran.err
    assert one.person("Ana Reis")["person"]["touches"] == {"in": 0, "out": 1}


def test_an_open_window_unites_what_arrives(apart: tuple[Machine, Machine]) -> None:
    one, other = apart
    other.done("log", "Mara Quill", "letter", "--note", "by hand", at="11:00")
    paths = paths_under(one.home)
    with closing(desk_at(paths, FixedClock(NOON))) as desk:
        seen = look(desk, None)
        assert look(desk, seen) is None
        carried(other, one)
        arrived = look(desk, seen)
        assert arrived is not None
        assert "by hand" in [touch.note for touch in arrived[0].touches]
        assert look(desk, arrived) is None

"""No power cut loses or halves an acknowledged change: every state that one may leave is opened."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import pytest
from crash_states import Disk, Files
from ledgers import changed, ledger_of, opened, person, touch
from tinydb import TinyDB

from engage.errors import EngageError
from engage.paths import Paths, paths_under
from engage.store import journal


class Check:
    """Opens states, each once, and keeps those that are not as promised."""

    def __init__(self, paths: Paths, scratch: Path) -> None:
        self._machine = (paths.state / "machine").read_text()
        self._scratch = scratch
        self._seen: set[object] = set()
        self.acknowledged = 0
        self.bad: list[str] = []

    @property
    def count(self) -> int:
        return len(self._seen)

    def state(self, files: Files) -> None:
        """A state that must hold what was acknowledged, or that with the change in flight."""
        # The contents themselves would be gigabytes.
        contents = ((name, blake2b(content).digest()) for name, content in files.items())
        key = (self.acknowledged, frozenset(contents))
        if key in self._seen:
            return
        self._seen.add(key)
        paths = paths_under(self._scratch)
        shutil.rmtree(self._scratch, ignore_errors=True)
        folder = paths.data / self._machine.strip()
        folder.mkdir(parents=True)
        paths.state.mkdir()
        (paths.state / "machine").write_text(self._machine)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        try:
            self._open(paths)
        except (EngageError, AssertionError) as wrong:
            self.bad.append(f"{wrong} {sorted(files)}")

    def _open(self, paths: Paths) -> None:
        store = opened(paths)
        found = [touch.id for touch in store.world().touches]
        promised = (names(self.acknowledged), names(self.acknowledged + 1))
        assert found in promised, found
        assert all(store.get("amendments", key) is None for key in found)
        assert all(store.get("feeds", key) is not None for key in found), "half a change"
        store.commit(changed("after", touch("zz")))
        store.close()
        with TinyDB(ledger_of(paths)) as database:
            kept = sorted(touch["id"] for touch in database.table("touches"))
        # A line that lacks only its end is seen by who writes, not yet by who reads.
        assert kept in [[*each, "zz"] for each in promised if len(each) >= len(found)], kept


def names(count: int) -> list[str]:
    return [f"t{number:03}" for number in range(count)]


def run(paths: Paths, scratch: Path, changes: int, *, honest: bool) -> Check:
    """A program that writes, is closed now and then, and whose every state is checked."""
    store = opened(paths)
    store.commit(changed("added Mara", person("mara")))
    check = Check(paths, scratch)
    disk = Disk(ledger_of(paths).parent, check.state, honest=honest)
    with disk.watched():
        for number, key in enumerate(names(changes)):
            long = "x" * (number * 700 % 5000)
            store.commit(changed(f"c{number}", touch(key, note=long), feed_like(key)))
            check.acknowledged = number + 1
            if number % 3 == 2:
                store.close()
    return check


def feed_like(key: str) -> object:
    from ledgers import AT

    from engage.domain.records import Feed

    return Feed(key, f"https://{key}.example/", f"https://{key}.example/", "theirs", AT)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where states are opened: in memory if it can be, as thousands of syncs are waited for."""
    monkeypatch.setattr(journal, "_ROOM", 8192)
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        yield Path(folder) / "crashed"


@pytest.mark.parametrize(
    "changes", [8, pytest.param(200, marks=pytest.mark.slow)], ids=["short", "long"]
)
def test_every_state_after_a_power_cut_has_what_was_acknowledged(
    paths: Paths, scratch: Path, changes: int
) -> None:
    check = run(paths, scratch, changes, honest=True)
    assert check.count > 10 * changes
    assert check.bad == []


def test_the_model_notices_a_disk_that_does_not_sync(paths: Paths, scratch: Path) -> None:
    assert run(paths, scratch, 3, honest=False).bad

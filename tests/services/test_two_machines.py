"""Two machines and a file synchroniser: whatever it carries when, both come to hold the same."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from machines import DOINGS, do

from engage.clock import FixedClock
from engage.domain.changes import TABLES
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.services.outcomes import Logged
from engage.store.packed import Documents
from engage.store.sources import read_source
from tests.support.demo import NOW

#: Decided on both machines; what takes somebody away has tests of its own.
DONE = sorted(DOINGS.keys() - {"forget", "make one"})


class Machine:
    """A home with a clock of its own. The other machine's files come into its data folder."""

    def __init__(self, folder: Path, minutes: int) -> None:
        self.paths = paths_under(folder)
        self.clock = FixedClock(NOW + timedelta(minutes=minutes))
        self.desk: Desk = desk_at(self.paths, self.clock)

    def own_folder(self) -> Path | None:
        name = self.paths.state / "machine"
        return self.paths.data / name.read_text().strip() if name.exists() else None

    def open_again(self) -> None:
        self.desk.close()
        self.desk = desk_at(self.paths, self.clock)

    def documents(self) -> dict[str, dict[str, object]]:
        """Every record that is in sight, by table."""
        folder = self.own_folder()
        assert folder is not None
        tables = read_source(folder / "ledger.json").tables
        return {name: dict(sorted(tables.get(name, Documents()).items())) for name in TABLES}


def carry(source: Machine, to: Machine, chance: random.Random | None = None) -> None:
    """Bring the files of a machine to another one: all, or one of them and perhaps a part of it."""
    folder = source.own_folder()
    if folder is None:
        return
    there = to.paths.data / folder.name
    files = sorted(file for file in folder.iterdir() if file.is_file())
    if chance is None:
        shutil.rmtree(there, ignore_errors=True)
        shutil.copytree(folder, there)
        return
    there.mkdir(parents=True, exist_ok=True)
    file = chance.choice(files)
    content = file.read_bytes()
    if chance.random() < 0.3:
        content = content[: chance.randrange(len(content) + 1)]
    (there / file.name).write_bytes(content)


@pytest.fixture
def folder() -> Iterator[Path]:
    memory = Path("/dev/shm")  # what a disk does is tested elsewhere
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as made:
        yield Path(made)


def lived(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    one, other = Machine(folder / "one", 0), Machine(folder / "other", -60)
    logged: set[str] = set()
    for _ in range(40):
        here, there = chance.choice([(one, other), (other, one)])
        for machine in (one, other):
            machine.clock.advance(minutes=1)
        step = (chance.choice(DONE), chance.randrange(4), chance.randrange(6))
        done = do(here.desk, step)
        if isinstance(done, Logged):
            logged.add(done.touch.id)
        for _ in range(chance.randrange(3)):
            carry(here, there, chance)
            there.desk.store.unite_neighbours()
        if chance.random() < 0.1:
            here.open_again()
    for _ in range(2):
        for here, there in ((one, other), (other, one)):
            here.open_again()
            carry(here, there)
            there.desk.store.unite_neighbours()
    one.open_again(), other.open_again()
    assert one.documents() == other.documents()
    assert one.desk.world() == other.desk.world()
    assert logged <= {str(touch["id"]) for touch in one.documents()["touches"].values()}
    assert not one.desk.store.unite_neighbours()
    one.desk.close(), other.desk.close()


@pytest.mark.parametrize("seed", range(6))
def test_files_carried_in_any_order_and_cut_short_lead_to_the_same(folder: Path, seed: int) -> None:
    lived(folder, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 400))
def test_files_carried_in_any_order_and_cut_short_lead_to_the_same_at_length(
    folder: Path, seed: int
) -> None:
    lived(folder, seed)

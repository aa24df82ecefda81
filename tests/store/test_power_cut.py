"""A power cut on a real file system: what is on its disk at an instant, mounted afresh.

The file system writes only what it is told to sync (``commit=300``); its image is copied while the
writer stands still, and the copy is mounted as after a cut, its journal replayed. Needs root.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from killed import acknowledged
from ledgers import changed, opened, person

from engage.paths import paths_under

#: Cuts in one image, before a new one is made.
SERIES = 25


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def made(folder: Path) -> Path:
    """A new file system in a file."""
    image = folder / "disk.img"
    with image.open("wb") as file:
        file.truncate(24 * 2**20)
    run("mkfs.ext4", "-q", "-F", str(image))
    return image


@contextmanager
def mounted(image: Path, at: Path) -> Iterator[Path]:
    run("mount", "-o", "loop,commit=300", str(image), str(at))
    try:
        yield at / "home"
    finally:
        run("umount", str(at))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a file system may be mounted, if it may."""
    if os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        pytest.skip("mounting a file system needs root and mkfs.ext4")
    place = tmp_path / "mounted"
    place.mkdir()
    try:
        with mounted(made(tmp_path), place):
            pass
    except subprocess.CalledProcessError as refused:
        pytest.skip(f"no file system can be mounted here: {refused.stderr.decode().strip()}")
    return place


@pytest.mark.parametrize(
    "cuts", [2, pytest.param(150, marks=pytest.mark.slow)], ids=["short", "long"]
)
def test_a_power_cut_loses_no_acknowledged_change_and_halves_none(
    tmp_path: Path, place: Path, cuts: int
) -> None:
    dice = random.Random(cuts)
    after_cut = tmp_path / "cut.img"
    expected: set[str] = set()
    for cut in range(cuts):
        name = f"cut{cut}"
        if cut % SERIES == 0:
            image, expected = made(tmp_path), set()
            with mounted(image, place) as home:
                store = opened(paths_under(home))
                store.commit(changed("added Mara", person()))
                store.close()
        with mounted(image, place) as home:
            copy = partial(shutil.copyfile, image, after_cut)
            count = acknowledged(home, name, dice.uniform(0, 0.05), copy)
        after_cut.replace(image)
        with mounted(image, place) as home:
            store = opened(paths_under(home))
            found = {touch.id for touch in store.world().touches}
            expected |= {f"{name}-{number}" for number in range(count)}
            assert found in (expected, expected | {f"{name}-{count}"})
            for key in found:
                assert store.get("amendments", key) is not None
            store.close()
        expected = found

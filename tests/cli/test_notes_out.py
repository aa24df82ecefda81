"""Where the weekly notes go."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

PLACES = {
    "a folder that is there": ("there", "there/2026-W47.md"),
    "a folder that is not there yet": ("new/notes/", "new/notes/2026-W47.md"),
    "a file": ("there/week.md", "there/week.md"),
}


@pytest.mark.parametrize(("given", "written"), PLACES.values(), ids=PLACES.keys())
def test_notes_are_written_there(engage: Run, tmp_path: Path, given: str, written: str) -> None:
    (tmp_path / "there").mkdir()
    done = engage("notes", "2026-W47", "--out", f"{tmp_path}/{given}")
    assert (done.status, done.out.strip()) == (0, f"{tmp_path}/{written}")
    assert (tmp_path / written).is_file()


def test_a_folder_gets_the_name_that_the_writer_set(
    engage: Run, home: Path, tmp_path: Path
) -> None:
    home.mkdir()
    (home / "config.toml").write_text('notes_name = "GGGG/[Week] W"\n')
    done = engage("notes", "2026-W07", "--out", f"{tmp_path}/notes/")
    assert (done.status, done.out.strip()) == (0, f"{tmp_path}/notes/2026/Week 7.md")
    assert engage("notes", "2026-W07", "--out", f"{tmp_path}/notes/").status == 0

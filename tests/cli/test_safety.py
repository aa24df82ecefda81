"""Backups, restoring and the doctor, as commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run, people


@pytest.mark.usefixtures("mara")
def test_a_backup_is_brought_back_and_the_restoring_taken_back(engage: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json.gz"
    ran = engage("backup", str(copy))
    assert (ran.status, ran.out) == (0, f"{copy}\n")
    engage("add", "--person", "Tomasz Wilk")
    ran = engage("restore", str(copy))
    assert (ran.status, ran.out) == (0, "")
    assert "`engage undo` takes it back" in ran.err
    assert {each["name"] for each in people(engage)} == {"Mara Quill", "Mara Lund"}
    assert engage("undo").status == 0
    assert len(people(engage)) == 3
    assert "the same" in engage("restore", str(engage("backup").out.strip())).err


@pytest.mark.usefixtures("mara")
def test_a_ledger_beyond_mending_is_said_and_restored(
    engage: Run, home: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    engage("backup", str(copy))
    for path in home.glob("data/*/ledger*.json"):
        path.write_bytes(b"{")
    ran = engage("people")
    assert ran.status == 1
    assert "engage restore PATH" in ran.err
    ran = engage("doctor")
    assert ran.status == 1
    assert "engage restore PATH" in ran.out
    assert engage("restore", str(copy)).status == 0
    assert len(people(engage)) == 2


@pytest.mark.parametrize("given", ["missing", "."], ids=["no such file", "a folder without one"])
def test_what_is_no_backup_is_refused(engage: Run, tmp_path: Path, given: str) -> None:
    ran = engage("restore", str(tmp_path / given))
    assert ran.status == 1
    assert str(tmp_path / given) in ran.err


def test_the_doctor_finds_a_new_home_and_a_used_one_well(engage: Run) -> None:
    assert engage("doctor").status == 0
    engage("add", "--person", "Mara Quill")
    ran = engage("doctor")
    assert (ran.status, ran.err) == (0, "")
    assert "people 1" in ran.out
    assert all(line.startswith("well  ") for line in ran.out.splitlines())


def test_the_doctor_names_a_remedy_for_each_finding(engage: Run, home: Path) -> None:
    engage("add", "--person", "Mara Quill")
    backup = Path(engage("backup").out.strip())
    backup.write_bytes(b"{")
    (home / "config.toml").write_text("welcome_per_dey = 3\n")
    ran = engage("doctor")
    assert ran.status == 1
    bad = [line for line in ran.out.splitlines() if line.startswith("look  ")]
    assert len(bad) == 2
    assert f"Remove {backup}." in bad[1]

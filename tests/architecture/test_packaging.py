"""The wheel: only ``engage/``, with the themes inside, and the address from the one constant."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

import engage

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_installs_only_engage(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"engage"}
    assert "engage/themes/engage-dark.toml" in names
    assert any(name.endswith(".tcss") for name in names)


def test_the_metadata_has_the_address_of_the_constant(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/METADATA"))
        metadata = message_from_string(archive.read(name).decode())
    assert metadata["Version"] == engage.__version__
    assert metadata["Project-URL"] == f"Homepage, {engage.HOME_URL}"


def _themes_seen_from(place: Path) -> str:
    code = (
        "import engage.tui.themes as t; print(t.__file__); print([str(x) for x in t.available()])"
    )
    environ = {**os.environ, "PYTHONPATH": str(place), "ENGAGE_HOME": str(place / "nowhere")}
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=place,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(place) in result.stdout.splitlines()[0], "another engage was imported"
    return result.stdout


def test_themes_are_found_from_a_wheel(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    assert "engage-dark" in _themes_seen_from(tmp_path)
    assert "engage-light" in _themes_seen_from(tmp_path)


def test_themes_are_found_from_a_checkout() -> None:
    assert "engage-dark" in _themes_seen_from(ROOT)
    assert "engage-light" in _themes_seen_from(ROOT)

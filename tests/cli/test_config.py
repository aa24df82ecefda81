"""The settings, the keys and the themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import Run


class TestSettings:
    """What is wrong in config.toml is said once by any command."""

    def test_shown_with_their_origin(self, engage: Run, home: Path) -> None:
        home.mkdir()
        (home / "config.toml").write_text("welcome_per_day = 5\n")
        rows = [re.split(r" {2,}", line) for line in engage("config").out.splitlines()]
        assert ["welcome_per_day", "5", str(home / "config.toml")] in rows
        assert ["minutes_per_day", "20", "default"] in rows

    @pytest.mark.parametrize(
        "text",
        ["welcome_per_day = 99", "welcom = 1", "= 1", '[keys]\nnothing = "x"', 'theme = "none"'],
    )
    def test_a_finding_is_said_by_any_command(self, engage: Run, home: Path, text: str) -> None:
        home.mkdir()
        (home / "config.toml").write_text(text)
        ran = engage("config", "validate")
        assert (ran.status, ran.out) == (1, "")
        assert str(home / "config.toml") in ran.err
        assert ran.err.count("\n") == 1
        assert engage("people").err.startswith(ran.err)
        assert engage("people").status == 0

    def test_in_order(self, engage: Run, home: Path) -> None:
        assert engage("config", "validate").status == 0
        assert engage("config", "path").out == f"{home / 'config.toml'}\n"

    def test_own_keys_are_listed(self, engage: Run, home: Path) -> None:
        home.mkdir()
        (home / "config.toml").write_text('[keys]\ndone = "D"\nlater = false\n')
        rows = {line.split()[0]: line.split()[1] for line in engage("keys").out.splitlines()}
        assert (rows["done"], rows["later"], rows["reply"]) == ("D", "none", "r")

    def test_themes_have_an_origin(self, engage: Run, home: Path) -> None:
        (home / "themes").mkdir(parents=True)
        (home / "themes" / "mine.toml").write_text('primary = "#ffffff"\n')
        rows = [line.split() for line in engage("themes").out.splitlines()]
        assert ["engage-dark", "engage"] in rows
        assert ["mine", str(home / "themes")] in rows

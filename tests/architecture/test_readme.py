"""The README keeps its promises: two commands, the headings, a picture that is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_the_first_block_runs_engage_in_one_line() -> None:
    assert len(BLOCKS[0].strip().splitlines()) == 1
    assert BLOCKS[0].strip().endswith(".venv/bin/engage")


def test_the_block_under_develop_is_what_the_checks_run() -> None:
    develop = README.split("## Develop", 1)[1]
    command = re.search(r"```sh\n(.*?)\n```", develop, re.DOTALL)
    assert command is not None
    assert command[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_there_are_headings_for_architecture_and_speed() -> None:
    headings = re.findall(r"^## (.+)$", README, re.MULTILINE)
    assert {"Start", "Architecture", "Speed", "Develop"} <= set(headings)


def test_every_picture_and_page_it_names_is_there() -> None:
    named = [path for path in re.findall(r"\]\(([^)]+)\)", README) if "://" not in path]
    assert any(path.endswith(".svg") for path in named)
    assert [path for path in named if not (ROOT / path).exists()] == []

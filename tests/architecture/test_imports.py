"""What is imported when: nothing heavy before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("aiohttp", "feedparser", "selectolax", "textual", "rich", "tinydb", "hypothesis")

CASES = {
    "the domain": (
        "import engage.domain.triage, engage.domain.week, engage.domain.identity, "
        "engage.domain.query, engage.domain.incoming",
        HEAVY,
    ),
    "the services of an inbox": (
        "import engage.services.triage",
        ("aiohttp", "feedparser", "selectolax", "textual", "rich", "asyncio"),
    ),
    "the action registry": ("import engage.tui.actions", HEAVY),
    "a worker that parses": ("import engage.feeds.workers", ("aiohttp", "textual", "rich")),
}


@pytest.mark.parametrize(("statement", "forbidden"), CASES.values(), ids=CASES.keys())
def test_import_brings_in_nothing_heavy(statement: str, forbidden: tuple[str, ...]) -> None:
    code = f"{statement}; import sys; print([m for m in {forbidden!r} if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"

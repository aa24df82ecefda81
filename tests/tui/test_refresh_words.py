"""How a refresh went, in the status line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engage.services.outcomes import Refreshed
from engage.tui.refreshing import summary

NOW = datetime(2026, 11, 22, 21, 13, tzinfo=UTC)

CASES = {
    "later today": (0, NOW + timedelta(hours=1), "all fresh; next at 22:13"),
    "tomorrow at the same time": (0, NOW + timedelta(days=1), "all fresh; next at Mon 21:13"),
    "no feed": (0, None, "all fresh"),
    "one failed": (1, None, "1 feed did not answer"),
    "two failed": (2, NOW + timedelta(hours=1), "2 feeds did not answer; next at 22:13"),
}


def test_feeds_that_need_the_writer_are_said_with_the_key_that_leads_to_them() -> None:
    done = Refreshed(0.0, 3, 3, 2, 0, 1, 0, 0, 0, 0, 0, ())
    due = NOW + timedelta(hours=1)
    assert summary(done, due, NOW, 1, "g f") == "1 feed needs you: g f; next at 22:13"
    assert summary(done, None, NOW, 2, "g f") == "2 feeds need you: g f"


@pytest.mark.parametrize(("failed", "due", "words"), CASES.values(), ids=CASES.keys())
def test_the_words(failed: int, due: datetime | None, words: str) -> None:
    done = Refreshed(0.0, 3, 3, 3 - failed, 0, failed, 0, 0, 0, 0, 0, ())
    assert summary(done, due, NOW) == words

"""A desk on the made-up writer's world, and an empty one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engage.clock import FixedClock
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from tests.support.demo import NOW, demo_desk


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The writer lives in Greenwich."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The made-up world."""
    made = demo_desk(tmp_path / "demo")
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Desk]:
    """A writer's first day."""
    made = desk_at(paths_under(tmp_path / "empty"), FixedClock(NOW))
    yield made
    made.close()

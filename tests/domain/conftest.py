"""The writer of these tests lives in Lisbon, and can move."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

HOME = "Europe/Lisbon"


@pytest.fixture(scope="module", autouse=True)
def at_home() -> Iterator[None]:
    """The system's time zone is the writer's, wherever the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", HOME)
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Moves the writer to another time zone until the test ends."""

    def be_in(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield be_in
    monkeypatch.undo()
    time.tzset()

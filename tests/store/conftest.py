"""A home in a temporary folder, and the store in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ledgers import opened

from engage.paths import Paths, paths_under
from engage.store.store import Store


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_under(tmp_path / "home")


@pytest.fixture
def store(paths: Paths) -> Iterator[Store]:
    store = opened(paths)
    yield store
    store.close()

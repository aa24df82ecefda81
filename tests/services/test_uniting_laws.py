"""Ledgers of machines that decided apart: uniting them is one thing, whoever does it, in any order.

What happens on each machine is done by the services, on real ledgers, with clocks that differ.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from machines import DOINGS, do

from engage.clock import FixedClock
from engage.domain.changes import TABLES
from engage.domain.records import World
from engage.domain.stamps import STAMPS
from engage.domain.world import build_world
from engage.paths import paths_under
from engage.services.desk import desk_at
from engage.store.packed import Documents, Tables
from engage.store.sources import read_source
from engage.store.uniting import puts_to_unite, with_puts
from tests.support.demo import NOW

#: What all machines have in common.
BEGUN = [("new", 0, 0), ("new", 1, 2), ("log", 0, 1)]

STEP = st.tuples(st.sampled_from(sorted(DOINGS)), st.integers(0, 3), st.integers(0, 5))
STEPS = st.lists(STEP, max_size=7)
#: How wrong each machine's clock is, in minutes.
CLOCKS = st.tuples(*[st.sampled_from([0, -60, 7])] * 3)


def lived(folder: Path, steps: list[tuple[str, int, int]], minutes: int) -> Path:
    """A machine's folder after these steps, a minute apart. What is refused is not done."""
    clock = FixedClock(NOW + timedelta(minutes=minutes))
    with closing(desk_at(paths_under(folder), clock)) as desk:
        for step in steps:
            clock.advance(minutes=1)
            do(desk, step)
    return folder


def tables_of(folder: Path) -> Tables:
    found = list(folder.glob("data/*/ledger.json"))
    tables = read_source(found[0]).tables if found else {}
    return {name: tables.get(name, Documents()) for name in (*TABLES, STAMPS)}


def union(mine: Tables, theirs: Tables) -> Tables:
    return with_puts(mine, puts_to_unite(mine, theirs))


def held(tables: Tables) -> dict[str, dict[str, Any]]:
    """Every document that is in sight, by table."""
    return {name: dict(sorted(tables[name].items())) for name in TABLES}


def world(tables: Tables) -> World:
    return build_world(lambda table: tables[table].values())


@pytest.fixture(scope="module")
def folders() -> Any:
    memory = Path(
        "/dev/shm"
    )  # a thousand small ledgers: their safety on a disk is tested elsewhere
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield (Path(folder) / str(number) for number in range(1_000_000))


def three(folders: Any, before: Any, steps: Any, clocks: Any) -> list[Tables]:
    """Three machines that have something in common and then go on apart."""
    common = lived(next(folders), [*BEGUN, *before], -600)
    found = []
    for each, minutes in zip(steps, clocks, strict=True):
        own = next(folders)
        shutil.copytree(common, own)
        found.append(tables_of(lived(own, each, minutes)))
    return found


LAWS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@given(STEPS, st.tuples(STEPS, STEPS, STEPS), CLOCKS)
@LAWS
def test_uniting_is_commutative_associative_and_idempotent(
    folders: Any, before: Any, steps: Any, clocks: Any
) -> None:
    a, b, c = three(folders, before, steps, clocks)
    ab, ba = union(a, b), union(b, a)
    assert held(ab) == held(ba)
    assert not puts_to_unite(ab, b)
    assert not puts_to_unite(ab, a)
    assert not puts_to_unite(a, a)
    assert held(union(ab, c)) == held(union(a, union(b, c))) == held(union(union(c, a), b))

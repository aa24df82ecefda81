"""Ledgers of machines that decided apart: uniting them is one thing, whoever does it, in any order.

What happens on each machine is done by the services, on real ledgers, with clocks that differ.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.clock import FixedClock
from engage.domain.changes import TABLES, put
from engage.domain.identity import feed_id
from engage.domain.people import make_person
from engage.domain.records import Decision, Feed, NewsItem, WeekLine, World
from engage.domain.stamps import STAMPS
from engage.domain.world import build_world
from engage.errors import EngageError
from engage.paths import paths_under
from engage.services.amend import amend, strike
from engage.services.desk import Desk, desk_at
from engage.services.edit_person import (
    add_note,
    forget,
    leave,
    rename,
    set_cadence,
    set_circle,
    set_friend,
    set_next,
)
from engage.services.follow import pause, remove
from engage.services.merging import merge_people
from engage.services.remember import log, undo, wrote
from engage.store.packed import Documents, Tables
from engage.store.sources import read_source
from engage.store.uniting import puts_to_unite, with_puts
from tests.support.demo import NOW

#: Three names; the last is somebody whom each machine comes to know by another address.
NAMES = ("Mara", "Tomasz", "Ines")
SITES = {name: f"https://{name.lower()}.example" for name in NAMES}


def _person(desk: Desk, index: int) -> Any:
    people = sorted(desk.world().people.values(), key=lambda person: person.id)
    return people[index % len(people)] if people else None


def _new(desk: Desk, index: int, how: int) -> None:
    """Somebody who comes to be known by one of three addresses, and perhaps a feed."""
    name = NAMES[index % 3]
    site = SITES[name]
    feed = f"{site}/feed"
    made = (
        make_person(name, desk.now(), "added", feed_url=feed, profile=site),
        make_person(f"{name} {how}", desk.now(), "logged", profile=site),
        make_person(name, desk.now(), "imported", account=f"@{name.lower()}@social.example"),
    )[how % 3]
    known = desk.world()
    if made.id in known.people or any(set(made.keys) & set(p.keys) for p in known.people.values()):
        return
    puts = [put(made)]
    if how % 3 == 0 and feed_id(feed) not in known.feeds:
        puts.append(put(Feed(feed_id(feed), feed, feed, "theirs", desk.now(), made.id)))
        item = NewsItem(f"u-{name}", made.id, feed_id(feed), "Ink", feed, None, *[desk.now()] * 2)
        puts.append(put(item))
    desk.commit(f"added: {name}", puts)


def _decide(desk: Desk, index: int, how: int) -> None:
    person = _person(desk, index)
    outcome = ("done", "drop", "later")[how % 3]
    now = desk.stamp()
    id = f"d-{person.id}-{outcome}-{now.isoformat()}"
    desk.commit("decided", [put(Decision(id, now, "task", person.id, "welcome", outcome))])  # type: ignore[arg-type]


def _say(desk: Desk, index: int, how: int) -> None:
    before = desk.world().week_lines.get("2026-W47")
    after = WeekLine("2026-W47", desk.stamp(), f"line {index} {how}")
    desk.commit("said", [put(after, before)])


def _keys(desk: Desk, index: int, how: int) -> None:
    """A refresh learns another address of somebody."""
    before = _person(desk, index)
    profiles = (*before.profiles, f"https://elsewhere.example/{how}")
    if profiles[-1] not in before.profiles:
        desk.commit("met", [put(replace(before, profiles=profiles), before)], by="refresh")


def _touch(desk: Desk, index: int) -> str:
    touches = desk.world().touches
    return touches[index % len(touches)].id


DOINGS: Mapping[str, Callable[[Desk, int, int], object]] = {
    "new": _new,
    "circle": lambda desk, i, n: set_circle(desk, _person(desk, i).id, n % 5 + 1 if n else None),
    "cadence": lambda desk, i, n: set_cadence(desk, _person(desk, i).id, n + 7),
    "friend": lambda desk, i, n: set_friend(desk, _person(desk, i).id, n % 2 == 0),
    "leave": lambda desk, i, n: leave(desk, _person(desk, i).id, leave=n % 2 == 0),
    "next": lambda desk, i, n: set_next(desk, _person(desk, i).id, date(2026, 12, 1 + n)),
    "note": lambda desk, i, n: add_note(desk, _person(desk, i).id, f"line {n}\nand {n % 2}"),
    "rename": lambda desk, i, n: rename(desk, _person(desk, i).id, f"Name {n}"),
    "forget": lambda desk, i, _: forget(desk, _person(desk, i).id),
    "make one": lambda desk, i, n: merge_people(
        desk, _person(desk, i).id, _person(desk, i + 1 + n).id
    ),
    "log": lambda desk, i, n: log(desk, _person(desk, i).id, "letter", note=f"note {n}"),
    "amend": lambda desk, i, n: amend(desk, _touch(desk, i), note=f"better {n}"),
    "strike": lambda desk, i, _: strike(desk, _touch(desk, i)),
    "decide": _decide,
    "wrote": lambda desk, _, n: wrote(desk, f"words {n}"),
    "say": _say,
    "met": _keys,
    "pause": lambda desk, i, _: pause(desk, sorted(desk.world().feeds)[i % 1]),
    "unfollow": lambda desk, i, _: remove(desk, sorted(desk.world().feeds)[i % 1]),
    "undo": lambda desk, _, __: undo(desk),
}

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
        for what, index, how in steps:
            clock.advance(minutes=1)
            try:
                DOINGS[what](desk, index, how)
            except (EngageError, ZeroDivisionError, AttributeError, IndexError):
                continue  # there is nobody, or nothing, yet
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

"""Two at once, killed ones, and full disks: with real processes."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from killed import acknowledged
from ledgers import changed, ledger_of, opened, person, touch
from tinydb import TinyDB
from writer import numbered

from engage.errors import EngageError, StoreBusy
from engage.paths import Paths, paths_under
from engage.store.store import Store

HERE = Path(__file__).parent

#: Kills of one ledger, before a new one is begun.
SERIES = 40


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=HERE,
        env={**os.environ, "PYTHONPATH": str(HERE)},
    )


def run(paths: Paths, program: str) -> subprocess.Popen[str]:
    """A process with a program that finds ``store`` open and says when it is ready."""
    opening = (
        "import sys; from pathlib import Path; from ledgers import *;"
        f"paths = Paths(*map(Path, {[str(getattr(paths, name)) for name in Paths.__slots__]!r}));"
        "store = opened(paths)\n"
    )
    return start("-c", opening + program)


HOLD = """
from engage.store.locks import FileLock
with FileLock(paths.state / "lock").held():
    print("held", flush=True)
    __import__("time").sleep(60)
"""

REFRESH = """
with store.refreshing():
    print("refreshing", flush=True)
    __import__("time").sleep(60)
"""


def test_two_processes_at_once_lose_nothing(paths: Paths, store: Store) -> None:
    store.commit(changed("added Mara", person()))
    home = str(paths.config)
    writers = [start("writer.py", home, name, "50") for name in ("one", "two")]
    for writer in writers:
        said, complained = writer.communicate(timeout=60)
        assert (writer.returncode, complained) == (0, "")
        assert said.split() == [str(number) for number in range(50)]
    expected = {f"{name}-{number}" for name in ("one", "two") for number in range(50)}
    assert {each.id for each in store.world().touches} == expected
    assert {each.id for each in opened(paths).world().touches} == expected
    assert len(store.changes()) == 101
    assert store.notices == ()


def test_a_reader_beside_two_writers_sees_only_whole_changes_and_ever_more(
    paths: Paths, store: Store
) -> None:
    store.commit(changed("added Mara", person()))
    home = str(paths.config)
    writers = [start("writer.py", home, name, "40") for name in ("one", "two")]
    before: set[str] = set()
    while any(writer.poll() is None for writer in writers):
        world = store.world()
        found = {each.id for each in world.touches}
        assert found >= before, "an acknowledged change is gone"
        assert all(store.get("amendments", key) is not None for key in found), "half a change"
        before = found
    for writer in writers:
        assert writer.communicate() == ("".join(f"{number}\n" for number in range(40)), "")
    assert len(store.world().touches) == 80
    assert store.notices == ()
    with TinyDB(ledger_of(paths)) as database:
        assert len(database.table("touches")) == 80, "the last who closed left one file"


def test_two_processes_that_write_first_make_one_home(paths: Paths) -> None:
    writers = [start("writer.py", str(paths.config), name, "3") for name in ("one", "two")]
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    assert len(list(paths.data.iterdir())) == 1
    with TinyDB(ledger_of(paths)) as database:
        assert len(database.table("touches")) == 6


def test_a_writer_waits_two_seconds_and_names_the_holder(paths: Paths, store: Store) -> None:
    store.commit(changed("added Mara", person()))
    holder = run(paths, HOLD)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert set(opened(paths).world().people) == {"mara"}, "reading never waits"
        began = time.monotonic()
        with pytest.raises(StoreBusy) as busy:
            store.commit(changed("added Tomasz", person("tomasz")))
        assert 1.9 < time.monotonic() - began < 10
        assert f"process {holder.pid}" in str(busy.value)
        assert busy.value.status == 3
        assert set(store.world().people) == {"mara"}
    finally:
        holder.kill()
        holder.communicate()
    store.commit(changed("added Tomasz", person("tomasz")))
    assert set(store.world().people) == {"mara", "tomasz"}


@pytest.mark.parametrize(
    "kills", [15, pytest.param(1000, marks=pytest.mark.slow)], ids=["short", "long"]
)
def test_kill_9_loses_no_acknowledged_change_and_halves_none(tmp_path: Path, kills: int) -> None:
    dice = random.Random(kills)
    expected: set[str] = set()
    for kill in range(kills):
        name = f"kill{kill}"
        if kill % SERIES == 0:
            paths = paths_under(tmp_path / name)
            olds = [touch(f"old-{n}") for n in range(400)]
            opened(paths).commit(changed("added Mara", person(), *olds))
            expected = {each.id for each in olds}
        count = acknowledged(paths.config, name, dice.uniform(0, 0.06))
        assert count
        expected |= {f"{name}-{number}" for number in range(count)}
        after = opened(paths)
        assert after.notices == ()
        found = {each.id for each in after.world().touches}
        assert found in (expected, expected | {f"{name}-{count}"})
        for key in found - {f"old-{n}" for n in range(400)}:
            assert after.get("amendments", key) is not None
        last = after.changes()[0]
        assert found >= {put.id for put in last.puts}
        after.close()
        with TinyDB(ledger_of(paths)) as database:
            assert len(database.table("touches")) == len(found)
        expected = found


FULL_DISK = """
import resource
from writer import numbered
from engage.errors import EngageError
store.commit(numbered("fits", 0))
world = store.world()
def without_room(paths):
    return {name: content.rstrip(bytes(1)) for name, content in all_files(paths.data).items()}
files = without_room(paths)
size = ledger_of(paths).stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, resource.RLIM_INFINITY))
for _ in range(2):
    try:
        store.commit(changed("too much", touch("too-much", note="x" * 5000)))
    except EngageError as refused:
        assert refused.status == 1
        print(refused)
    assert store.world() is world
    assert without_room(paths) == files
    assert store.get("touches", "too-much") is None
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.commit(changed("too much", touch("too-much", note="x" * 5000)))
print(len(store.changes()))
"""


def test_a_full_disk_changes_nothing_and_the_change_can_be_repeated(paths: Paths) -> None:
    said, complained = run(paths, FULL_DISK).communicate(timeout=60)
    assert complained == ""
    first, second, count = said.splitlines()
    assert first == second
    assert str(ledger_of(paths).with_name("ledger.1.jsonl")) in first
    assert "the disk is full" in first
    assert count == "2"
    assert opened(paths).get("touches", "too-much") is not None


@pytest.mark.parametrize("what", ["data", "state"])
def test_a_folder_that_refuses_is_named(paths: Paths, store: Store, what: str) -> None:
    folder = getattr(paths, what)
    folder.parent.mkdir(parents=True)
    folder.write_bytes(b"a file in the way")
    with pytest.raises(EngageError) as refused:
        store.commit(changed("added Mara", person()))
    assert str(folder) in str(refused.value)
    folder.unlink()
    store.commit(changed("added Mara", person()))
    assert set(opened(paths).world().people) == {"mara"}


def test_one_thread_may_read_while_another_commits(paths: Paths, store: Store) -> None:
    store.commit(changed("added Mara", person()))
    counts = []
    writer = threading.Thread(
        target=lambda: [store.commit(numbered("thread", number)) for number in range(40)]
    )
    writer.start()
    while writer.is_alive():
        counts.append(len(store.world().touches))
    writer.join()
    counts.append(len(store.world().touches))
    assert counts[-1] == 40
    assert len(opened(paths).world().touches) == 40
    assert opened(paths).notices == ()


# The right to refresh


def test_a_second_refresh_waits_for_the_first(paths: Paths, store: Store) -> None:
    first = run(paths, REFRESH)
    assert first.stdout is not None
    assert first.stdout.readline() == "refreshing\n"
    entered = threading.Event()

    def second() -> None:
        with store.refreshing():
            entered.set()

    waiting = threading.Thread(target=second)
    waiting.start()
    assert not entered.wait(0.2)
    store.commit(changed("added Mara", person()))
    first.kill()
    first.communicate()
    assert entered.wait(10)
    waiting.join()
    with pytest.raises(ZeroDivisionError), store.refreshing():
        raise ZeroDivisionError
    with opened(paths).refreshing():
        pass


async def test_a_program_on_an_event_loop_can_wait_in_a_thread_and_give_up(
    paths: Paths, store: Store
) -> None:
    with opened(paths).refreshing():
        turn = store.refreshing()
        waiting = asyncio.create_task(asyncio.to_thread(turn.__enter__))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        turn.__exit__(None, None, None)
        with pytest.raises(EngageError, match="given up"):
            await waiting
    turn = store.refreshing()
    await asyncio.to_thread(turn.__enter__)
    await asyncio.to_thread(turn.__exit__, None, None, None)
    with opened(paths).refreshing():
        pass


def test_waiting_for_a_refresh_ends_at_an_interrupt(paths: Paths, store: Store) -> None:
    with store.refreshing():
        waiting = run(paths, 'print("waits", flush=True)\nwith store.refreshing(): pass')
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == "waits\n"
        waiting.send_signal(signal.SIGINT)
        _, complained = waiting.communicate(timeout=10)
    assert "KeyboardInterrupt" in complained

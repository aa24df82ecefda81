"""What a decision costs: the ledger beside sqlite3 (WAL, synchronous=FULL) and stock TinyDB.

    python tests/benchmarks/store.py [--short]

All in turns in one run, on the same disk. Stock TinyDB has everything in one file, with 10,000
posts. An sqlite3 transaction and one of the ledger write the same touch and decision; the ledger
also what undo needs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import measure
import world
from tinydb import TinyDB

from engage.clock import FixedClock
from engage.domain.changes import Change, Put, change, put
from engage.domain.posts import Entry, Post
from engage.domain.records import DatedNumber, Decision, Feed, NewsItem, Person, Settled, Touch
from engage.paths import paths_under
from engage.store.documents import doc_id
from engage.store.store import open_store

NOW = world.NOW


def people(count: int) -> Iterator[Put]:
    """People in circles, each with a feed."""
    added = NOW - timedelta(days=300)
    for number in range(count):
        url = f"https://writer{number}.example/feed.xml"
        circles = (DatedNumber(added, 1 + number % 5),) if number % 3 else ()
        keys = (f"feed:{url}", f"name:writer {number}")
        person = f"person-{number:010}"
        yield put(Person(person, f"Writer {number}", added, keys=keys, circles=circles))
        yield put(Feed(f"feed-{number:010}", url, url, "theirs", added, person=person))


def happened(people: int, touches: int, news: int) -> Iterator[Put]:
    """What was exchanged with them in 280 days, and their posts of the last 25."""
    dice = random.Random(47)
    for number in range(touches):
        at = NOW - timedelta(minutes=dice.randrange(1, 400_000))
        url = f"https://somewhere.example/{number}"
        kind, direction = dice.choice(("reply", "comment", "read")), dice.choice(("in", "out"))
        person = f"person-{dice.randrange(people):010}"
        yield put(
            Touch(f"touch-{number:016}", at, person, direction, kind, "said", at, url, post=url)
        )
    for number in range(news):
        who = number % people
        at = NOW - timedelta(days=dice.random() * 25)
        url = f"https://writer{who}.example/{number}"
        person, feed = f"person-{who:010}", f"feed-{who:010}"
        yield put(NewsItem(url, person, feed, "The kitchen table", url, at, at, at, 6, (url,)))


def posts(feed: str, count: int) -> Iterator[Post]:
    """Posts without their texts, as many as a feed shows."""
    for number in range(count):
        url = f"https://{feed}.example/{number}"
        yield Post(url, feed, NOW, Entry(url, url, "The kitchen table", published=NOW), (url,))


def decision(number: int) -> Change:
    """What *done* of a `read` writes."""
    at = NOW + timedelta(seconds=number)
    person, url = f"person-{number % 100:010}", f"https://writer.example/new/{number}"
    touch = Touch(f"new-{number:016}", at, person, "out", "read", "said", at, url, post=url)
    settled = (Settled(url, (url,), "The kitchen table", url),)
    task, title = f"task-{number}", "The kitchen table"
    decided = Decision(
        f"decision-{number}", at, task, person, "read", "done", None, settled, title, url
    )
    return change(f"done: {number}", [put(touch), put(decided)], at)


class Sqlite:
    """The same documents in sqlite3."""

    def __init__(self, path: Path, puts: Sequence[Put]) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("pragma journal_mode=wal")
        self._connection.execute("pragma synchronous=full")
        self._connection.execute(
            "create table documents (name text, id text, document text, primary key (name, id))"
        )
        self.write(puts)

    def write(self, puts: Sequence[Put]) -> None:
        self._connection.execute("begin immediate")
        self._connection.executemany(
            "insert or replace into documents values (?, ?, ?)",
            [(each.table, each.id, json.dumps(each.after)) for each in puts],
        )
        self._connection.execute("commit")


class Stock:
    """The same documents, and posts, in one file of stock TinyDB."""

    def __init__(self, path: Path, puts: Sequence[Put], posts: int) -> None:
        tables: dict[str, dict[str, object]] = {}
        for each in puts:
            tables.setdefault(each.table, {})[str(doc_id(each.table, each.id))] = each.after
        text = "word " * 880
        kept = ({"uid": str(number), "text": text} for number in range(posts))
        tables["posts"] = {str(number): post for number, post in enumerate(kept, 1)}
        path.write_text(json.dumps(tables))
        self._database = TinyDB(path)

    def write(self, puts: Sequence[Put]) -> None:
        for each in puts:
            assert each.after is not None
            self._database.table(each.table).insert(each.after)


def timed(run: Callable[[], object]) -> float:
    """Wall seconds."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def percentile(values: Sequence[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


OPEN = """
import json, os, time
from engage.services.desk import open_desk
from engage.services import triage
import engage.domain.triage, engage.store.ledger
def pss():
    with open("/proc/self/smaps_rollup") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
before, began = pss(), time.process_time()
desk = open_desk()
opened = time.process_time()
inbox = triage.inbox(desk)
ended = time.process_time()
print(json.dumps({"ledger": opened - began, "inbox": ended - opened, "all": ended - began,
    "pss": (pss() - before) / 1024, "rows": len(inbox.tasks)}))
if os.environ["LEAVE"]:
    desk.close()
"""

BULK = """
import json, time
from engage.services.desk import open_desk
from engage.services import triage
desk = open_desk()
desk.tasks()  # as on a screen that is open
ids = [task.id for task in triage.inbox(desk).tasks[:1000]]
spent = []
commit = desk.store.commit
def timed(change):
    began = time.process_time()
    commit(change)
    spent.append(time.process_time() - began)
desk.store.commit = timed
began = time.process_time()
decided = triage.decide(desk, ids, "drop")
print(json.dumps({"all": time.process_time() - began, "store": sum(spent),
    "tasks": len(decided.tasks)}))
"""


def ask(program: str, home: Path, *, leave: bool = False) -> dict[str, float]:
    """What a program in a process of its own has to say."""
    env = {**os.environ, "ENGAGE_HOME": str(home), "ENGAGE_NOW": NOW.isoformat()}
    env["LEAVE"] = "yes" if leave else ""
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True
    )
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a small world, few rounds")
    short = parser.parse_args().short
    count, touches, news, kept, rounds = (
        (50, 500, 200, 0, 60) if short else (2_000, 20_000, 5_000, 100_000, 3_000)
    )
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        puts = [*people(count), *happened(count, touches, news)]
        store = open_store(paths_under(home), FixedClock(NOW))
        store.commit(change("all", puts, NOW, by="refresh"))
        for number in range(count if kept else 0):
            store.save_posts(f"feed-{number:010}", posts(f"feed-{number:010}", kept // count))
        store.close()
        store = open_store(paths_under(home), FixedClock(NOW))
        sqlite = Sqlite(Path(folder) / "sqlite.db", puts)
        stock = Stock(Path(folder) / "stock.json", puts, 100 if short else 10_000)
        decisions(store, sqlite, stock, rounds)
        began = time.process_time()
        store.close()
        (ledger,) = home.glob("data/*/ledger.json")
        size = ledger.stat().st_size / 1e6
        folded = (time.process_time() - began) * 1000
        print(f"\nFolding the journal at close: {folded:.0f} ms of CPU, {size:.1f} MB\n")
        opening(home, 1 if short else 5)
        command(home, news, 1 if short else 5)
        bulk(home)


def decisions(store: object, sqlite: Sqlite, stock: Stock, rounds: int) -> None:
    """Durable decisions, in turns."""
    spent: dict[str, list[float]] = {"engage": [], "sqlite3 FULL": [], "stock TinyDB": []}
    for number in range(rounds):
        made = decision(number)
        spent["engage"].append(timed(lambda made=made: store.commit(made)))  # type: ignore[attr-defined,misc]
        spent["sqlite3 FULL"].append(timed(lambda made=made: sqlite.write(made.puts)))  # type: ignore[misc]
        if number % (rounds // 5) == 0:
            spent["stock TinyDB"].append(timed(lambda made=made: stock.write(made.puts)))  # type: ignore[misc]
    peer = spent["sqlite3 FULL"]
    rows = []
    for name, values in spent.items():
        p50, p99 = statistics.median(values), percentile(values, 0.99)
        rows.append(
            (
                name,
                f"{p50 * 1000:.2f}",
                f"{p99 * 1000:.2f}",
                measure.ratio(p50, statistics.median(peer)),
                measure.ratio(p99, percentile(peer, 0.99)),
            )
        )
    print(
        measure.table(
            f"A durable decision, {rounds} of them (stock: 5)",
            ("", "p50 ms", "p99 ms", "p50 to sqlite3", "p99 to sqlite3"),
            rows,
        )
    )
    faster = statistics.median(spent["stock TinyDB"]) / statistics.median(spent["engage"])
    print(f"{faster:.0f} times faster than stock TinyDB")


def opening(home: Path, times: int) -> None:
    """From nothing in memory to the sorted inbox: worked out, and as engage left it."""
    anew = [ask(OPEN, home) for _ in range(times)]
    ask(OPEN, home, leave=True)
    left = [ask(OPEN, home) for _ in range(times)]
    rows = [
        (
            name,
            *(
                f"{statistics.median(each[part] for each in found) * 1000:.0f}"
                for part in ("ledger", "inbox", "all")
            ),
            f"{statistics.median(each['pss'] for each in found):.0f}",
        )
        for name, found in (("worked out anew", anew), ("as it was left", left))
    ]
    head = ("", "ledger, CPU ms", "inbox, CPU ms", "all", "MB of PSS added")
    print(measure.table("Open to a sorted inbox", head, rows))


def bulk(home: Path) -> None:
    """One decision on 1,000 tasks."""
    found = ask(BULK, home)
    print(
        f"\nA decision on {found['tasks']:.0f} tasks: {found['all'] * 1000:.0f} ms of CPU, "
        f"{found['store'] * 1000:.0f} of them in the store"
    )


def command(home: Path, news: int, times: int) -> None:
    """A command that decides, against one that only starts."""
    env = {**os.environ, "ENGAGE_HOME": str(home), "ENGAGE_NOW": NOW.isoformat()}
    answer = subprocess.run(
        [*measure.engage_command(), "inbox", "--json"], env=env, capture_output=True, check=True
    )
    ids = [task["id"] for task in json.loads(answer.stdout)["tasks"]]
    done, inbox = [], []
    for id in ids[:times]:
        inbox.append(measure.run([*measure.engage_command(), "inbox"], env))
        done.append(measure.run([*measure.engage_command(), "done", id], env))
    rows = [
        (
            name,
            measure.milliseconds(statistics.median(cost.cpu for cost in costs)),
            measure.milliseconds(statistics.median(cost.wall for cost in costs)),
        )
        for name, costs in (("engage inbox", inbox), ("engage done ID", done))
    ]
    print(measure.table(f"Commands, {news} new posts", ("", "CPU ms", "wall ms"), rows))


if __name__ == "__main__":
    main()

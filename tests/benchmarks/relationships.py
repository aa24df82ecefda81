"""How long relationships take with 2,000 people and 50,000 touches: CPU milliseconds.

python tests/benchmarks/relationships.py [--short]
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from engage.clock import FixedClock
from engage.domain.changes import Put, change, put
from engage.domain.identity import feed_id
from engage.domain.people import make_person
from engage.domain.records import DatedNumber, Feed, NewsItem, Touch
from engage.paths import paths_under
from engage.services import people, triage
from engage.services.desk import Desk, desk_at

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
KINDS = ("reply", "comment", "letter", "read", "look", "like")


def build(home: Path, number: int, touches: int) -> None:
    """Write a world into a home: years of touches, a fifth of them exchanges that came in."""
    dice = random.Random(47)
    desk = desk_at(paths_under(home), FixedClock(NOW))
    puts: list[Put] = []
    ids = []
    for index in range(number):
        url = f"https://writer{index}.example/feed.xml"
        added = NOW - timedelta(days=900)
        person = make_person(f"Writer {index:04}", added, "added", feed_url=url)
        if index % 3 == 0:
            person = replace(person, circles=(DatedNumber(added, 1 + index // 3 % 5),))
        feed = Feed(feed_id(url), url, url, "theirs", added, person=person.id, title=person.name)
        puts += [put(person), put(feed)]
        ids.append(person.id)
        if index % 4 == 0:
            for post in range(3):
                shown = NOW - timedelta(days=dice.random() * 60)
                uid = f"post-{index}-{post}"
                puts.append(
                    put(NewsItem(uid, person.id, feed.id, "On bread", url, shown, shown, shown))
                )
    ages = sorted((dice.randint(60, 800 * 1440) for _ in range(touches)), reverse=True)
    for index, minutes in enumerate(ages):
        at = NOW - timedelta(minutes=minutes)
        inwards = dice.random() < 0.2
        kind = "comment" if inwards else dice.choice(KINDS)
        puts.append(
            put(
                Touch(
                    f"touch-{index}",
                    at,
                    dice.choice(ids),
                    "in" if inwards else "out",
                    kind,  # type: ignore[arg-type]
                    "said",
                    at,
                    owes=inwards,
                )
            )
        )
    desk.store.commit(change("a world", puts, NOW, by="refresh"))
    desk.close()


def cpu(run: Callable[[], object]) -> float:
    """CPU milliseconds of a call."""
    started = time.process_time()
    run()
    return (time.process_time() - started) * 1000


def main(short: bool) -> None:
    number, touches, times = (200, 5_000, 3) if short else (2_000, 50_000, 15)
    home = Path(tempfile.mkdtemp())
    build(home, number, touches)
    opened: list[Desk] = []
    load = cpu(lambda: opened.append(desk_at(paths_under(home), FixedClock(NOW))))
    [desk] = opened
    load += cpu(desk.world)  # what it holds is read when it is first asked for
    once = cpu(desk.standings)
    inbox = cpu(lambda: triage.inbox(desk))
    decided, worlds, again = [], [], []
    for _ in range(times):
        task = next(task for task in triage.inbox(desk).tasks if task.kind == "read")
        decided.append(cpu(partial(triage.decide, desk, [task.id], "done")))
        worlds.append(cpu(desk.world))
        again.append(cpu(lambda: triage.inbox(desk)))
    page = [cpu(partial(people.person_page, desk, name)) for name in _names(desk)[:times]]
    desk.close()
    print(f"{number:,} people, {touches:,} touches; CPU milliseconds")
    for name, value in (
        ("the ledger read", load),
        ("everybody's standing, once", once),
        ("the inbox, once", inbox),
        ("a decision written", median(decided)),
        ("  the world after it", median(worlds)),
        ("  the inbox after it", median(again)),
        ("a person's page", median(page)),
        ("engage week, as a process", _process(home, "week")),
        ("engage --version, as a process", _process(home, "--version")),
    ):
        print(f"{name:32} {value:8.1f}")
    print(f"the inbox after a decision costs {median(again) / inbox:.2f}x of the first")


def _names(desk: Desk) -> list[str]:
    return sorted(desk.world().people)


def _process(home: Path, *words: str) -> float:
    from measure import engage_command, run

    environ = {**os.environ, "ENGAGE_HOME": str(home), "ENGAGE_NOW": NOW.isoformat()}
    return median(run([*engage_command(), *words], environ).cpu for _ in range(3)) * 1000


if __name__ == "__main__":
    main("--short" in sys.argv)

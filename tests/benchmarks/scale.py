"""What it costs to have many feeds: a refresh of those that are due among ten times as many that
are not, against the same ones registered alone.

    python tests/benchmarks/scale.py [--short] [--feeds N] [--times N]
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import measure
import world
from feed_server import FeedServer
from measure import Cost

from engage.clock import FixedClock
from engage.domain.changes import Put, change, put
from engage.domain.identity import feed_id
from engage.domain.people import make_person
from engage.domain.posts import Entry, FeedDocument, FetchState
from engage.domain.records import Feed
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.services.ingest import ingest, shelve, working

#: Posts that each feed which is not due has brought before.
POSTS = 3
SCENARIOS = ("cold", "nothing new", "10 % new")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few feeds, once")
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    feeds, times = (100, 1) if asked.short else (asked.feeds, asked.times)
    measure.adopt_orphans()
    homes: dict[str, list[list[Cost]]] = {"among all": [], "alone": []}
    for _ in range(times):
        for name, others in (("among all", feeds - feeds // 10), ("alone", 0)):
            with tempfile.TemporaryDirectory() as folder, FeedServer(feeds // 10) as server:
                _register(Path(folder), server.urls, others)
                homes[name].append(_scenarios(server, Path(folder)))
    rows = [_row(number, scenario, *homes.values()) for number, scenario in enumerate(SCENARIOS)]
    title = f"{feeds // 10} due feeds of {feeds}, median of {times}: seconds (CPU)"
    print(measure.table(title, ("", *homes, "ratio"), rows))


def _register(home: Path, due: Sequence[str], others: int) -> None:
    """The due feeds, never asked; and others that have brought posts and are not due for long."""
    desk = desk_at(paths_under(home), FixedClock(world.NOW))
    urls = [*due, *(f"https://writer{number}.example/feed" for number in range(others))]
    puts: list[Put] = []
    resting: list[Feed] = []
    for number, url in enumerate(urls):
        person = make_person(f"Writer {number:05}", world.NOW, "imported", feed_url=url)
        feed = Feed(feed_id(url), url, url, "theirs", world.NOW, person=person.id)
        puts += [put(person), put(feed)]
        if number >= len(due):
            resting.append(feed)
    desk.store.commit(change("follow", puts, world.NOW, by="refresh"))
    _bring(desk, resting)
    desk.close()


def _bring(desk: Desk, feeds: Sequence[Feed]) -> None:
    puts: list[Put] = []
    states: list[FetchState] = []
    known = working(desk.world())
    for feed in feeds:
        entries = [
            Entry(
                guid=f"{feed.url}/{index}",
                url=f"{feed.url}/{index}",
                title=f"Piece {index}",
                published=desk.now() - timedelta(days=5 * index + 1),
            )
            for index in range(POSTS)
        ]
        document = FeedDocument(title=f"Notes of {feed.url}", entries=tuple(entries))
        brought = ingest(desk, known, feed, document)
        puts += brought.puts
        shelve(desk, feed.id, brought)
        states.append(
            FetchState(
                feed.id,
                feed.url,
                etag='"1"',
                last_fetch=desk.now(),
                next_fetch=desk.now() + timedelta(hours=23),
                posts=POSTS,
            )
        )
    if puts:
        desk.store.commit(change("posts", puts, desk.now(), by="refresh"))
        desk.store.save_fetch_states(states)


def _scenarios(server: FeedServer, home: Path) -> list[Cost]:
    cold = _refresh(server, home, {"200": len(server.urls)})
    _due_again(home, server.urls)
    warm = _refresh(server, home, {"304": len(server.urls)})
    server.add_entries(every=10)
    new = len(range(0, len(server.urls), 10))
    _due_again(home, server.urls)
    some = _refresh(server, home, {"200": new, "304": len(server.urls) - new})
    return [cold, warm, some]


def _due_again(home: Path, urls: Sequence[str]) -> None:
    """Make these feeds due, and no others."""
    desk = desk_at(paths_under(home), FixedClock(world.NOW))
    states = desk.store.fetch_states()
    due = [replace(states[feed_id(url)], next_fetch=world.NOW) for url in urls]
    desk.store.save_fetch_states(due)
    desk.close()


def _refresh(server: FeedServer, home: Path, expected: dict[str, int]) -> Cost:
    env = {**os.environ, "ENGAGE_HOME": str(home), "ENGAGE_NOW": world.NOW.isoformat()}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [*measure.engage_command(), "refresh", "--quiet"]
    cost = measure.run(command, env, beside=server.process_id)
    if (counts := server.counts()) != {key: value for key, value in expected.items() if value}:
        raise RuntimeError(f"the server answered {counts}, not {expected}")
    return cost


def _row(number: int, scenario: str, all_: list[list[Cost]], alone: list[list[Cost]]) -> list[str]:
    walls = [statistics.median(run[number].wall for run in runs) for runs in (all_, alone)]
    cpus = [statistics.median(run[number].cpu for run in runs) for runs in (all_, alone)]
    return [
        scenario,
        *(f"{wall:.2f} ({cpu:.2f})" for wall, cpu in zip(walls, cpus, strict=True)),
        f"{measure.ratio(*walls)} ({measure.ratio(*cpus)})",
    ]


if __name__ == "__main__":
    main()

"""What a refresh of 500 feeds costs: cold, with nothing new, and with 10 % new; against newsboat.

    python tests/benchmarks/refresh.py [--short] [--feeds N] [--times N]

newsboat's first reload keeps no validators (newsboat issue 2734), so that its second is cold as
well: it is primed twice before the figure with nothing new is taken. Time is wall clock, in
brackets CPU of all processes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import measure
import world
from feed_server import FeedServer
from measure import Cost

from engage.clock import FixedClock
from engage.domain.changes import change, put
from engage.domain.identity import feed_id
from engage.domain.people import make_person
from engage.domain.records import Feed
from engage.paths import paths_under
from engage.services.desk import desk_at

SCENARIOS = ("cold", "nothing new", "10 % new")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few feeds, once")
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    feeds, times = (20, 1) if asked.short else (asked.feeds, asked.times)
    peers: dict[str, Callable[[FeedServer, Path], list[Cost]]] = {"engage": _engage}
    if shutil.which("newsboat"):
        peers["newsboat"] = _newsboat
    measure.adopt_orphans()
    costs: dict[str, list[list[Cost]]] = {name: [] for name in peers}
    for _ in range(times):
        for name, run in peers.items():
            with tempfile.TemporaryDirectory() as folder, FeedServer(feeds) as server:
                costs[name].append(run(server, Path(folder)))
    print(
        measure.table(
            f"Refresh of {feeds} feeds, median of {times}: seconds (CPU)",
            ("", *peers, "ratio"),
            [_row(number, scenario, costs) for number, scenario in enumerate(SCENARIOS)],
        )
    )
    if "newsboat" not in peers:
        print("newsboat is not installed: no ratio.")


def _engage(server: FeedServer, home: Path) -> list[Cost]:
    _follow(server, home)

    def refresh(day: int) -> Cost:
        now = (world.NOW + timedelta(days=day)).isoformat()
        env = {**os.environ, "ENGAGE_HOME": str(home), "ENGAGE_NOW": now}
        command = [*measure.engage_command(), "refresh", "--quiet"]
        return measure.run(command, env, beside=server.process_id)

    return _scenarios(server, [lambda: refresh(0)], lambda: refresh(2), lambda: refresh(4))


def _newsboat(server: FeedServer, home: Path) -> list[Cost]:
    (home / "urls").write_text("\n".join(server.urls) + "\n")
    (home / "config").write_text("")
    files = ["-u", home / "urls", "-c", home / "cache.db", "-C", home / "config"]

    def reload() -> Cost:
        command = ["newsboat", *map(str, files), "-x", "reload"]
        return measure.run(command, {**os.environ, "HOME": str(home)}, beside=server.process_id)

    return _scenarios(server, [reload, reload], reload, reload)


def _scenarios(
    server: FeedServer,
    cold: Sequence[Callable[[], Cost]],
    warm: Callable[[], Cost],
    some: Callable[[], Cost],
) -> list[Cost]:
    """The three scenarios, each checked at the server; of several cold runs the first counts."""
    feeds = len(server.urls)
    costs = [run() for run in cold][:1]
    _check(server, {"200": feeds * len(cold)})
    costs.append(warm())
    _check(server, {"304": feeds})
    server.add_entries(every=10)
    new = len(range(0, feeds, 10))
    costs.append(some())
    _check(server, {"200": new, "304": feeds - new})
    return costs


def _check(server: FeedServer, expected: dict[str, int]) -> None:
    if (counts := server.counts()) != expected:
        raise RuntimeError(f"the server answered {counts}, not {expected}")


def _follow(server: FeedServer, home: Path) -> None:
    """Follow every feed, as an import does: none has been asked yet."""
    desk = desk_at(paths_under(home), FixedClock(world.NOW))
    puts = []
    for number, url in enumerate(server.urls):
        person = make_person(f"Writer {number}", world.NOW, "imported", feed_url=url)
        feed = Feed(feed_id(url), url, url, "theirs", world.NOW, person=person.id)
        puts += [put(person), put(feed)]
    desk.store.commit(change("follow", puts, world.NOW, by="refresh"))
    desk.close()


def _row(number: int, scenario: str, costs: dict[str, list[list[Cost]]]) -> tuple[str, ...]:
    walls, cells = [], []
    for runs in costs.values():
        wall = statistics.median(run[number].wall for run in runs)
        cpu = statistics.median(run[number].cpu for run in runs)
        walls.append(wall)
        cells.append(f"{wall:.2f} ({cpu:.2f})")
    return (scenario, *cells, measure.ratio(walls[0], walls[1]) if len(walls) > 1 else "–")


if __name__ == "__main__":
    main()

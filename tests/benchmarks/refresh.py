"""What a refresh of 500 feeds costs, against newsboat and lemon24's reader where they are found.

    python tests/benchmarks/refresh.py [--short] [--feeds N] [--times N] [--reader PYTHON]

cold: nothing is known yet; nothing new: each server says 304; 10 % new: every tenth feed has one
more entry; same body: each server forgets its validators and sends again what it sent. Time is wall
clock, in brackets CPU seconds of all processes; ratios are engage's to the peer's. On a machine
that is busy with something else only the ratio of CPU seconds says something.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

import measure
import readers
from feed_server import FeedServer
from measure import Cost
from readers import FeedReader

SCENARIOS = ("cold", "nothing new", "10 % new", "same body")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few feeds, once")
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--reader", metavar="PYTHON", help="a Python that has lemon24's reader")
    asked = parser.parse_args()
    feeds, times = (20, 1) if asked.short else (asked.feeds, asked.times)
    peers = readers.found(asked.reader)
    measure.adopt_orphans()
    costs: dict[str, list[list[Cost]]] = {name: [] for name in peers}
    for _ in range(times):
        for name, reader in peers.items():
            with tempfile.TemporaryDirectory() as folder, FeedServer(feeds) as server:
                costs[name].append(_scenarios(reader, server, Path(folder)))
    ratios = [f"to {name}" for name in peers if name != "engage"]
    rows = [_row(number, scenario, costs) for number, scenario in enumerate(SCENARIOS)]
    title = f"Refresh of {feeds} feeds, median of {times}: seconds (CPU)"
    print(measure.table(title, ("", *peers, *ratios), rows))


def _scenarios(reader: FeedReader, server: FeedServer, home: Path) -> list[Cost]:
    """The four scenarios, each checked at the server; of several cold runs the first counts."""
    feeds = len(server.urls)
    new = len(range(0, feeds, 10))
    reader.follow(home, server.urls)

    def reload(day: int, **expected: int) -> Cost:
        cost = reader.reload(home, day, server.process_id)
        answered = {status: count for status, count in expected.items() if count}
        if (counts := server.counts()) != {key[1:]: value for key, value in answered.items()}:
            raise RuntimeError(f"the server answered {counts}, not {expected}")
        return cost

    cold, *_ = [reload(0, _200=feeds) for _ in range(reader.cold_runs)]
    warm = reload(2, _304=feeds)
    server.add_entries(every=10)
    some = reload(4, _200=new, _304=feeds - new)
    server.forget_validators()
    return [cold, warm, some, reload(6, _200=feeds)]


def _row(number: int, scenario: str, costs: dict[str, list[list[Cost]]]) -> tuple[str, ...]:
    medians = [
        Cost(
            statistics.median(run[number].wall for run in runs),
            statistics.median(run[number].cpu for run in runs),
        )
        for runs in costs.values()
    ]
    mine, *others = medians
    return (
        scenario,
        *(f"{each.wall:.2f} ({each.cpu:.2f})" for each in medians),
        *(
            f"{measure.ratio(mine.wall, each.wall)} ({measure.ratio(mine.cpu, each.cpu)})"
            for each in others
        ),
    )


if __name__ == "__main__":
    main()

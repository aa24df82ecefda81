"""How long a key waits while a refresh runs beside the screen, against the same screen idle.

    python tests/benchmarks/keys.py [--short] [--feeds N]

The screen opens on an inbox with posts; every feed of a server has a new one and is due, so that
the refresh begins by itself. `j` and `k` are pressed until the server has been asked for the last
feed; then the same number again with nothing left to do.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import measure
import readers
import world
from feed_server import FeedServer
from pty_harness import Paint, Screen

FEW = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few feeds")
    parser.add_argument("--feeds", type=int, default=500)
    asked = parser.parse_args()
    feeds = 40 if asked.short else asked.feeds
    with tempfile.TemporaryDirectory() as folder, FeedServer(feeds) as server:
        engage = readers.Engage()
        engage.follow(Path(folder), server.urls)
        engage.reload(Path(folder), 0, server.process_id)
        server.counts()
        server.add_entries(every=1)
        now = (world.NOW + timedelta(days=2)).isoformat()
        env = {**os.environ, "ENGAGE_HOME": folder, "ENGAGE_NOW": now}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        with Screen(measure.engage_command(), env) as screen:
            screen.shows("Piece")
            busy: list[Paint] = []
            answered = 0
            while answered < feeds:
                busy += _press_few(screen, len(busy))
                answered += sum(server.counts().values())
            screen.settle(quiet=2.0, limit=60)
            idle: list[Paint] = []
            while len(idle) < len(busy):
                idle += _press_few(screen, len(idle))
    print(
        measure.table(
            f"A key, {len(busy)} times: milliseconds (CPU of the screen)",
            ("", "median", "p99", "ratio of p99"),
            [
                _row("idle", idle, idle),
                _row(f"while {feeds} feeds are refreshed", busy, idle),
            ],
        )
    )


def _press_few(screen: Screen, pressed: int) -> list[Paint]:
    """Down forty rows, up again, and so on; then the pane shows the row that is rested on."""
    key = "jk"[pressed // FEW % 2]
    paints = [screen.press(key, quiet=0.02) for _ in range(FEW)]
    screen.settle(quiet=0.25, limit=2)
    return paints


def _row(name: str, paints: Sequence[Paint], idle: Sequence[Paint]) -> tuple[str, ...]:
    median = statistics.median(paint.wall for paint in paints)
    cpu = statistics.median(paint.cpu for paint in paints)
    return (
        name,
        f"{median * 1000:.1f} ({cpu * 1000:.1f})",
        f"{_p99(paints) * 1000:.1f}",
        measure.ratio(_p99(paints), _p99(idle)),
    )


def _p99(paints: Sequence[Paint]) -> float:
    return sorted(paint.wall for paint in paints)[int(len(paints) * 0.99)]


if __name__ == "__main__":
    main()

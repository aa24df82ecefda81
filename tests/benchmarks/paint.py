"""How fast the inbox is on the screen, and a key's answer, against a bare Textual app.

    python tests/benchmarks/paint.py [--short]

The world has 100 feeds and 10,000 posts. First paint: the first visible character; for engage also
the first row. A key: from its writing to the end of the frame that it causes.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import measure
import world
from pty_harness import Paint, Screen

HELD = 200
BARE = [sys.executable, str(Path(__file__).with_name("bare_app.py"))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a small world, few runs")
    short = parser.parse_args().short
    feeds, posts, times, keys = (5, 10, 1, 5) if short else (100, 100, 9, 100)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        world.build(home, feeds, posts)
        env = {**os.environ, "ENGAGE_HOME": folder, "ENGAGE_NOW": world.NOW.isoformat()}
        # An installed program is compiled; else each start of engage would compile its own modules.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        for command in (BARE, measure.engage_command()):
            with Screen(command, env) as screen:
                screen.first_paint()
                screen.settle(0.5)
        starts: dict[str, list[Paint]] = {"bare": [], "first": [], "row": []}
        for _ in range(times):
            with Screen(BARE, env) as screen:
                starts["bare"].append(screen.first_paint())
            with Screen(measure.engage_command(), env) as screen:
                starts["first"].append(screen.first_paint())
                starts["row"].append(screen.shows("Writer 0"))
        with Screen(BARE, env) as screen:
            screen.shows("ready")
            bare_keys = [screen.press("j") for _ in range(keys)]
            bare_held = [screen.hold("j", HELD) for _ in range(times)]
        with Screen(measure.engage_command(), env) as screen:
            screen.shows("Writer 0")
            screen.settle(0.5)
            our_keys = [screen.press("jk"[turn // 10 % 2]) for turn in range(keys)]
            our_held = [screen.hold("jk"[turn % 2], HELD) for turn in range(times)]
            done, undone = [], []
            for _ in range(max(1, keys // 5)):
                for key, answers in (("e", done), ("z", undone)):
                    answers.append(screen.press(key))
                    screen.settle(0.4)
    bare = starts.pop("bare")
    print(
        measure.table(
            f"Paint, median of {times}; {keys} keys",
            ("", "CPU ms", "wall ms", "wall p99", "CPU ratio", "wall ratio"),
            [
                _row("bare app, first paint", bare, bare),
                _row("engage, first paint", starts["first"], bare),
                _row("engage, first row", starts["row"], bare),
                _row("bare app, a key", bare_keys, bare_keys),
                _row("engage, a key", our_keys, bare_keys),
                _row("engage, done (e)", done, bare_keys),
                _row("engage, undo (z)", undone, bare_keys),
                _row(f"bare app, {HELD} keys at once", bare_held, bare_held),
                _row(f"engage, {HELD} keys at once", our_held, bare_held),
            ],
        )
    )


def _row(name: str, mine: Sequence[Paint], peer: Sequence[Paint]) -> tuple[str, ...]:
    cpu, wall = _median(mine)
    peer_cpu, peer_wall = _median(peer)
    worst = sorted(paint.wall for paint in mine)[int(len(mine) * 0.99)]
    return (
        name,
        f"{cpu * 1000:.1f}",
        f"{wall * 1000:.1f}",
        f"{worst * 1000:.1f}",
        measure.ratio(cpu, peer_cpu),
        measure.ratio(wall, peer_wall),
    )


def _median(paints: Sequence[Paint]) -> tuple[float, float]:
    return (
        statistics.median(paint.cpu for paint in paints),
        statistics.median(paint.wall for paint in paints),
    )


if __name__ == "__main__":
    main()

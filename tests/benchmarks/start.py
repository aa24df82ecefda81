"""What a command costs to start: `engage --version` and `engage inbox` against Python itself.

python tests/benchmarks/start.py [--short]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

import measure
import world


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a small world, few runs")
    short = parser.parse_args().short
    feeds, posts, times = (5, 10, 2) if short else (100, 100, 15)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        world.build(home, feeds, posts)
        env = {**os.environ, "ENGAGE_HOME": str(home), "ENGAGE_NOW": world.NOW.isoformat()}
        # An installed program is compiled; else each start of engage would compile its own modules.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        measure.run([*measure.engage_command(), "inbox"], env)
        bare, version, inbox = measure.alternate(
            times,
            partial(measure.run, [sys.executable, "-c", "pass"], env),
            partial(measure.run, [*measure.engage_command(), "--version"], env),
            partial(measure.run, [*measure.engage_command(), "inbox"], env),
        )
    rows = [
        (
            name,
            measure.milliseconds(cost.cpu),
            measure.milliseconds(cost.wall),
            measure.ratio(cost.cpu, bare.cpu),
        )
        for name, cost in (
            ("python -c pass", bare),
            ("engage --version", version),
            (f"engage inbox, {feeds * posts} posts", inbox),
        )
    ]
    print(measure.table(f"Start, median of {times}", ("", "CPU ms", "wall ms", "CPU ratio"), rows))


if __name__ == "__main__":
    main()

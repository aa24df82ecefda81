"""What bringing people along and taking everything away costs: CPU seconds, and memory at its peak.

    python tests/benchmarks/moving.py [--short]

Ten thousand rows of LinkedIn are planned, written, and brought again, each a command of its own;
the peer reads the same rows with csv.DictReader and writes them as JSON. Everything of 2,000 people
and 50,000 touches is exported; the peer reads that ledger's own JSON export and writes it again.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import measure
import relationships

HEAD = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses '
    'are missing."\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n'
)
READ_CSV = """
import csv, json, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    for _ in range(3):
        next(file)
    json.dump(list(csv.DictReader(file)), sys.stdout)
"""
READ_JSON = """
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    json.dump(json.load(file), sys.stdout)
"""


@dataclass(frozen=True)
class Used:
    """CPU seconds and the greatest resident memory in MB, children included."""

    cpu: float
    peak: float


def run(command: Sequence[str], env: Mapping[str, str]) -> Used:
    """Run a command to its end. Raises RuntimeError with what it said where it fails."""
    process = subprocess.Popen(
        command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: status {process.returncode}\n{said.decode()}")
    in_mb = 1e6 if sys.platform == "darwin" else 1e3
    return Used(used.ru_utime + used.ru_stime, used.ru_maxrss / in_mb)


def connections(path: Path, rows: int) -> None:
    """A file as LinkedIn delivers it."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(rows):
            file.write(
                f"Mara,Quill {number},https://www.linkedin.com/in/mara-quill-{number:05x},,"
                f'"Slow Letters, Ltd.",Editor,{1 + number % 28:02} Mar {2010 + number % 16}\n'
            )


def importing(folder: Path, rows: int, times: int) -> list[tuple[str, Used, Used]]:
    """The plan, the writing and the second import, each beside the peer."""
    path = folder / "Connections.csv"
    connections(path, rows)
    command = measure.engage_command()
    found: dict[str, list[Used]] = {"plan": [], "write": [], "again": [], "peer": []}
    for number in range(times):
        env = environ(folder / f"home-{number}")
        found["plan"].append(run([*command, "import", str(path), "--dry-run"], env))
        found["write"].append(run([*command, "import", str(path), "--yes"], env))
        found["again"].append(run([*command, "import", str(path), "--yes"], env))
        found["peer"].append(run([sys.executable, "-c", READ_CSV, str(path)], env))
    peer = middle(found["peer"])
    both = middle(
        [
            Used(plan.cpu + write.cpu, max(plan.peak, write.peak))
            for plan, write in zip(found["plan"], found["write"], strict=True)
        ]
    )
    return [
        (f"{rows:,} rows of LinkedIn, planned", middle(found["plan"]), peer),
        ("  planned, then written", both, peer),
        ("  the same rows again", middle(found["again"]), peer),
    ]


def exporting(folder: Path, people: int, touches: int, times: int) -> list[tuple[str, Used, Used]]:
    """Everything, into a folder."""
    home, out = folder / "everything", folder / "out"
    relationships.build(home, people, touches)
    env = environ(home)
    command = [*measure.engage_command(), "export", "all", "--out", str(out)]
    mine, peer = [], []
    for _ in range(times):
        mine.append(run(command, env))
        peer.append(run([sys.executable, "-c", READ_JSON, str(out / "engage.json")], env))
    name = f"{people:,} people and {touches:,} touches exported"
    return [(name, middle(mine), middle(peer))]


def middle(used: Sequence[Used]) -> Used:
    return Used(
        statistics.median(each.cpu for each in used), statistics.median(each.peak for each in used)
    )


def environ(home: Path) -> dict[str, str]:
    now = relationships.NOW.isoformat()
    return {**os.environ, "ENGAGE_HOME": str(home), "ENGAGE_NOW": now}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few rows, once")
    short = parser.parse_args().short
    rows, people, touches, times = (300, 60, 600, 1) if short else (10_000, 2_000, 50_000, 5)
    with tempfile.TemporaryDirectory() as folder:
        found = importing(Path(folder), rows, times)
        found += exporting(Path(folder), people, touches, times)
    lines = [
        (
            name,
            f"{mine.cpu:.2f}",
            f"{mine.peak:.0f}",
            f"{peer.cpu:.2f}",
            measure.ratio(mine.cpu, peer.cpu),
        )
        for name, mine, peer in found
    ]
    head = ("", "CPU s", "peak MB", "peer CPU s", "ratio")
    print(measure.table("In and out", head, lines))


if __name__ == "__main__":
    main()

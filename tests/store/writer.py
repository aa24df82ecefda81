"""A second process that writes: ``python writer.py HOME NAME COUNT``.

Each change brings a touch and an amendment of it; its number is printed once it is acknowledged.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from ledgers import AT, changed, opened, touch

from engage.domain.changes import Change
from engage.domain.records import Amendment
from engage.paths import paths_under


def numbered(name: str, number: int) -> Change:
    """The change of two records that belong together."""
    key = f"{name}-{number}"
    amendment = Amendment(key, key, AT, {"note": "x" * (number % 50)})
    return changed(f"change {key}", touch(key), amendment)


def main(home: Path, name: str, count: int | None) -> None:
    """Write ``count`` changes, or on and on."""
    store = opened(paths_under(home))
    for number in itertools.count() if count is None else range(count):
        store.commit(numbered(name, number))
        print(number, flush=True)
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))

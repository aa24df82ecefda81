"""The programs that are measured against each other, each with its feeds in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import measure
import world
from measure import Cost

from engage.clock import FixedClock
from engage.domain.changes import change, put
from engage.domain.identity import feed_id
from engage.domain.people import make_person
from engage.domain.records import Feed
from engage.paths import paths_under
from engage.services.desk import desk_at

#: lemon24's reader, asked for all feeds; what it keeps lies in the folder that it is given.
_LEMON = """
import sys
from reader import make_reader
reader = make_reader(sys.argv[1] + "/reader.sqlite")
known = {feed.url for feed in reader.get_feeds()}
for url in open(sys.argv[1] + "/urls").read().split():
    if url not in known:
        reader.add_feed(url)
if sys.argv[2] == "update":
    reader.update_feeds(scheduled=False, workers=8)
"""


class FeedReader(Protocol):
    """A program in a folder of its own. ``cold_runs``: how often it asks for all at first."""

    cold_runs: int

    def follow(self, home: Path, urls: Sequence[str]) -> None:
        """Follow these feeds without asking them."""
        ...

    def command(self, home: Path) -> list[str]:
        """What asks all feeds."""
        ...

    def reload(self, home: Path, day: int, beside: int, /) -> Cost:
        """Ask all feeds, on a day of the benchmark's; ``beside``: the server's process."""
        ...


class Engage:
    cold_runs = 1

    def follow(self, home: Path, urls: Sequence[str]) -> None:
        desk = desk_at(paths_under(home), FixedClock(world.NOW))
        puts = []
        for number, url in enumerate(urls):
            person = make_person(f"Writer {number}", world.NOW, "imported", feed_url=url)
            feed = Feed(feed_id(url), url, url, "theirs", world.NOW, person=person.id)
            puts += [put(person), put(feed)]
        desk.store.commit(change("follow", puts, world.NOW, by="refresh"))
        desk.close()

    def command(self, _home: Path) -> list[str]:
        return [*measure.engage_command(), "refresh", "--quiet"]

    def reload(self, home: Path, day: int, beside: int) -> Cost:
        now = (world.NOW + timedelta(days=day)).isoformat()
        env = {**os.environ, "ENGAGE_HOME": str(home), "ENGAGE_NOW": now}
        # An installed program is compiled; else each start would compile its own modules.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        return measure.run(self.command(home), env, beside=beside)


class Newsboat:
    """Its first reload keeps no validators (newsboat issue 2734): the second is cold as well."""

    cold_runs = 2

    def follow(self, home: Path, urls: Sequence[str]) -> None:
        (home / "urls").write_text("\n".join(urls) + "\n")
        (home / "config").write_text("")

    def command(self, home: Path) -> list[str]:
        files = ["-u", home / "urls", "-c", home / "cache.db", "-C", home / "config"]
        return ["newsboat", *map(str, files), "-x", "reload"]

    def reload(self, home: Path, _day: int, beside: int) -> Cost:
        return measure.run(self.command(home), {**os.environ, "HOME": str(home)}, beside=beside)


class Lemon:
    """lemon24's ``reader``, run by the Python that has it."""

    cold_runs = 1

    def __init__(self, python: str) -> None:
        self._python = python

    def follow(self, home: Path, urls: Sequence[str]) -> None:
        (home / "urls").write_text("\n".join(urls) + "\n")
        subprocess.run([self._python, "-c", _LEMON, str(home), "add"], check=True)

    def command(self, home: Path) -> list[str]:
        return [self._python, "-c", _LEMON, str(home), "update"]

    def reload(self, home: Path, _day: int, beside: int) -> Cost:
        return measure.run(self.command(home), dict(os.environ), beside=beside)


def newsboat() -> FeedReader | None:
    """newsboat, or None and a word about it where it is not installed."""
    if shutil.which("newsboat"):
        return Newsboat()
    print("newsboat is not installed: no ratio to it.")
    return None


def found(lemon: str | None) -> dict[str, FeedReader]:
    """engage and the peers that are here, by name. What is absent is said, and how to get it."""
    readers: dict[str, FeedReader] = {"engage": Engage()}
    if peer := newsboat():
        readers["newsboat"] = peer
    python = lemon or sys.executable
    if not subprocess.run(
        [python, "-c", "import reader"], capture_output=True, check=False
    ).returncode:
        readers["reader"] = Lemon(python)
    else:
        print(
            "reader is not here: pip install reader sgmllib3k into a venv, --reader ITS/bin/python"
        )
    return readers

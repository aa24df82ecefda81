"""The inbox on the real command line: feeds from a server, and the clock of ``ENGAGE_NOW``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from engage.domain.posts import WORDS_PER_MINUTE
from tests.simulation import rates
from tests.simulation.inbox_first import Row
from tests.simulation.truth import Figures
from tests.simulation.village import Piece, Villager
from tests.support.feedserver import FeedServer

Checked = Callable[[date, Figures], None]

#: Runs a command at a moment and gives what it printed.
Run = Callable[[Sequence[str], datetime], str]

_CHANNEL = """<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>
<link>{site}</link><description>-</description>{items}</channel></rss>"""
_ITEM = """<item><title>{title}</title><link>{link}</link><guid>{link}</guid>
<pubDate>{date}</pubDate><description>{body}</description></item>"""


def processes(home: Path) -> Run:
    """Each command in a process of its own."""

    def run(words: Sequence[str], when: datetime) -> str:
        environ = {"ENGAGE_HOME": str(home), "ENGAGE_NOW": when.isoformat(), "TZ": rates.ZONE}
        done = subprocess.run(
            [sys.executable, "-m", "engage", *words],
            env=os.environ | environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return done.stdout

    return run


class CommandBook:
    """Tells engage by commands and feeds what happens, and asks it for its inbox."""

    def __init__(self, run: Run, server: FeedServer, check: Checked) -> None:
        self._run = run
        self._server = server
        self._check = check
        self._ids: dict[int, str] = {}
        self._feeds: dict[int, list[Piece]] = {}
        self._own: list[datetime] = []
        self._rows: dict[tuple[int, str], str] = {}
        self._unseen: set[str] = set()

    def rows(self, when: datetime) -> Sequence[Row]:
        if self._unseen:  # else nothing would come of it but time
            self._run(["refresh", "--again", "--quiet"], when)
            self._unseen.clear()
        numbers = {id: who for who, id in self._ids.items()}
        found = []
        for task in self._asked(["inbox"], when)["tasks"]:
            who = numbers[task["person"]["id"]]
            self._rows[who, task["kind"]] = task["id"]
            listed = task["posts"] if task["kind"] == "read" else ()
            posts = tuple(int(post["url"].rpartition("/")[2]) for post in listed)
            found.append(Row(task["kind"], who, task["reason"], posts))
        return found

    def came(self, who: Villager, when: datetime) -> None:
        if not self._ids:
            self._serve_own()
            self._run(["add", self._server.url("/own", "127.9.9.9"), "--own"], when)
        self._feeds[who.number] = [piece for piece in who.pieces if piece.at <= when]
        name = f"Villager {who.number:03}"
        target = ["--person", name]
        if who.feed:
            self._serve(who.number)
            target = [self._url(who.number)]
        known = who.arrives is None
        circle = ["--circle", str(who.circle)] if known and who.circle else []
        [added] = self._asked(["add", *target, *circle], when)["added"]
        self._ids[who.number] = added["person"]
        if known:
            self._log(who.number, when, "look", "--at", (when - timedelta(days=1)).isoformat())
        if known and who.last_exchange:
            self._log(who.number, when, "--at", who.last_exchange.isoformat())

    def wrote_in(self, who: int, when: datetime) -> None:
        self._log(who, when, "comment", "--in")

    def published(self, piece: Piece) -> None:
        self._feeds[piece.who].append(piece)
        self._unseen.add("theirs")
        self._serve(piece.who)

    def own_piece(self, when: datetime) -> None:
        self._own.append(when)
        self._unseen.add("own")
        self._serve_own()

    def marked(self, day: date, when: datetime) -> None:
        self._run(["wrote", "--at", day.isoformat()], when)

    def wrote_out(self, who: int, when: datetime) -> None:
        self._log(who, when)

    def looked(self, who: int, when: datetime) -> None:
        self._run(["done", self._rows[who, "welcome"]], when)

    def read(self, piece: Piece, when: datetime) -> None:
        self._run(["done", self._rows[piece.who, "read"]], when)

    def placed(self, who: int, circle: int, when: datetime) -> None:
        self._run(["circle", self._ids[who], str(circle)], when)

    def week_ends(self, sunday: date, when: datetime) -> None:
        # Only the writer's own feed: nobody looks for other news so late on a Sunday.
        if "own" in self._unseen:
            self._run(["refresh", "--again", "--quiet", "The writer"], when)
            self._unseen.discard("own")
        week = self._asked(["week"], when)
        numbers = {id: who for who, id in self._ids.items()}
        nurtured = sorted((numbers[each["id"]], each["exchanges"]) for each in week["nurtured"])
        self._check(
            sunday,
            Figures(
                days_written=week["days_written"],
                published=week["published"],
                people_read=week["people_read"],
                replies_written=week["replies_written"],
                new_people=tuple(week["new_people"]),
                owed_open=week["owed_open"],
                kept=tuple(week["kept"]),
                nurtured=tuple(nurtured),
                promises_per_week=week["promises_per_week"],
                exchanges_per_week=week["exchanges_per_week"],
            ),
        )

    def _asked(self, words: Sequence[str], when: datetime) -> Any:
        return json.loads(self._run([*words, "--json"], when))

    def _log(self, who: int, when: datetime, *words: str) -> None:
        self._run(["log", self._ids[who], *words], when)

    def _url(self, who: int) -> str:
        """Every feed on a host of its own: nobody waits for anybody."""
        return self._server.url(f"/{who}", f"127.1.{who // 200}.{who % 200 + 1}")

    def _serve(self, who: int) -> None:
        items = [
            (f"Post {piece.number}", f"{self._url(who)}/{piece.number}", piece.at, piece.minutes)
            for piece in reversed(self._feeds[who][-30:])
        ]
        self._server.feed(f"/{who}", _document(f"Villager {who:03}", self._url(who), items))

    def _serve_own(self) -> None:
        site = self._server.url("/own", "127.9.9.9")
        items = [
            (f"Piece {number}", f"{site}/{number}", when, 3)
            for number, when in reversed(list(enumerate(self._own)))
        ]
        self._server.feed("/own", _document("The writer", site, items[:30]))


def _document(title: str, site: str, items: Sequence[tuple[str, str, datetime, int]]) -> bytes:
    written = "".join(
        _ITEM.format(
            title=name,
            link=link,
            date=format_datetime(when),
            body=" ".join(["word"] * (minutes * WORDS_PER_MINUTE)),
        )
        for name, link, when, minutes in items
    )
    return _CHANNEL.format(title=title, site=site, items=written).encode()

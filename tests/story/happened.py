"""What a story looks at: who is owed, and what happened with somebody."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.story.commands import NOW, Engage, listed
from tests.story.sites import item, rss
from tests.support.feedserver import FeedServer

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def owed(engage: Engage, now: datetime = NOW) -> list[str]:
    tasks = listed(engage, "inbox", now=now)["tasks"]
    return [task["person"]["name"] for task in tasks if task["reason"] == 1]


def touches(engage: Engage, name: str) -> list[tuple[str, str, str, str | None]]:
    """What happened with somebody, oldest first: direction, kind, how it is known, where."""
    events = listed(engage, "person", name)["timeline"]
    return [
        (each["direction"], each["kind"], each["how_known"], each["url"])
        for each in reversed(events)
        if each["direction"]
    ]


def own_site(engage: Engage, server: FeedServer) -> str:
    """The writer's site with one piece, followed as their own."""
    site = server.url("/", "127.0.0.2")
    piece = item("The kitchen table", f"{site}table", NOW - 3 * DAY, author="Ines Ferro")
    server.feed("/feed", rss("Ines Ferro", site, [piece]))
    engage("add", f"{site}feed", "--own")
    return site

"""Feeds as rows of a list: title, whose it is, and how it is doing in a few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content

from engage.services.outcomes import FeedHealth
from engage.text import fold
from engage.tui.widgets.people_rows import fitted
from engage.tui.widgets.row_list import Row

_BRIEF, _WHOSE = 24, 22
#: Below this width the row does without whose feed it is.
_MIDDLE = 72
_OF_THE_WRITER = {"own": "you", "responses": "answers to you"}


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """A feed with its health, and the name of whoever writes it."""

    known: FeedHealth
    name: str

    @property
    def title(self) -> str:
        return self.known.feed.title or self.known.feed.url

    @property
    def whose(self) -> str:
        return _OF_THE_WRITER.get(self.known.feed.role, self.name)


def feed_rows(feeds: Iterable[ListedFeed], query: str) -> list[Row]:
    """The rows of the feeds that hold every word of the query, in their order."""
    words = fold(query).split()
    return [
        Row(each.known.feed.id, each)
        for each in feeds
        if all(word in fold(_searched(each)) for word in words)
    ]


def feed_row(row: Row, width: int) -> Content:
    """One line; what needs the writer stands out."""
    listed: ListedFeed = row.item
    health = listed.known.health
    style = ".row--strong" if health.attention else ""
    quiet = "" if health.attention or health.state == "failing" else ".row--muted"
    parts = [(health.brief, _BRIEF, quiet or style)]
    if width >= _MIDDLE:
        whose = "" if listed.whose == listed.title else listed.whose
        parts = [(whose, _WHOSE, ".row--muted"), *parts]
    room = max(8, width - 2 - sum(1 + cells for _, cells, _ in parts))
    line = [Content(" "), fitted(listed.title, room, style)]
    for text, cells, look in parts:
        line += [Content(" "), fitted(text, cells, look)]
    return Content("").join(line)


def _searched(each: ListedFeed) -> str:
    feed, health = each.known.feed, each.known.health
    return f"{each.title} {each.whose} {feed.url} {feed.site or ''} {health.brief} {health.fact}"

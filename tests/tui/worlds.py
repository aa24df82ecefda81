"""A small world made by hand for the pages beside the inbox, and an app that shows one of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import Worker

from engage.clock import FixedClock
from engage.domain.changes import Change, change, put
from engage.domain.feed_health import SUCCESSOR
from engage.domain.posts import Block, Entry, FetchState, Post, Span
from engage.domain.records import (
    DatedLeave,
    DatedNumber,
    Feed,
    NewsItem,
    NextTime,
    OwnPost,
    Person,
    Touch,
    WeekLine,
    WrittenDay,
)
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.services.outcomes import Added, Mentioned, Progress, Refreshed, Sought
from engage.tui.app import EngageApp
from engage.tui.screens.desk_screen import DeskScreen

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


#: What the first of `troubled_feeds` says.
LOST_FEED = "pia.example has nothing at this address (status 404)."


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def _people() -> list[Person]:
    return [
        Person(
            "mara",
            "Mara Quill",
            ago(250),
            profiles=("https://medium.example/@mara.quill",),
            circles=(DatedNumber(ago(240), 1),),
            next=NextTime(ago(2), date(2026, 12, 4), "ask how the letter ended"),
            notes="In Lisbon since the spring.",
        ),
        Person("tomasz", "Tomasz Lund", ago(200), circles=(DatedNumber(ago(190), 2),)),
        Person("bram", "Bram Visser", ago(150), friend=True),
        Person("greta", "Greta Olsen", ago(120), leaves=(DatedLeave(ago(10), date.max),)),
        Person("odile", "Odile Marchand", ago(6), how="imported"),
        Person("sami", "[b]Sami[/b] Brandt", ago(4), how="commented"),
        Person("hanako", "山田 花子", ago(3)),
    ]


def _posts() -> list[Post]:
    titles = ["Ink", "Slow letters", "[red]Looms[/red]"]
    return [
        Post(
            f"p{at}",
            "mara-feed",
            ago(10 + 9 * at),
            Entry(
                title=title,
                url=f"https://mara.example/{at}",
                published=ago(10 + 9 * at),
                blocks=(Block("p", (Span("The part about the table."),)),),
                words=400,
                categories=("letters",),
            ),
        )
        for at, title in enumerate(titles)
    ]


def _touch(days: int, person: str, way: str, kind: str, **more: object) -> Touch:
    known = "said" if way == "out" else "seen"
    return Touch(
        f"t{days}-{person}-{kind}", ago(days), person, way, kind, known, ago(days),  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _touches() -> list[Touch]:
    return [
        *(_touch(days, "mara", "out", "reply") for days in (9, 40, 66, 95)),
        _touch(53, "mara", "in", "comment", about="Looms"),
        _touch(
            3,
            "mara",
            "in",
            "comment",
            about="The kitchen table",
            text="The part about the table that nobody dares to move stayed with me.",
            owes=True,
        ),
        _touch(10, "mara", "out", "read", post="p0"),
        *(_touch(days, "tomasz", "out", "letter") for days in (20, 50, 80, 110)),
        _touch(4, "bram", "out", "talk", note="By the coats."),
        _touch(30, "greta", "in", "letter"),
    ]


def make_desk(home: Path) -> Desk:
    """A desk on the small world; the caller closes it."""
    desk = desk_at(paths_under(home), FixedClock(NOW))
    feeds = [
        Feed("mara-feed", "https://mara.example/feed", "mara.example", "theirs", ago(240),
             person="mara", title="Mara writes", site="https://mara.example/"),
        Feed("own", "https://me.example/feed", "me.example", "own", ago(240), title="My pages"),
    ]  # fmt: skip
    posts = _posts()
    desk.store.save_posts("mara-feed", posts)
    news = [
        NewsItem(post.uid, "mara", post.feed, post.title, post.entry.url, post.entry.published,
                 post.first_seen, post.shown)
        for post in posts
    ]  # fmt: skip
    own = [OwnPost("o1", "own", "The kitchen table", "https://me.example/1", ago(5))]
    days = [date(2026, 11, day) for day in (2, 3, 9, 12, 16, 19, 21)]
    written = [WrittenDay(day.isoformat(), day, NOW) for day in days]
    line = WeekLine("2026-W46", ago(8), "A slow one, and good.")
    records = [*_people(), *feeds, *news, *own, *_touches(), *written, line]
    puts = [put(record) for record in records]
    desk.store.commit(change("a small world", puts, NOW, by="refresh"))
    return desk


def troubled_feeds(desk: Desk) -> None:
    """Three more feeds: one that needs the writer, one that fails, one that is paused."""

    def feed(id: str, title: str, person: str) -> Feed:
        url = f"https://{id}.example/feed"
        return Feed(id, url, url, "theirs", ago(90), person=person, title=title)

    feeds = [
        feed("pia", "A field of sorrel", "odile"),
        feed("mill", "[red]The Paper Mill[/red]", "bram"),
        replace(feed("ferry", "Notes from the ferry", "tomasz"), paused=True),
    ]
    store = desk.store
    store.commit(change("feeds", [put(each) for each in feeds], NOW, by="refresh"))
    fine = {"last_fetch": NOW - timedelta(hours=1), "next_fetch": NOW + timedelta(hours=4)}
    store.save_fetch_states(
        [
            FetchState("own", "https://me.example/feed", **fine),
            FetchState(
                "pia",
                feeds[0].url,
                failures=9,
                failing_since=ago(12),
                message=LOST_FEED + SUCCESSOR,
                **fine,
            ),
            FetchState(
                "mill",
                feeds[1].url,
                failures=2,
                failing_since=ago(2),
                message="It failed, sorry.",
                **fine,
            ),
        ]
    )


@dataclass
class Quiet:
    """A background that finds nothing, and remembers what it was asked for."""

    asked: list[tuple[tuple[str, ...], bool]] = field(default_factory=list)
    mentions: list[tuple[str | None, ...]] = field(default_factory=list)

    async def refresh(
        self,
        _progress: Callable[[Progress], None],
        *,
        names: Sequence[str] = (),
        again: bool = False,
    ) -> Refreshed:
        del names, again
        return Refreshed(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ())

    async def add(
        self,
        targets: Sequence[str],
        _progress: Callable[[Progress], None],
        *,
        own: bool = False,
    ) -> Added:
        self.asked.append((tuple(targets), own))
        return Added((), (), (), None)

    async def seek(self, names: Sequence[str], _progress: Callable[[Progress], None]) -> Sought:
        self.asked.append((tuple(names), False))
        return Sought((), (), (), 0, 0)

    async def move(self, feed: str, url: str | None = None) -> Change | None:
        raise AssertionError((feed, url))

    async def webmention(
        self,
        source: str,
        target: str | None,
        *,
        send: bool = False,
        again: bool = False,
        typed: bool = True,
    ) -> Mentioned:
        """What a receiver that takes everything says."""
        how = {"send": send, "again": again, "typed": typed}
        self.mentions.append((source, target, *(name for name, said in how.items() if said)))
        said = "It has taken it in (status 202)." if send else "Nothing was sent."
        answers = target or "https://mara.example/0"
        return Mentioned(source, answers, "https://mara.example/wm", send, said, 202)


@dataclass
class Opened:
    """An app with a page of it open."""

    app: EngageApp
    pilot: Pilot[int]
    desk: Desk

    async def settle(self) -> None:
        """Until nothing is under way any more."""
        await self.pilot.pause()
        while self._workers:
            await asyncio.sleep(0.005)
            if not self._workers:
                await self.pilot.pause()

    @property
    def _workers(self) -> list[Worker[object]]:
        """Those under way; the look at what other processes wrote comes every second."""
        return [each for each in self.app.workers if each.is_running and each.group != "look"]

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            if self._workers:
                await self.settle()

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def type(self, text: str) -> None:
        """Into the input that has the focus, all at once: a key takes a test 60 ms."""
        assert self.app.focused is not None
        self.app.focused.post_message(events.Paste(text))
        await self.settle()

    @property
    def text(self) -> str:
        """What is on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def toasts(self) -> list[str]:
        return [toast.message for toast in self.app._notifications]

    def person(self, id: str) -> Person:
        return self.desk.world().people[id]


class Blank(DeskScreen):
    """What lies below the page."""


@asynccontextmanager
async def opened(
    home: Path,
    screen: Callable[[], Screen[None]],
    size: tuple[int, int] = (80, 24),
    *,
    fill: Callable[[Desk], None] = lambda _: None,
) -> AsyncIterator[Opened]:
    """The app with that screen above an empty one; ``fill`` brings the world more."""
    desk = make_desk(home)
    fill(desk)
    app = EngageApp(desk, background=Quiet())
    app.get_default_screen = Blank  # type: ignore[method-assign,assignment]
    try:
        async with app.run_test(size=size) as pilot:
            page = Opened(app, pilot, desk)
            await app.push_screen(screen())
            await page.settle()
            yield page
    finally:
        app.desk.stop()
        desk.close()

"""Pulling the feeds that are due."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from engage.domain.addresses import normalise
from engage.domain.changes import Put, put, remove
from engage.domain.posts import FetchState
from engage.domain.records import Feed
from engage.feeds.fetch import Fetched, fetch_feeds
from engage.feeds.workers import Workers
from engage.services import asking, mention_feeds
from engage.services.desk import DEMO_NOTE, Desk
from engage.services.hooks import AFTER_REFRESH, run_hook
from engage.services.inbox_outcomes import Inbox
from engage.services.ingest import Ingested, grown, ingest, shelve, working
from engage.services.outcomes import FeedError, Progress, Refreshed
from engage.services.threads import ask_threads
from engage.services.wanting import wanted

#: Seconds of fetching after which what has arrived is written, so that a kill loses little; more
#: where writing, which brings the whole world up to date, would take more than this share of them,
#: up to a limit.
FLUSH_EVERY, FLUSH_SHARE = 2.0, 0.05
AT_LEAST_EVERY = 10.0

#: Objects made and not yet gone after which reference cycles are looked for. Of the thousands that
#: each feed is made of nearly all go by themselves: looking each 700 costs a tenth of a refresh.
COLLECT_AFTER = 50_000


async def refresh(
    desk: Desk,
    names: Sequence[str] = (),
    *,
    again: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
    parsers: int | None = None,
) -> Refreshed:
    """Pull the feeds that are due (of the people and feeds named). What has arrived is kept when
    this is cancelled. Waits while another engage refreshes, then asks only what is still due.

    ``parsers``: how many processes may parse at most, by default as many as there are cores for.
    """
    started = time.monotonic()
    gc.set_threshold(COLLECT_AFTER)
    feeds, refused = asking.named(desk, names)
    if desk.offline:
        summary = _Run(desk, len(feeds), 0, progress, _Before(desk)).summary(started, 0)
        return replace(summary, notes=(DEMO_NOTE,), refused=refused, named_failed=bool(refused))
    async with _turn(desk), Workers(limit=parsers) as workers:
        before = _Before(desk)
        those = wanted(desk, feeds, before.inbox, named=bool(names))
        asking.forget_removed(desk)
        asked, notes = asking.to_ask(desk, those, again=again)
        run = _Run(desk, len(feeds), len(asked), progress, before)
        try:
            await fetch_feeds(
                asking.jobs(desk, asked),
                desk.clock,
                run.take,
                on_asking=run.asking,
                left_alone=asking.left_alone_now(desk),
                workers=workers,
            )
            await run.ask_further(workers)
        finally:
            run.flush()
        heard = 0 if names else await ask_threads(desk, workers, before.inbox)
        new_tasks = before.tasks_since()
    summary = run.summary(started, new_tasks)
    summary = replace(summary, new_posts=summary.new_posts + heard)
    failed_all = bool(asked) and run.counts["failed"] == len(asked)
    named_failed = bool(names) and bool(summary.errors or refused)
    facts = {"new_posts": str(summary.new_posts), "failed": str(summary.failed)}
    said = await asyncio.to_thread(run_hook, desk, AFTER_REFRESH, facts)
    return replace(
        summary,
        notes=(*notes, *run.notes, *((said,) if said else ())),
        refused=refused,
        named_failed=failed_all or named_failed,
    )


class _Before:
    """The inbox before a refresh, as engage left it where that is what it still is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._world = desk.world()
        self._inbox: Inbox | None = None

    def inbox(self) -> Inbox:
        """The inbox. To be asked for before anything is changed: where nothing is, nobody need."""
        self._inbox = self._inbox or self._desk.inbox()
        return self._inbox

    def tasks_since(self) -> int:
        """How many tasks are open now that were not."""
        if self._desk.world() is self._world:
            return 0
        known = {task.id for task in self.inbox().tasks}
        return sum(task.id not in known for task in self._desk.inbox().tasks)


@asynccontextmanager
async def _turn(desk: Desk) -> AsyncIterator[None]:
    """Hold the right to refresh; waited for in a thread, so that an interrupt ends the waiting."""
    turn = desk.store.refreshing()
    try:
        await asyncio.to_thread(turn.__enter__)
        yield
    finally:
        turn.__exit__(None, None, None)


@dataclass
class _Run:
    """What has arrived so far, and what of it is written."""

    desk: Desk
    total: int
    due: int
    progress: Callable[[Progress], None]
    before: _Before
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(
            ("fetched", "not_modified", "failed", "moved", "gone", "new", "updated"), 0
        )
    )
    errors: list[FeedError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _more: list[Feed] = field(default_factory=list)
    _gone: list[str] = field(default_factory=list)
    _puts: list[Put] = field(default_factory=list)
    _found: dict[str, Ingested] = field(default_factory=dict)
    _states: list[FetchState] = field(default_factory=list)
    _asking: dict[str, None] = field(default_factory=dict)
    _done: int = 0
    _flushed: float = field(default_factory=time.monotonic)
    _flush_every: float = FLUSH_EVERY

    def __post_init__(self) -> None:
        self._world = working(self.desk.world())
        self._feeds = dict(self._world.feeds)

    def asking(self, feed: str) -> None:
        """Know that a feed is being asked."""
        self._asking[feed] = None
        if len(self._asking) == 1:
            self._tell()

    def take(self, fetched: Fetched) -> None:
        """Keep one feed's answer; called as each arrives."""
        feed = self._feeds[fetched.feed]
        self._asking.pop(feed.id, None)
        state = mention_feeds.state_to_keep(self.desk, feed, fetched.state)
        if mention_feeds.has_more(feed, fetched.document):
            self._more.append(feed)
        kind = {"new": "fetched", "same": "not_modified"}.get(fetched.outcome, fetched.outcome)
        self.counts[kind] += 1
        if fetched.outcome in ("failed", "gone"):
            self.errors.append(FeedError(feed.id, feed.url, state.message))
        moved_to = mention_feeds.kept_address(feed, fetched.moved_to)
        if moved_to and moved_to != feed.url:
            twin = self._at(moved_to)
            if twin is None:
                moved = replace(feed, url=moved_to)
                state = replace(state, moved_from=feed.url, moved_on=self.desk.now())
                self._puts.append(put(moved, feed))
                self._feeds[feed.id] = feed = moved
                self.counts["moved"] += 1
                self.notes.append(f"{feed.title or feed.url} has moved for good to {feed.url}.")
            elif _belong_together(feed, twin):
                self._unite(feed, twin)
                return
            else:
                state = replace(state, message=_meets(feed, twin))
        if fetched.document is not None:
            if feed.role == "own":
                self.flush()  # what links to a new piece is looked for among the posts kept
            found = ingest(self.desk, self._world, feed, fetched.document)
            if found.said_once:
                self._found[feed.id] = found
            else:
                shelve(self.desk, feed.id, found)
            self.counts["new"] += found.new
            self.counts["updated"] += found.updated
            self._puts += found.puts
            self._world = grown(self._world, found.puts)
            state = replace(state, posts=found.posts)
        self._states.append(state)
        self._count()

    async def ask_further(self, workers: Workers) -> None:
        """Ask for the pages of mentions that follow a full one."""
        for _ in range(mention_feeds.PAGES):
            feeds, self._more = self._more, []
            if not feeds:
                return
            self.flush()
            self.due += len(feeds)
            jobs = asking.jobs(self.desk, feeds)
            await fetch_feeds(
                jobs, self.desk.clock, self.take, on_asking=self.asking, workers=workers
            )

    def _tell(self) -> None:
        waited_for = self._feeds.get(next(iter(self._asking), ""))
        title = (waited_for.title or waited_for.url) if waited_for else ""
        self.progress(Progress(self._done, self.due, title))

    def _count(self) -> None:
        self._done += 1
        self._tell()
        if time.monotonic() - self._flushed > self._flush_every:
            self.flush()

    def _at(self, url: str) -> Feed | None:
        """The feed that is followed at an address already."""
        wanted = normalise(url)
        return next((feed for feed in self._feeds.values() if normalise(feed.url) == wanted), None)

    def _unite(self, feed: Feed, twin: Feed) -> None:
        """End following a feed that has come to where another of the same person is."""
        news = [item for item in self._world.news if item.feed == feed.id]
        self._puts += [remove(feed), *(remove(item) for item in news)]
        self._gone.append(feed.id)
        del self._feeds[feed.id]
        self.counts["moved"] += 1
        self.notes.append(f"{feed.url} has moved to {twin.url}; the two are one feed now.")
        self._count()

    def flush(self) -> None:
        """Write what has arrived: the ledger first, then the posts, then the states, so that a
        crash in between fetches the feed again instead of losing what it brought."""
        began = time.monotonic()
        puts, found, states = self._puts, self._found, self._states
        self._puts, self._found, self._states = [], {}, []
        if puts:
            self.before.inbox()
            self.desk.commit("refresh", puts, by="refresh")
        for feed, brought in found.items():
            shelve(self.desk, feed, brought)
        if states:
            self.desk.store.save_fetch_states(states)
        while self._gone:
            self.desk.store.forget_posts(self._gone.pop())
        self._world = working(self.desk.world())
        self._flushed = time.monotonic()
        wanted = (self._flushed - began) / FLUSH_SHARE
        self._flush_every = min(max(FLUSH_EVERY, wanted), AT_LEAST_EVERY)

    def summary(self, started: float, new_tasks: int) -> Refreshed:
        counts = self.counts
        return Refreshed(
            seconds=round(time.monotonic() - started, 3),
            total=self.total,
            due=self.due,
            fetched=counts["fetched"],
            not_modified=counts["not_modified"],
            failed=counts["failed"],
            moved=counts["moved"],
            gone=counts["gone"],
            new_posts=counts["new"],
            updated_posts=counts["updated"],
            new_tasks=new_tasks,
            errors=tuple(self.errors),
        )


def _belong_together(feed: Feed, twin: Feed) -> bool:
    """Whether two feeds at one address may become one: own posts are kept for good, each under
    the feed they came in, and whose a feed is, is the writer's to say."""
    return feed.role == twin.role != "own" and feed.person == twin.person


def _meets(feed: Feed, twin: Feed) -> str:
    return (
        f"This feed has moved to {twin.url}, which you follow already as {twin.title or twin.url}; "
        f"`engage remove {feed.id}` ends following it twice."
    )[:400]

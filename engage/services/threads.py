"""Comments feeds of single posts: of the writer's own where there is no feed of all comments, and
of people's posts under which the writer wrote. They are asked when the number of comments rises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from engage.domain.addresses import normalise
from engage.domain.changes import Put
from engage.domain.identity import feed_id, merge
from engage.domain.incoming import resolve
from engage.domain.posts import FetchState, Post
from engage.domain.records import Feed, NewsItem, World
from engage.domain.threads import resolve_there
from engage.feeds.fetch import Fetched, Job, fetch_feeds
from engage.feeds.schedule import due, left_alone, may_ask_again
from engage.feeds.workers import Workers
from engage.services import evidence
from engage.services.desk import Desk
from engage.services.ingest import grown, working

#: How long a talk is followed after the writer's last words there, and how many feeds of single
#: posts one refresh asks.
FOLLOWED_DAYS = 60
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Thread:
    """The comments feed of one post; ``about`` is the person's post, None for the writer's own.
    ``count``: how many comments the post has, as far as its feed says."""

    feed: Feed
    about: NewsItem | None
    count: int | None
    host: str | None


async def ask_threads(
    desk: Desk, workers: Workers, before: Callable[[], object] = lambda: None
) -> int:
    """Ask the comments feeds of single posts that have something new; how many comments came.

    ``before`` is called before anything is changed.
    """
    states, now = desk.store.fetch_states(), desk.now()
    threads = {
        thread.feed.id: thread
        for thread in _threads(desk, desk.world())
        if _wanted(thread, states.get(thread.feed.id), desk)
    }
    if not threads:
        return 0
    before()
    run = _Run(desk, threads)
    jobs = [
        Job(each.feed.id, each.feed.url, "responses", states.get(each.feed.id), each.host)
        for each in list(threads.values())[:AT_ONCE]
    ]
    try:
        alone = left_alone(states.values(), now)
        await fetch_feeds(jobs, desk.clock, run.take, left_alone=alone, workers=workers)
    finally:
        run.flush()
    return run.new


class _Run:
    def __init__(self, desk: Desk, threads: dict[str, Thread]) -> None:
        self._desk = desk
        self._threads = threads
        self._world = working(desk.world())
        self._puts: list[Put] = []
        self._posts: dict[str, tuple[Post, ...]] = {}
        self._states: list[FetchState] = []
        self.new = 0

    def take(self, fetched: Fetched) -> None:
        thread, state = self._threads[fetched.feed], fetched.state
        if fetched.outcome in ("new", "same"):
            state = replace(state, count=thread.count)
        if fetched.document is not None:
            store, now = self._desk.store, self._desk.now()
            existing = store.posts(fetched.feed)
            merged = merge(fetched.feed, "responses", existing, fetched.document, now)
            self._posts[fetched.feed] = merged.posts
            state = replace(state, posts=len(merged.posts))
            self.new += len(merged.new)
            puts = list(self._brought(thread, merged.new, merged.posts, first=not existing))
            self._puts += puts
            self._world = grown(self._world, puts)
        self._states.append(state)

    def _brought(
        self, thread: Thread, new: tuple[Post, ...], posts: tuple[Post, ...], *, first: bool
    ) -> Iterator[Put]:
        desk, world, taken = self._desk, self._world, set[str]()
        for post in sorted(new, key=lambda post: post.shown):
            if thread.about is None:
                seen = resolve(
                    post,
                    thread.feed,
                    world,
                    desk.rules,
                    desk.now(),
                    first_fetch=first,
                    thread=posts,
                )
            else:
                seen = resolve_there(
                    post, thread.feed, thread.about, world, desk.rules, desk.now(), thread=posts
                )
            if seen is not None:
                yield from evidence.kept(desk, world, seen, taken)

    def flush(self) -> None:
        """The ledger first, as in `services.refresh`."""
        self._desk.commit("refresh", self._puts, by="refresh")
        for feed, posts in self._posts.items():
            self._desk.store.save_posts(feed, posts)
        if self._states:
            self._desk.store.save_fetch_states(self._states)


def _threads(desk: Desk, world: World) -> Iterator[Thread]:
    covered = {
        urlsplit(normalise(feed.url)).netloc
        for feed in world.feeds.values()
        if feed.role == "responses"
    }
    for feed in world.feeds.values():
        if feed.role == "own" and not feed.paused:
            for post in desk.store.posts(feed.id):
                address = post.entry.comments_feed
                if address and urlsplit(normalise(address)).netloc not in covered:
                    yield _thread(feed, post, address, None)
    yield from _theirs(desk, world)


def _theirs(desk: Desk, world: World) -> Iterator[Thread]:
    """Under people's posts where the writer wrote, or means to: there is a draft."""
    since = desk.now() - timedelta(days=FOLLOWED_DAYS)
    answered = {
        touch.post
        for touch in world.touches
        if touch.direction == "out" and touch.exchange and touch.at >= since
    }
    wanted = {item.uid: item for item in world.news if item.uid in answered}
    for id in dict.fromkeys(item.feed for item in wanted.values()):
        for post in desk.store.posts(id):
            if post.uid in wanted and post.entry.comments_feed:
                yield _thread(world.feeds[id], post, post.entry.comments_feed, wanted[post.uid])


def _thread(feed: Feed, post: Post, address: str, about: NewsItem | None) -> Thread:
    # What a feed contains leads to no private host but the one the writer typed.
    host = urlsplit(feed.typed).hostname
    made = Feed(feed_id(address), address, address, "responses", post.first_seen, title=post.title)
    return Thread(made, about, post.entry.comments_count, host)


def _wanted(thread: Thread, state: FetchState | None, desk: Desk) -> bool:
    now = desk.now()
    if thread.count is None:
        return due(state, now)
    if thread.count == 0 or (state is not None and thread.count <= (state.count or 0)):
        return False
    if state is None:
        return True
    return may_ask_again(state, now) is None if not state.failures else due(state, now)

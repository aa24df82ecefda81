"""Which feeds a refresh asks, and what it needs to know of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from urllib.parse import urlsplit

from engage.domain.records import Feed, NewsItem, OwnPost
from engage.errors import Ambiguous, EngageError, NotFound
from engage.feeds.fetch import Job
from engage.feeds.schedule import due, left_alone, may_ask_again
from engage.services import mention_feeds
from engage.services.desk import Desk
from engage.services.names import find_feed, find_person
from engage.services.outcomes import Refusal


def named(desk: Desk, names: Sequence[str]) -> tuple[list[Feed], tuple[Refusal, ...]]:
    """The feeds of the people and feeds named, and the names that are none; all where nothing is
    named."""
    if not names:
        return list(desk.world().feeds.values()), ()
    found: dict[str, Feed] = {}
    refused: list[Refusal] = []
    for name in names:
        try:
            found.update((feed.id, feed) for feed in _called(desk, name))
        except EngageError as error:
            candidates = error.candidates if isinstance(error, Ambiguous) else ()
            refused.append(Refusal(name, str(error), candidates))
    return list(found.values()), tuple(refused)


def to_ask(desk: Desk, feeds: Sequence[Feed], *, again: bool) -> tuple[list[Feed], tuple[str, ...]]:
    """Those of the feeds that may be asked now; why others that were asked for may not."""
    states, now = desk.store.fetch_states(), desk.now()
    asked: list[Feed] = []
    notes: list[str] = []
    for feed in feeds:
        state = states.get(feed.id)
        if feed.paused:
            continue
        if due(state, now):
            asked.append(feed)
        elif again and state is not None and state.gone:
            notes.append(
                f"{feed.title or feed.url} is gone; `engage move` looks for its new place."
            )
        elif again and state is not None:
            allowed = may_ask_again(state, now)
            if allowed is None:
                asked.append(feed)
            else:
                notes.append(f"{feed.title or feed.url} {_when(allowed, now)}.")
    return asked, tuple(notes)


def left_alone_now(desk: Desk) -> dict[str, datetime]:
    """The hosts and platforms that asked to be left alone, and until when."""
    return left_alone(desk.store.fetch_states().values(), desk.now())


def forget_removed(desk: Desk) -> None:
    """Forget the posts of feeds that are followed no longer, but not of those whose removal was
    taken back, nor who asked to be left alone."""
    now, feeds = desk.now(), desk.world().feeds
    removed = [state for state in desk.store.fetch_states().values() if state.removed]
    followed = [replace(state, removed=False) for state in removed if state.feed in feeds]
    if followed:
        desk.store.save_fetch_states(followed)
    for state in removed:
        if state.feed not in feeds and not (state.wait_until and state.wait_until > now):
            desk.store.forget_posts(state.feed)


def jobs(desk: Desk, feeds: Sequence[Feed]) -> list[Job]:
    """What to ask: with the dates of recent posts, from which the feed's own rhythm follows."""
    world, wanted = desk.world(), {feed.id for feed in feeds}
    published: dict[str, list[datetime]] = {}
    known: Iterable[NewsItem | OwnPost] = chain(world.news, world.own_posts)
    for post in known:
        if post.published and post.feed in wanted:
            published.setdefault(post.feed, []).append(post.published)
    return [_job(desk, feed, published.get(feed.id, ())) for feed in feeds]


def _job(desk: Desk, feed: Feed, published: Sequence[datetime]) -> Job:
    address = mention_feeds.asked_at(desk, feed)
    return Job(
        feed=feed.id,
        url=address,
        role=feed.role,
        state=mention_feeds.state_to_send(feed, desk.store.fetch_state(feed.id), address),
        private_host=urlsplit(feed.typed).hostname,
        published=tuple(published),
    )


def _called(desk: Desk, name: str) -> list[Feed]:
    if (feed := desk.world().feeds.get(name)) is not None:
        return [feed]
    try:
        person = find_person(desk, name)
    except (NotFound, Ambiguous) as unknown:
        try:
            return [find_feed(desk, name)]
        except NotFound:
            raise unknown from None
    theirs = [feed for feed in desk.world().feeds.values() if feed.person == person.id]
    if not theirs:
        raise EngageError(f"{person.name} has no feed; add one with `engage add`.")
    return theirs


def _when(allowed: datetime, now: datetime) -> str:
    today = allowed.astimezone().date() == now.astimezone().date()
    return (
        f"may be asked again {allowed.astimezone().strftime('at %H:%M' if today else '%A %H:%M')}"
    )

"""Following feeds: adding them, their health, pausing and removing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from engage.domain.changes import Change, put
from engage.domain.changes import remove as removal
from engage.domain.feed_health import health
from engage.domain.posts import FetchState
from engage.domain.records import Feed, Role
from engage.errors import EngageError
from engage.services import mention_feeds
from engage.services.adding import Adding
from engage.services.desk import DEMO_NOTE, Desk
from engage.services.names import find_feed
from engage.services.outcomes import Added, FeedHealth, Refusal
from engage.text import one_line


async def add(
    desk: Desk,
    targets: Sequence[str],
    *,
    own: bool = False,
    responses: bool = False,
    person: str | None = None,
    circle: int | None = None,
    guess: bool = False,
) -> Added:
    """Follow feeds: one GET where a target is a feed. Without targets ``person`` is added."""
    # Here: asking servers imports asyncio and the HTTP client, which `engage feeds` need not pay.
    from engage.feeds.discover import ProfileOnly, discover
    from engage.services import asking

    role: Role = "own" if own else "responses" if responses else "theirs"
    work = Adding(desk, role, person, circle)
    if not targets and person is not None:
        work.add_person(person)
    alone = asking.left_alone_now(desk) if targets else {}
    for given in dict.fromkeys(targets):
        target, token = mention_feeds.taken_apart(given) if responses else (given, None)
        if token and not desk.offline:
            mention_feeds.keep_token(desk, target, token)
        if work.is_known(target):
            continue
        if desk.offline:
            work.refused.append(Refusal(target, f"{one_line(target)}: {DEMO_NOTE}"))
            continue
        try:
            asked = mention_feeds.with_token(desk, target) if responses else target
            found = await discover(asked, desk.clock, guess=guess, role=role, left_alone=alone)
        except EngageError as error:
            sentence = mention_feeds.hidden(str(error), asked, target)
            work.refused.append(Refusal(target, sentence))
            continue
        if isinstance(found, ProfileOnly):
            work.add_profile(found)
        else:
            work.add_feed(mention_feeds.found_without_token(found, target) if responses else found)
    change = work.commit()
    return Added(tuple(work.added), tuple(work.known), tuple(work.refused), change)


def feeds(desk: Desk) -> tuple[FeedHealth, ...]:
    """Every feed with its health: what needs attention first, then own ones, then by title."""
    states, now = desk.store.fetch_states(), desk.now()
    found = [
        _health(feed, states.get(feed.id) or FetchState(feed.id, feed.url), now)
        for feed in desk.world().feeds.values()
    ]
    order = {"own": 0, "responses": 1, "theirs": 2}
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.health.rank,
                order[one.feed.role],
                (one.feed.title or one.feed.url).casefold(),
                one.feed.id,
            ),
        )
    )


def remove(desk: Desk, name: str) -> Change | None:
    """Follow a feed no longer; the person and what happened stay. Its posts stay in the cache until
    the next refresh, so that undo has them at once."""
    feed = find_feed(desk, name)
    news = [item for item in desk.world().news if item.feed == feed.id]
    puts = [removal(feed), *(removal(item) for item in news)]
    change = desk.commit(f"removed: {feed.title or feed.url}", puts)
    if (state := desk.store.fetch_state(feed.id)) is not None:
        desk.store.save_fetch_states([replace(state, removed=True)])
    return change


def pause(desk: Desk, name: str) -> tuple[Change | None, bool]:
    """Pause a feed, or resume a paused one; whether it is paused now."""
    before = find_feed(desk, name)
    after = replace(before, paused=not before.paused)
    label = f"{'paused' if after.paused else 'resumed'}: {before.title or before.url}"
    return desk.commit(label, [put(after, before)]), after.paused


def _health(feed: Feed, state: FetchState, now: datetime) -> FeedHealth:
    found = health(feed, state, now)
    if state.next_fetch is None and feed.wanted and not state.gone:
        # Never asked, or its posts are lost: due since then.
        state = replace(state, next_fetch=state.last_fetch or feed.added)
    return FeedHealth(feed, state, found)

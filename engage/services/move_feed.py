"""A feed that has gone elsewhere: pointed to its new address, or to what its site names now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from engage.domain.addresses import normalise
from engage.domain.changes import Change, put
from engage.domain.records import Feed
from engage.errors import EngageError
from engage.services import asking
from engage.services.desk import DEMO_NOTE, Desk
from engage.services.ingest import ingest, shelve, working
from engage.services.names import find_feed
from engage.text import one_line

if TYPE_CHECKING:
    from engage.feeds.discover import Found


async def move(
    desk: Desk, name: str, url: str | None = None, *, guess: bool = False
) -> tuple[Feed, Change | None]:
    """Point a feed to another address; without one, to the feed that its site names now.
    ``guess``: also try the usual places.

    The feed keeps its id, person and posts. The change is None where the feed answers again at the
    address that it has. Raises EngageError where there is no feed, or one that is followed already.
    """
    before = find_feed(desk, name)
    called = before.title or before.url
    if desk.offline:
        raise EngageError(f"{called}: {DEMO_NOTE}")
    seeking = _at(desk, before, url, guess) if url else _successor(desk, before, guess)
    found = await seeking
    for other in desk.world().feeds.values():
        if other.id != before.id and normalise(other.url) == normalise(found.url):
            raise EngageError(
                f"{found.url} is followed already, as {other.title or other.url}; "
                f"`engage remove` ends following one of the two."
            )
    document = found.document
    after = replace(
        before,
        url=found.url,
        typed=found.typed if url else before.typed,
        title=document.title or before.title,
        site=document.site or found.site or before.site,
    )
    change = None
    if after.url != before.url:
        change = desk.commit(f"moved: {called} to {after.url}", [put(after, before)])
    else:
        after = before
    brought = ingest(desk, working(desk.world()), after, document)
    desk.commit("moved", brought.puts, by="refresh")
    shelve(desk, before.id, brought)
    desk.store.save_fetch_states([replace(found.state, feed=before.id, posts=brought.posts)])
    return after, change


async def _at(desk: Desk, feed: Feed, url: str, guess: bool) -> Found:
    """The feed at an address that the writer gave."""
    # Here: asking servers imports asyncio and the HTTP client, which other commands need not pay.
    from engage.feeds.discover import ProfileOnly, discover

    alone = asking.left_alone_now(desk)
    found = await discover(url, desk.clock, guess=guess, role=feed.role, left_alone=alone)
    if isinstance(found, ProfileOnly):
        raise EngageError(one_line(found.sentence))
    return found


async def _successor(desk: Desk, feed: Feed, guess: bool) -> Found:
    """What the feed's site names now, else the first page of where the feed was."""
    from engage.feeds.discover import ProfileOnly, discover

    refused: EngageError | None = None
    for page in dict.fromkeys((feed.site or urljoin(feed.url, "/"), urljoin(feed.url, "/"))):
        try:
            found = await discover(
                page,
                desk.clock,
                guess=guess,
                role=feed.role,
                private_host=urlsplit(feed.typed).hostname or "",
                other_than=feed.url,
                left_alone=asking.left_alone_now(desk),
            )
        except EngageError as error:
            refused = refused or error
            continue
        if not isinstance(found, ProfileOnly):
            return found
    called = feed.title or feed.url
    raise EngageError(
        f"{called}: no successor was found; give the new address yourself. {refused or ''}".rstrip()
    ) from refused

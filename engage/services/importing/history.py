"""What an export tells of the past: claps as clicks, and the writer's own pieces."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from engage.domain.addresses import normalise, profile_key
from engage.domain.changes import put
from engage.domain.identity import feed_id, post_uid
from engage.domain.records import Feed, OwnPost, Touch
from engage.domain.wording import counted
from engage.exchange.imported import Import, ImportedOwnPost, ImportedTouch
from engage.exchange.sources.medium import post_id
from engage.feeds.platforms import derive_feed_url
from engage.services.desk import Desk
from engage.services.importing.draft import Draft

#: Whose piece it was: the person, the uid of the post, its title.
_Piece = tuple[str, str | None, str]


def take_history(desk: Desk, draft: Draft, imported: Import) -> None:
    """Take the touches and own posts of an import into a draft."""
    if imported.touches:
        _claps(desk, draft, imported.touches)
    feed = _own_feed(draft, imported.profile)
    if imported.own_posts:
        _own_posts(draft, imported.own_posts, feed)


def _own_feed(draft: Draft, profile: str | None) -> Feed | None:
    url = derive_feed_url(profile) if profile else None
    if url is None:
        return None
    if known := draft.book.feed_at(url):
        draft.known.append(f"your own posts  {url}")
        return known
    draft.new.append(f"your own posts  {url}")
    return draft.book.follow(Feed(feed_id(url), url, url, "own", draft.now))


def _own_posts(draft: Draft, posts: Iterable[ImportedOwnPost], feed: Feed | None) -> None:
    if feed is None or feed.role != "own":
        draft.unclear.append(
            "Your own posts came without your profile, so they are not written; give the whole "
            "export."
        )
        return
    known = {own.uid for own in draft.book.world.own_posts}
    addresses = (
        address for own in draft.book.world.own_posts for address in (own.url, *own.aliases)
    )
    ids = {id for address in addresses if address and (id := post_id(address))}
    new = 0
    for post in posts:
        # The uid is the one that the feed's own entry gets, so that the two are one piece.
        uid = post_uid(feed.id, post.guid)
        if uid in known or post_id(post.guid) in ids:
            continue
        known.add(uid)
        own = OwnPost(
            uid,
            feed.id,
            post.title,
            post.url or post.guid,
            post.published,
            post.kind,
            tuple(dict.fromkeys((post.guid, *((post.url,) if post.url else ())))),
        )
        draft.further.append(put(own))
        new += 1
    if new:
        draft.new.append(f"{counted(new, 'piece')} of your own, as history")


def _claps(desk: Desk, draft: Draft, touches: Iterable[ImportedTouch]) -> None:
    pieces = _pieces(desk)
    known = {
        (touch.person, normalise(touch.url))
        for touch in draft.book.world.touches
        if touch.kind == "like" and touch.direction == "out" and touch.url
    }
    new = unknown = 0
    for clap in touches:
        found = _whose(draft, pieces, clap.url)
        if found is None:
            unknown += 1
            continue
        person, uid, _ = found
        mark = (person, normalise(clap.url))
        if mark in known:
            continue
        known.add(mark)
        digest = hashlib.blake2b(f"clap\n{person}\n{mark[1]}".encode(), digest_size=10)
        touch = Touch(
            id=digest.hexdigest(),
            at=min(clap.at, draft.now),
            person=person,
            direction="out",
            kind="like",
            how_known="imported",
            recorded=draft.now,
            url=clap.url,
            post=uid,
            about=clap.title,
            source="your Medium export",
        )
        draft.further.append(put(touch))
        new += 1
    if new:
        draft.new.append(f"{counted(new, 'clap')} of yours, as clicks")
    if unknown:
        draft.skipped.append(
            f"{counted(unknown, 'clap')}: the export names the post and not who wrote it, and "
            "engage has not seen it. Import again once their feeds have been read."
        )


def _pieces(desk: Desk) -> dict[str, _Piece]:
    """Medium's ids of the posts that engage has seen, and whose they are."""
    world = desk.world()
    found: dict[str, _Piece] = {}
    for feed in world.feeds.values():
        if feed.person is None:
            continue
        for post in desk.store.posts(feed.id):
            for address in (post.entry.url, post.entry.guid):
                if address and (id := post_id(address)):
                    found[id] = (feed.person, post.uid, post.title)
    for item in world.news:
        for address in (item.url, *item.aliases):
            if address and (id := post_id(address)):
                found[id] = (item.person, item.uid, item.title)
    return found


def _whose(draft: Draft, pieces: dict[str, _Piece], url: str) -> _Piece | None:
    id = post_id(url)
    if id and id in pieces:
        return pieces[id]
    key = profile_key(url)
    people = draft.book.at_keys((key,)) if key else []
    return (people[0].id, None, "") if people else None

"""What a feed brought, made part of the world: posts kept, news proposed, touches seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from engage.domain.changes import Put, put, record_of, remove
from engage.domain.identity import Merged, merge, news_of, own_of
from engage.domain.incoming import resolve
from engage.domain.mentions import mentions
from engage.domain.posts import FeedDocument, Post
from engage.domain.records import Amendment, Feed, NewsItem, OwnPost, Person, Touch, World
from engage.domain.settle import aged_before
from engage.domain.world import amended
from engage.services import evidence
from engage.services.desk import Desk

#: How long a post stays in the ledger's news: longer than posts take to age out, so that the
#: inbox can still say which have.
NEWS_DAYS = 90


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one feed's document changes: counts of posts, the puts to commit, and, once they are
    committed, the posts to `shelve`, if those changed."""

    new: int
    updated: int
    posts: int
    puts: tuple[Put, ...]
    shelf: tuple[Post, ...] | None

    @property
    def said_once(self) -> bool:
        """Whether the puts hold what is said of new posts only, and not of known ones again."""
        return any(item.table not in _SAID_AGAIN for item in self.puts)


#: The tables of what every document says of all posts that are kept.
_SAID_AGAIN = frozenset({"feeds", "news"})


def ingest(desk: Desk, world: World, feed: Feed, document: FeedDocument) -> Ingested:
    """What a document changes, in the ledger and of the posts that are kept.

    ``world.people`` may be a working copy that gains the people this feed makes known.
    """
    existing = desk.store.posts(feed.id)
    merged = merge(feed.id, feed.role, existing, document, desk.now())
    shelf = merged.posts if merged.new or merged.updated else None
    puts = [*_described(feed, document), *_brought(desk, world, feed, merged, not existing)]
    return Ingested(len(merged.new), len(merged.updated), len(merged.posts), tuple(puts), shelf)


def shelve(desk: Desk, feed: str, found: Ingested) -> None:
    """Keep the posts of a feed. Only after what they mean is in the ledger: of a post that is known
    nothing is new, so that a comment, say, would be lost by what comes between the two."""
    if found.shelf is not None:
        desk.store.save_posts(feed, found.shelf)


def working(world: World) -> World:
    """A world whose people may gain some while feeds are ingested."""
    people: dict[str, Person] = dict(world.people)
    return replace(world, people=people)


#: The tables of what the feeds after one need to know.
_SEEN_BY_THE_NEXT = frozenset({"touches", "amendments", "own_posts"})


def grown(world: World, puts: Iterable[Put]) -> World:
    """The world with the touches and own posts that were just brought, for the next feed."""
    brought = [
        record_of(item.table, item.after)
        for item in puts
        if item.table in _SEEN_BY_THE_NEXT and item.after is not None
    ]
    touches = [record for record in brought if isinstance(record, Touch)]
    amendments = [record for record in brought if isinstance(record, Amendment)]
    own = {record.uid: record for record in brought if isinstance(record, OwnPost)}
    if touches or amendments:
        world = replace(world, touches=amended((*world.touches, *touches), amendments))
    if own:
        kept = (post for post in world.own_posts if post.uid not in own)
        world = replace(world, own_posts=(*own.values(), *kept))
    return world


def _described(feed: Feed, document: FeedDocument) -> Iterator[Put]:
    own = feed.role == "own"
    after = replace(
        feed,
        title=document.title or feed.title,
        site=document.site or feed.site,
        author=document.author or (own and _author_of_most(document)) or feed.author,
    )
    if after != feed:
        yield put(after, feed)


def _author_of_most(document: FeedDocument) -> str | None:
    """WordPress names no author of the feed, but one of each entry."""
    names = Counter(entry.author for entry in document.entries)
    name, count = max(names.items(), key=lambda item: item[1], default=("", 0))
    return name if name and count * 2 > len(document.entries) else None


def _brought(desk: Desk, world: World, feed: Feed, merged: Merged, first: bool) -> Iterator[Put]:
    if feed.role == "own":
        known = {own.uid: own for own in world.own_posts}
        changed = [
            put(own, known.get(own.uid))
            for own in map(own_of, merged.posts)
            if known.get(own.uid) != own
        ]
        yield from changed
        yield from evidence.of_own_posts(desk, world, merged)
        yield from evidence.links_to(desk, grown(world, changed), merged.new)
    elif feed.role == "responses":
        yield from _responses(desk, world, feed, merged, first)
    elif feed.person is not None:
        yield from _news(desk, world, feed, feed.person, merged)
        yield from _mentions(desk, world, feed.person, merged)


def _news(desk: Desk, world: World, feed: Feed, person: str, merged: Merged) -> Iterator[Put]:
    """News for the recent posts and for the newest; what grew old leaves the ledger.

    A post is said to be rewritten once, and while it is new: two servers that give two versions in
    turn, or a page that grows by the hour, would bring it back for ever.
    """
    known = {item.uid: item for item in _by_feed(world).get(feed.id, ())}
    since, fresh = desk.now() - timedelta(days=NEWS_DAYS), aged_before(desk.now(), desk.rules)
    recent: dict[str, NewsItem] = {}
    for index, post in enumerate(merged.posts):
        if index == 0 or post.shown >= since:
            before = known.get(post.uid)
            rewritten = before.rewritten if before else None
            if rewritten is None and post.uid in merged.rewritten and post.shown >= fresh:
                rewritten = desk.now()
            item = replace(news_of(post, person), rewritten=rewritten)
            recent[post.uid] = _first_seen(item, before)
    for uid, item in recent.items():
        if known.get(uid) != item:
            yield put(item, known.get(uid))
    for uid, item in known.items():
        if uid not in recent:
            yield remove(item)


def _first_seen(item: NewsItem, known: NewsItem | None) -> NewsItem:
    """Another machine may have seen it first, and that is when it was there."""
    if known is None or known.first_seen >= item.first_seen:
        return item
    return replace(item, first_seen=known.first_seen)


#: The news last asked about, and the same by feed: asked for each of a refresh's feeds.
_grouped: list[tuple[object, Mapping[str, Sequence[NewsItem]]]] = []


def _by_feed(world: World) -> Mapping[str, Sequence[NewsItem]]:
    if not _grouped or _grouped[0][0] is not world.news:
        by_feed: dict[str, list[NewsItem]] = {}
        for item in world.news:
            by_feed.setdefault(item.feed, []).append(item)
        _grouped[:] = [(world.news, by_feed)]
    return _grouped[0][1]


def _responses(desk: Desk, world: World, feed: Feed, merged: Merged, first: bool) -> Iterator[Put]:
    now, taken = desk.now(), set[str]()
    for post in sorted(merged.new, key=lambda post: post.shown):
        seen = resolve(post, feed, world, desk.rules, now, first_fetch=first, thread=merged.posts)
        if seen is not None:
            yield from evidence.kept(desk, world, seen, taken)


def _mentions(desk: Desk, world: World, person: str, merged: Merged) -> Iterator[Put]:
    now = desk.now()
    for post in (*merged.new, *merged.updated):
        touch = mentions(post, merged.posts, world.own_posts, person, now)
        if touch is not None and desk.store.get("touches", touch.id) is None:
            yield put(touch)

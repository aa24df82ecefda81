"""The demo's people, feeds and posts, made into records as of a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property

from engage.domain.days import local_day, midnight
from engage.domain.identity import feed_id, merge, news_of, own_of
from engage.domain.people import make_person
from engage.domain.posts import Entry, FeedDocument, FetchState, Post
from engage.domain.records import (
    FOR_GOOD,
    DatedLeave,
    DatedNumber,
    Feed,
    NewsItem,
    NextTime,
    OwnPost,
    Person,
    Role,
)
from engage.services.demo.cast import CAST, IMPORTED, Member
from engage.services.demo.essay import ESSAY
from engage.services.demo.further import FURTHER
from engage.services.demo.history import NEXT
from engage.services.demo.markup import blocks_of, links_of, words_of
from engage.services.demo.own import COMMENTS, HOST, OWN, WRITER, Comment
from engage.services.demo.pieces import NEAR, Piece
from engage.web.errors import too_slow

PIECES = (*NEAR, *FURTHER, ESSAY)

#: The member whose feed has a bad day, so that the health of feeds has something to show.
FAILING = "jonas-veld"


class Making:
    """The records of the demo's world as of ``now``; nothing in it lies after that moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def day(self, ago: int, hour: float) -> datetime:
        """The moment of a local hour, some days ago."""
        start = midnight(local_day(self.now) - timedelta(days=ago))
        return min(start + timedelta(hours=hour), self.now)

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody, by their key in the cast; the imported ones by their names."""
        nexts = {key: (since, days, text) for key, since, days, text in NEXT}
        made = {member.key: self._person(member) for member in CAST}
        for key, (since, days, text) in nexts.items():
            due = local_day(self.now) + timedelta(days=days)
            made[key] = replace(made[key], next=NextTime(self.day(since, 21), due, text))
        for name in IMPORTED:
            handle = name.casefold().replace(" ", ".")
            profile = f"https://www.instagram.com/{handle}"
            made[name] = make_person(name, self.day(11, 10), "imported", profile=profile)
        return made

    @cached_property
    def feeds(self) -> dict[str, Feed]:
        """Every feed, by its person's key; ``own`` and ``responses`` are the writer's."""
        own = self._feed("own", HOST, f"https://{HOST}/feed.xml", WRITER, 250)
        responses = self._feed(
            "responses", HOST, f"https://{HOST}/comments/feed.xml", f"Comments on {WRITER}", 250
        )
        theirs = {
            member.key: self._feed(
                "theirs",
                member.host,
                f"https://{member.host}/feed.xml",
                member.name,
                member.known,
                self.people[member.key].id,
            )
            for member in CAST
            if member.host
        }
        return {"own": own, "responses": responses, **theirs}

    @cached_property
    def posts(self) -> dict[str, tuple[Post, ...]]:
        """The posts of each feed, newest first, by the feed's key."""
        hosts = {member.key: member.host for member in CAST}
        entries: dict[str, list[Entry]] = {key: [] for key in self.feeds}
        for piece in PIECES:
            entries[piece.who].append(self._entry(piece, str(hosts[piece.who])))
        entries["own"] = [self._entry(piece, HOST) for piece in OWN]
        entries["responses"] = [self._response(each) for each in COMMENTS if each.on == HOST]
        return {key: self._merged(self.feeds[key], listed) for key, listed in entries.items()}

    @property
    def news(self) -> Iterator[NewsItem]:
        for member in CAST:
            for post in self.posts.get(member.key, ()):
                yield news_of(post, self.people[member.key].id)

    @property
    def own_posts(self) -> Iterator[OwnPost]:
        return (own_of(post) for post in self.posts["own"])

    def fetch_states(self) -> Iterator[FetchState]:
        """Every feed was asked this morning and is next asked later today: nothing is due."""
        for index, (key, feed) in enumerate(self.feeds.items()):
            failing = key == FAILING
            yield FetchState(
                feed=feed.id,
                url=feed.url,
                etag=f'"{feed.id[:8]}"',
                last_fetch=self.now - timedelta(minutes=40 + index),
                next_fetch=self.now + timedelta(hours=2 + index % 18, minutes=5),
                failures=4 if failing else 0,
                failing_since=self.day(3, 9) if failing else None,
                message=str(too_slow(HOST_OF[key], 30)) if failing else "",
                posts=len(self.posts[key]),
            )

    def _person(self, member: Member) -> Person:
        added = self.day(member.known, 9)
        person = make_person(
            member.name,
            added,
            member.how,
            feed_url=f"https://{member.host}/feed.xml" if member.host else None,
            profile=member.profile,
        )
        put_in = self.day(min(member.circled, member.known), 10)
        leaves: tuple[DatedLeave, ...] = ()
        if member.left is not None:
            until = local_day(self.now) + timedelta(days=member.left)
            leaves = (DatedLeave(self.day(10, 19), until if member.left else FOR_GOOD),)
        return replace(
            person,
            directions=("follows you",) if member.how != "commented" else (),
            circles=(DatedNumber(put_in, member.circle),) if member.circle else (),
            cadences=(DatedNumber(put_in, member.cadence),) if member.cadence else (),
            leaves=leaves,
            friend=member.friend,
            notes=member.notes,
        )

    def _feed(
        self, role: Role, host: str, url: str, title: str, known: int, person: str | None = None
    ) -> Feed:
        return Feed(
            id=feed_id(url),
            url=url,
            typed=url,
            role=role,
            added=self.day(known, 9),
            person=person,
            title=title,
            site=f"https://{host}/",
            author=None if role == "responses" else title,
        )

    def _entry(self, piece: Piece, host: str) -> Entry:
        blocks = blocks_of(piece.text)
        url = f"https://{host}/{slug(piece.title)}"
        return Entry(
            guid=url,
            url=url,
            title=piece.title,
            published=self.day(piece.days, 6.5),
            blocks=blocks,
            words=words_of(blocks),
            language="en",
            links=links_of(blocks),
            comments_url=f"{url}#comments",
        )

    def _response(self, comment: Comment) -> Entry:
        member = next(each for each in CAST if each.key == comment.who)
        answered = f"https://{HOST}/{slug(comment.piece)}"
        blocks = blocks_of(comment.text)
        return Entry(
            guid=comment_url(comment),
            url=comment_url(comment),
            title=f"{member.name} on “{comment.piece}”",
            author=member.name,
            author_url=f"https://{member.host}/",
            published=self.day(comment.days, 18),
            blocks=blocks,
            words=words_of(blocks),
            answers=(answered,),
        )

    def _merged(self, feed: Feed, entries: Iterable[Entry]) -> tuple[Post, ...]:
        """The posts of a feed as `merge` makes them, each seen when it was published, or when
        the feed was added."""
        merged = merge(feed.id, feed.role, (), FeedDocument(entries=tuple(entries)), self.now)
        return tuple(
            replace(post, first_seen=max(post.entry.published or self.now, feed.added))
            for post in merged.posts
        )

    def titled(self, key: str, title: str) -> Post | None:
        return next((post for post in self.posts.get(key, ()) if title == post.title), None)


HOST_OF = {member.key: member.host or HOST for member in CAST}


def slug(title: str) -> str:
    """The last part of a piece's address."""
    return "-".join("".join(c for c in title.casefold() if c.isalnum() or c == " ").split())


def comment_url(comment: Comment) -> str:
    return f"https://{comment.on}/{slug(comment.piece)}#comment-{comment.who}"

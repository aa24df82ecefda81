"""What was seen on the web, made part of the ledger: touches, verifications, questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engage.domain.changes import Put, put
from engage.domain.evidence import confirmed, likeness, said_words, wrote_about
from engage.domain.identity import Merged
from engage.domain.incoming import Incoming
from engage.domain.mentions import mentions
from engage.domain.posts import Post
from engage.domain.records import Amendment, Touch, World
from engage.services import drafts
from engage.services.desk import Desk


def kept(desk: Desk, world: World, seen: Incoming, taken: set[str]) -> Iterator[Put]:
    """The puts that keep what a response is; nothing where it is known already.

    ``taken``: the ids of the touches that something in this document has verified.
    """
    if seen.question is not None and desk.store.get("questions", seen.question.id) is None:
        yield put(seen.question)
    if seen.touch is None or desk.store.get("touches", seen.touch.id) is not None:
        return
    people = world.people
    if seen.person is not None and seen.person.id not in people:
        assert isinstance(people, dict), "ingest needs a working copy of the people"
        people[seen.person.id] = seen.person
        yield put(seen.person)
    if seen.touch.direction == "in":
        yield put(seen.touch)
    else:
        yield from _confirmed(desk, world, seen.touch, taken)


def of_own_posts(desk: Desk, world: World, merged: Merged) -> Iterator[Put]:
    """What the writer's own posts tell: links to people's posts, and likenesses of replies."""
    now, taken = desk.now(), set[str]()
    responses = [post for post in merged.new if post.kind == "response"]
    for post in (*merged.new, *merged.updated):
        for touch in wrote_about(post, merged.posts, world, now):
            if desk.store.get("touches", touch.id) is None:
                yield from _confirmed(desk, world, touch, taken)
    if not responses:
        return
    wordings = [*drafts.wordings(desk), *said_words(world.touches)]
    for post in responses:
        question = likeness(post, wordings, world, now)
        if question is not None and desk.store.get("questions", question.id) is None:
            yield put(question)


def links_to(desk: Desk, world: World, new: Sequence[Post]) -> Iterator[Put]:
    """Links to posts of the writer's that are new to engage, in people's posts that it has.

    Only feeds with something newer than those posts are looked through, and only the posts that
    are: each post is matched when it comes, and again when what it may link to does.
    """
    if not new:
        return
    since = min(post.shown for post in new)
    feeds = {item.feed: item.person for item in world.news if item.shown >= since}
    for feed, person in feeds.items():
        posts = desk.store.posts(feed)
        for post in posts:
            if post.shown < since or not post.entry.links:
                continue
            touch = mentions(post, posts, world.own_posts, person, desk.now())
            if touch is not None and desk.store.get("touches", touch.id) is None:
                yield put(touch)


def _confirmed(desk: Desk, world: World, seen: Touch, taken: set[str]) -> Iterator[Put]:
    found = confirmed(seen, world.touches, desk.now(), taken)
    if isinstance(found, Amendment):
        if desk.store.get("amendments", found.id) is None:
            yield put(found)
    elif found is not None:
        yield put(found)

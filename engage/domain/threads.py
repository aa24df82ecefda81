"""Comments under somebody else's post: the writer's own, and the answers to those."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from engage.domain.authors import author_of, is_writers
from engage.domain.incoming import Incoming, incoming, parent_of, response_touch
from engage.domain.posts import Post
from engage.domain.records import Feed, NewsItem, Rules, TouchKind, World


def resolve_there(
    post: Post,
    feed: Feed,
    about: NewsItem,
    world: World,
    rules: Rules,
    now: datetime,
    *,
    thread: Sequence[Post],
) -> Incoming | None:
    """What a comment under a person's post means; None for what other readers say to each other.

    The writer's comment is an exchange with whom they answered; an answer to it is owed, however
    old it is: the writer began the talk.
    """
    parent = parent_of(post, feed, world, rules, thread)
    if is_writers(post, world, rules):
        person = world.people.get(about.person)
        answered = about.uid
        if parent is not None and not parent.by_writer and parent.post is not None:
            found = author_of(parent.post, "comment", world, now).person
            if found is None or found.id not in world.people:
                return None
            person, answered = found, parent.uid if found.id != about.person else about.uid
        if person is None:
            return None
        kind: TouchKind = "comment" if parent is None else "reply"
        touch = response_touch(post, person, "out", kind, None, now, concerns=answered)
        return Incoming(replace(touch, about=about.title, source="the comments there"), person)
    if parent is None or not parent.by_writer:
        return None
    author = author_of(post, "reply", world, now)
    touch = response_touch(
        post, author.person, "in", "reply", None, now, owes=True, by_name=author.by_name
    )
    return incoming(
        post, author, replace(touch, about=about.title, source="the comments there"), now
    )

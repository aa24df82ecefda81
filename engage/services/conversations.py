"""The conversations with somebody: what was said about each post, what is owed, what is drafted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engage.domain.conversation import Talk, talks
from engage.domain.derived import Standing
from engage.domain.posts import Post
from engage.domain.records import Person
from engage.services import drafts
from engage.services.desk import Desk
from engage.services.drafts import Draft
from engage.services.names import find_person

#: For those who may not look into the domain's module.
__all__ = ["Conversations", "Talk", "conversations"]


@dataclass(frozen=True, slots=True)
class Conversations:
    """What was said with a person. ``drafts`` that are not out yet, by the talk (its place in
    ``talks``) they belong to; -1: to none of them."""

    person: Person
    standing: Standing
    talks: tuple[Talk, ...]
    drafts: Mapping[int, tuple[Draft, ...]]


def conversations(desk: Desk, name: str, about: Sequence[str] = ()) -> Conversations:
    """The conversations with the person of a name or id, what is owed first. ``about``: uids of
    posts and ids of touches; the conversation that holds one of them comes before all."""
    person = find_person(desk, name)
    standing = desk.standings()[person.id]
    said = talks(desk.world(), person.id, standing.owed)
    kept_posts = _posts(desk, person.id) if any(not talk.whose for talk in said) else {}
    found = [_with_post(kept_posts, talk) for talk in said]
    meant = frozenset(about)
    found.sort(key=lambda talk: meant.isdisjoint(talk.keys))
    kept: dict[int, tuple[Draft, ...]] = {}
    for draft in drafts.open_drafts(desk):
        if draft.about.person == person.id:
            at = next((i for i, talk in enumerate(found) if draft.about.key in talk.keys), -1)
            kept[at] = (*kept.get(at, ()), draft)
    return Conversations(person, standing, tuple(found), kept)


def _posts(desk: Desk, person: str) -> Mapping[str, Post]:
    """The posts of a person that the cache has, by their uids."""
    feeds = [feed for feed in desk.world().feeds.values() if feed.person == person]
    return {post.uid: post for feed in feeds for post in desk.store.posts(feed.id)}


def _with_post(posts: Mapping[str, Post], talk: Talk) -> Talk:
    """With the title and address of a post of theirs that only the cache still has."""
    for touch in talk.touches if not talk.whose else ():
        post = posts.get(touch.post or "")
        if post is not None and touch.direction == "out":
            return replace(
                talk,
                whose="theirs",
                title=post.title,
                url=post.entry.url,
                published=post.entry.published,
            )
    return talk

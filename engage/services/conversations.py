"""The conversations with somebody: what was said about each post, what is owed, what is drafted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engage.domain.conversation import Talk, talks
from engage.domain.derived import Standing
from engage.domain.records import Person
from engage.services import drafts, reading
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
    found = [_with_post(desk, talk) for talk in talks(desk.world(), person.id, standing.owed)]
    meant = frozenset(about)
    found.sort(key=lambda talk: meant.isdisjoint(talk.keys))
    kept: dict[int, tuple[Draft, ...]] = {}
    for draft in drafts.open_drafts(desk):
        if draft.about.person == person.id:
            at = next((i for i, talk in enumerate(found) if draft.about.key in talk.keys), -1)
            kept[at] = (*kept.get(at, ()), draft)
    return Conversations(person, standing, tuple(found), kept)


def _with_post(desk: Desk, talk: Talk) -> Talk:
    """With the title and address of a post of theirs that only the cache still has."""
    if talk.whose:
        return talk
    outgoing = [touch.post for touch in talk.touches if touch.direction == "out" and touch.post]
    for uid in dict.fromkeys(outgoing):
        post = reading.post(desk, uid)
        if post is not None and post.kind == "post":
            return replace(
                talk,
                whose="theirs",
                title=post.title,
                url=post.entry.url,
                published=post.entry.published,
            )
    return talk

"""The drafts there are: which are not out yet, and what they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from engage.domain.derived import Standing, Task
from engage.domain.evidence import LOOKED_FOR_DAYS, Wording
from engage.domain.query import Query
from engage.domain.records import Person, Touch
from engage.domain.same_words import alike
from engage.replies.drafts import Draft, Drafts
from engage.services.desk import Desk

#: What the functions here answer, for those who may not look into `replies`.
__all__ = [
    "Draft",
    "DraftList",
    "asks_for_draft",
    "draft_list",
    "draft_of",
    "drafted",
    "drafted_posts",
    "drafts_at",
    "keys_of",
    "mark",
    "open_drafts",
    "wordings",
]


def open_drafts(desk: Desk) -> tuple[Draft, ...]:
    """The drafts that are not out yet, the newest first."""
    world = desk.world()
    touches = {touch.id for touch in world.touches}
    out: dict[str | None, list[Touch]] = {}
    for touch in world.touches:
        if touch.direction == "out" and touch.exchange:
            out.setdefault(touch.post, []).append(touch)
    return tuple(
        draft
        for draft in drafts_at(desk).all()
        if draft.about.touch not in touches
        and draft.about.person in world.people
        and not any(alike(touch.text, draft.text) for touch in out.get(draft.about.post, ()))
    )


@dataclass(frozen=True, slots=True)
class DraftList:
    """The drafts that are not out yet, the newest first, and whom they are to."""

    drafts: tuple[Draft, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    standings: Mapping[str, Standing] = field(default_factory=dict)


def draft_list(desk: Desk) -> DraftList:
    """The drafts, also those whose task is closed."""
    return DraftList(open_drafts(desk), desk.world().people, desk.standings())


def drafted_posts(desk: Desk) -> frozenset[str]:
    """The keys of the drafts that are not out yet: uids of posts and ids of people."""
    return frozenset(draft.about.key for draft in open_drafts(desk))


def drafted(desk: Desk, listed: Iterable[Task]) -> frozenset[str]:
    """The uids of posts and the ids of these tasks with a draft, as ``has:draft`` asks."""
    keys = drafted_posts(desk)
    return keys | {task.id for task in listed if not keys.isdisjoint(keys_of(task))}


def asks_for_draft(query: Query) -> bool:
    """Whether a query says anything of drafts."""
    return any(term.key == "has" and term.value == "draft" for term in query.terms)


def wordings(desk: Desk) -> Iterator[Wording]:
    """The words of the drafts, for finding them on the web."""
    since = desk.now() - timedelta(days=LOOKED_FOR_DAYS)
    for draft in open_drafts(desk):
        about = draft.about
        if draft.changed >= since:
            yield Wording(
                draft.text, about.person, about.begun, about.post, about.title, draft=about.key
            )


def mark(desk: Desk, key: str, touch: str) -> None:
    """Keep with a draft the touch by which the writer said that it is out."""
    drafts_at(desk).mark(key, touch)


def draft_of(desk: Desk, key: str) -> Draft | None:
    """The draft of that key, out or not."""
    return drafts_at(desk).get(key)


def keys_of(task: Task) -> tuple[str, ...]:
    """What drafts begun from a task may be kept under."""
    if task.touches:
        return tuple(touch.post or touch.id for touch in task.touches)
    return tuple(post.uid for post in task.posts) or (task.person,)


def drafts_at(desk: Desk) -> Drafts:
    """Where the drafts are kept."""
    return Drafts(desk.paths.drafts)

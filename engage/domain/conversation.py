"""What was said with somebody, by what it was about: the post, their words, yours, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engage.domain.addresses import normalise
from engage.domain.incoming import own_by_alias
from engage.domain.records import NewsItem, OwnPost, Touch, World
from engage.text import fold

Whose = Literal["yours", "theirs", ""]


@dataclass(frozen=True, slots=True)
class Talk:
    """Words about one post, oldest first. ``whose`` post it is ("" where that is not known, or
    they were about none), its title, address and day; ``owed``: the ids of what is unanswered."""

    touches: tuple[Touch, ...]
    whose: Whose = ""
    title: str = ""
    url: str | None = None
    published: datetime | None = None
    owed: frozenset[str] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        """What a draft, or a task, may call something in it by."""
        return frozenset(key for touch in self.touches for key in (touch.id, touch.post) if key)

    @property
    def last(self) -> datetime:
        return self.touches[-1].at


def talks(world: World, person: str, owed: Iterable[Touch]) -> tuple[Talk, ...]:
    """What was said with a person: what holds something owed first, then the latest. ``owed``: the
    touches that the writer has not answered."""
    unanswered = frozenset(touch.id for touch in owed)
    said = [touch for touch in world.touches if touch.person == person and touch.exchange]
    posts = {item.uid: item for item in world.news if item.person == person}
    found = [_talk(group, posts, world, unanswered) for group in _grouped(said)]
    return tuple(sorted(found, key=lambda talk: (bool(talk.owed), talk.last), reverse=True))


def _grouped(touches: Sequence[Touch]) -> list[list[Touch]]:
    """Touches that name one post, or say one title, belong together; so do those about nothing."""
    above: dict[str, str] = {}
    for touch in touches:
        first, *others = (_top(above, name) for name in _names(touch))
        above.update(dict.fromkeys(others, first))
        above.setdefault(first, first)
    groups: dict[str, list[Touch]] = {}
    for touch in sorted(touches, key=lambda touch: touch.at):
        groups.setdefault(_top(above, _names(touch)[0]), []).append(touch)
    alone = [group[0] for group in groups.values() if len(group) == 1 and not _about(group[0])]
    told = [group for group in groups.values() if len(group) > 1 or _about(group[0])]
    return [*told, alone] if alone else told


def _about(touch: Touch) -> str:
    return touch.post or touch.about


def _top(above: dict[str, str], name: str) -> str:
    """The name that stands for all that were said to be one with it."""
    passed = []
    while (higher := above.get(name, name)) != name:
        passed.append(name)
        name = higher
    above.update(dict.fromkeys(passed, name))
    return name


def _names(touch: Touch) -> list[str]:
    # An answer to words that no post holds names their id.
    names = [f"post {touch.id}"]
    names += [f"post {touch.post}"] if touch.post else []
    return [*names, f"title {fold(touch.about)}"] if touch.about else names


def _talk(
    touches: Sequence[Touch],
    posts: Mapping[str, NewsItem],
    world: World,
    unanswered: frozenset[str],
) -> Talk:
    owed = frozenset(touch.id for touch in touches if touch.id in unanswered)
    title = next((touch.about for touch in touches if touch.about), "")
    if (own := _own_post(touches, title, world)) is not None:
        return Talk(tuple(touches), "yours", own.title, own.url, own.published, owed)
    for touch in touches:
        if (item := posts.get(touch.post or "")) is not None:
            return Talk(tuple(touches), "theirs", item.title, item.url, item.published, owed)
    return Talk(tuple(touches), "", title, None, None, owed)


def _own_post(touches: Sequence[Touch], title: str, world: World) -> OwnPost | None:
    """The writer's post that the words were about: where they stand, else the newest so called."""
    known = own_by_alias(world.own_posts)
    for touch in touches:
        own = known.get(normalise(touch.url)) if touch.url else None
        if own is not None:
            return own
    if not title or not any(touch.direction == "in" for touch in touches):
        return None
    return next((own for own in world.own_posts if own.title == title), None)

"""A followed person's post that links to one of the writer's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from engage.domain.addresses import normalise
from engage.domain.incoming import OWED_DAYS, TEXT_KEPT, own_by_alias, text_of, touch_id
from engage.domain.records import OwnPost, Post, Touch
from engage.text import clip

#: Fewer posts than this say nothing about what stands in most of them.
_FEED = 2

#: The newest posts tell what stands in most, and a post has so many links at most: a bound on the
#: work that a feed can make.
_SAMPLE = 20
_LINKS = 500


def mentioned(post: Post, recent: Sequence[Post], own_posts: Sequence[OwnPost]) -> OwnPost | None:
    """The writer's post that a person's post links to, the newest of several.

    ``recent``: the posts of that feed. A link that stands in most of them is a blogroll's or a
    footer's, and no mention.
    """
    if not post.entry.links:
        return None
    known = own_by_alias(tuple(own_posts))
    linked = _linked(post, known)
    if not linked:
        return None
    sample = recent[:_SAMPLE]
    holding = Counter(uid for other in sample for uid in _linked(other, known))
    kept = [
        own
        for uid, own in linked.items()
        if holding[uid] < _FEED or holding[uid] * 2 <= len(sample)
    ]
    return max(kept, key=lambda own: (own.published, own.uid), default=None)


def mentions(
    post: Post,
    recent: Sequence[Post],
    own_posts: Sequence[OwnPost],
    person: str,
    now: datetime,
) -> Touch | None:
    """The incoming touch that a link to the writer's post is; None where there is no such link.

    It is owed unless the post is old already when it is seen.
    """
    own = mentioned(post, recent, own_posts)
    if own is None:
        return None
    return Touch(
        id=touch_id(post.uid),
        at=min(post.shown, now),
        person=person,
        direction="in",
        kind="mention",
        how_known="seen",
        recorded=now,
        url=post.entry.url,
        post=post.uid,
        about=own.title,
        text=_passage(post, own),
        owes=post.shown >= now - timedelta(days=OWED_DAYS),
        source="their feed",
    )


def _linked(post: Post, known: Mapping[str, OwnPost]) -> dict[str, OwnPost]:
    found = (known.get(normalise(link)) for link in post.entry.links[:_LINKS])
    return {own.uid: own for own in found if own}


def _passage(post: Post, own: OwnPost) -> str:
    """The paragraph with the link, else the beginning of the post."""
    known = own_by_alias((own,))
    for block in post.entry.blocks:
        if any(span.href and normalise(span.href) in known for span in block.spans):
            return clip("".join(span.text for span in block.spans).strip(), TEXT_KEPT)
    return text_of(post)

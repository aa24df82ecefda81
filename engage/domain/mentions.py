"""A followed person's post that links to one of the writer's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from engage.domain.addresses import normalise
from engage.domain.incoming import OWED_DAYS, TEXT_KEPT, own_by_alias, text_of, touch_id
from engage.domain.records import OwnPost, Post, Touch
from engage.text import clip

#: Fewer posts than this say nothing about what stands in most of them.
_FEED = 2


def mentioned(post: Post, recent: Sequence[Post], own_posts: Sequence[OwnPost]) -> OwnPost | None:
    """The writer's post that a person's post links to, the newest of several.

    ``recent``: the posts of that feed. A link that stands in most of them is a blogroll's or a
    footer's, and no mention.
    """
    if not post.entry.links:
        return None
    known = own_by_alias(tuple(own_posts))
    linked = {own.uid: own for own in _linked(post, known)}
    kept = [own for own in linked.values() if not _in_most(own, recent, known)]
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


def _linked(post: Post, known: Mapping[str, OwnPost]) -> Iterator[OwnPost]:
    for link in post.entry.links:
        if own := known.get(normalise(link)):
            yield own


def _in_most(own: OwnPost, recent: Sequence[Post], known: Mapping[str, OwnPost]) -> bool:
    holding = sum(any(other is own for other in _linked(post, known)) for post in recent)
    return holding >= _FEED and holding * 2 > len(recent)


def _passage(post: Post, own: OwnPost) -> str:
    """The paragraph with the link, else the beginning of the post."""
    known = own_by_alias((own,))
    for block in post.entry.blocks:
        if any(span.href and normalise(span.href) in known for span in block.spans):
            return clip("".join(span.text for span in block.spans).strip(), TEXT_KEPT)
    return text_of(post)

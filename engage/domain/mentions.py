"""A followed person's post that links to one of the writer's."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import datetime, timedelta

from engage.domain.addresses import normalise
from engage.domain.incoming import OWED_DAYS, TEXT_KEPT, own_by_alias, text_of, touch_id
from engage.domain.links import in_most, linked
from engage.domain.posts import Post
from engage.domain.records import OwnPost, Touch
from engage.text import clip


def mentioned(post: Post, recent: Sequence[Post], own_posts: Sequence[OwnPost]) -> OwnPost | None:
    """The writer's post that a person's post links to, the newest of several.

    ``recent``: the posts of that feed. A link that stands in most of them is a blogroll's or a
    footer's, and no mention.
    """
    if not post.entry.links:
        return None
    known = own_by_alias(tuple(own_posts))
    found = linked(post, known)
    if not found:
        return None
    blogroll = in_most(recent, known)
    kept = [own for uid, own in found.items() if uid not in blogroll]
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
        text=passage(post, _addresses(own)),
        owes=post.shown >= now - timedelta(days=OWED_DAYS),
        source="their feed",
    )


def _addresses(own: OwnPost) -> set[str]:
    return {normalise(alias) for alias in (*own.aliases, *((own.url,) if own.url else ()))}


def passage(post: Post, addresses: Container[str]) -> str:
    """The paragraph with a link to one of these normalised addresses, else the beginning."""
    for block in post.entry.blocks:
        if any(span.href and normalise(span.href) in addresses for span in block.spans):
            return clip("".join(span.text for span in block.spans).strip(), TEXT_KEPT)
    return text_of(post)

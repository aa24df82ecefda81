"""A followed person's post that links to one of the writer's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from engage.domain.addresses import normalise, path_of
from engage.domain.incoming import OWED_DAYS, text_of, touch_id
from engage.domain.records import OwnPost, Post, Touch

#: Fewer posts than this say nothing about what stands in most of them.
_FEED = 2


def mentioned(post: Post, recent: Sequence[Post], own_posts: Sequence[OwnPost]) -> OwnPost | None:
    """The writer's post that a person's post links to, the newest of several.

    ``recent``: the posts of that feed. A link that stands in most of them is a blogroll's or a
    footer's, and no mention.
    """
    links = {normalise(link) for link in post.entry.links}
    if not links:
        return None
    for own in own_posts:
        addresses = links.intersection(_addresses(own))
        if addresses and not _in_most(addresses, recent):
            return own
    return None


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


def _addresses(own: OwnPost) -> set[str]:
    """The addresses of a post; the first page of a site is none."""
    addresses = {alias for alias in own.aliases if alias.startswith(("https://", "http://"))}
    addresses |= {own.url} if own.url else set()
    return {normalise(address) for address in addresses if path_of(address)}


def _in_most(addresses: set[str], recent: Sequence[Post]) -> bool:
    holding = sum(any(normalise(link) in addresses for link in post.entry.links) for post in recent)
    return holding >= _FEED and holding * 2 > len(recent)


def _passage(post: Post, own: OwnPost) -> str:
    """The paragraph with the link, else the beginning of the post."""
    addresses = _addresses(own)
    for block in post.entry.blocks:
        if any(span.href and normalise(span.href) in addresses for span in block.spans):
            return "".join(span.text for span in block.spans).strip()
    return text_of(post)

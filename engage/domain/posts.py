"""What feeds bring, as records: kept in the cache, and fetched again where that is lost.

Apart from the ledger's records, which the inbox starts with: making a record's class takes longer
than importing a module.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from engage.domain.records import PostKind

#: An unhurried reader's words in a minute.
WORDS_PER_MINUTE = 220


@dataclass(frozen=True, slots=True)
class FetchState:
    """What polling a feed needs to remember; kept in the cache beside the posts.

    ``etag`` and ``last_modified`` are one verbatim pair, which came from ``url`` (where redirects
    led) and is sent to no other address. ``next_fetch`` None: due now, or never if ``gone``.
    ``body_hash`` is the sha256 of the inflated body last parsed. ``wait_until``: until then the
    server asked to be left alone. ``moved_to`` has been the permanent redirect's target on
    ``moved_seen`` fetches since ``moved_since``. ``ttl`` and the skipped hours and days are the
    document's last word on its own pace, as in `FeedDocument`. ``count``: of a post's own comments
    feed, how many comments the post had when it was last asked. ``failing_since``: when the first
    of the ``failures`` in a row was. ``moved_from``: where the feed was until ``moved_on``.
    ``removed``: it is followed no longer, and to be forgotten unless that is taken back.
    """

    feed: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    last_fetch: datetime | None = None
    next_fetch: datetime | None = None
    failures: int = 0
    gone: bool = False
    message: str = ""
    posts: int = 0
    wait_until: datetime | None = None
    moved_to: str | None = None
    moved_seen: int = 0
    moved_since: datetime | None = None
    ttl: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    count: int | None = None
    failing_since: datetime | None = None
    moved_from: str | None = None
    moved_on: datetime | None = None
    removed: bool = False


# Spans and blocks are tuples: a refresh makes a hundred thousand of them and hands them on.


class Span(NamedTuple):
    """A run of text in a block. ``style``: "", "em", "strong", "code" or "link" (then ``href``)."""

    text: str
    style: str = ""
    href: str | None = None


class Block(NamedTuple):
    """One block of an article.

    ``kind``: "p", "h", "quote", "code", "li", "img" (spans name it) or "rule". ``level`` is the
    heading's level or the nesting depth of quotes and lists, from 1.
    """

    kind: str
    spans: tuple[Span, ...] = ()
    level: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as a feed shows it: cleaned text, absolute links, sane dates, no identity yet.

    ``answers`` are the ids or addresses it says it answers (thr:in-reply-to, wm-target).
    ``links`` are the addresses its body links to. ``truncated``: the feed shows only the beginning;
    ``members``: and the rest only to those who pay or subscribe.
    """

    guid: str | None = None
    url: str | None = None
    title: str = ""
    author: str = ""
    author_url: str | None = None
    author_email: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    blocks: tuple[Block, ...] = ()
    words: int = 0
    language: str | None = None
    categories: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    comments_url: str | None = None
    comments_feed: str | None = None
    comments_count: int | None = None
    reaction: str = ""
    truncated: bool = False
    members: bool = False


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A parsed feed: what it says of itself and its entries, in the order of the document.

    ``ttl`` in minutes; ``skip_hours`` in GMT, ``skip_days`` as 0 (Monday) to 6.
    """

    title: str = ""
    site: str | None = None
    author: str = ""
    generator: str = ""
    entries: tuple[Entry, ...] = ()
    hub: str | None = None
    ttl: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One entry of a feed that engage keeps: an `Entry` with an identity.

    ``uid`` never changes; ``aliases`` are all strings by which it may be met again.
    ``first_seen`` never changes. ``kind`` is "response" for what answers another post.
    """

    uid: str
    feed: str
    first_seen: datetime
    entry: Entry
    aliases: tuple[str, ...] = ()
    kind: PostKind = "post"

    @property
    def minutes(self) -> int:
        """Minutes to read it, at least 1."""
        return max(1, -(-self.entry.words // WORDS_PER_MINUTE))

    @property
    def shown(self) -> datetime:
        """The moment to sort by: a date in the future cannot pin a post to the top."""
        published = self.entry.published
        return min(published, self.first_seen) if published else self.first_seen

    @property
    def title(self) -> str:
        """The title, or the first words of a post that has none."""
        if self.entry.title:
            return self.entry.title
        words = " ".join(span.text for block in self.entry.blocks[:2] for span in block.spans)
        return (words[:77].rstrip() + "…" if len(words) > 78 else words) or "(no title)"

"""Which entry is which post: a task, once done, must not return because its post was touched up.

A post is known by its guid, else its link, else its words, and met again by any of its aliases. No
date is ever part of a key.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from engage.domain.addresses import is_within, normalise, path_of, site_of
from engage.domain.kinds import classify
from engage.domain.likeness import alike, distinct, homes, link_key, words_key
from engage.domain.posts import Entry, FeedDocument, Post
from engage.domain.records import NewsItem, OwnPost, Role
from engage.domain.rewriting import is_rewritten

#: How many posts are kept of a feed (of responses all that it shows, up to a bound), and how many
#: strings each is known by.
POSTS_KEPT = 500
RESPONSES_SHOWN = 10_000
ALIASES_KEPT = 16


@dataclass(frozen=True, slots=True)
class Merged:
    """The posts of a feed after a document was taken in, newest first, and which of them are new
    or have changed. ``rewritten``: the uids of those that have changed greatly."""

    posts: tuple[Post, ...]
    new: tuple[Post, ...]
    updated: tuple[Post, ...]
    rewritten: frozenset[str] = frozenset()


def feed_id(url: str) -> str:
    """The id of a feed: a hash of its address as first typed."""
    return _digest(url.strip(), 6)


def person_id(key: str) -> str:
    """The id of the person who was made from a key."""
    return _digest(key, 6)


def post_uid(feed_id: str, key: str) -> str:
    """The uid of the post that a feed knows by a key."""
    return _digest(f"{feed_id}\n{key}", 8)


def merge(
    feed: str, role: Role, existing: Sequence[Post], document: FeedDocument, now: datetime
) -> Merged:
    """Take the entries of a document in: met ones update their post in place, others are new.

    What the document no longer shows is kept, the newest `POSTS_KEPT`. Taking the same document in
    again changes nothing, and the order of its entries makes no difference.
    """
    work = _Merge(feed, role, existing, document)
    work.meet()
    posts: list[Post] = []
    new: list[Post] = []
    updated: list[Post] = []
    rewritten: set[str] = set()
    for entry, uid in work.assigned:
        before = work.by_uid.get(uid)
        if before is None:
            kind = classify(document, role, entry, document.site or "")
            after = Post(uid, feed, now, entry, work.telling(entry, uid), kind)
            new.append(after)
        else:
            aliases, telling = before.aliases, work.telling(entry, uid)
            if not set(telling) <= set(aliases):
                aliases = tuple(dict.fromkeys((*telling, *aliases)))[:ALIASES_KEPT]
            after = replace(before, entry=entry, aliases=aliases)
            if after != before:
                updated.append(after)
                if is_rewritten(before.entry, entry):
                    rewritten.add(uid)
        posts.append(after)
    shown = {post.uid for post in posts}
    history = _newest_first(post for post in existing if post.uid not in shown)
    posts += history[: max(0, POSTS_KEPT - len(posts))]
    return Merged(
        tuple(_newest_first(posts)),
        tuple(_newest_first(new)),
        tuple(_newest_first(updated)),
        frozenset(rewritten),
    )


def news_of(post: Post, person: str) -> NewsItem:
    """A person's post as the inbox needs it."""
    return NewsItem(
        uid=post.uid,
        person=person,
        feed=post.feed,
        title=post.title,
        url=post.entry.url,
        published=post.entry.published,
        first_seen=post.first_seen,
        shown=post.shown,
        minutes=post.minutes,
        aliases=post.aliases,
        kind=post.kind,
    )


def own_of(post: Post) -> OwnPost:
    """A post of the writer's as the ledger keeps it for good."""
    published = post.entry.published or post.first_seen
    return OwnPost(
        post.uid, post.feed, post.title, post.entry.url, published, post.kind, post.aliases
    )


@dataclass
class _Merge:
    """Meets the entries of a document with the posts that are known."""

    feed: str
    role: Role
    existing: Sequence[Post]
    document: FeedDocument
    assigned: list[tuple[Entry, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.responses = self.role == "responses"
        self.by_uid = {post.uid: post for post in self.existing}
        most = RESPONSES_SHOWN if self.responses else POSTS_KEPT
        self.waiting = distinct(self.document.entries, self.responses, most)
        self.guids = Counter(entry.guid for entry in self.waiting if entry.guid)
        self.links = Counter(link_key(entry, self.responses) for entry in self.waiting)
        self.site = normalise(self.document.site) if self.document.site else None
        self.homes = homes(self.waiting, self.site)
        self.holder = {alias: post.uid for post in self.existing for alias in post.aliases}
        self.taken: set[str] = set()

    def telling(self, entry: Entry, uid: str) -> tuple[str, ...]:
        """The aliases that tell a post from all others, also from those of other feeds: no guid
        or link that is shared or another post's already, no link to elsewhere beside a guid, no
        bare path."""
        guid = entry.guid if entry.guid and self.guids[entry.guid] == 1 else None
        link = self._telling_link(entry)
        if guid and link and not (self.responses or self._at_home(entry)):
            link = None
        found = dict.fromkeys(alias for alias in (guid, link) if alias)
        return tuple(alias for alias in found if self.holder.setdefault(alias, uid) == uid)

    def meet(self) -> None:
        """Assign a post to every entry; the surest likeness first."""
        if self.existing:
            self._round(_guids, lambda entry: entry.guid)
            self._round(
                _paths, lambda entry: path_of(entry.guid) if entry.guid else None, self._moved
            )
            self._round(self._links, self._telling_link, self._same_page)
            self._round(_words, lambda entry: words_key(entry) if self._nameless(entry) else None)
        for entry in self.waiting:
            self.assigned.append((entry, self._new_uid(entry)))

    def _round(
        self,
        held: Callable[[Post], Iterable[str]],
        alias: Callable[[Entry], str | None],
        agrees: Callable[[Entry, Post], bool] = lambda _entry, _post: True,
    ) -> None:
        """Entries meet the one post that holds their alias. An alias that several entries of the
        document share, or several posts, identifies none of them."""
        holders: dict[str, list[Post]] = {}
        for post in self.existing:
            for known in dict.fromkeys(held(post)):
                holders.setdefault(known, []).append(post)
        strings = [alias(entry) for entry in self.waiting]
        shared = Counter(strings)
        left: list[Entry] = []
        for entry, string in zip(self.waiting, strings, strict=True):
            found = holders.get(string, []) if string and shared[string] == 1 else []
            if len(found) > 1:
                found = [post for post in found if alias(post.entry) == string]
            if len(found) == 1 and found[0].uid not in self.taken and agrees(entry, found[0]):
                self._assign(entry, found[0].uid)
            else:
                left.append(entry)
        self.waiting = left

    def _assign(self, entry: Entry, uid: str) -> None:
        self.taken.add(uid)
        self.assigned.append((entry, uid))

    def _moved(self, entry: Entry, post: Post) -> bool:
        """Whether a guid with another scheme or host is the same post's after a move."""
        same_host = site_of(entry.guid or "") == site_of(post.entry.guid or "")
        return same_host or alike(entry, post)

    def _same_page(self, entry: Entry, post: Post) -> bool:
        """Whether a shared link means one post: a page of the site is one; two posts about a page
        elsewhere are two, and so are two comments."""
        if entry.guid is None or post.entry.guid in (None, entry.guid):
            return True
        if self.responses:
            return False
        return self._at_home(entry) or alike(entry, post)

    def _at_home(self, entry: Entry) -> bool:
        """Whether the link leads to the feed's own site, where every page is one post's."""
        return self.site is None or any(is_within(entry.url or "", home) for home in self.homes)

    def _links(self, post: Post) -> Iterable[str]:
        link = link_key(post.entry, self.responses)
        return (*post.aliases, link) if link else post.aliases

    def _telling_link(self, entry: Entry) -> str | None:
        """The link, unless it is the site's first page or other entries share it."""
        link = link_key(entry, self.responses)
        if link is None or self.links[link] > 1 or link == self.site or path_of(link) is None:
            return None
        return link

    def _nameless(self, entry: Entry) -> bool:
        """Whether neither guid nor link tells an entry from the others of the document."""
        has_guid = entry.guid is not None and self.guids[entry.guid] == 1
        return not has_guid and self._telling_link(entry) is None

    def _new_uid(self, entry: Entry) -> str:
        """The uid of an entry that nothing known was met by: one that is free, or that of the post
        which has the very guid and link of the entry."""
        same = (entry.guid, link_key(entry, self.responses))
        for key in self._keys(entry):
            uid = post_uid(self.feed, key)
            known = self.by_uid.get(uid)
            was = (known.entry.guid, link_key(known.entry, self.responses)) if known else same
            if uid not in self.taken and was == same:
                self.taken.add(uid)
                return uid
        raise AssertionError("keys never end")

    def _keys(self, entry: Entry) -> Iterable[str]:
        """Keys from the plainest on. Of entries that share a guid the oldest has it to itself."""
        link, words = self._telling_link(entry), words_key(entry)
        if entry.guid:
            yield entry.guid
        if link:
            yield f"{entry.guid}\n{link}" if entry.guid else link
        last = "\n".join((entry.guid or "", link_key(entry, self.responses) or "", words))
        yield words if not entry.guid and not link else last
        count = 2
        while True:
            yield f"{last}\n{count}"
            count += 1


def _guids(post: Post) -> Iterable[str]:
    return (post.entry.guid, *post.aliases) if post.entry.guid else post.aliases


def _paths(post: Post) -> Iterable[str]:
    return (path for alias in _guids(post) if (path := path_of(alias)))


def _words(post: Post) -> Iterable[str]:
    return (words_key(post.entry),)


def _newest_first(posts: Iterable[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: (post.shown, post.uid), reverse=True)


def _digest(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=size).hexdigest()

"""Which of the posts that are known a post links to.

Most links of most posts lead elsewhere, so that the host is looked at before the address is
normalised: 10,000 posts with ten links each are matched in a tenth of the time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from engage.domain.addresses import normalise
from engage.domain.memo import by_identity
from engage.domain.posts import Post


class HasUid(Protocol):
    """A post as the ledger keeps it."""

    @property
    def uid(self) -> str: ...


Item = TypeVar("Item", bound=HasUid)

#: Fewer posts than this say nothing about what stands in most of them.
_FEED = 2

#: The newest posts tell what stands in most, and a post has so many links at most: a bound on the
#: work that a feed can make.
_SAMPLE, _LINKS = 20, 500


def linked(post: Post, known: Mapping[str, Item], *, answers: bool = False) -> dict[str, Item]:
    """What a post links to (with ``answers`` also what it says it answers), by uid. ``known``: what
    there is by normalised address; the same object at every call."""
    hosts = _hosts(known)
    found: dict[str, Item] = {}
    for link in (*(post.entry.answers if answers else ()), *post.entry.links[:_LINKS]):
        host = _host(link)
        if host is None or host in hosts:
            item = known.get(normalise(link))
            if item is not None:
                found[item.uid] = item
    return found


def in_most(recent: Sequence[Post], known: Mapping[str, HasUid]) -> frozenset[str]:
    """The uids of what most of a feed's posts link to: a blogroll or a footer, no mention."""
    return _holdings(known).in_most(recent)


class _Holdings:
    """What stands in most posts of the feed last asked about, whose posts come one by one."""

    def __init__(self, known: Mapping[str, HasUid]) -> None:
        self._known = known
        self._last: tuple[Sequence[Post], frozenset[str]] = ((), frozenset())

    def in_most(self, recent: Sequence[Post]) -> frozenset[str]:
        if recent is not self._last[0]:
            sample = recent[:_SAMPLE]
            holding = Counter(uid for post in sample for uid in linked(post, self._known))
            most = (uid for uid, n in holding.items() if n >= _FEED and n * 2 > len(sample))
            self._last = (recent, frozenset(most))
        return self._last[1]


@by_identity
def _holdings(known: Mapping[str, HasUid]) -> _Holdings:
    return _Holdings(known)


@by_identity
def _hosts(known: Mapping[str, object]) -> frozenset[str]:
    return frozenset(host for address in known if (host := _host(address)))


def _host(address: str) -> str | None:
    """The host as `normalise` has it; None where only that can tell."""
    scheme, _, rest = address.partition("://")
    place = rest.partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2].lower()
    if not place.isascii() or scheme.lower() not in ("http", "https"):
        return None
    return place.removesuffix(":80").removesuffix(":443").removeprefix("www.").rstrip(".")

"""How entries are compared: their links, their words, their moments."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from engage.domain.addresses import normalise, site_of
from engage.domain.posts import Entry, Post

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def link_key(entry: Entry, responses: bool) -> str | None:
    """An entry's link in the form in which links are compared."""
    return normalise(entry.url, fragment=responses) if entry.url else None


def distinct(entries: Sequence[Entry], responses: bool, most: int) -> list[Entry]:
    """The newest entries, each once, in an order that does not depend on the document's."""
    names = Counter(map(_name, entries))
    # Only entries of one name are told apart by all they hold: that costs more than the rest.
    place = {id(e): (_name(e), _content(e) if names[_name(e)] > 1 else ()) for e in entries}
    best: dict[tuple[str | None, str | None, str], Entry] = {}
    for entry in sorted(entries, key=lambda entry: place[id(entry)]):
        link = link_key(entry, responses)
        same = (entry.guid, link, "" if entry.guid and link else words_key(entry))
        if same not in best or _time(best[same]) <= _time(entry):
            best[same] = entry
    ordered = sorted(best.values(), key=lambda entry: (_published(entry), place[id(entry)]))
    kept = ordered[-most:]
    # Without a date the entry is as new as the document; what is dated comes first.
    return [e for e in kept if e.published] + [e for e in kept if not e.published]


def homes(entries: Sequence[Entry], site: str | None) -> tuple[str, ...]:
    """The sites that a feed's posts stand on: the one it names, and the one that most links of
    several entries lead to."""
    named = site_of(site) if site else None
    linked = Counter(site_of(entry.url) for entry in entries if entry.url)
    most = [home for home, count in linked.items() if count >= 3 and count * 2 > linked.total()]
    return tuple(home for home in (named, *most) if home)


def _published(entry: Entry) -> datetime:
    return entry.published or _LONG_AGO


def _time(entry: Entry) -> datetime:
    return entry.updated or entry.published or _LONG_AGO


def _name(entry: Entry) -> tuple[str, str, str]:
    return entry.guid or "", entry.url or "", entry.title


def _content(entry: Entry) -> tuple[str, str]:
    return words_key(entry), repr(replace(entry, blocks=()))


def words_key(entry: Entry) -> str:
    """A hash of an entry's title and text."""
    words = (entry.title, *(span.text for block in entry.blocks for span in block.spans))
    return f"sha256:{hashlib.sha256(chr(10).join(words).encode()).hexdigest()}"


def alike(entry: Entry, post: Post) -> bool:
    """Whether an entry says what a post said: the same title, or the same moment."""
    before = post.entry
    same_title = bool(entry.title) and entry.title.casefold() == before.title.casefold()
    return same_title or (entry.published is not None and entry.published == before.published)

"""Bluesky's lists of followers and follows, as its public address answers them, saved as files.

https://docs.bsky.app: ``app.bsky.graph.getFollowers`` and ``getFollows``, no account needed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from engage.exchange.bundle import File
from engage.exchange.imported import Import, ImportedPerson, Way, called
from engage.exchange.sources.meta import dicts, json_of

FILES = re.compile(r"(^|/)[^/]*(followers|follows|bluesky|bsky)[^/]*\.json$", re.I)
_LISTS: tuple[tuple[str, Way], ...] = (("followers", "follows_me"), ("follows", "i_follow"))
_HANDLE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.I)


def recognises(_name: str, text: str) -> bool:
    head = text.lstrip()[:1]
    return head in ("{", "[") and '"did"' in text and '"handle"' in text and "did:" in text


def read(files: Sequence[File]) -> Import:
    people: list[ImportedPerson] = []
    more = 0
    for file in files:
        document = json_of(file.data)
        for page in dicts(document if isinstance(document, list) else [document]):
            more += bool(page.get("cursor"))
            for key, direction in _LISTS:
                people += filter(None, (_person(each, direction) for each in dicts(page.get(key))))
    skipped: tuple[str, ...] = ()
    if more:
        skipped = (
            f"Pages after which another follows: {more}; save those too if they are not here.",
        )
    return Import("bluesky", "bluesky", tuple(people), skipped=skipped)


def _person(entry: dict[str, Any], direction: Way) -> ImportedPerson | None:
    handle, shown, did = (_text(entry, key) for key in ("handle", "displayName", "did"))
    if not _HANDLE.fullmatch(handle):
        return None
    return ImportedPerson(
        name=called(shown) or called(handle.removesuffix(".bsky.social")),
        profiles=(f"https://bsky.app/profile/{handle.lower()}",),
        direction=direction,
        ref=called(did),
    )


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value.strip() if isinstance(value, str) else ""

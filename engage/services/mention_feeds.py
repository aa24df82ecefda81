"""Feeds of webmentions that want a token: the token is added when the server is asked, and is in
no address that is kept, listed, logged or exported.

It comes from ``ENGAGE_WEBMENTION_TOKEN``, else from ``webmention_token`` in config.toml, else from
the address as it was typed; then it lies in a file of its own that only the writer may read.
webmention.io gives its mentions in pages, asked for by the id after which they begin.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

from engage.domain.posts import FeedDocument, FetchState
from engage.domain.records import Feed
from engage.errors import EngageError
from engage.services.desk import Desk
from engage.text import clip, one_line

if TYPE_CHECKING:
    from engage.feeds.discover import Found

VARIABLE = "ENGAGE_WEBMENTION_TOKEN"
FILE = "webmention-tokens.json"

#: Mentions in a page (https://github.com/aaronpk/webmention.io: at most 100), and pages at once.
PER_PAGE, PAGES = 100, 20

_PARAMETER = "token"
_ADDED = frozenset({_PARAMETER, "since_id", "per-page", "sort-dir"})
_API = "/api/mentions.jf2"


def taken_apart(address: str) -> tuple[str, str | None]:
    """The address without its token, and the token."""
    return _without(address, {_PARAMETER}), _query(address).get(_PARAMETER) or None


def keep_token(desk: Desk, address: str, token: str) -> None:
    """Keep the token of a feed's address, for the writer's eyes only. Raises EngageError."""
    path = _file(desk)
    tokens = _kept(path) | {address: token}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}-{os.getpid()}")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as to:
            json.dump(tokens, to)
        temporary.replace(path)
    except OSError as cause:
        raise EngageError(f"{path} cannot be written: {cause.strerror}.") from cause


def with_token(desk: Desk, address: str, token: str | None = None) -> str:
    """The address to ask, with the token given or known for it."""
    found = token or _token(desk, address)
    return _with(address, {_PARAMETER: found}) if found else address


def asked_at(desk: Desk, feed: Feed) -> str:
    """The address at which a feed is asked: with its token, and after the newest mention known."""
    if feed.role != "responses":
        return feed.url
    address = with_token(desk, feed.url)
    if not _is_api(address):
        return address
    known = [
        int(guid)
        for post in desk.store.posts(feed.id)
        if (guid := post.entry.guid or "").isdecimal()
    ]
    since = {"since_id": str(max(known))} if known else {}
    return _with(address, {**since, "per-page": str(PER_PAGE), "sort-dir": "up"})


def state_to_send(feed: Feed, state: FetchState | None, asked: str) -> FetchState | None:
    """What is remembered of a feed, as of the address that is asked."""
    if state is None or asked == feed.url or state.url != feed.url:
        return state
    return replace(state, url=asked)


def state_to_keep(desk: Desk, feed: Feed, state: FetchState) -> FetchState:
    """What is to be remembered, without what was added to the address."""
    if feed.role != "responses":
        return state
    moved = kept_address(feed, state.moved_to)
    message = _unsaid(state.message, _token(desk, feed.url))
    return replace(state, url=_without(state.url, _ADDED), moved_to=moved, message=message)


def kept_address(feed: Feed, address: str | None) -> str | None:
    """An address that a server named, without what was added to the one that was asked."""
    return _without(address, _ADDED) if address and feed.role == "responses" else address


def found_without_token(found: Found, bare: str) -> Found:
    """What was found at an address with a token, as if there were none."""
    url = _without(found.url, {_PARAMETER})
    state = replace(found.state, url=_without(found.state.url, {_PARAMETER}))
    return replace(found, url=url, typed=_without(found.typed, {_PARAMETER}) or bare, state=state)


def has_more(feed: Feed, document: FeedDocument | None) -> bool:
    """Whether a page of mentions was full, so that there is another one."""
    return document is not None and _is_api(feed.url) and len(document.entries) >= PER_PAGE


def hidden(sentence: str, asked: str, bare: str) -> str:
    """A sentence with the address that was asked, also a clipped one, as it is without token; a
    server may repeat the token alone."""
    if asked == bare:
        return sentence
    plain = sentence.replace(asked, bare).replace(clip(one_line(asked), 200), bare)
    return _unsaid(plain, _query(asked).get(_PARAMETER))


def _unsaid(sentence: str, token: str | None) -> str:
    return sentence.replace(token, "…") if token and len(token) > 3 else sentence


def _token(desk: Desk, address: str) -> str | None:
    kept = _kept(_file(desk)).get(address)
    if kept or not _is_api(address):
        return kept
    return os.environ.get(VARIABLE, "").strip() or desk.settings.webmention_token or None


def _is_api(address: str) -> bool:
    return urlsplit(address).path.endswith(_API)


def _file(desk: Desk) -> Path:
    return desk.paths.config / FILE


def _kept(path: Path) -> dict[str, str]:
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in said.items()} if isinstance(said, dict) else {}


def _query(address: str) -> dict[str, str]:
    try:
        pairs = urlsplit(address).query.split("&")
    except ValueError:
        return {}
    return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}


def _without(address: str, names: frozenset[str] | set[str]) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    kept = [pair for pair in parts.query.split("&") if pair.partition("=")[0] not in names]
    if len(kept) == len(parts.query.split("&")):
        return address
    return urlunsplit(parts._replace(query="&".join(kept)))


def _with(address: str, values: Mapping[str, str]) -> str:
    parts = urlsplit(_without(address, set(values)))
    query = "&".join(part for part in (parts.query, urlencode(values)) if part)
    return urlunsplit(parts._replace(query=query))

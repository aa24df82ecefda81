"""When a permanent redirect is believed: captive portals and maintenance pages send them too."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from engage.domain.posts import FetchState

#: On how many fetches, over how long, a feed must have moved to the same place.
TIMES = 3
OVER = timedelta(days=7)

#: Words, not parts of words: lessons are no single sign-on.
_PORTAL = re.compile(
    r"(?<![a-z])(?:log-?in|sign-?in|sign-?up|sso|captive|portal|landing|suspended|maintenance|"
    r"parking|consent|error|hotel|wifi)(?![a-z])",
    re.IGNORECASE,
)


def seen_moving(state: FetchState, target: str | None, now: datetime) -> FetchState:
    """Remember where a permanent redirect led on a fetch that brought a feed (None: nowhere)."""
    if target is None or _PORTAL.search(urlsplit(target).path):
        return replace(state, moved_to=None, moved_seen=0, moved_since=None)
    if target != state.moved_to or state.moved_since is None:
        return replace(state, moved_to=target, moved_seen=1, moved_since=now)
    return replace(state, moved_seen=state.moved_seen + 1)


def has_moved(state: FetchState, now: datetime) -> str | None:
    """The feed's new address, once it has been seen often and long enough."""
    since = state.moved_since
    if since is None or state.moved_seen < TIMES or now - since < OVER:
        return None
    return state.moved_to

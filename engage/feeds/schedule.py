"""When a feed is asked again. Pure: what happened goes in, what to remember comes out."""

from __future__ import annotations

import statistics
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from engage.domain.posts import FeedDocument, FetchState
from engage.domain.records import Role
from engage.feeds.headers import LONGEST_WAIT, fresh_for, retry_after
from engage.feeds.moves import seen_moving
from engage.feeds.scope import scope_of

#: 59 minutes have been counted as "more than once an hour".
FLOOR = timedelta(minutes=61)
DAY = timedelta(hours=24)
#: Responses may be waiting for an answer.
RESPONSES_CAP = timedelta(hours=6)
#: The least time between two requests that the writer asks for by hand.
AGAIN = timedelta(minutes=10)
#: Posts so close together were put up in one go.
ONE_GO = timedelta(minutes=30)
#: A feed silent for so long has no rhythm to keep up with.
SILENT = timedelta(days=14)
#: How many of the newest posts make the rhythm.
RECENT = 12
JITTER = timedelta(minutes=10)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Response:
    """What came of asking a feed. ``url``: where redirects led; ``permanent``: where the permanent
    ones among them, from the start, led. ``status`` 0: nobody answered. ``sentence``: what went
    wrong, "" if nothing did. ``body_hash``: sha256 of the inflated body of a success."""

    url: str
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body_hash: str | None = None
    permanent: str | None = None
    sentence: str = ""
    offline: bool = False


def due(state: FetchState | None, now: datetime) -> bool:
    """Whether a feed is to be asked now."""
    if state is None:
        return True
    if state.gone or (state.wait_until and state.wait_until > now):
        return False
    # A date further away than any rule gives was written by a clock that was wrong.
    return state.next_fetch is None or not now < state.next_fetch <= now + LONGEST_WAIT + JITTER


def may_ask_again(state: FetchState | None, now: datetime) -> datetime | None:
    """From when on a feed that is not due may be asked by hand; None: now. NEVER if it is gone."""
    if state is None:
        return None
    if state.gone:
        return NEVER
    moments = [moment for moment in (state.wait_until,) if moment]
    if state.last_fetch and state.last_fetch <= now:
        moments.append(state.last_fetch + AGAIN)
    latest = max(moments, default=now)
    return latest if latest > now else None


def left_alone(states: Iterable[FetchState], now: datetime) -> dict[str, datetime]:
    """The hosts (or, for platforms, domains) that asked to be left alone, and until when."""
    waits: dict[str, datetime] = {}
    for state in states:
        if state.wait_until and state.wait_until > now:
            scope = scope_of(state.url)
            waits[scope] = max(waits.get(scope, state.wait_until), state.wait_until)
    return waits


def after(
    state: FetchState,
    response: Response,
    document: FeedDocument | None,
    published: Sequence[datetime],
    role: Role,
    now: datetime,
) -> FetchState:
    """What to remember after asking a feed.

    ``document`` is there if the body was parsed; ``published`` are the dates of the posts known.
    """
    if response.offline:
        return replace(state, message=response.sentence)
    if response.sentence:
        return _after_failure(state, response, published, role, now)
    return _after_success(state, response, document, published, role, now)


def after_waiting(state: FetchState, until: datetime, sentence: str) -> FetchState:
    """What to remember of a feed that was not asked, for its host wants to be left alone."""
    latest = max(until, state.next_fetch) if state.next_fetch else until
    return replace(state, next_fetch=latest, wait_until=until, message=sentence)


def _after_success(
    state: FetchState,
    response: Response,
    document: FeedDocument | None,
    published: Sequence[datetime],
    role: Role,
    now: datetime,
) -> FetchState:
    etag, modified = response.headers.get("etag"), response.headers.get("last-modified")
    if response.status == 304:
        known = replace(
            state, etag=etag or state.etag, last_modified=modified or state.last_modified
        )
    else:
        known = replace(
            state,
            url=response.url,
            etag=etag or None,
            last_modified=modified or None,
            body_hash=response.body_hash,
        )
    if document is not None:
        known = replace(
            known, ttl=document.ttl, skip_hours=document.skip_hours, skip_days=document.skip_days
        )
        published = [
            *published,
            *(entry.published for entry in document.entries if entry.published is not None),
        ]
    return replace(
        seen_moving(known, response.permanent, now),
        last_fetch=now,
        next_fetch=_next(known, response.headers, published, role, now),
        failures=0,
        failing_since=None,
        gone=False,
        wait_until=None,
        message=document.warning if document is not None else "",
    )


def _next(
    state: FetchState,
    headers: Mapping[str, str],
    published: Sequence[datetime],
    role: Role,
    now: datetime,
) -> datetime:
    if not (state.etag or state.last_modified):
        return now + DAY
    cap = RESPONSES_CAP if role == "responses" else DAY
    wait = max(
        pace(published, now) + _jitter(state.feed),
        fresh_for(headers, now),
        timedelta(minutes=min(state.ttl or 0, 24 * 60)),
    )
    return _unskipped(now + min(wait, cap), state, now + cap)


def pace(published: Iterable[datetime], now: datetime) -> timedelta:
    """A feed's own rhythm: the median gap between its recent posts, from FLOOR to a day."""
    kept: list[datetime] = []
    for moment in sorted((moment for moment in published if moment <= now), reverse=True):
        if not kept or kept[-1] - moment >= ONE_GO:
            kept.append(moment)
        if len(kept) == RECENT:
            break
    if len(kept) < 2 or now - kept[0] > SILENT:
        return DAY
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(kept)]
    return min(max(timedelta(seconds=statistics.median(gaps)), FLOOR), DAY)


def _jitter(feed: str) -> timedelta:
    """So that feeds added together are not asked together for ever; the same for a feed always."""
    return JITTER * (zlib.crc32(feed.encode("utf-8", "replace")) % 1000 / 1000)


def _unskipped(moment: datetime, state: FetchState, latest: datetime) -> datetime:
    """The first moment outside the hours and days that the feed wants skipped, or the latest."""
    while moment.hour in state.skip_hours or moment.weekday() in state.skip_days:
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        if moment >= latest:
            return latest
    return moment


def _after_failure(
    state: FetchState, response: Response, published: Sequence[datetime], role: Role, now: datetime
) -> FetchState:
    if response.status == 410:
        return replace(
            state,
            last_fetch=now,
            next_fetch=None,
            failures=state.failures + 1,
            failing_since=state.failing_since or now,
            gone=True,
            message=response.sentence,
        )
    failures = state.failures + 1
    cap = RESPONSES_CAP if role == "responses" else DAY
    if state.body_hash is None:
        usual = FLOOR
    elif not (state.etag or state.last_modified):
        usual = cap = DAY  # whatever happens: each request is for the whole feed
    else:
        usual = min(pace(published, now), cap)
    wait = min(usual * 2 ** min(failures, 6), cap)
    asked = retry_after(response.headers, now) if response.status in (429, 503) else None
    if asked is None and response.status == 429:
        asked = wait
    return replace(
        state,
        last_fetch=now,
        next_fetch=now + max(wait, asked or timedelta()),
        failures=failures,
        failing_since=state.failing_since or now,
        wait_until=now + asked if asked else state.wait_until,
        message=response.sentence,
    )

"""How a feed is doing, in one sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engage.domain.feed_health import PATIENCE, SUCCESSOR, health
from engage.domain.posts import FetchState
from engage.domain.records import Feed

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)  # a Sunday
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FEED = Feed("0123abcd4567", "https://mara.example/feed", "mara.example", "theirs", NOW - 90 * DAY)
FINE = FetchState("f", FEED.url, last_fetch=NOW - HOUR, next_fetch=NOW + 4 * HOUR, posts=3)
TROUBLE = "mara.example has trouble of its own; try again later (status 502)."


def fetched(**more: object) -> FetchState:
    return replace(FINE, **more)  # type: ignore[arg-type]


def failing(days: int, **more: object) -> FetchState:
    return fetched(failures=days + 1, failing_since=NOW - days * DAY, message=TROUBLE, **more)


GONE = fetched(
    failures=1,
    gone=True,
    failing_since=NOW - 3 * DAY,
    next_fetch=None,
    message=f"mara.example says that it is gone (status 410).{SUCCESSOR}",
)
MOVES = fetched(moved_to="https://new.example/feed", moved_since=NOW - DAY, moved_seen=1)
MOVED = fetched(moved_from="http://old.example/feed", moved_on=NOW - 3 * DAY)
NOT_WANTED = replace(FEED, wanted=False)

CASES = {
    "fine": (FEED, FINE, "ok", "Fine. Next asked at 13:30."),
    "fine, tomorrow": (
        FEED,
        fetched(next_fetch=NOW + 23 * HOUR),
        "ok",
        "Fine. Next asked tomorrow at 08:30.",
    ),
    "due": (FEED, fetched(next_fetch=NOW), "ok", "Fine. Next asked at the next refresh."),
    "its posts are lost": (
        FEED, fetched(next_fetch=None), "ok", "Fine. Next asked at the next refresh.",
    ),
    "never asked": (
        FEED, FetchState("f", FEED.url), "ok", "Not asked yet; the next refresh does.",
    ),
    "not wanted yet": (
        NOT_WANTED,
        FetchState("f", FEED.url),
        "ok",
        "Not asked until its person is to be welcomed, is in a circle, or is named.",
    ),
    "a remark": (
        FEED,
        fetched(message="The feed is not well formed; what could be read of it is here."),
        "ok",
        "The feed is not well formed; what could be read of it is here. Next asked at 13:30.",
    ),
    "paused": (
        replace(FEED, paused=True),
        failing(20),
        "paused",
        "Paused. `engage pause 0123abcd` resumes it.",
    ),
    "gone": (
        FEED,
        GONE,
        "gone",
        "Gone since Thursday: mara.example says that it is gone (status 410). It is asked no more. "
        "`engage move 0123abcd` looks for its successor.",
    ),
    "gone, nothing known": (
        FEED,
        fetched(gone=True, next_fetch=None),
        "gone",
        "Its server says that this feed is gone for good. It is asked no more. "
        "`engage move 0123abcd` looks for its successor.",
    ),
    "failing": (
        FEED,
        failing(2),
        "failing",
        f"Failing since Friday: {TROUBLE} Asked again at 13:30.",
    ),
    "failing, known before that was kept": (
        FEED, fetched(failures=2, message=TROUBLE), "failing", f"{TROUBLE} Asked again at 13:30.",
    ),
    "not found": (
        FEED,
        fetched(
            failures=1,
            failing_since=NOW - HOUR,
            message=f"mara.example has nothing there (status 404).{SUCCESSOR}",
        ),
        "failing",
        "Failing since today: mara.example has nothing there (status 404). Asked again at 13:30. "
        "`engage move 0123abcd` looks for its successor.",
    ),
    "nine days": (
        FEED, failing(9), "failing", f"Failing since 13 Nov: {TROUBLE} Asked again at 13:30.",
    ),
    "ten days": (
        FEED,
        failing(10),
        "failing",
        f"Needs attention, failing since 12 Nov (10 days): {TROUBLE} Asked again at 13:30. "
        "`engage move 0123abcd` looks for its successor; `engage remove 0123abcd` follows it no "
        "longer.",
    ),
    "moving": (
        FEED,
        MOVES,
        "ok",
        "Fine; it has said since yesterday that it has moved to https://new.example/feed, which is "
        "kept once it has said so for a week. Next asked at 13:30.",
    ),
    "moved": (
        FEED,
        MOVED,
        "ok",
        "Moved here on Thursday from http://old.example/feed. Next asked at 13:30.",
    ),
    "moved long ago": (
        FEED, replace(MOVED, moved_on=NOW - 31 * DAY), "ok", "Fine. Next asked at 13:30.",
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_utc(zone: object) -> None:
    zone("UTC")  # type: ignore[operator]


@pytest.mark.parametrize("case", CASES)
def test_each_feed_in_a_sentence(case: str) -> None:
    feed, fetch, state, sentence = CASES[case]
    found = health(feed, fetch, NOW)
    assert (found.state, found.sentence) == (state, sentence)


def test_what_needs_attention_stands_first() -> None:
    order = ("gone", "ten days", "failing", "a remark", "fine", "paused")
    ranks = [health(*CASES[case][:2], NOW).rank for case in order]
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize(
    ("case", "attention", "lost"),
    [
        ("gone", True, True),
        ("ten days", True, True),
        ("nine days", False, False),
        ("not found", False, True),
        ("fine", False, False),
        ("paused", False, False),
    ],
)
def test_when_the_writer_is_needed_and_a_successor_offered(
    case: str, attention: bool, lost: bool
) -> None:
    found = health(*CASES[case][:2], NOW)
    assert (found.attention, found.lost) == (attention, lost)
    assert PATIENCE == 10

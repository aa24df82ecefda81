from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.domain.posts import Entry, FeedDocument, FetchState
from engage.domain.records import Role
from engage.feeds.schedule import (
    DAY,
    FLOOR,
    NEVER,
    Response,
    after,
    after_waiting,
    due,
    left_alone,
    may_ask_again,
    pace,
)

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)  # a Sunday
URL = "https://mara.example/feed"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
VALIDATORS = {"etag": '"1"'}
KNOWN = FetchState("f", URL, etag='"1"', body_hash="x", last_fetch=NOW - DAY)


def every(gap: timedelta, times: int = 20, last: timedelta = MINUTE) -> list[datetime]:
    return [NOW - last - gap * at for at in range(times)]


def answered(
    headers: dict[str, str] | None = None,
    *,
    status: int = 200,
    state: FetchState = KNOWN,
    published: list[datetime] | None = None,
    role: Role = "theirs",
    document: FeedDocument | None = None,
) -> FetchState:
    response = Response(URL, status, VALIDATORS if headers is None else headers, body_hash="y")
    return after(state, response, document, published or [], role, NOW)


def failed(status: int, headers: dict[str, str] | None = None, **more: object) -> FetchState:
    state = replace(KNOWN, **more) if more else KNOWN  # type: ignore[arg-type]
    response = Response(URL, status, headers or {}, sentence="mara.example has trouble.")
    return after(state, response, None, every(HOUR), "theirs", NOW)


def wait(state: FetchState) -> timedelta:
    assert state.next_fetch is not None
    return state.next_fetch - NOW


# -- when


@pytest.mark.parametrize(
    ("published", "role", "least", "most"),
    [
        (every(HOUR), "theirs", 61 * MINUTE, 90 * MINUTE),
        (every(HOUR), "responses", 61 * MINUTE, 90 * MINUTE),
        (every(20 * MINUTE), "theirs", 61 * MINUTE, 90 * MINUTE),
        (every(5 * HOUR), "own", 5 * HOUR, 5 * HOUR + 10 * MINUTE),
        (every(5 * HOUR), "responses", 5 * HOUR, 5 * HOUR + 10 * MINUTE),
        (every(7 * DAY), "theirs", DAY, DAY),
        (every(7 * DAY), "responses", 6 * HOUR, 6 * HOUR),
        ([], "theirs", DAY, DAY),
        ([], "responses", 6 * HOUR, 6 * HOUR),
        (every(HOUR, last=30 * DAY), "theirs", DAY, DAY),
        ([moment + 9 * DAY for moment in every(HOUR, 5)], "theirs", DAY, DAY),
    ],
    ids=[
        "hourly", "hourly responses", "more than hourly", "every five hours", "responses likewise",
        "weekly", "weekly responses", "no dates", "no dates in responses", "fell silent", "future",
    ],
)  # fmt: skip
def test_a_feed_is_asked_in_its_own_rhythm(
    published: list[datetime], role: Role, least: timedelta, most: timedelta
) -> None:
    assert least <= wait(answered(published=published, role=role)) <= most
    assert least <= wait(answered({}, status=304, published=published, role=role)) <= most


def test_posts_put_up_in_one_go_count_once() -> None:
    weekly = [NOW - DAY * 7 * week - MINUTE * post for week in range(4) for post in range(1, 4)]
    assert pace(weekly, NOW) == DAY


def test_the_documents_dates_count_too() -> None:
    entries = tuple(Entry(published=moment) for moment in every(HOUR))
    assert wait(answered(document=FeedDocument(entries=entries))) <= 90 * MINUTE


@pytest.mark.parametrize("role", ["own", "theirs", "responses"])
def test_without_validators_it_is_a_day_always(role: Role) -> None:
    state = answered({"cache-control": "max-age=60"}, published=every(HOUR), role=role)
    assert wait(state) == DAY
    assert (state.etag, state.last_modified) == (None, None)


@pytest.mark.parametrize(
    ("headers", "role", "least", "most"),
    [
        ({"cache-control": "max-age=14400"}, "theirs", 4 * HOUR, 4 * HOUR),
        ({"cache-control": "max-age=14400", "age": "3600"}, "theirs", 3 * HOUR, 3 * HOUR),
        ({"cache-control": "max-age=60"}, "theirs", 61 * MINUTE, 90 * MINUTE),
        ({"cache-control": "max-age=9999999"}, "theirs", DAY, DAY),
        ({"cache-control": "max-age=9999999"}, "responses", 6 * HOUR, 6 * HOUR),
    ],
)
def test_what_the_server_says_is_the_least(
    headers: dict[str, str], role: Role, least: timedelta, most: timedelta
) -> None:
    for status in (200, 304):
        state = answered(headers | VALIDATORS, status=status, published=every(HOUR), role=role)
        assert least <= wait(state) <= most


def test_the_documents_ttl_is_the_least_also_after_a_304() -> None:
    first = answered(published=every(HOUR), document=FeedDocument(ttl=300))
    assert wait(first) == 5 * HOUR
    assert wait(answered({}, status=304, published=every(HOUR), state=first)) == 5 * HOUR
    assert wait(answered(document=FeedDocument(ttl=10**6))) == DAY


def test_skipped_hours_and_days_are_left_out_within_a_day() -> None:
    skips = FeedDocument(skip_hours=(10, 11), skip_days=(0,))
    state = answered(published=every(HOUR), document=skips)
    assert state.next_fetch == datetime(2026, 11, 22, 12, tzinfo=UTC)
    never = FeedDocument(skip_hours=tuple(range(24)))
    assert wait(answered(published=every(HOUR), document=never)) == DAY


# -- validators: one verbatim pair


@pytest.mark.parametrize(
    ("status", "headers", "etag", "modified"),
    [
        (200, {"etag": 'W/"2"', "last-modified": "B"}, 'W/"2"', "B"),
        (200, {"etag": '"2"'}, '"2"', None),
        (200, {"last-modified": "B"}, None, "B"),
        (200, {}, None, None),
        (304, {"etag": '"2"', "last-modified": "B"}, '"2"', "B"),
        (304, {"etag": '"2"'}, '"2"', "A"),
        (304, {"last-modified": "B"}, '"1"', "B"),
        (304, {}, '"1"', "A"),
        (404, {"etag": '"2"', "last-modified": "B"}, '"1"', "A"),
        (429, {"etag": '"2"'}, '"1"', "A"),
        (500, {}, '"1"', "A"),
    ],
)
@pytest.mark.parametrize("parsed", [True, False], ids=["new body", "same body"])
def test_validators(
    status: int, headers: dict[str, str], etag: str | None, modified: str | None, parsed: bool
) -> None:
    state = replace(KNOWN, last_modified="A")
    sentence = "mara.example has trouble." if status >= 400 else ""
    response = Response(URL, status, headers, sentence=sentence)
    document = FeedDocument(title="A") if parsed and status == 200 else None
    state = after(state, response, document, [], "theirs", NOW)
    assert (state.etag, state.last_modified) == (etag, modified)


# -- failures


def test_failures_double_the_wait_up_to_a_day() -> None:
    state, waits = KNOWN, []
    for _ in range(8):
        response = Response(URL, 500, sentence="mara.example has trouble.")
        state = after(state, response, None, every(HOUR), "theirs", NOW)
        waits.append(wait(state))
    assert waits[0] == 2 * FLOOR
    assert waits[1] == 4 * FLOOR
    assert waits == sorted(waits)
    assert waits[-1] == DAY
    assert state.failures == 8
    assert state.failing_since == NOW
    assert state.message == "mara.example has trouble."
    assert answered(state=state).failures == 0
    assert answered(state=state).failing_since is None
    assert answered(state=state).message == ""


@pytest.mark.parametrize(
    ("status", "value", "least", "most"),
    [
        (429, "7200", 2 * FLOOR, 2 * FLOOR),
        (429, "36000", 10 * HOUR, 10 * HOUR),
        (503, "36000", 10 * HOUR, 10 * HOUR),
        (429, "9999999", 7 * DAY, 7 * DAY),
        (429, None, 2 * FLOOR, 2 * FLOOR),
        (503, None, 2 * FLOOR, 2 * FLOOR),
        (500, "36000", 2 * FLOOR, 2 * FLOOR),
        (404, "36000", 2 * FLOOR, 2 * FLOOR),
    ],
)
def test_retry_after_is_kept(
    status: int, value: str | None, least: timedelta, most: timedelta
) -> None:
    assert least <= wait(failed(status, {"retry-after": value} if value else {})) <= most


def test_gone_is_never_asked_again() -> None:
    state = failed(410)
    assert state.gone
    assert state.failing_since == NOW
    assert state.next_fetch is None
    assert not due(state, NOW + 365 * DAY)
    assert may_ask_again(state, NOW + 365 * DAY) == NEVER


def test_being_offline_counts_against_no_feed() -> None:
    response = Response(URL, sentence="mara.example could not be reached.", offline=True)
    state = after(KNOWN, response, None, [], "theirs", NOW)
    assert state == replace(KNOWN, message="mara.example could not be reached.")


# -- asking


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (None, True),
        (FetchState("f", URL), True),
        (FetchState("f", URL, next_fetch=NOW), True),
        (FetchState("f", URL, next_fetch=NOW + MINUTE), False),
        (FetchState("f", URL, next_fetch=NOW - MINUTE), True),
        (FetchState("f", URL, gone=True), False),
        (FetchState("f", URL, next_fetch=NOW - HOUR, wait_until=NOW + HOUR), False),
        (FetchState("f", URL, next_fetch=NOW + 60 * DAY), True),
    ],
    ids=["never asked", "no date", "now", "later", "past", "gone", "left alone", "wrong clock"],
)
def test_due(state: FetchState | None, expected: bool) -> None:
    assert due(state, NOW) is expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (None, None),
        (FetchState("f", URL, last_fetch=NOW - 3 * MINUTE), NOW + 7 * MINUTE),
        (FetchState("f", URL, last_fetch=NOW - 10 * MINUTE), None),
        (FetchState("f", URL, last_fetch=NOW - HOUR, next_fetch=NOW + DAY), None),
        (FetchState("f", URL, last_fetch=NOW - HOUR, wait_until=NOW + HOUR), NOW + HOUR),
        (FetchState("f", URL, last_fetch=NOW + DAY), None),
    ],
    ids=["never asked", "just asked", "ten minutes", "not due", "left alone", "wrong clock"],
)
def test_asking_again_by_hand(state: FetchState | None, expected: datetime | None) -> None:
    assert may_ask_again(state, NOW) == expected


def test_who_is_left_alone() -> None:
    states = [
        failed(429, {"retry-after": "36000"}, url="https://medium.com/feed/@a"),
        failed(503, {"retry-after": "72000"}, url="https://b.medium.com/feed"),
        failed(429, {"retry-after": "36000"}, url="http://127.0.0.9/feed"),
        failed(500, url="https://fine.example/"),
    ]
    assert left_alone(states, NOW) == {
        "medium.com": NOW + 20 * HOUR,
        "127.0.0.9": NOW + 10 * HOUR,
    }
    assert left_alone(states, NOW + DAY) == {}


def test_a_feed_that_waits_for_its_host_has_not_failed() -> None:
    state = after_waiting(KNOWN, NOW + HOUR, "medium.com asked to be left alone.")
    assert state.failures == 0
    assert not due(state, NOW + HOUR - MINUTE)
    assert due(state, NOW + HOUR)


# -- whatever happens

texts = st.text(max_size=20)
headers = st.dictionaries(
    st.sampled_from(["etag", "last-modified", "cache-control", "expires", "age", "date"]),
    texts
    | st.integers(-10, 10**12).map(str)
    | st.integers(-10, 10**12).map("max-age={}".format)
    | st.datetimes().map(lambda moment: moment.strftime("%a, %d %b %Y %H:%M:%S GMT")),
)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
roles: st.SearchStrategy[Role] = st.sampled_from(["own", "theirs", "responses"])
documents = st.builds(
    FeedDocument,
    ttl=st.none() | st.integers(0, 10**7),
    skip_hours=st.lists(st.integers(0, 23), max_size=24).map(tuple),
    skip_days=st.lists(st.integers(0, 6), max_size=7).map(tuple),
)


@given(headers, st.lists(moments, max_size=30), roles, st.none() | documents, moments, texts)
def test_a_success_is_followed_within_61_minutes_to_the_cap(
    headers: dict[str, str],
    published: list[datetime],
    role: Role,
    document: FeedDocument | None,
    now: datetime,
    feed: str,
) -> None:
    state = after(
        FetchState(feed, URL), Response(URL, 200, headers), document, published, role, now
    )
    assert state.next_fetch is not None
    gap = state.next_fetch - now
    if not (state.etag or state.last_modified):
        assert gap == DAY
    else:
        assert FLOOR <= gap <= (6 * HOUR if role == "responses" else DAY)
    assert not due(state, now)
    assert due(state, state.next_fetch)


@given(
    st.sampled_from([0, 200, 403, 404, 429, 500, 503]),
    st.none() | texts | st.integers(0, 10**9).map(str),
    st.integers(0, 10**6),
    st.lists(moments, max_size=30),
    roles,
    moments,
)
def test_a_failure_is_followed_within_two_hours_to_a_week(
    status: int,
    asked: str | None,
    failures: int,
    published: list[datetime],
    role: Role,
    now: datetime,
) -> None:
    response = Response(
        URL, status, {"retry-after": asked} if asked else {}, sentence="It failed, sorry."
    )
    state = after(
        FetchState("f", URL, failures=failures, body_hash="x"), response, None, published, role, now
    )
    assert state.next_fetch is not None
    assert 2 * FLOOR <= state.next_fetch - now <= 7 * DAY
    assert state.failures == failures + 1
    assert not due(state, now)

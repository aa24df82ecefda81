from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engage.feeds.dates import any_date, from_parts, from_text
from engage.feeds.headers import fresh_for, retry_after

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DATE = "Sun, 22 Nov 2026 12:00:00 GMT"  # the server's clock goes wrong; only differences count


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("99999999", 7 * 24 * 3600),
        ("Sun, 22 Nov 2026 13:00:00 GMT", 3600),
        ("Sunday, 22-Nov-26 13:00:00 GMT", 3600),
        ("Sun Nov 22 13:00:00 2026", 3600),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Fri, 31 Dec 2999 23:59:59 GMT", 7 * 24 * 3600),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("9" * 400, None),
    ],
)
def test_retry_after(value: str, seconds: int | None) -> None:
    found = retry_after({"retry-after": value, "date": DATE}, NOW)
    assert found == (None if seconds is None else timedelta(seconds=seconds))


def test_a_date_counts_from_here_where_the_server_tells_no_time() -> None:
    headers = {"retry-after": "Sun, 22 Nov 2026 10:30:00 GMT"}
    assert retry_after(headers, NOW) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "max-age=3600"}, 3600),
        ({"cache-control": "public, Max-Age = 3600, immutable"}, 3600),
        ({"cache-control": 'max-age="60"'}, 60),
        ({"cache-control": "s-maxage=3600"}, 0),
        ({"cache-control": "max-age=3600", "age": "600"}, 3000),
        ({"cache-control": "max-age=60", "age": "600"}, 0),
        ({"cache-control": "max-age=600", "expires": "Sun, 22 Nov 2026 14:00:00 GMT"}, 600),
        ({"expires": "Sun, 22 Nov 2026 14:00:00 GMT"}, 7200),
        ({"expires": "0"}, 0),
        ({"expires": "Sat, 21 Nov 2026 14:00:00 GMT"}, 0),
        ({"cache-control": "no-cache, max-age=junk"}, 0),
        ({"cache-control": "max-age=" + "9" * 12}, 7 * 24 * 3600),
    ],
)
def test_freshness(headers: dict[str, str], seconds: int) -> None:
    assert fresh_for(headers | {"date": DATE}, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20T08:00:00Z", datetime(2026, 11, 20, 8, tzinfo=UTC)),
        ("2026-11-20T08:00:00+02:00", datetime(2026, 11, 20, 6, tzinfo=UTC)),
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 08:00:00 EST", datetime(2026, 11, 20, 13, tzinfo=UTC)),
        ("1989-12-31T23:59:59Z", None),
        ("2026-11-23T09:30:00Z", datetime(2026, 11, 23, 9, 30, tzinfo=UTC)),
        ("2026-11-23T09:30:01Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (1727258400, None),
    ],
)
def test_dates_are_sane_or_none(text: object, moment: datetime | None) -> None:
    assert from_text(text, NOW) == moment


@pytest.mark.parametrize(
    ("parts", "moment"),
    [
        ((2026, 11, 20, 8, 0, 0, 4, 324, 0), datetime(2026, 11, 20, 8, tzinfo=UTC)),
        ((1727, 1, 1, 0, 0, 0, 0, 1, 0), None),
        ((-1, 11, 30, 0, 0, 0, 0, 1, 0), None),
        ((99999, 1, 1, 0, 0, 0, 0, 1, 0), None),
        ((), None),
        (None, None),
        ("nonsense", None),
    ],
)
def test_dates_of_feedparser_are_sane_or_none(parts: object, moment: datetime | None) -> None:
    assert from_parts(parts, NOW) == moment


def test_any_date_of_a_server_is_read() -> None:
    assert any_date("Thu, 01 Jan 1970 00:00:00 GMT") == datetime(1970, 1, 1, tzinfo=UTC)

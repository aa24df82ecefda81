"""What the web throws at a reader: bad servers beside good ones, and bytes that nobody meant."""

from __future__ import annotations

import gzip
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.clock import FixedClock
from engage.domain.posts import FeedDocument
from engage.feeds import entries as common
from engage.feeds import quick
from engage.feeds.entries import ENTRY_LIMIT, READ_LIMIT, TITLE_LIMIT
from engage.feeds.errors import FeedError
from engage.feeds.fetch import Fetched, Job, fetch_feeds
from engage.feeds.parse import parse
from engage.feeds.quick import DEPTH_LIMIT
from engage.feeds.workers import Workers
from engage.text import clean, safe_url
from engage.web.client import Client, Limits
from engage.web.politeness import Politeness
from tests.feeds.conftest import NOW
from tests.feeds.test_workers import STAND_IN
from tests.support.feedserver import FeedServer, Reply, rss

URL = "https://mara.example/feed"
GOOD = 20

#: Each answer and what the feed's message says of it.
BAD = {
    "slow drip": (Reply(200, pieces=[b"<"] * 1000, pause=0.05), "took longer"),
    "endless": (Reply(200, pieces=[b"<rss>" * 10_000] * 2000, length=None), "MiB"),
    "silent": (Reply(200, pieces=[b""] * 100, pause=0.5), "took longer"),
    "gzip bomb": (
        Reply(200, gzip.compress(b"\0" * 12_000_000), {"Content-Encoding": "gzip"}),
        "MiB",
    ),
    "crasher": (Reply(200, b"die"), "too much time or memory"),
    "sleeper": (Reply(200, b"sleep"), "too much time or memory"),
    "glutton": (Reply(200, b"eat"), "too much time or memory"),
    "short": (Reply(200, b"<rss>", length=500), "broke off"),
    "hangs up": (Reply(hang_up=True), "broke off"),
    "a path": (Reply(200, b"/etc/hostname"), "no feed"),
    "elsewhere": (Reply(302, headers={"Location": "file:///etc/passwd"}), "no web address"),
}


async def test_one_bad_feed_never_delays_or_harms_another(server: FeedServer) -> None:
    """The good ones are there at once; only the worker's seconds are waited for at the end."""
    jobs = []
    for number, (reply, _) in enumerate(BAD.values()):
        server.serve(f"/bad{number}", reply)
        host = f"127.0.8.{number + 1}"
        jobs.append(Job(f"bad{number}", server.url(f"/bad{number}", host), "theirs", None, host))
    for number in range(GOOD):
        server.feed(f"/{number}", rss([f"T{number}"]))
        host = f"127.0.9.{number + 1}"
        jobs.append(Job(str(number), server.url(f"/{number}", host), "theirs", None, host))
    got: dict[str, Fetched] = {}
    good_after: list[float] = []
    began = time.monotonic()

    def take(fetched: Fetched) -> None:
        got[fetched.feed] = fetched
        if fetched.outcome == "new":
            good_after.append(time.monotonic() - began)

    start = (sys.executable, "-c", STAND_IN, *sys.path)
    async with Workers(seconds=4, limit=2, start=start) as workers:
        client = Client(Limits(seconds=1.5, body=5_000_000), Politeness(rest=0))
        await fetch_feeds(jobs, FixedClock(NOW), take, client=client, workers=workers)
    for number in range(GOOD):
        document = got[str(number)].document
        assert document is not None
        assert [entry.title for entry in document.entries] == [f"T{number}"]
    for number, (name, (_, says)) in enumerate(BAD.items()):
        bad = got[f"bad{number}"]
        assert (bad.outcome, bad.state.failures) == ("failed", 1), name
        assert says in bad.state.message, (name, bad.state.message)
        assert len(bad.state.message.split()) >= 3, name
        assert len(bad.state.message) <= 400, name
    assert len(good_after) == GOOD


# -- bytes


def sound(document: FeedDocument) -> None:
    """What holds of every document, whatever it was made of."""
    assert len(document.entries) <= ENTRY_LIMIT
    assert document.title or document.entries
    for entry in document.entries:
        assert entry.title or entry.url or entry.guid or entry.blocks or entry.enclosures
        assert len(entry.title) <= TITLE_LIMIT
        for text in (entry.title, entry.author, entry.guid or "", *entry.categories):
            assert clean(text) == text
            assert "\n" not in text
        for url in (entry.url, entry.author_url, *entry.links, *entry.enclosures):
            assert url is None or safe_url(url) == url
        assert entry.published is None or 1990 <= entry.published.year <= NOW.year
        for block in entry.blocks:
            assert all(clean(span.text) == span.text for span in block.spans)


def taken(body: bytes, content_type: str = "") -> FeedDocument | None:
    try:
        document = parse(body, content_type, URL, NOW)
    except FeedError as error:
        assert "mara.example" in str(error)
        return None
    sound(document)
    return document


def deep(levels: int) -> bytes:
    inner = b"<div>" * levels + b"x" + b"</div>" * levels
    return b"<rss version='2.0'><channel><title>T</title><item><description>" + inner


TRAPS = {
    "2,000 levels": deep(2_000),
    "20,000 levels of escaped text": rss(["<b>" * 20_000]),
    "NULs": rss(["A\0B"]).replace(b"Text", b"\0Text\0"),
    "invalid UTF-8": rss(["A"]).replace(b"Text", b"\xff\xfe\xc3("),
    "lone surrogates": b'{"version": "https://jsonfeed.org/version/1", "title": "\\ud800",'
    b' "items": [{"id": "\\udfff", "title": "a\\ud83d", "content_text": "\\udc00"}]}',
    "year 0": rss(["A"]).replace(b"20 Nov 2026", b"01 Jan 0000"),
    "year 9999": rss(["A"]).replace(b"20 Nov 2026", b"01 Jan 9999"),
    "a number for a date": rss(["A"]).replace(b"20 Nov 2026 08:00:00 GMT", b"9" * 400),
    "a title of 5 MB": rss(["A" * 5_000_000]),
    "5,000 entries": rss([str(at) for at in range(5_000)], dates=False),
    "an attribute of 5 MB": rss(["A"]).replace(b"<item>", b"<item x='" + b"y" * 5_000_000 + b"'>"),
    "50,000 links": rss(["A"]).replace(b"&lt;p&gt;", b"&lt;a href='/x'&gt;" * 50_000),
    "links to other schemes": rss(["A"], more="<link>file:///etc/passwd</link>").replace(
        b"https://mara.example/0", b"javascript:alert(1)"
    ),
    "numbers in JSON": b'{"version": "https://jsonfeed.org/version/1", "items": ['
    b'{"id": 1e400, "title": 5}, {"id": -0, "url": [], "authors": {}, "tags": "x"}, 7, null]}',
    "an id of 5 MB": rss(["A"]).replace(b"mara-0", b"z" * 5_000_000),
}


def test_elements_that_never_end_are_given_up() -> None:
    for start in (b"", b"&nothing; "):  # the second is for feedparser's loose parser
        body = deep(DEPTH_LIMIT + 10).replace(b"<description>", b"<description>" + start)
        with pytest.raises(FeedError, match="too much time or memory"):
            parse(body, "", URL, NOW)


def test_a_declaration_that_is_no_ascii_is_not_read() -> None:
    body = rss(["A"]).replace(b'encoding="utf-8"', b'encoding="\x80utf-8"')
    document = taken(body)
    assert document is not None and document.entries[0].title == "A"


def test_whatever_the_parser_trips_over_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def trips(*_: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(quick, "parse", trips)
    with pytest.raises(FeedError, match=r"mara\.example sent something too damaged"):
        parse(rss(["A"]), "", URL, NOW)


def test_the_first_5_000_of_too_many_entries_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def one(at: int, mark: str = "item") -> bytes:
        return b"<%s><guid>%d</guid></%s>" % (mark.encode(), at, mark.encode())

    read: list[int] = []
    real = common.newest_of
    monkeypatch.setattr(
        common, "newest_of", lambda items, *how: read.append(len(items)) or real(items, *how)
    )
    items = b"".join(map(one, range(20_000)))
    document = taken(b'<rss version="2.0"><channel><title>T</title>' + items + b"</channel></rss>")
    assert document is not None and document.warning == ""
    assert (read[0], len(document.entries)) == (READ_LIMIT, ENTRY_LIMIT)
    few = b"".join(map(one, range(READ_LIMIT))) + b" " * 200_000
    assert taken(b'<rss version="2.0"><channel><title>T</title>' + few + b"</channel></rss>")
    assert read[2] == READ_LIMIT


def test_of_a_tree_of_tags_only_so_many_are_looked_at() -> None:
    document = taken(rss(["A"]).replace(b"&lt;p&gt;", b"&lt;b&gt;x&lt;/b&gt;" * 100_000))
    assert document is not None
    (entry,) = document.entries
    text = "".join(span.text for block in entry.blocks for span in block.spans)
    assert 20_000 <= len(text) <= 50_000 and set(text) == {"x"}


@pytest.mark.parametrize("trap", TRAPS)
def test_traps_end_in_a_sound_document_or_a_sentence(trap: str) -> None:
    began = time.process_time()
    taken(TRAPS[trap])
    assert time.process_time() - began < 15


SAMPLES = (
    "DaringFireball.json", "EMarley.rss", "RSSWithComments.xml", "atomthreadingwithentry.xml",
    "bio.rdf", "encoding.rss", "heise.atom", "inessential.json", "manton.rss",
    "rss_2.0_ghost_2.xml",
)  # fmt: skip
CUTS = (
    b"<", b">", b"&", b"]]>", b"<!--", b"<![CDATA[", b"\0", b"\xff", b"\x1b[2J", b'"', b"{", b"]",
    b"&#x202e;", b"&#0;", b"&lt;", b"<item>", b"</item>", b"<?xml version='1.0'?>",
)  # fmt: skip

spoilings = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(CUTS) | st.binary(max_size=4)),
    max_size=6,
)


def spoilt(body: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, instead in changes:
        at = int(where * len(body))
        body = body[:at] + instead + body[at + length :]
    return body


quiet = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.shared
@quiet
@given(st.sampled_from(SAMPLES), spoilings, st.integers(500, 6_000))
def test_spoilt_feeds_are_read_as_far_as_they_go(
    captured: Path, name: str, changes: list[tuple[float, int, bytes]], length: int
) -> None:
    taken(spoilt((captured / name).read_bytes()[:length], changes), "text/xml")


@pytest.mark.slow
@pytest.mark.shared
@settings(quiet, max_examples=3_000)
@given(st.sampled_from(SAMPLES), spoilings)
def test_whole_feeds_spoilt(
    captured: Path, name: str, changes: list[tuple[float, int, bytes]]
) -> None:
    taken(spoilt((captured / name).read_bytes(), changes))


@quiet
@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="replace"))
)
def test_any_bytes_end_in_a_sentence(body: bytes) -> None:
    taken(body, "application/xml; charset=utf-16")

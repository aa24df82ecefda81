"""Which encoding a feed is read by, and the traps that feeds are known to set."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime

import pytest

from engage.domain.posts import Entry
from engage.feeds.parse import parse
from tests.feeds.conftest import NOW

URL = "https://mara.example/blog/feed"
WORDS = "Grüße, naïve – “Łódź”"
GREEK = "Ποιήματα"
JAPANESE = "日本語の手紙"


def body(words: str, encoding: str, declared: str | None = None, bom: bytes = b"") -> bytes:
    head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else "<?xml version='1.0'?>"
    text = f"{head}<rss version='2.0'><channel><title>{words}</title></channel></rss>"
    return bom + text.encode(encoding)


@pytest.mark.parametrize(
    ("sent", "content_type", "title"),
    [
        (body(WORDS, "utf-8", "utf-8"), "application/xml", WORDS),
        (body(WORDS, "utf-8", "iso-8859-1"), "application/xml", WORDS),
        (body(WORDS, "utf-8", "us-ascii"), "text/xml", WORDS),
        (body(WORDS, "utf-8"), "text/xml; charset=iso-8859-1", WORDS),
        (body(WORDS, "utf-8", "windows-1252"), "application/rss+xml; charset=latin-1", WORDS),
        (body(WORDS, "utf-8", "utf-16"), "text/html; charset=koi8-r", WORDS),
        (body(WORDS, "utf-8", None, codecs.BOM_UTF8), "application/xml; charset=latin-1", WORDS),
        (body(WORDS, "utf-16-le", "utf-16", codecs.BOM_UTF16_LE), "application/xml", WORDS),
        (body(WORDS, "utf-16-be", "utf-16", codecs.BOM_UTF16_BE), "", WORDS),
        (body(GREEK, "iso-8859-7", "iso-8859-7"), "application/xml", GREEK),
        (body(GREEK, "iso-8859-7"), "application/xml; charset=iso-8859-7", GREEK),
        (body("Grüße", "cp1252"), "application/xml", "Grüße"),
        (body("Grüße", "cp1252", "utf-8"), "application/xml", "Grüße"),
        (body(JAPANESE, "shift_jis", "shift_jis"), "text/xml", JAPANESE),
        (body(JAPANESE, "euc-jp", "euc-jp"), "application/xml", JAPANESE),
        (body(JAPANESE, "iso-2022-jp", "iso-2022-jp"), "application/xml", JAPANESE),
        (body(JAPANESE, "gb18030", "gb2312"), "application/xml", JAPANESE),
    ],
    ids=[
        "utf-8", "utf-8 declared latin-1", "utf-8 declared ascii", "utf-8 sent as latin-1",
        "utf-8 twice wrong", "utf-8 declared utf-16", "utf-8 with its mark", "utf-16 little",
        "utf-16 big", "greek declared", "greek sent as", "undeclared", "no utf-8 at all",
        "shift_jis", "euc-jp", "iso-2022-jp", "gb2312",
    ],
)  # fmt: skip
def test_the_words_are_read(sent: bytes, content_type: str, title: str) -> None:
    assert parse(sent, content_type, URL, NOW).title == title


def test_what_nobody_can_read_is_read_as_far_as_it_goes() -> None:
    spoilt = body("Letters", "utf-8").replace(b"Letters", b"Let\xfft\xc3ers\x81")
    title = parse(spoilt, "application/xml; charset=utf-8", URL, NOW).title
    assert title.startswith("Let")
    assert "ers" in title


def entry(inner: str, head: str = "") -> Entry:
    text = f"<rss version='2.0'><channel><title>T</title>{head}<item>{inner}</item></channel></rss>"
    return parse(text.encode(), "application/xml", URL, NOW).entries[0]


TITLE = "<title>t</title>"


@pytest.mark.parametrize(
    ("inner", "field", "value"),
    [
        (TITLE + "<pubDate>1727258400</pubDate>", "published", None),
        (TITLE + "<pubDate>0000-00-00</pubDate>", "published", None),
        (TITLE + "<pubDate>25/09/2024</pubDate>", "published", None),
        (TITLE + "<pubDate>Sept 25, 2024</pubDate>", "published", None),
        (TITLE + "<pubDate>Thu, 31 Dec 1969 23:59:59 GMT</pubDate>", "published", None),
        (TITLE + "<pubDate>Wed, 25 Sep 2024 10:00:00 EST</pubDate>", "published",
         datetime(2024, 9, 25, 15, tzinfo=UTC)),
        (TITLE + "<pubDate>2024-09-25T10:00:00+02:00</pubDate>", "published",
         datetime(2024, 9, 25, 8, tzinfo=UTC)),
        (TITLE + "<pubDate>Sun, 22 Nov 2026 20:00:00 GMT</pubDate>", "published",
         datetime(2026, 11, 22, 20, tzinfo=UTC)),
        ("<title>a \x1b[31mred</title>", "title", "a [31mred"),
        ("<title>a\u202eb\u009bc</title>", "title", "ab›c"),
        ("<title>[bold]a[/bold]</title>", "title", "[bold]a[/bold]"),
        ("<title>&amp;amp;lt;b&amp;amp;gt;</title>", "title", "&lt;b&gt;"),
        ("<title>two\n   lines</title>", "title", "two lines"),
        ("<guid isPermaLink='false'>https://mara.example/1</guid>", "url", None),
        ("<guid>https://mara.example/1</guid>", "url", "https://mara.example/1"),
        ("<link>/1</link>", "url", "https://mara.example/1"),
        ("<link>//cdn.example/1</link>", "url", "https://cdn.example/1"),
        (TITLE + "<link>data:text/html,x</link>", "url", None),
        (TITLE + "<link>http://[</link>", "url", None),
        (TITLE + "<description>A paid post begins… &lt;a href='/1'>Read more&lt;/a></description>",
         "truncated", True),
        (TITLE + "<description>&lt;p>Continue reading on Medium »&lt;/p></description>",
         "truncated", True),
        (TITLE + "<description>one two three</description>", "words", 3),
        (TITLE + "<enclosure url='https://m.example/a.mp3' length='x'/>", "enclosures",
         ("https://m.example/a.mp3",)),
    ],
)  # fmt: skip
def test_known_traps(inner: str, field: str, value: object) -> None:
    assert getattr(entry(inner), field) == value


def test_a_feeds_language_is_its_entries() -> None:
    assert entry(TITLE, "<language>de-AT</language>").language == "de-AT"

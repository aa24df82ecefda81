from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engage.domain.posts import Entry, FeedDocument
from engage.feeds.errors import FeedError, WebPage
from engage.feeds.parse import parse
from engage.feeds.worker import packed
from tests.feeds.conftest import NOW
from tests.support.feedserver import rss

URL = "https://mara.example/blog/feed"
ATOM = "http://www.w3.org/2005/Atom"
COUNTS = {
    "DaringFireball.atom": 48, "DaringFireball.json": 48, "EMarley.rss": 10,
    "RSSWithComments.xml": 30, "TypePadNews.xml": 10, "atomthreadingwithentry.xml": 1,
    "atp.rss": 100, "bio.rdf": 30, "encoding.rss": 40, "heise.atom": 15, "inessential.json": 20,
    "kc0011.rss": 20, "manton.rss": 10, "rss_2.0_ghost_2.xml": 1,
}  # fmt: skip


def read(body: str | bytes, content_type: str = "application/xml") -> FeedDocument:
    return parse(body if isinstance(body, bytes) else body.encode(), content_type, URL, NOW)


def item(inner: str, more: str = "") -> Entry:
    namespaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
        'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    )
    if "<title" not in inner:
        inner += "<title>t</title>"
    document = read(
        f'<rss version="2.0" {namespaces}><channel><title>T</title>{more}<item>{inner}</item>'
        "</channel></rss>"
    )
    (entry,) = document.entries
    return entry


def atom(inner: str, more: str = "") -> Entry:
    if "<title" not in inner:
        inner += "<title>t</title>"
    thread = 'xmlns:thr="http://purl.org/syndication/thread/1.0"'
    document = read(
        f'<feed xmlns="{ATOM}" {thread}><title>T</title>{more}<entry>{inner}</entry></feed>'
    )
    (entry,) = document.entries
    return entry


# -- captured feeds


@pytest.mark.shared
@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_captured_feeds(captured: Path, name: str, count: int) -> None:
    body = (captured / name).read_bytes()
    document = parse(body, "text/plain", URL, NOW)
    assert len(document.entries) == count
    assert document.title
    assert parse(body, "", URL, NOW) == document
    for entry in document.entries:
        assert entry.guid or entry.url
        assert entry.title or entry.blocks
        assert entry.published is not None
        assert re.match("https?://", entry.url or "")


@pytest.mark.shared
def test_rss_in_json_is_refused(captured: Path) -> None:
    with pytest.raises(FeedError, match="RSS written as JSON"):
        read((captured / "ScriptingNews.json").read_bytes())


@pytest.mark.shared
def test_a_medium_feed(captured: Path) -> None:
    document = parse((captured / "EMarley.rss").read_bytes(), "", URL, NOW)
    assert document.generator == "Medium"
    first = document.entries[0]
    assert first.guid == "https://medium.com/p/c44a41af38d1"
    assert first.author == "Liz Marley"
    assert first.categories == ()
    assert first.truncated


@pytest.mark.shared
def test_a_comments_feed(captured: Path) -> None:
    body = (captured / "atomthreadingwithentry.xml").read_bytes()
    document = parse(body, "", URL, NOW)
    (comment,) = document.entries
    assert comment.answers == (
        "tag:blogger.com,1999:blog-893591374313312737.post-3861663258538857954",
        "http://salmon-test.blogspot.com/2009/10/test-post.html",
    )
    assert comment.author == "John"
    assert comment.author_url == "http://www.blogger.com/profile/12344017489797258795"
    assert document.author == "John"


# -- fields


@pytest.mark.parametrize(
    ("inner", "field", "value"),
    [
        ("<title>A &amp;amp; B</title>", "title", "A & B"),
        ("<title>&lt;i>A&lt;/i></title>", "title", "A"),
        ("<title><![CDATA[a\x07]]></title>", "title", "a"),
        ("<link>../a?b=1&amp;c=2</link>", "url", "https://mara.example/a?b=1&c=2"),
        ("<link>javascript:x()</link><title>t</title>", "url", None),
        ("<guid>https://m.example/1</guid>", "url", "https://m.example/1"),
        ("<guid isPermaLink='false'>1</guid>", "url", None),
        ("<guid isPermaLink='false'> ?p=1 </guid>", "guid", "?p=1"),
        ("<author>m@mara.example (Mara)</author>", "author", "Mara"),
        ("<author>m@mara.example</author>", "author", ""),
        ("<author>m@mara.example</author>", "author_email", "m@mara.example"),
        ("<author>Mara Q &lt;m@mara.photography></author>", "author_email", "m@mara.photography"),
        ("<dc:creator>Mara\u202e Q</dc:creator>", "author", "Mara Q"),
        ("<category>a</category><category> b </category><category>a</category>",
         "categories", ("a", "b")),
        ("<comments>/a#comments</comments>", "comments_url", "https://mara.example/a#comments"),
        ("<wfw:commentRss>/a/feed/</wfw:commentRss>", "comments_feed",
         "https://mara.example/a/feed/"),
        ("<slash:comments>12</slash:comments>", "comments_count", 12),
        ("<slash:comments>many</slash:comments>", "comments_count", None),
        ("<enclosure url='/a.mp3' type='audio/mpeg'/>", "enclosures",
         ("https://mara.example/a.mp3",)),
        ("<pubDate>Fri, 20 Nov 2026 08:00:00 +0200</pubDate>", "published",
         datetime(2026, 11, 20, 6, tzinfo=UTC)),
        ("<pubDate>Fri, 20 Nov 2099 08:00:00 GMT</pubDate>", "published", None),
        ("<pubDate>1727258400</pubDate>", "published", None),
        ("<description>One. Read more…</description>", "truncated", True),
        ("<description>One […]</description>", "truncated", True),
        ("<description>Whole.</description>", "truncated", False),
        ("<content:encoded>Well...</content:encoded>", "truncated", False),
        ("<content:encoded>&lt;p>A &lt;a href='x'>b&lt;/a></content:encoded>", "links",
         ("https://mara.example/blog/x",)),
    ],
)  # fmt: skip
def test_rss_fields(inner: str, field: str, value: object) -> None:
    assert getattr(item(inner), field) == value


@pytest.mark.parametrize(
    ("inner", "field", "value"),
    [
        ("<title type='text'>a &lt;b> c</title>", "title", "a <b> c"),
        ("<title type='html'>a &lt;b>c&lt;/b></title>", "title", "a c"),
        ("<link href='a'/>", "url", "https://mara.example/blog/a"),
        ("<author><name>M</name><uri>/m</uri></author>", "author_url", "https://mara.example/m"),
        ("<updated>2026-11-20T08:00:00Z</updated>", "published",
         datetime(2026, 11, 20, 8, tzinfo=UTC)),
        ("<thr:in-reply-to ref='tag:1' href='https://m.example/1'/>", "answers",
         ("tag:1", "https://m.example/1")),
        ("<thr:total>3</thr:total>", "comments_count", 3),
        ("<link rel='replies' type='application/atom+xml' href='/c' thr:count='4'/>",
         "comments_feed", "https://mara.example/c"),
        ("<link rel='replies' type='application/atom+xml' href='/c' thr:count='4'/>",
         "comments_count", 4),
        ("<link rel='replies' type='text/html' href='/c'/>", "comments_url",
         "https://mara.example/c"),
        ("<category term='x' label='Weaving'/>", "categories", ("Weaving",)),
        ("<content xml:lang='de'>x</content>", "language", "de"),
        ("<content type='html' xml:base='https://b.example/d/'>&lt;a href='e'>f&lt;/a></content>",
         "links", ("https://b.example/d/e",)),
    ],
)  # fmt: skip
def test_atom_fields(inner: str, field: str, value: object) -> None:
    assert getattr(atom(inner), field) == value


def test_what_the_feed_says_of_itself() -> None:
    document = read(
        f'<rss version="2.0" xmlns:a="{ATOM}"><channel><title>Slow &amp;amp; Letters</title>'
        "<link>/</link><managingEditor>m@m.example (Mara)</managingEditor><ttl>90</ttl>"
        "<generator>Ghost 5</generator><a:link rel='hub' href='https://hub.example/'/>"
        "<skipHours><hour>0</hour><hour>24</hour><hour>5</hour></skipHours>"
        "<skipDays><day>Sunday</day><day>Monday</day></skipDays><language>en</language>"
        "<item><title>x</title></item></channel></rss>"
    )
    assert document.title == "Slow & Letters"
    assert document.site == "https://mara.example/"
    assert document.author == "Mara"
    assert document.ttl == 90
    assert document.generator == "Ghost 5"
    assert document.hub == "https://hub.example/"
    assert document.skip_hours == (0, 5)
    assert document.skip_days == (0, 6)
    assert document.warning == ""
    assert document.entries[0].language == "en"


WORDPRESS = '<p>The post <a href="/x">Ink</a> appeared first on <a href="/">Mara</a>.</p>'
PAGE = "<p>The field behind the school was never ours.</p>"
#: How texts end: whether they go on elsewhere, and whether only for those who pay or subscribe.
WHOLE, CUT, PAID = (False, False), (True, False), (True, True)
ENDS = {
    "whole": (PAGE, WHOLE),
    "Medium": (PAGE + '<p><a href="/x">Continue reading on Medium »</a></p>', CUT),
    "WordPress": (PAGE + '<p>And so [&#8230;]</p>' + WORDPRESS, CUT),
    "WordPress, more": (PAGE + '<p>And &#8230; <a href="/x">Read more</a></p>' + WORDPRESS, CUT),
    "WordPress, whole": (PAGE + WORDPRESS, WHOLE),
    "Medium, whole": (PAGE + "<p>Ink was originally published in Slow on Medium, where people are "
                      "continuing the conversation by highlighting and responding.</p>", WHOLE),
    "Substack": (PAGE + '<p>And so…</p><p><a href="/x">Read more</a></p>', CUT),
    "Substack, paid": (PAGE + "<h2>This post is for paid subscribers</h2><p>Subscribe</p>", PAID),
    "Substack, free": (PAGE + "<p>This post is for subscribers only.</p>", PAID),
    "Ghost": (PAGE + "<p>This post is for paying subscribers only</p><p>Subscribe now and have "
              "access to all our stories.</p><p>Already have an account? Sign in</p>", PAID),
    "Ghost, members": (PAGE + "<p>This post is for members only</p>", PAID),
    "beehiiv": (PAGE + "<p>Upgrade to a paid subscription to read the rest.</p>", PAID),
    "Patreon": (PAGE + "<p>Become a member to continue reading.</p>", PAID),
    "unlock": (PAGE + "<p>Subscribe to unlock the rest of this story.</p>", PAID),
    "about members": ("<p>This post is for members of my family, who are many.</p>" + PAGE, WHOLE),
    "about subscribing": (PAGE + "<p>Subscribe to my letters, they are free.</p>", WHOLE),
    "in the middle": ("<p>This post is for subscribers only.</p>" + PAGE * 6, WHOLE),
}  # fmt: skip


@pytest.mark.parametrize("case", ENDS)
def test_texts_that_go_on_elsewhere_and_for_whom(case: str) -> None:
    html, expected = ENDS[case]
    entry = item(f"<content:encoded><![CDATA[{html}]]></content:encoded>")
    assert (entry.truncated, entry.members) == expected
    form = {"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "content_html": html}]}
    (same,) = read(json.dumps(form)).entries
    assert (same.truncated, same.members) == expected


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("", None),
        ("<ttl>90</ttl>", 90),
        # WordPress says "hourly" of every blog.
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", None),
        ("<sy:updatePeriod> daily </sy:updatePeriod>", 24 * 60),
        ("<sy:updatePeriod>Weekly</sy:updatePeriod>", 7 * 24 * 60),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 360),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            1440,
        ),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>48</sy:updateFrequency>",
            None,
        ),
        ("<sy:updatePeriod>daily</sy:updatePeriod><ttl>60</ttl>", 24 * 60),
        ("<sy:updatePeriod>now and then</sy:updatePeriod><ttl>x</ttl>", None),
    ],
)
def test_how_often_the_feed_says_it_changes(said: str, minutes: int | None) -> None:
    document = read(
        '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'
        f"<title>T</title>{said}<item><title>x</title></item></channel></rss>"
    )
    assert document.ttl == minutes


def test_the_longest_text_is_the_entrys() -> None:
    entry = item("<description>Short.</description><content:encoded>Much longer.</content:encoded>")
    assert [span.text for block in entry.blocks for span in block.spans] == ["Much longer."]


# -- what can be wrong


@pytest.mark.parametrize(
    ("body", "error", "says"),
    [
        (b"", FeedError, "empty page"),
        (b" \n ", FeedError, "empty page"),
        (b"<!DOCTYPE html><title>Hi</title><p>x", WebPage, "a web page"),
        (b"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'/>", WebPage, "a web"),
        (b"just text", FeedError, "no feed"),
        (b"\x89PNG\r\n\x1a\n\0\0", FeedError, "no feed"),
        (b"<note>hello</note>", FeedError, "damaged"),
        (b"<rss version='2.0'><channel></channel></rss>", FeedError, "without a title and without"),
        (b"<rss><channel><item>", FeedError, "without a title and without"),
        (b"<rss version='2.0'><channel><item><author>M</author>", FeedError, "without a title and"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>', FeedError, "without a title and"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', FeedError, "without a title and"),
        (
            b'{"version": "https://jsonfeed.org/version/1.1", "items": [{}]}',
            FeedError,
            "without a title and",
        ),
        (b"{", FeedError, "damaged"),
        (b"[1, 2]", FeedError, "no JSON Feed"),
        (b'{"version": "1", "items": []}', FeedError, "no JSON Feed"),
        (b'{"rss": {"channel": {}}}', FeedError, "RSS written as JSON"),
        (b"[" * 100_000, FeedError, "damaged"),
        (b"/etc/hostname", FeedError, "no feed"),
        (b"https://mara.example/feed", FeedError, "no feed"),
    ],
)
def test_what_is_no_feed_is_refused_in_a_sentence(
    body: bytes, error: type[FeedError], says: str
) -> None:
    with pytest.raises(error, match=says) as caught:
        read(body)
    assert "mara.example" in str(caught.value)


@pytest.mark.parametrize(
    "spoilt",
    [
        rss(["A", "B"]).replace(b"<item><title>A", b"<item><title>A & \x0c A"),
        b"\n\n" + rss(["A", "B"]),
        rss(["A", "B"])[:-40],
        rss(["A", "B"]).replace(b"utf-8", b"utf-16"),
        rss(["A", "B"]).replace(b"<item><title>A", b"<item><title>\xe9\xff A"),
        rss(["A", "B"]).replace(b"</title><link>https://mara.example/1", b"<link>x"),
    ],
    ids=["ampersand", "blank lines", "cut short", "wrong encoding", "bad bytes", "bad nesting"],
)
def test_broken_feeds_are_read_as_far_as_they_go(spoilt: bytes) -> None:
    document = read(spoilt, "text/html; charset=iso-8859-1")
    assert document.title == "A feed"
    assert document.entries


def test_a_broken_feed_says_so() -> None:
    assert "not well formed" in read(rss(["A"]).replace(b"<title>A", b"<title>A & B")).warning


def test_no_entity_reads_a_file_or_explodes() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY x SYSTEM "file:///etc/passwd">'
    head += "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(8)) + "]>"
    document = read(
        head + '<rss version="2.0"><channel><title>T</title><item><title>&x;&i;</title>'
        "<description>d</description></item></channel></rss>"
    )
    assert "root:" not in document.entries[0].title
    assert len(document.entries[0].title) <= 500


def test_the_newest_500_of_too_many_are_kept_in_order() -> None:
    def one(at: int) -> str:
        moment = NOW - timedelta(hours=at if at % 2 else at + 3000)
        return f"<item><guid>{at}</guid><pubDate>{moment:%d %b %Y %H:%M:%S} GMT</pubDate></item>"

    items = "".join(one(at) for at in range(1200))
    document = read(f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>')
    guids = [int(entry.guid or 0) for entry in document.entries]
    assert guids == [at for at in range(1200) if at % 2][:500]


def test_a_worker_sends_records_back_as_they_are() -> None:
    import pickle

    document = read(rss(["A", "B"]))
    assert pickle.loads(packed(("ok", document))) == ("ok", document)

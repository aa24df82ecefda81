from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from engage.clock import FixedClock
from engage.errors import EngageError
from engage.feeds.discover import Found, ProfileOnly, discover
from engage.feeds.page import read_page
from engage.feeds.workers import Workers
from engage.web.client import Client
from tests.feeds.conftest import NOW
from tests.support.feedserver import FeedServer, Reply, rss

HTML = {"Content-Type": "text/html; charset=utf-8"}


class Finder:
    def __init__(self, client: Client, workers: Workers) -> None:
        self.parts: dict[str, Any] = {"client": client, "workers": workers}

    async def __call__(self, target: str, **more: Any) -> Found:
        found = await discover(target, FixedClock(NOW), **self.parts, **more)
        assert isinstance(found, Found)
        return found

    async def refused(self, target: str, **more: Any) -> str:
        with pytest.raises(EngageError) as caught:
            await self(target, **more)
        assert target in str(caught.value)
        assert "Error" not in str(caught.value)
        return str(caught.value)


@pytest.fixture
async def find(client: Client) -> Any:
    async with Workers(limit=1) as workers:
        yield Finder(client, workers)


def page(links: str, base: str = "") -> Reply:
    head = f"<!doctype html><html><head><title>Mara</title>{base}{links}</head><p>Hi.</html>"
    return Reply(200, head.encode(), HTML)


def link(href: str, kind: str = "application/rss+xml", more: str = "") -> str:
    return f'<link rel="alternate" type="{kind}" href="{href}" {more}>'


async def test_a_feed_is_one_request(server: FeedServer, find: Finder) -> None:
    server.feed("/feed", rss(["A", "B"]), etag='"1"', content_type="text/plain")
    found = await find(server.url("/feed"))
    assert server.paths() == ["/feed"]
    assert found.url == found.typed == server.url("/feed")
    assert found.site == "https://mara.example/"
    assert len(found.document.entries) == 2
    assert found.state.etag == '"1"'
    assert found.state.last_fetch == NOW
    assert found.state.body_hash
    assert found.state.next_fetch is not None
    assert timedelta(minutes=61) <= found.state.next_fetch - NOW <= timedelta(hours=24)


async def test_a_loopback_address_needs_no_scheme(server: FeedServer, find: Finder) -> None:
    server.feed("/feed", rss())
    found = await find(server.url("/feed").removeprefix("http://"))
    assert found.url == found.typed == server.url("/feed")


@pytest.mark.parametrize(
    ("links", "base", "feed"),
    [
        (link("/feed"), "", "/feed"),
        (link("feed"), "", "/blog/feed"),
        (link("feed"), "<base href='/elsewhere/'>", "/elsewhere/feed"),
        (link("/comments/feed") + link("/feed"), "", "/feed"),
        (link("/c", more="title='Mara » Comments Feed'") + link("/feed"), "", "/feed"),
        (link("/page", "text/html") + link("/feed", "Application/Atom+XML; charset=x"), "",
         "/feed"),
        (link("/feed.json", "application/feed+json") + link("/feed"), "", "/feed"),
        (link("/wp-json/x", "application/json") + link("/feed", "application/feed+json"), "",
         "/feed"),
        (link("/comments/feed"), "", "/comments/feed"),
    ],
    ids=[
        "absolute path", "relative to the page", "base", "comments path", "comments title",
        "other types", "rss before json", "api", "only comments",
    ],
)  # fmt: skip
async def test_a_page_names_its_feed(
    server: FeedServer, find: Finder, links: str, base: str, feed: str
) -> None:
    server.serve("/blog/", page(links, base))
    server.feed(feed, rss())
    found = await find(server.url("/blog/"))
    assert found.url == server.url(feed)
    assert found.typed == server.url("/blog/")
    assert server.paths() == ["/blog/", feed]


async def test_links_count_from_where_a_redirect_led(server: FeedServer, find: Finder) -> None:
    server.redirect("/", "/blog/", 302)
    server.serve("/blog/", page(link("feed")))
    server.feed("/blog/feed", rss())
    assert (await find(server.url("/"))).url == server.url("/blog/feed")


async def test_a_page_leads_to_no_other_private_host(server: FeedServer, find: Finder) -> None:
    server.serve("/", page(link(server.url("/feed", host="127.0.0.9"))))
    server.feed("/feed", rss())
    assert "private address" in await find.refused(server.url("/"))
    assert server.paths() == ["/"]


async def test_usual_paths_are_tried_only_on_request(server: FeedServer, find: Finder) -> None:
    server.serve("/blog/", page(""))
    server.feed("/atom.xml", rss())
    assert "--guess" in await find.refused(server.url("/blog/"))
    assert server.paths() == ["/blog/"]
    assert (await find(server.url("/blog/"), guess=True)).url == server.url("/atom.xml")


async def test_guessing_gives_up(server: FeedServer, find: Finder) -> None:
    server.serve("/", page(""))
    assert "usual places" in await find.refused(server.url("/"), guess=True)
    assert len(server.requests) <= 9


async def test_guessing_stops_where_it_is_not_welcome(server: FeedServer, find: Finder) -> None:
    server.serve("/", page(""))
    server.serve("/feed", Reply(429))
    assert "left alone" in await find.refused(server.url("/"), guess=True)
    assert server.paths() == ["/", "/feed"]


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(404), "nothing at this address"),
        (Reply(401), "password"),
        (Reply(403), "does not let engage in"),
        (Reply(403, headers={"cf-mitigated": "challenge"}), "Cloudflare"),
        (Reply(410), "gone for good"),
        (Reply(429), "left alone"),
        (Reply(451), "legal"),
        (Reply(418), "helps nobody"),
        (Reply(500), "trouble of its own"),
        (Reply(200, b""), "empty"),
        (Reply(200, b"hello"), "no feed"),
        (Reply(200, b'{"rss": {}}'), "RSS written as JSON"),
    ],
)
async def test_refusals_name_the_target_and_the_remedy(
    server: FeedServer, find: Finder, reply: Reply, says: str
) -> None:
    server.serve("/x", reply)
    assert says in await find.refused(server.url("/x"))


async def test_a_page_named_as_a_feed_is_refused(server: FeedServer, find: Finder) -> None:
    server.serve("/", page(link("/again")))
    server.serve("/again", page(link("/")))
    assert "is a web page" in await find.refused(server.url("/"))


async def test_a_mastodon_handle(server: FeedServer, find: Finder) -> None:
    server.feed("/@mara.rss", rss())
    found = await find(f"@mara@127.0.0.1:{server.port}")
    assert found.url == found.typed == server.url("/@mara.rss")


async def test_webmention_io_is_a_feed(server: FeedServer, find: Finder) -> None:
    body = b'{"type": "feed", "name": "Webmentions", "children": []}'
    server.feed("/api/mentions.jf2?target=x", body, content_type="application/json")
    found = await find(server.url("/api/mentions.jf2?target=x"), role="responses")
    assert found.document.title == "Webmentions"
    assert found.state.next_fetch is not None
    assert found.state.next_fetch - NOW <= timedelta(hours=6)


async def test_a_profile_without_feeds_asks_nobody() -> None:
    found = await discover("https://www.linkedin.com/in/mara-quill", FixedClock(NOW))
    assert found == ProfileOnly(
        "Mara Quill",
        "https://www.linkedin.com/in/mara-quill",
        "LinkedIn has no feeds, so Mara Quill is kept as a person without one.",
    )


@pytest.mark.parametrize("target", ["mara", "", "mara@mara.example", "ftp://mara.example/"])
async def test_what_is_no_address_is_refused(find: Finder, target: str) -> None:
    assert "is no address" in await find.refused(target)


@pytest.mark.parametrize(
    ("head", "feed"),
    [
        ('<meta name="generator" content="Ghost 5.96">', "/rss/"),
        ('<meta name="generator" content="WordPress 6.8">', "/feed/"),
        ('<meta name="Generator" content="blogger">', "/feeds/posts/default"),
        ('<meta name="generator" content="WriteFreely">', "/feed/"),
        ('<meta name="generator" content="Medium">', "/feed"),
        ('<meta name="generator" content="Substack">', "/feed"),
        ('<meta name="generator" content="Tumblr">', "/rss"),
        ('<meta name="generator" content="Micro.blog">', "/feed.xml"),
        ('<meta name="generator" content="Hashnode">', "/rss.xml"),
        ('<meta name="generator" content="Buttondown">', "/rss"),
        ('<meta name="generator" content="Bear Blog">', "/feed/"),
        (
            '<meta property="al:android:package" content="com.medium.reader">',
            "/feed",
        ),
        ('<link rel="preconnect" href="https://substackcdn.com">', "/feed"),
        ('<link rel="preconnect" href="https://cdn.hashnode.com">', "/rss.xml"),
    ],
)
async def test_a_platform_on_a_domain_of_its_writer(
    server: FeedServer, find: Finder, head: str, feed: str
) -> None:
    server.serve("/a-post", page(head))
    server.feed(feed, rss())
    assert (await find(server.url("/a-post"))).url == server.url(feed)
    assert server.paths() == ["/a-post", feed]


async def test_of_several_feeds_the_first_that_is_one(server: FeedServer, find: Finder) -> None:
    links = link("/gone") + link("/page") + link("/feed") + link("/more")
    server.serve("/", page(links))
    server.serve("/page", page(""))
    server.feed("/feed", rss())
    assert (await find(server.url("/"))).url == server.url("/feed")
    assert server.paths() == ["/", "/gone", "/page", "/feed"]


async def test_comments_are_no_substitute_for_a_feed(server: FeedServer, find: Finder) -> None:
    server.serve("/", page(link("/comments/feed") + link("/gone")))
    server.feed("/comments/feed", rss())
    assert "nothing at this address" in await find.refused(server.url("/"))


async def test_a_site_that_refuses_is_asked_no_further(server: FeedServer, find: Finder) -> None:
    server.serve("/", page(link("/a") + link("/b")))
    server.serve("/a", Reply(429))
    await find.refused(server.url("/"))
    assert server.paths() == ["/", "/a"]


async def test_a_password_without_a_scheme_is_not_repeated_either(find: Finder) -> None:
    with pytest.raises(EngageError, match=r"mara:…@mara\.example/feed is no address"):
        await find("mara:secret@mara.example/feed")


async def test_a_password_is_neither_sent_nor_repeated(server: FeedServer, find: Finder) -> None:
    server.feed("/feed", rss())
    with pytest.raises(EngageError, match="neither keeps nor sends") as caught:
        await find(server.url("/feed").replace("//", "//mara:secret@"))
    assert "secret" not in str(caught.value)
    assert server.requests == []


async def test_who_wants_to_be_left_alone_is_asked_nothing_more(
    server: FeedServer, find: Finder
) -> None:
    server.serve("/a", Reply(429, headers={"Retry-After": "7200"}))
    server.feed("/b", rss())
    server.serve("/c", Reply(503))
    alone: dict[str, datetime] = {}
    await find.refused(server.url("/a"), left_alone=alone)
    assert alone == {"127.0.0.1": NOW + timedelta(hours=2)}
    assert "asked to be left alone" in await find.refused(server.url("/b"), left_alone=alone)
    assert (await find(server.url("/b", "127.0.0.2"), left_alone=alone)).document.entries
    await find.refused(server.url("/c", "127.0.0.2"), left_alone=alone)
    assert set(alone) == {"127.0.0.1"}, "a 503 without a hint is the server's own trouble"
    assert [request.path for request in server.requests] == ["/a", "/b", "/c"]


#: What the platforms' own pages name, as they write it: those without a rule of their own.
NAMED = {
    "beehiiv": '<link rel="alternate" type="application/rss+xml" title="RSS Feed" '
    'href="https://rss.beehiiv.com/feeds/Ab3.xml">',
    "YouTube": '<link rel="alternate" type="application/rss+xml" title="RSS" '
    'href="https://www.youtube.com/feeds/videos.xml?channel_id=UC123">',
    "Mastodon": '<link href="https://social.example/@mara.rss" rel="alternate" '
    'type="application/rss+xml">',
    "TypePad": '<link rel="alternate" type="application/atom+xml" title="Posts (Atom)" '
    'href="https://mara.typepad.com/slow/atom.xml">',
    "WriteFreely": '<link rel="alternate" type="application/rss+xml" title="mara" '
    'href="https://writing.example/mara/feed/">',
    "Medium publication": '<link id="feedLink" rel="alternate" type="application/rss+xml" '
    'title="RSS" href="https://slow.example/feed">',
    "WordPress": '<link rel="alternate" type="application/rss+xml" title="Mara &raquo; Feed" '
    'href="https://mara.example/feed/"><link rel="alternate" type="application/rss+xml" '
    'title="Mara &raquo; Comments Feed" href="https://mara.example/comments/feed/">'
    '<link rel="alternate" title="JSON" type="application/json" '
    'href="https://mara.example/wp-json/wp/v2/posts/1">'
    '<link rel="alternate" type="application/json+oembed" href="https://mara.example/wp-json/o">',
    "Blogger": '<link rel="alternate" type="application/atom+xml" title="Mara - Atom" '
    'href="https://m.example/feeds/posts/default"><link rel="alternate" '
    'type="application/rss+xml" href="https://m.example/feeds/posts/default?alt=rss">'
    '<link rel="alternate" type="application/atom+xml" title="Mara - Atom" '
    'href="https://m.example/feeds/123/comments/default">',
}
FIRST = {
    "beehiiv": "https://rss.beehiiv.com/feeds/Ab3.xml",
    "YouTube": "https://www.youtube.com/feeds/videos.xml?channel_id=UC123",
    "Mastodon": "https://social.example/@mara.rss",
    "TypePad": "https://mara.typepad.com/slow/atom.xml",
    "WriteFreely": "https://writing.example/mara/feed/",
    "Medium publication": "https://slow.example/feed",
    "WordPress": "https://mara.example/feed/",
    "Blogger": "https://m.example/feeds/posts/default",
}


@pytest.mark.parametrize("platform", NAMED)
def test_what_the_pages_of_platforms_name(platform: str) -> None:
    html = f"<!doctype html><html><head>{NAMED[platform]}</head><body></body></html>".encode()
    seen = read_page(html, "text/html; charset=utf-8", "https://mara.example/")
    assert seen.feeds[0] == FIRST[platform]
    assert not any("comment" in feed or "wp-json" in feed for feed in seen.feeds)

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from engage.domain.posts import Entry, FeedDocument
from engage.feeds.parse import parse
from tests.feeds.conftest import NOW

URL = "https://mara.example/feed.json"


def read(said: dict[str, Any]) -> FeedDocument:
    return parse(json.dumps(said).encode(), "", URL, NOW)


def item(**fields: Any) -> Entry:
    items = [{"id": "1", "title": "t"} | fields]
    document = read({"version": "https://jsonfeed.org/version/1.1", "items": items})
    return document.entries[0]


@pytest.mark.parametrize(
    ("fields", "field", "value"),
    [
        ({"id": 12}, "guid", "12"),
        ({"id": "tag:1"}, "guid", "tag:1"),
        ({"id": None}, "guid", None),
        ({"id": True}, "guid", None),
        ({"url": "/a"}, "url", "https://mara.example/a"),
        ({"external_url": "https://b.example/"}, "url", "https://b.example/"),
        ({"url": "file:///etc/passwd"}, "url", None),
        ({"title": "a\x1b[1m\nb"}, "title", "a[1m b"),
        ({"title": 5}, "title", ""),
        ({"authors": [{"name": "Mara"}, {"name": "T"}]}, "author", "Mara"),
        ({"author": {"name": "Mara", "url": "/m"}}, "author_url", "https://mara.example/m"),
        ({"authors": "Mara"}, "author", ""),
        ({"date_published": "2026-11-20T08:00:00+01:00"}, "published",
         datetime(2026, 11, 20, 7, tzinfo=UTC)),
        ({"date_modified": "2026-11-20T08:00:00Z"}, "published",
         datetime(2026, 11, 20, 8, tzinfo=UTC)),
        ({"date_published": 12}, "published", None),
        ({"content_html": "<p>one two"}, "words", 2),
        ({"content_text": "one <two>"}, "words", 2),
        ({"summary": "one"}, "words", 1),
        ({"content_html": ["x"]}, "words", 0),
        ({"tags": ["a", "b", "a", 3]}, "categories", ("a", "b")),
        ({"language": "de"}, "language", "de"),
        ({"attachments": [{"url": "a.mp3"}, {"url": None}, "x"]}, "enclosures",
         ("https://mara.example/a.mp3",)),
    ],
)  # fmt: skip
def test_items(fields: dict[str, Any], field: str, value: object) -> None:
    assert getattr(item(**fields), field) == value


def test_the_feed_itself() -> None:
    document = read(
        {
            "version": "https://jsonfeed.org/version/1",
            "title": "Notes",
            "home_page_url": "/",
            "author": {"name": "Mara"},
            "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
            "items": [{"id": 1}, "no item", {"id": 2}],
        }
    )
    assert document == FeedDocument(
        title="Notes",
        site="https://mara.example/",
        author="Mara",
        hub="https://hub.example/",
        entries=(Entry(guid="1"), Entry(guid="2")),
    )


def test_mentions_of_webmention_io() -> None:
    mention = {
        "type": "entry",
        "author": {"type": "card", "name": "Tomasz", "photo": "", "url": "https://t.example/"},
        "url": "https://t.example/reply",
        "published": None,
        "wm-received": "2026-11-20T08:00:00Z",
        "wm-id": 1234567,
        "wm-source": "https://t.example/reply",
        "wm-target": "https://mara.example/1",
        "content": {"html": "<p>So true.</p>", "text": "So true."},
        "in-reply-to": "https://mara.example/1",
        "wm-property": "in-reply-to",
        "wm-private": False,
    }
    like = mention | {"wm-id": 2, "wm-property": "like-of", "content": None}
    document = read({"type": "feed", "name": "Webmentions", "children": [mention, like]})
    first, second = document.entries
    assert first.guid == "1234567"
    assert first.answers == ("https://mara.example/1",)
    assert (first.author, first.author_url) == ("Tomasz", "https://t.example/")
    assert first.url == "https://t.example/reply"
    assert first.published == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert first.reaction == "reply"
    assert first.words == 2
    assert second.reaction == "like"
    assert document.title == "Webmentions"


@pytest.mark.parametrize(
    ("wm_property", "reaction"),
    [("mention-of", "mention"), ("link", "mention"), ("repost-of", "repost"), ("new-of", "new-of")],
)
def test_reactions(wm_property: str, reaction: str) -> None:
    child = {"type": "entry", "wm-id": 1, "wm-property": wm_property}
    assert read({"type": "feed", "children": [child]}).entries[0].reaction == reaction


def test_no_mentions_yet_is_a_feed() -> None:
    assert read({"type": "feed", "name": "Webmentions", "children": []}).entries == ()

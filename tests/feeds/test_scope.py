"""Whom a server's wish to be left alone speaks for."""

from __future__ import annotations

import pytest

from engage.feeds.scope import scope_of


@pytest.mark.parametrize(
    ("url", "scope"),
    [
        ("https://mara.tumblr.com/rss", "tumblr.com"),
        ("https://www.tumblr.com/mara", "tumblr.com"),
        ("https://medium.com/feed/@mara", "medium.com"),
        ("https://mara.medium.com/feed", "medium.com"),
        ("https://mara.substack.com/feed", "substack.com"),
        ("https://mara.blogspot.com/feeds/posts/default", "blogspot.com"),
        ("https://mara.blogspot.de/feeds/posts/default", "blogspot.com"),
        ("https://mara.blogspot.co.uk/feeds/posts/default", "blogspot.com"),
        ("https://mara.ghost.io/rss/", "ghost.io"),
        ("https://mara.github.io/feed.xml", "github.io"),
        ("https://MARA.Tumblr.com./rss", "tumblr.com"),
        ("https://mara.example/feed", "mara.example"),
        ("https://blog.mara.example/feed", "blog.mara.example"),
        ("https://notmedium.com/feed", "notmedium.com"),
        ("https://medium.com.example/feed", "medium.com.example"),
        ("https://myblogspot.com/feed", "myblogspot.com"),
        ("http://127.0.0.1:8000/feed", "127.0.0.1"),
        ("http://127.0.0.2:8000/feed", "127.0.0.2"),
        ("http://10.0.0.1/feed", "10.0.0.1"),
        ("http://[::1]:8000/feed", "::1"),
        ("http://localhost/feed", "localhost"),
        ("http://nas.local/feed", "nas.local"),
        ("http://[", ""),
    ],
)
def test_scope(url: str, scope: str) -> None:
    assert scope_of(url) == scope

"""The place to answer, platform by platform."""

from __future__ import annotations

import pytest

from engage.replies.places import place_for

# ruff: noqa: E501
CASES = [
    ("https://medium.com/@mara/ink-1a2b?source=rss-9f", "https://medium.com/@mara/ink-1a2b?responsesOpen=true", "Medium"),
    ("https://mara.medium.com/ink-1a2b#top", "https://mara.medium.com/ink-1a2b?responsesOpen=true", "Medium"),
    ("https://mara.substack.com/p/ink?utm=1", "https://mara.substack.com/p/ink/comments", "Substack"),
    ("https://mara.substack.com/about", "https://mara.substack.com/about", "the post itself"),
    ("https://mara.wordpress.com/2026/ink/", "https://mara.wordpress.com/2026/ink/#respond", "WordPress"),
    ("https://mara.blogspot.co.uk/2026/ink.html", "https://mara.blogspot.co.uk/2026/ink.html#comments", "Blogger"),
    ("https://dev.to/mara/ink-1", "https://dev.to/mara/ink-1#comments", "dev.to"),
    ("https://mara.ghost.io/ink/", "https://mara.ghost.io/ink/#ghost-comments", "Ghost"),
    ("https://social.example/@mara/1122", "https://social.example/@mara/1122", "Mastodon"),
    ("https://bsky.app/profile/mara.example/post/3k", "https://bsky.app/profile/mara.example/post/3k", "Bluesky"),
    ("https://www.linkedin.com/posts/mara_ink-1", "https://www.linkedin.com/posts/mara_ink-1", "LinkedIn"),
    ("https://notmedium.com/x", "https://notmedium.com/x", "the post itself"),
    ("https://mara.example/ink", "https://mara.example/ink", "the post itself"),
    ("https://[broken", "https://[broken", "the post itself"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "place", "rule"), CASES, ids=[case[0] for case in CASES])
def test_the_rule_of_each_platform(url: str, place: str, rule: str) -> None:
    found = place_for(url)
    assert found.url == place
    assert rule in found.rule


def test_the_feeds_comments_link_comes_first() -> None:
    found = place_for("https://medium.com/p/1", "https://elsewhere.example/comments")
    assert found == ("https://elsewhere.example/comments", "the feed's comments link")

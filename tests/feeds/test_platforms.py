from __future__ import annotations

import pytest

from engage.feeds.platforms import derive_feed_url, full_address, profile_only


@pytest.mark.parametrize(
    ("target", "feed"),
    [
        ("@mara.quill", "https://medium.com/feed/@mara.quill"),
        ("https://medium.com/@mara", "https://medium.com/feed/@mara"),
        ("medium.com/@mara/a-post-0123456789ab", "https://medium.com/feed/@mara"),
        ("https://www.medium.com/slow-letters", "https://medium.com/feed/slow-letters"),
        ("https://medium.com/slow-letters/a-post-0123", "https://medium.com/feed/slow-letters"),
        ("https://medium.com/tag/weaving", "https://medium.com/feed/tag/weaving"),
        ("https://mara.medium.com/a-post-0123", "https://mara.medium.com/feed"),
        ("https://medium.com/", None),
        ("https://medium.com/p/0123456789ab", None),
        ("https://medium.com/feed/@mara", None),
        ("@mara@mastodon.social", "https://mastodon.social/@mara.rss"),
        ("@mara@127.0.0.5:8000", "http://127.0.0.5:8000/@mara.rss"),
        ("https://mastodon.social/@mara", "https://mastodon.social/@mara.rss"),
        ("https://mastodon.social/@mara/1234", "https://mastodon.social/@mara.rss"),
        ("mara.bsky.social", "https://bsky.app/profile/mara.bsky.social/rss"),
        ("@Mara.bsky.social", "https://bsky.app/profile/mara.bsky.social/rss"),
        ("https://bsky.app/profile/mara.example", "https://bsky.app/profile/mara.example/rss"),
        ("https://mara.substack.com/p/post?utm=1", "https://mara.substack.com/feed"),
        ("mara.substack.com", "https://mara.substack.com/feed"),
        ("https://mara.ghost.io/a/", "https://mara.ghost.io/rss/"),
        ("https://mara.wordpress.com/2026/11/a/", "https://mara.wordpress.com/feed/"),
        ("https://mara.wordpress.com/comments/feed/", None),
        ("https://mara.blogspot.com/2026/11/a.html",
         "https://mara.blogspot.com/feeds/posts/default"),
        ("https://mara.blogspot.com/feeds/comments/default", None),
        ("https://dev.to/mara/a-post", "https://dev.to/feed/mara"),
        ("https://dev.to/t/python", None),
        ("https://mara.hashnode.dev", "https://mara.hashnode.dev/rss.xml"),
        ("https://mara.micro.blog/about/", "https://mara.micro.blog/feed.xml"),
        ("https://micro.blog/mara", "https://mara.micro.blog/feed.xml"),
        ("https://mara.tumblr.com/post/1", "https://mara.tumblr.com/rss"),
        ("https://www.tumblr.com/mara", "https://mara.tumblr.com/rss"),
        ("https://buttondown.com/mara", "https://buttondown.com/mara/rss"),
        ("https://buttondown.email/mara/archive", "https://buttondown.com/mara/rss"),
        ("https://write.as/mara/post", "https://write.as/mara/feed/"),
        ("https://www.youtube.com/channel/UC123",
         "https://www.youtube.com/feeds/videos.xml?channel_id=UC123"),
        ("https://youtube.com/playlist?list=PL1",
         "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"),
        ("https://www.youtube.com/@mara", None),
        ("https://youtube.com/channel/UC123/videos",
         "https://www.youtube.com/feeds/videos.xml?channel_id=UC123"),
        ("https://www.youtube.com/feeds/videos.xml?channel_id=UC123", None),
        ("https://mara.typepad.com/blog/2026/11/a.html", "https://mara.typepad.com/blog/atom.xml"),
        ("https://mara.livejournal.com/", "https://mara.livejournal.com/data/rss"),
        ("https://mara.bearblog.dev/", "https://mara.bearblog.dev/feed/"),
        ("https://mara.writeas.com/", "https://mara.writeas.com/feed/"),
        ("https://rss.beehiiv.com/feeds/ABC123.xml", None),
        ("https://mara.beehiiv.com/", None),
        ("https://fosstodon.org/@mara", "https://fosstodon.org/@mara.rss"),
        ("https://unknown.example/@mara", None),
        ("https://slowletters.medium.com/tagged/ink", "https://slowletters.medium.com/feed"),
        ("https://medium.com/@mara/followers", "https://medium.com/feed/@mara"),
        ("https://mara.example/", None),
        ("https://notmedium.com/@mara", None),
        ("https://medium.com.evil.example/@mara", None),
        ("mara", None),
        ("", None),
        ("http://[", None),
    ],
)  # fmt: skip
def test_feeds_by_the_platforms_rule(target: str, feed: str | None) -> None:
    assert derive_feed_url(target) == feed


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("https://www.linkedin.com/in/mara-quill-0a1b2c3d/", "Mara Quill"),
        ("linkedin.com/in/mara-quill", "Mara Quill"),
        ("https://www.linkedin.com/company/slow-letters", "Slow Letters"),
        ("https://www.instagram.com/mara.quill/?hl=en", "mara.quill"),
        ("https://facebook.com/mara.quill", "mara.quill"),
        ("https://facebook.com/profile.php?id=12", "12"),
        ("https://www.linkedin.com/in/a%1b%5b31mb", "A[31Mb"),
        ("https://linkedin.com/", None),
        ("https://notlinkedin.com/in/mara", None),
        ("https://mara.example/in/mara", None),
        ("@mara", None),
    ],
)
def test_profiles_without_feeds(target: str, name: str | None) -> None:
    profile = profile_only(target)
    assert (profile and profile.name) == name
    if profile:
        assert "has no feeds" in profile.sentence


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("mara.example", "https://mara.example"),
        (" mara.example/blog ", "https://mara.example/blog"),
        ("mara.example:8080/x", "https://mara.example:8080/x"),
        ("http://mara.example", "http://mara.example"),
        ("localhost:8000/feed", "http://localhost:8000/feed"),
        ("127.0.0.1/feed", "http://127.0.0.1/feed"),
        ("192.168.1.4:80", "http://192.168.1.4:80"),
        ("https://localhost/", "https://localhost/"),
        ("feed://mara.example/rss", "https://mara.example/rss"),
        ("feed:https://mara.example/rss", "https://mara.example/rss"),
        ("mara", None),
        ("mara@mara.example", None),
        ("ftp://mara.example/", None),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("a b.example", None),
        ("", None),
    ],
)
def test_typed_addresses(typed: str, address: str | None) -> None:
    assert full_address(typed) == address

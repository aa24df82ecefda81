"""Which addresses are the same, and whose they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.domain.addresses import (
    account_key,
    email_key,
    feed_key,
    is_within,
    normalise,
    path_of,
    profile_key,
    profile_url,
    site_of,
)


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(("https://a.example", "http://A.Example/", "a.example"), id="scheme and case"),
        pytest.param(("https://www.a.example/x", "https://a.example/x/"), id="www and last slash"),
        pytest.param(
            ("http://a.example:80/x", "https://a.example:443/x", "https://a.example/x"), id="ports"
        ),
        pytest.param(
            ("https://a.example/x?utm_source=rss&id=3&fbclid=1", "https://a.example/x?id=3"),
            id="tracking parameters",
        ),
        pytest.param(
            ("https://medium.com/p/9a?source=rss-1f------2", "https://medium.com/p/9a"),
            id="Medium's source",
        ),
        pytest.param(("https://a.example/x?ref=mara.example", "https://a.example/x"), id="Ghost"),
        pytest.param(("https://a.example/x#c1", "https://a.example/x"), id="the fragment"),
        pytest.param(("https://a.example/%7emara%2f", "https://a.example/~mara%2F"), id="escapes"),
        pytest.param(("https://a.example/ü", "https://a.example/%c3%bc"), id="beyond ASCII"),
        pytest.param(("https://bücher.example", "https://xn--bcher-kva.example"), id="IDNA"),
    ],
)
def test_addresses_that_are_the_same(same: tuple[str, ...]) -> None:
    assert len({normalise(url) for url in same}) == 1


@pytest.mark.parametrize(
    "different",
    [
        pytest.param(("https://a.example/x", "https://a.example/X"), id="the path's case"),
        pytest.param(("https://a.example/?p=1", "https://a.example/?p=2"), id="the query"),
        pytest.param(("http://127.0.0.1:8001/f", "http://127.0.0.1:8002/f"), id="the port"),
        pytest.param(("http://127.0.0.1/f", "http://127.0.0.2/f"), id="loopback hosts"),
        pytest.param(
            ("https://a.example/x?ref=main", "https://a.example/x"), id="a ref with sense"
        ),
        pytest.param(("https://a.example/a%2Fb", "https://a.example/a/b"), id="an escaped slash"),
        pytest.param(("mara", "https://mara"), id="a name is no address"),
    ],
)
def test_addresses_that_differ(different: tuple[str, ...]) -> None:
    assert len({normalise(url) for url in different}) == len(different)


def test_the_fragment_is_kept_on_request() -> None:
    assert normalise("https://a.example/x/#c-1", fragment=True) == "https://a.example/x#c-1"


@pytest.mark.parametrize(
    ("given_address", "expected"),
    [
        ("https://www.linkedin.com/in/Tomasz-X/?trk=1", "profile:https://linkedin.com/in/tomasz-x"),
        ("https://uk.linkedin.com/in/tomasz-x", "profile:https://linkedin.com/in/tomasz-x"),
        ("https://www.linkedin.com/posts/tomasz_a-b-c", "profile:https://linkedin.com/in/tomasz"),
        ("https://www.linkedin.com/", None),
        ("https://medium.com/@Mara.Quill/the-table-9a0b", "profile:https://medium.com/@mara.quill"),
        ("https://mara.medium.com/the-table-9a0b", "profile:https://medium.com/@mara"),
        ("https://medium.com/feed/@mara", "profile:https://medium.com/@mara"),
        ("https://medium.com/p/9a0b1c2d3e4f", None),
        ("@mara", "profile:https://medium.com/@mara"),
        ("https://mara.substack.com/p/the-table", "profile:https://mara.substack.com"),
        ("https://twitter.com/mara/status/12", "profile:https://x.com/mara"),
        ("https://www.instagram.com/p/Cx1/", None),
        ("https://www.instagram.com/Mara/", "profile:https://instagram.com/mara"),
        (
            "https://www.facebook.com/profile.php?id=12",
            "profile:https://facebook.com/profile.php?id=12",
        ),
        (
            "https://bsky.app/profile/a.example/post/3k",
            "profile:https://bsky.app/profile/a.example",
        ),
        ("mara.bsky.social", "profile:https://bsky.app/profile/mara.bsky.social"),
        ("http://www.blogger.com/profile/123", "profile:https://blogger.com/profile/123"),
        ("http://mara.blogspot.co.uk/2026/11/x.html", "profile:https://mara.blogspot.com"),
        ("https://www.youtube.com/@Mara", "profile:https://youtube.com/@mara"),
        ("https://www.youtube.com/channel", None),
        ("https://dev.to/mara/a-post-1k2", "profile:https://dev.to/mara"),
        ("https://social.example/@Mara/1123", "account:mara@social.example"),
        ("https://social.example/users/mara/statuses/1", "account:mara@social.example"),
        ("https://social.example/@mara@writing.example", "account:mara@writing.example"),
        ("@mara@writing.example", "account:mara@writing.example"),
        ("acct:mara@writing.example", "account:mara@writing.example"),
        ("https://mara.example/2026/11/22/table/", "profile:https://mara.example"),
        ("https://mara.example/?p=12", "profile:https://mara.example"),
        ("https://mara.example/", "profile:https://mara.example"),
        ("https://shared.example/people/mara", "profile:https://shared.example/people/mara"),
        ("https://tilde.example/~mara/x.html", "profile:https://tilde.example/~mara"),
        ("Mara Quill", None),
        ("mara", None),
        ("mara@example.com", None),
        ("", None),
    ],
)
def test_whose_it_is(given_address: str, expected: str | None) -> None:
    assert profile_key(given_address) == expected


@pytest.mark.parametrize(
    ("page", "site"),
    [
        ("https://www.mara.example/the-table", "https://mara.example"),
        ("https://medium.com/@mara/the-table-9a0b", "https://medium.com/@mara"),
        ("https://medium.com/p/9a0b1c2d3e4f", "https://medium.com"),
        ("mara.example", "https://mara.example"),
        ("no address", None),
    ],
)
def test_site_of(page: str, site: str | None) -> None:
    assert site_of(page) == site


@pytest.mark.parametrize(
    ("page", "site", "inside"),
    [
        ("https://mara.example/x", "mara.example", True),
        ("https://mara.example", "https://www.mara.example/", True),
        ("https://mara.example/?p=1", "https://mara.example", True),
        ("https://mara.example.org/x", "https://mara.example", False),
        ("https://medium.com/@mara2/x", "https://medium.com/@mara", False),
    ],
)
def test_is_within(page: str, site: str, inside: bool) -> None:
    assert is_within(page, site) is inside


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://a.example/?p=12", "/?p=12"),
        ("http://a.example/2026/x#comment-3", "/2026/x#comment-3"),
        ("https://a.example/", None),
        ("tag:a.example,2026:1", None),
        ("9a0b", None),
    ],
)
def test_path_of(address: str, path: str | None) -> None:
    assert path_of(address) == path


@pytest.mark.parametrize(
    ("email", "key"),
    [
        ("Mara@Example.com", "email:mara@example.com"),
        ("mailto:mara@example.com", "email:mara@example.com"),
        ("noreply@blogger.com", None),
        ("no-reply@a.example", None),
        ("donotreply+3@a.example", None),
        ("12+mara@users.noreply.github.com", None),
        ("m***@example.com", None),
        ("mara", None),
    ],
)
def test_email_key(email: str, key: str | None) -> None:
    assert email_key(email) == key


@pytest.mark.parametrize(
    ("account", "key"),
    [
        ("Mara@Writing.example", "account:mara@writing.example"),
        ("@mara@writing.example", "account:mara@writing.example"),
        ("mara", None),
    ],
)
def test_account_key(account: str, key: str | None) -> None:
    assert account_key(account) == key


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://Mara.example/About", "https://Mara.example/About"),
        ("@mara", "https://medium.com/@mara"),
        ("@mara@writing.example", "https://writing.example/@mara"),
        ("mara.bsky.social", "https://bsky.app/profile/mara.bsky.social"),
        ("Mara", None),
    ],
)
def test_profile_url(text: str, url: str | None) -> None:
    assert profile_url(text) == url


def test_one_feed_has_one_key() -> None:
    assert feed_key("https://a.example/feed/") == feed_key("http://www.a.example/feed")


ADDRESSES = st.one_of(
    st.text(),
    st.text().map(lambda rest: f"https://{rest}"),
    st.text().map(lambda rest: f"https://www.a.example/{rest}"),
    st.from_regex(r"https?://(www\.)?[a-z]{1,3}\.(example|com)(:80)?/[a-z%/?=&#.@~]{0,20}"),
)


@given(ADDRESSES)
def test_normalising_twice_is_normalising_once(url: str) -> None:
    assert normalise(normalise(url)) == normalise(url)
    assert normalise(normalise(url, fragment=True), fragment=True) == normalise(url, fragment=True)


@given(ADDRESSES)
def test_whose_it_is_never_fails(url: str) -> None:
    key = profile_key(url)
    assert key is None or key.startswith(("profile:https://", "account:"))
    site = site_of(url)
    assert site is None or normalise(site) == site

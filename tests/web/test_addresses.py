from __future__ import annotations

import pytest

from engage.web.addresses import is_private_host, is_public, on_the_wire
from engage.web.errors import WebError


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("127.9.8.7", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fd12:3456::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("2002:7f00:1::", False),
        ("not an address", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("printer.local", True),
        ("wiki.internal", True),
        ("a.localhost", True),
        ("192.168.0.10", True),
        ("[::1]", True),
        ("mara.example", False),
        ("8.8.8.8", False),
        ("localhost.example", False),
    ],
)
def test_private_hosts_by_their_spelling(host: str, private: bool) -> None:
    assert is_private_host(host) is private


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://mara.example", "https://mara.example/"),
        ("https://Mara.Example/A?b=1&a=2#top", "https://mara.example/A?b=1&a=2"),
        ("https://mara.example/a%20b?x=%2F", "https://mara.example/a%20b?x=%2F"),
        ("https://mara.example/a b?q=é", "https://mara.example/a%20b?q=%C3%A9"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
    ],
)
def test_addresses_are_sent_as_they_are(typed: str, sent: str) -> None:
    assert on_the_wire(typed) == sent
    assert on_the_wire(sent) == sent


@pytest.mark.parametrize(
    "typed",
    [
        "", "mara.example", "ftp://mara.example/", "file:///etc/passwd", "https://", "https:///x",
        "http://mara.example:99999/", "http://[::1/", "javascript:alert(1)", "http://a b/",
        "https://" + "é" * 80 + ".example/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(typed: str) -> None:
    with pytest.raises(WebError, match="is no web address"):
        on_the_wire(typed)


@pytest.mark.parametrize("url", ["https://name:secret@mara.example/", "http://name@mara.example/a"])
def test_addresses_with_a_password_are_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(WebError, match="neither keeps nor sends") as caught:
        on_the_wire(url)
    assert "name:" not in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "mara.example" in str(caught.value)

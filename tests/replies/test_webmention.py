"""Sending to real receivers on loopback: what is refused, what is sent, what the answers mean."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest

from engage.errors import EngageError
from engage.replies.webmention import Sender, Sending
from engage.web.client import Client, Limits
from engage.web.politeness import Politeness
from tests.support.feedserver import FeedServer, Reply, Request

HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


def sender(*typed: str, seconds: float = 5.0) -> Sender:
    return Sender(typed, Client(Limits(seconds=seconds), Politeness(rest=0)))


def pages(server: FeedServer, endpoint: str = "/wm") -> tuple[str, str]:
    """A source on one host that links to a target on another, with that endpoint."""
    source, target = server.url("/mine", "127.0.0.2"), server.url("/theirs", "127.0.0.3")
    server.serve("/mine", Reply(body=f'<a href="{target}">x</a>'.encode(), headers=HTML))
    server.serve("/theirs", Reply(headers=HTML | {"Link": f"<{endpoint}>; rel=webmention"}))
    return source, target


@pytest.mark.parametrize(
    ("status", "headers", "says"),
    [
        (201, {"Location": "https://wm.example/status/1"}, "more at https://wm.example/status/1"),
        (202, {}, "will look at it later"),
        (200, {}, "has taken it (status 200)"),
        (400, {}, "refused it"),
        (302, {"Location": "http://127.0.0.9/x"}, "points elsewhere"),
        (429, {}, "asked too often"),
        (500, {}, "trouble of its own"),
    ],
)
async def test_what_the_answers_mean(
    server: FeedServer, status: int, headers: dict[str, str], says: str
) -> None:
    source, target = pages(server)
    server.serve("/wm", Reply(status, headers=headers))
    to = sender(source, target)
    sent = await to.send(await to.prepare(source, target))
    assert (sent.status, sent.accepted) == (status, status < 300)
    assert says in sent.sentence
    assert "delivered" not in sent.sentence
    assert [request.path for request in server.requests] == ["/mine", "/theirs", "/wm"], "once"


async def test_what_is_sent_is_what_was_shown(server: FeedServer) -> None:
    source, target = pages(server, "/wm?key=a%20b&x=1")
    bodies: list[Request] = []

    def receive(request: Request) -> Reply:
        bodies.append(request)
        return Reply(202)

    server.serve("/wm?key=a%20b&x=1", receive)
    to = sender(source, target)
    shown = await to.prepare(source, target)
    assert shown == Sending(source, target, server.url("/wm?key=a%20b&x=1", "127.0.0.3"))
    assert bodies == []
    await to.send(shown)
    assert parse_qs(bodies[0].body.decode()) == {"source": [source], "target": [target]}
    assert bodies[0].headers["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "endpoint",
    ["http://127.0.0.9:1/wm", "http://localhost/wm", "http://10.0.0.1/", "http://[::1]/"],
)
async def test_no_endpoint_leads_to_a_private_host_that_was_not_typed(
    server: FeedServer, endpoint: str
) -> None:
    source, target = pages(server, endpoint)
    to = sender(source, target)
    with pytest.raises(EngageError, match="private address"):
        await to.send(await to.prepare(source, target))


async def test_a_source_that_does_not_link_is_not_announced(server: FeedServer) -> None:
    source, target = pages(server)
    server.serve("/mine", Reply(body=b"<p>nothing</p>", headers=HTML))
    with pytest.raises(EngageError, match="does not link"):
        await sender(source, target).prepare(source, target)


async def test_a_page_that_takes_none(server: FeedServer) -> None:
    source, target = pages(server)
    server.serve("/theirs", Reply(body=b"<p>hello</p>", headers=HTML))
    with pytest.raises(EngageError, match="takes no webmentions"):
        await sender(source, target).prepare(source, target)


async def test_an_endpoint_that_hangs_is_a_sentence(server: FeedServer) -> None:
    source, target = pages(server)
    server.serve("/wm", Reply(pieces=[b"a"] * 50, pause=0.2, length=None))
    to = sender(source, target, seconds=0.4)
    shown = await to.prepare(source, target)
    with pytest.raises(EngageError, match="took longer"):
        await to.send(shown)


async def test_several_link_headers_are_one_list(server: FeedServer) -> None:
    source, target = pages(server)
    many = f'<{target}>; rel="canonical", </wm>; rel="webmention"'
    server.serve("/theirs", Reply(headers=HTML | {"Link": many}))
    shown = await sender(source, target).prepare(source, target)
    assert shown.endpoint.endswith("/wm")

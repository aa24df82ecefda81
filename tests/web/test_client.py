from __future__ import annotations

import asyncio
import gzip
import socket
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from engage import HOME_URL, __version__
from engage.web.client import Client, Limits, Validators
from engage.web.errors import WebError
from engage.web.politeness import Politeness
from tests.support.feedserver import FeedServer, Reply, Request

HOST = "127.0.0.1"
OTHER = "127.0.0.2"


def client(**limits: Any) -> Client:
    return Client(Limits(**limits), Politeness(rest=0))


async def refused(server: FeedServer, path: str, **limits: Any) -> WebError:
    with pytest.raises(WebError) as caught:
        await client(**limits).get(server.url(path), private_host=HOST)
    sentence = str(caught.value)
    assert HOST in sentence
    assert len(sentence.split()) >= 3
    assert len(sentence) <= 400
    assert "Error" not in sentence
    return caught.value


async def test_a_request_says_who_asks_and_nothing_else(server: FeedServer) -> None:
    server.serve("/x?b=2&a=%20", Reply(200, b"hello", {"Set-Cookie": "a=b"}))
    asker = client()
    for _ in range(2):
        answer = await asker.get(server.url("/x?b=2&a=%20#top"), private_host=HOST, accept="a/b")
    assert answer.body == b"hello"
    assert len(server.requests) == 2
    for request in server.requests:
        assert request.method == "GET"
        assert set(request.headers) <= {
            "host", "user-agent", "accept", "accept-encoding", "connection",
        }  # fmt: skip
        assert request.headers["user-agent"] == f"engage/{__version__} (+{HOME_URL})"
        assert request.headers["accept-encoding"] == "gzip"
        assert request.headers["accept"] == "a/b"


async def test_header_values_are_kept_verbatim(server: FeedServer) -> None:
    server.serve("/", Reply(200, b"x", {"ETag": 'W/"a,b  c"', "Last-Modified": "yesterday, 8ish"}))
    answer = await client().get(server.url("/"), private_host=HOST)
    assert answer.headers["etag"] == 'W/"a,b  c"'
    assert answer.headers["last-modified"] == "yesterday, 8ish"


async def test_validators_go_to_the_address_they_came_from_only(server: FeedServer) -> None:
    server.redirect("/old", "/new", 302)
    server.serve("/new", Reply(304))
    pair = Validators(server.url("/new"), 'W/"x"', "Mon, 1 Jan 2024 00:00:00 GMT")
    answer = await client().get(server.url("/old"), private_host=HOST, validators=pair)
    assert answer.status == 304
    first, second = server.requests
    assert "if-none-match" not in first.headers
    assert second.headers["if-none-match"] == 'W/"x"'
    assert second.headers["if-modified-since"] == "Mon, 1 Jan 2024 00:00:00 GMT"


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [
        ([301], "/1"),
        ([308, 301], "/2"),
        ([301, 302], "/1"),
        ([302, 301], None),
        ([303], None),
        ([307], None),
        ([301, 308, 307, 301], "/2"),
    ],
)
async def test_the_permanent_beginning_of_redirects_is_reported(
    server: FeedServer, statuses: list[int], permanent: str | None
) -> None:
    for at, status in enumerate(statuses):
        server.redirect(f"/{at}", f"/{at + 1}", status)
    server.serve(f"/{len(statuses)}", Reply(200, b"end"))
    answer = await client().get(server.url("/0"), private_host=HOST)
    assert answer.body == b"end"
    assert answer.url == server.url(f"/{len(statuses)}")
    assert answer.permanent == (permanent and server.url(permanent))


async def test_redirects_in_a_circle_end(server: FeedServer) -> None:
    server.redirect("/a", "/b", 302)
    server.redirect("/b", "/a", 302)
    assert "5 times" in str(await refused(server, "/a"))
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://mara.example/", "http://[", "javascript:alert(1)"],
)
async def test_redirects_to_other_schemes_are_refused(server: FeedServer, target: str) -> None:
    server.redirect("/a", target)
    await refused(server, "/a")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2:{port}/secret",
        "http://localhost:{port}/secret",
        "http://[::ffff:127.0.0.2]:{port}/secret",
        "http://127.2:{port}/secret",
        "http://2130706434:{port}/secret",
        "http://0x7f000002:{port}/secret",
        "http://0177.0.0.2:{port}/secret",
        "http://[::]:{port}/secret",
        "http://0:{port}/secret",
        "http://secret.localhost:{port}/secret",
        "http://name@127.0.0.1:{port}/secret",
        "http://10.0.0.1/secret",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
async def test_no_redirect_leads_to_another_private_host(server: FeedServer, target: str) -> None:
    server.redirect("/a", target.format(port=server.port), 302)
    server.serve("/secret", Reply(200, b"secret"))
    with pytest.raises(WebError):
        await client().get(server.url("/a"), private_host=HOST)
    assert server.paths() == ["/a"]


@pytest.mark.parametrize("private_host", [None, "", OTHER, "mara.example"])
async def test_a_private_host_is_asked_only_if_it_was_typed(
    server: FeedServer, private_host: str | None
) -> None:
    server.serve("/", Reply(200, b"x"))
    with pytest.raises(WebError, match="private address"):
        await client().get(server.url("/"), private_host=private_host)
    assert server.requests == []


@pytest.fixture
def lying_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Name servers that answer with a loopback address for every name."""

    def look_up(_: str, port: int, *_more: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield


@pytest.mark.usefixtures("lying_names")
async def test_a_name_that_resolves_to_a_private_address_is_refused(server: FeedServer) -> None:
    server.serve("/", Reply(200, b"x"))
    url = server.url("/", host="rebound.example")
    with pytest.raises(WebError, match=r"rebound\.example leads to .* 127\.0\.0\.1"):
        await client().get(url)
    assert server.requests == []
    assert (await client().get(url, private_host="rebound.example")).body == b"x"


async def test_gzip_is_inflated(server: FeedServer) -> None:
    body = b"text " * 10_000
    server.serve("/", Reply(200, gzip.compress(body), {"Content-Encoding": "GZip"}))
    assert (await client().get(server.url("/"), private_host=HOST)).body == body


async def test_gzip_of_several_members_and_padding_is_inflated(server: FeedServer) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 64
    server.serve("/", Reply(200, packed, {"Content-Encoding": "gzip"}))
    assert (await client().get(server.url("/"), private_host=HOST)).body == b"one two"


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(200, gzip.compress(b"x" * 99)[:-12], {"Content-Encoding": "gzip"}), "broke off"),
        (Reply(200, b"no gzip at all", {"Content-Encoding": "gzip"}), "damaged gzip"),
        (Reply(200, b"x", {"Content-Encoding": "gzip, gzip"}), "gzip, gzip"),
        (Reply(200, b"x", {"Content-Encoding": "br"}), "br"),
        (Reply(200, zlib.compress(b"x"), {"Content-Encoding": "deflate"}), "deflate"),
        (Reply(200, b"x" * 10, length=100), "broke off"),
        (Reply(hang_up=True), "broke off"),
        (Reply(200, b"x" * 2000), "MiB"),
        (Reply(200, pieces=[b"x" * 600] * 3), "MiB"),
    ],
    ids=[
        "gzip cut short", "no gzip", "nested", "brotli", "deflate", "body cut short", "hung up",
        "too big", "too big without a length",
    ],
)  # fmt: skip
async def test_bad_bodies_have_a_sentence(server: FeedServer, reply: Reply, says: str) -> None:
    server.serve("/", reply)
    assert says in str(await refused(server, "/", body=1000))


async def test_a_bomb_is_stopped_while_it_inflates(server: FeedServer) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    server.serve("/", Reply(200, bomb, {"Content-Encoding": "gzip"}))
    assert "10 MiB" in str(await refused(server, "/"))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, pieces=(b"<" for _ in range(1000)), pause=0.02),
        Reply(200, pieces=(b"" for _ in range(1000)), pause=0.1),
    ],
    ids=["slow drip", "silence"],
)
async def test_a_slow_answer_runs_out_of_time(server: FeedServer, reply: Reply) -> None:
    server.serve("/", reply)
    assert "took longer" in str(await refused(server, "/", seconds=0.3))


async def test_the_time_is_for_all_redirects_together(server: FeedServer) -> None:
    def late(_: Request) -> Reply:
        server.wait(0.15)
        return Reply(302, headers={"Location": "/a"})

    server.serve("/a", late)
    assert "took longer" in str(await refused(server, "/a", seconds=0.4))


async def test_an_endless_head_is_refused(server: FeedServer) -> None:
    server.serve("/", Reply(200, b"x", {"X-Long": "x" * 100_000}))
    assert "did not answer as a web server" in str(await refused(server, "/"))


async def test_what_is_no_web_server_is_said_to_be_none() -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")
        await writer.drain()
        writer.close()

    listener = await asyncio.start_server(greet, HOST, 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        with pytest.raises(WebError, match="did not answer as a web server"):
            await client().get(f"http://{HOST}:{port}/", private_host=HOST)


async def test_a_closed_port_is_refused() -> None:
    with socket.socket() as unused:
        unused.bind((HOST, 0))
        port = unused.getsockname()[1]
    with pytest.raises(WebError, match="refused the connection") as caught:
        await client().get(f"http://{HOST}:{port}/", private_host=HOST)
    assert not caught.value.offline


async def test_plain_http_on_a_secure_port_has_a_sentence(server: FeedServer) -> None:
    url = server.url("/").replace("http:", "https:")
    with pytest.raises(WebError, match="could not prove who it is"):
        await client().get(url, private_host=HOST)


async def test_a_name_is_looked_up_once_also_where_that_fails(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, looked_up = socket.getaddrinfo, []

    def look_up(host: Any, *more: Any) -> Any:
        looked_up.append(host)
        if host == "nowhere.example":
            raise socket.gaierror(socket.EAI_NONAME, "no")
        return real(HOST, *more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    server.serve("/", Reply(200, b"x"))
    asker = client()
    known, unknown = server.url("/", "mara.example"), server.url("/", "nowhere.example")
    assert await asker.machine_of(known) == HOST
    assert await asker.machine_of(unknown) == "nowhere.example"
    assert await asker.machine_of(server.url("/", OTHER)) == OTHER
    assert (await asker.get(known, private_host="mara.example")).body == b"x"
    with pytest.raises(WebError, match=r"nowhere\.example"):
        await asker.get(unknown, private_host="nowhere.example")
    assert looked_up == ["mara.example", "nowhere.example"]
    assert (await asker.get(known, private_host="mara.example")).body == b"x"
    assert looked_up[2:] == ["mara.example"], "and anew for the next request"


@pytest.mark.parametrize(
    ("error", "route", "offline", "says"),
    [
        (socket.gaierror(socket.EAI_NONAME, "?"), True, False, "no host called"),
        (socket.gaierror(socket.EAI_AGAIN, "?"), True, True, "offline"),
        (socket.gaierror(socket.EAI_NONAME, "?"), False, True, "offline"),
    ],
)
async def test_an_unknown_name_is_told_from_no_network(
    monkeypatch: pytest.MonkeyPatch, error: OSError, route: bool, offline: bool, says: str
) -> None:
    def look_up(*_: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr("engage.web.causes.has_route", lambda: route)
    with pytest.raises(WebError, match=says) as caught:
        await client().get("http://nowhere.example/")
    assert caught.value.offline is offline
    assert "nowhere.example" in str(caught.value)


async def test_the_environments_proxy_is_used(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.serve("http://mara.example/feed", Reply(200, b"through the proxy"))
    monkeypatch.setenv("http_proxy", server.url(""))
    monkeypatch.setenv("no_proxy", "localhost,127.0.0.3")
    assert (await client().get("http://mara.example/feed")).body == b"through the proxy"
    with pytest.raises(WebError, match="private address"):
        await client().get("http://10.0.0.1/")
    server.serve("/direct", Reply(200, b"direct"))
    host = "127.0.0.3"
    answer = await client().get(server.url("/direct", host=host), private_host=host)
    assert answer.body == b"direct"


@pytest.mark.parametrize("status", [204, 206, 400, 401, 404, 410, 429, 500, 503])
async def test_any_status_is_an_answer(server: FeedServer, status: int) -> None:
    server.serve("/", Reply(status, headers={"Retry-After": "60"}))
    answer = await client().get(server.url("/"), private_host=HOST)
    assert answer.status == status
    assert answer.headers["retry-after"] == "60"


async def test_a_form_is_posted(server: FeedServer) -> None:
    server.serve("/wm", Reply(202, b"queued"))
    answer = await client().post(
        server.url("/wm"), {"source": "https://a.example/1", "target": "x"}, private_host=HOST
    )
    assert (answer.status, answer.body) == (202, b"queued")
    assert server.requests[0].body == b"source=https%3A%2F%2Fa.example%2F1&target=x"

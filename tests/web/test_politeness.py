from __future__ import annotations

import asyncio
import socket
import time
from itertools import pairwise

import pytest

from engage.web.client import Client, Limits
from engage.web.politeness import Politeness
from tests.support.feedserver import FeedServer, Reply, Request

REST = 0.15


def slow(server: FeedServer, seconds: float) -> None:
    def answer(_: Request) -> Reply:
        server.wait(seconds)
        return Reply(200, b"x")

    server.serve("/", answer)


async def test_one_request_at_a_time_to_a_host_with_a_rest_between(server: FeedServer) -> None:
    slow(server, 0.05)
    client = Client(politeness=Politeness(rest=REST))
    url = server.url("/")
    await asyncio.gather(*(client.get(url, private_host="127.0.0.1") for _ in range(4)))
    assert server.most_in_flight["127.0.0.1"] == 1
    began = [request.at for request in server.requests]
    assert all(later - earlier >= REST for earlier, later in pairwise(began))


async def test_redirects_on_the_same_host_rest_too(server: FeedServer) -> None:
    server.redirect("/a", "/b")
    server.serve("/b", Reply(200, b"x"))
    client = Client(politeness=Politeness(rest=REST))
    await client.get(server.url("/a"), private_host="127.0.0.1")
    first, second = server.requests
    assert second.at - first.at >= REST


async def test_eight_hosts_at_once_and_no_more(server: FeedServer) -> None:
    slow(server, 0.2)
    client = Client(politeness=Politeness(rest=REST))
    hosts = [f"127.0.1.{number}" for number in range(1, 13)]
    began = time.monotonic()
    await asyncio.gather(
        *(client.get(server.url("/", host=host), private_host=host) for host in hosts)
    )
    assert time.monotonic() - began < 2
    starts = sorted(request.at for request in server.requests)
    assert starts[7] - starts[0] < 0.2  # every 127.x.y.z is a host of its own
    assert starts[8] - starts[0] >= 0.2


async def test_a_failed_request_rests_too() -> None:
    politeness = Politeness(rest=REST)
    try:
        async with politeness.turn("mara.example"):
            raise OSError
    except OSError:
        pass
    began = time.monotonic()
    await politeness.rested("mara.example")
    assert time.monotonic() - began >= REST * 0.9


async def test_waiting_for_a_shared_address_counts_as_nobodys_slowness(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow(server, 0.25)
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *more: real("127.0.1.1", *more))
    client = Client(Limits(seconds=0.45), Politeness(rest=0))
    hosts = [f"site{number}.example" for number in range(5)]
    answers = await asyncio.gather(
        *(client.get(server.url("/", host=host), private_host=host) for host in hosts)
    )
    assert [answer.status for answer in answers] == [200] * 5
    starts = sorted(request.at for request in server.requests)
    assert starts[2] - starts[0] >= 0.2 and starts[4] - starts[2] >= 0.2

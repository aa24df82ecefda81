from __future__ import annotations

import asyncio
import time
from itertools import pairwise

from engage.web.client import Client
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

"""The behaviour list, 001 to 037: validators, pace, how often and how much is asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

from engage.services.follow import add
from engage.web.politeness import HOSTS_AT_ONCE, Politeness
from tests.feeds.scene import DAY, ETAG, HOST, HOUR, MODIFIED, Scene, behaviour
from tests.support.feedserver import Reply, rss


def http_date(ahead: timedelta) -> str:
    """A moment ahead by the clock of the server, which is the machine's."""
    return format_datetime(datetime.now(UTC) + ahead, usegmt=True)


# -- validators


@behaviour("001", "keeps Last-Modified as it came")
async def _(scene: Scene) -> None:
    scene.serve(last_modified="Mon,  2 nov 2026 08:00 +0000")
    await scene.add()
    assert scene.state.last_modified == "Mon,  2 nov 2026 08:00 +0000"


@behaviour("002", "sends it back as If-Modified-Since")
async def _(scene: Scene) -> None:
    scene.serve(etag=None)
    await scene.add()
    (request,) = await scene.asked()
    assert request.headers["if-modified-since"] == MODIFIED


@behaviour("003", "keeps ETag as it came, quotes and W/ included")
async def _(scene: Scene) -> None:
    await scene.add()
    assert scene.state.etag == ETAG


@behaviour("004", "sends it back as If-None-Match")
async def _(scene: Scene) -> None:
    await scene.add()
    (request,) = await scene.asked()
    assert request.headers["if-none-match"] == ETAG


@behaviour("010", "forgets no validators from one request to the next")
async def _(scene: Scene) -> None:
    await scene.add()
    for _ in range(3):
        (request,) = await scene.asked()
        assert (request.headers["if-none-match"], request.headers["if-modified-since"]) == (
            ETAG,
            MODIFIED,
        )


@behaviour("011", "forgets none in months either")
async def _(scene: Scene) -> None:
    await scene.add()
    (request,) = await scene.asked(200 * DAY)
    assert request.headers["if-none-match"] == ETAG


@behaviour("012", "invents no If-Modified-Since on first contact or without one")
async def _(scene: Scene) -> None:
    scene.serve(last_modified=None)
    await scene.add()
    assert "if-modified-since" not in scene.server.requests[0].headers
    (request,) = await scene.asked()
    assert "if-modified-since" not in request.headers


@behaviour("013", "invents no If-None-Match on first contact or without one")
async def _(scene: Scene) -> None:
    scene.serve(etag=None)
    await scene.add()
    assert "if-none-match" not in scene.server.requests[0].headers
    (request,) = await scene.asked()
    assert "if-none-match" not in request.headers


@behaviour("014", "treats the two as one pair, also when the body is unchanged")
async def _(scene: Scene) -> None:
    await scene.add()
    scene.serve(etag='"2"', last_modified=None)
    await scene.refresh()
    assert (scene.state.etag, scene.state.last_modified) == ('"2"', None)
    scene.server.serve("/feed", Reply(304, headers={"ETag": '"3"'}))
    await scene.refresh()
    assert scene.state.etag == '"3"'


@behaviour("015", "keeps them when engage ends and starts again, also as another version")
async def _(scene: Scene) -> None:
    await scene.add()
    scene.reader.restart()
    (request,) = await scene.asked()
    assert request.headers["if-none-match"] == ETAG
    scene.reader.states_of_another_version()
    (request,) = await scene.asked()
    assert (request.headers["if-none-match"], request.headers["if-modified-since"]) == (
        ETAG,
        MODIFIED,
    )


@behaviour("016", "keeps them through 429 and other errors")
async def _(scene: Scene) -> None:
    await scene.add()
    for status in (429, 500, 404, 403):
        scene.server.serve("/feed", Reply(status, headers={"ETag": '"no"'}))
        await scene.refresh(8 * DAY)
    (request,) = await scene.asked(8 * DAY)
    assert request.headers["if-none-match"] == ETAG


# -- pace


@behaviour("020", "waits as long as a 429 says, in seconds or as a date, also before adding")
async def _(scene: Scene) -> None:
    await scene.add()
    scene.server.serve("/feed", Reply(429, headers={"Retry-After": "259200"}))
    await scene.refresh()
    assert scene.wait == 3 * DAY
    assert await scene.asked(3 * DAY - HOUR, again=True) == []
    scene.server.feed("/other", rss(["B"]))
    scene.server.requests.clear()
    says = await scene.refused(scene.server.url("/other", HOST))
    assert f"{HOST} asked to be left alone until" in says
    assert scene.server.requests == []
    scene.server.serve("/feed", Reply(503, headers={"Retry-After": http_date(4 * DAY)}))
    await scene.refresh(2 * HOUR)
    assert abs(scene.wait - 4 * DAY) < timedelta(seconds=10)


@behaviour("021", "slows down after a 429 without a hint as well")
async def _(scene: Scene) -> None:
    scene.hourly()
    assert await scene.broken(Reply(429)) >= 40 * HOUR / 60
    assert scene.wait >= 2 * HOUR


@behaviour("022", "honours the Cache-Control of 200 and of 304, and Expires")
async def _(scene: Scene) -> None:
    scene.hourly()
    await scene.add()
    assert scene.wait <= 90 * HOUR / 60
    for said in ({"Cache-Control": "max-age=43200"}, {"Expires": http_date(12 * HOUR)}):
        scene.hourly(headers=said)
        for answer in ("200", "304"):
            assert len(await scene.asked()) == 1, answer
            assert abs(scene.wait - 12 * HOUR) < timedelta(seconds=10), answer


@behaviour("023", "keeps a feed's own rhythm, between 61 minutes and 24 hours")
async def _(scene: Scene) -> None:
    scene.hourly()
    await scene.add()
    assert timedelta(minutes=61) <= scene.wait <= timedelta(minutes=90)
    await scene.refresh(20 * DAY)
    assert scene.wait == DAY


@behaviour("024", "honours ttl, skipHours and skipDays")
async def _(scene: Scene) -> None:
    scene.hourly(more="<ttl>300</ttl>")
    await scene.add()
    assert scene.wait == 5 * HOUR
    scene.hourly(more="<skipHours><hour>10</hour><hour>11</hour></skipHours>")
    await scene.refresh()
    assert scene.state.next_fetch is not None
    assert scene.state.next_fetch.hour not in (10, 11)


@behaviour("025", "asks a feed without validators once in 24 hours")
async def _(scene: Scene) -> None:
    scene.hourly(etag=None, last_modified=None)
    await scene.add()
    assert scene.wait == DAY
    scene.server.serve("/feed", Reply(500))
    await scene.refresh(DAY)
    assert scene.wait == DAY


# -- no hammering


@behaviour("030", "fetches the feed and none of its posts")
async def _(scene: Scene) -> None:
    await scene.add()
    scene.serve(("B", "A"))
    assert [request.path for request in await scene.asked()] == ["/feed"]


@behaviour("031", "fetches nothing beside the feed but comments, with validators as well")
async def _(scene: Scene) -> None:
    body = rss(more=f"<image><url>{scene.server.url('/i.png', HOST)}</url></image>")
    picture = f"&lt;img src='{scene.server.url('/p.png', HOST)}'/&gt;".encode()
    scene.server.feed("/feed", body.replace(b"&lt;p&gt;", picture))
    await scene.add()
    await scene.refresh()
    assert set(scene.server.paths()) == {"/feed"}
    scene.server.feed("/own", rss(["A"], more=""))
    comments = f"<wfw:commentRss>{scene.server.url('/c', HOST)}</wfw:commentRss></item>"
    own = rss(["A"]).replace(b"</item>", comments.encode())
    scene.server.feed(
        "/own", own.replace(b"<rss ", b'<rss xmlns:wfw="http://wellformedweb.org/CommentAPI/" ')
    )
    scene.server.feed("/c", rss(["B"]), etag=ETAG)
    await scene.add(scene.server.url("/own", HOST), own=True)
    first, second = [
        [request for request in await scene.asked() if request.path == "/c"] for _ in range(2)
    ]
    assert [len(first), len(second)] == [1, 1]
    assert "if-none-match" not in first[0].headers
    assert second[0].headers["if-none-match"] == ETAG


@behaviour("032", "asks for one thing once, however often engage is run")
async def _(scene: Scene) -> None:
    await scene.add()
    for _ in range(5):
        assert await scene.asked(timedelta(seconds=1)) == []


@behaviour("033", "makes one request to a host at a time, with a second between")
async def _(scene: Scene) -> None:
    await scene.many(3, lambda _: HOST)
    scene.rest(0.2)
    times = [request.at for request in await scene.asked()]
    assert len(times) == 3
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.2
    assert scene.server.most_in_flight[HOST] == 1
    assert Politeness()._rest >= 1


@behaviour("034", "asks few hosts at once where a platform has many names")
async def _(scene: Scene) -> None:
    scene.platform("127.0.6.")
    await scene.many(6, lambda number: f"127.0.6.{number + 1}", slow=0.05)
    assert len(await scene.asked()) == 6
    assert 1 <= scene.most_at_once() <= 2


@behaviour("035", "asks two hosts of one address at once at most, and eight of many")
async def _(scene: Scene) -> None:
    scene.names_lead_to("127.0.7.1")
    await scene.many(6, lambda number: f"site{number}.example", slow=0.05)
    assert len(await scene.asked()) == 6
    assert 1 <= scene.most_at_once() <= 2
    await scene.many(20, lambda number: f"127.0.8.{number + 1}", slow=0.1)
    assert len(await scene.asked()) == 26
    assert 2 <= scene.most_at_once() <= HOSTS_AT_ONCE


@behaviour("036", "adds a feed with one request, and knows it the second time")
async def _(scene: Scene) -> None:
    await scene.add()
    assert scene.server.paths() == ["/feed"]
    again = await add(scene.reader.desk, [scene.url])
    assert len(again.known) == 1
    assert scene.server.paths() == ["/feed"]


@behaviour("037", "takes starting for no reason to ask")
async def _(scene: Scene) -> None:
    await scene.add()
    for _ in range(3):
        scene.reader.restart()
        assert await scene.asked(timedelta(minutes=5)) == []
    assert len(await scene.asked(DAY)) == 1

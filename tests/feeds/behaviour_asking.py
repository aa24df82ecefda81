"""The behaviour list, 050 to 106 and 140 to 141: what requests say, and adding a feed."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

from engage import HOME_URL, __version__
from tests.feeds.scene import ETAG, HOST, HTML, Scene, behaviour
from tests.support.feedserver import Reply, rss

# -- requests


@behaviour("050", "asks with GET")
async def _(scene: Scene) -> None:
    await scene.add()
    await scene.refresh()
    assert [request.method for request in scene.server.requests] == ["GET", "GET"]


@behaviour("051", "never asks with HEAD, also not for a page or a bad address")
async def _(scene: Scene) -> None:
    scene.server.serve("/page", scene.page("/feed"))
    await scene.refused(scene.server.url("/nothing", HOST))
    await scene.add(scene.server.url("/page", HOST))
    assert {request.method for request in scene.server.requests} == {"GET"}


@behaviour("060", "checks an address before anything is asked")
async def _(scene: Scene) -> None:
    for typed in (" ", "mara", "ftp://mara.example/", "file:///etc/passwd", "http://a b/"):
        assert "is no address" in await scene.refused(typed)
    assert scene.server.requests == []


@behaviour("061", "guesses no address")
async def _(scene: Scene) -> None:
    scene.server.serve("/blog/", Reply(200, b"<!doctype html><p>Hi", HTML))
    assert "--guess" in await scene.refused(scene.server.url("/blog/", HOST))
    assert scene.server.paths() == ["/blog/"]


@behaviour("062", "adds no parameters to an address")
async def _(scene: Scene) -> None:
    scene.server.feed("/feed?b=1", rss(), etag=None)
    await scene.add(scene.server.url("/feed?b=1", HOST))
    assert {request.path for request in await scene.asked()} == {"/feed?b=1"}


@behaviour("063", "sends no cookies back")
async def _(scene: Scene) -> None:
    scene.serve(headers={"Set-Cookie": "id=1; Path=/"})
    await scene.add()
    (request,) = await scene.asked()
    assert "cookie" not in request.headers


@behaviour("064", "gets around no cache")
async def _(scene: Scene) -> None:
    await scene.add()
    (request,) = await scene.asked(again=True)
    assert not {"cache-control", "pragma"} & set(request.headers)
    assert request.path == "/feed"


@behaviour("065", "sends no Referer, also not after a redirect or from a page")
async def _(scene: Scene) -> None:
    scene.server.serve("/page", scene.page("/old"))
    scene.server.redirect("/old", "/feed")
    await scene.add(scene.server.url("/page", HOST))
    assert len(scene.server.requests) == 3
    assert not any("referer" in request.headers for request in scene.server.requests)


@behaviour("066", "leaves the order and the spelling of a query alone")
async def _(scene: Scene) -> None:
    query = "/feed?b=2&a=1&&c=%7e&d"
    scene.server.feed(query, rss())
    await scene.add(scene.server.url(query, HOST))
    await scene.refresh()
    assert scene.server.paths() == [query, query]


@behaviour("070", "limits asking by hand to once in ten minutes, and says when it may")
async def _(scene: Scene) -> None:
    await scene.add()
    summary = await scene.refresh(timedelta(minutes=9), again=True)
    assert summary.due == 0
    assert summary.notes == ("A feed may be asked again at 09:40.",)
    (request,) = await scene.asked(timedelta(minutes=2), again=True)
    assert request.headers["if-none-match"] == ETAG


# -- who asks


def agent(scene: Scene) -> str:
    return scene.server.requests[-1].headers["user-agent"]


@behaviour("080", "has a User-Agent of its own")
async def _(scene: Scene) -> None:
    await scene.add()
    assert agent(scene).startswith("engage/")


@behaviour("081", "names an address to turn to")
async def _(scene: Scene) -> None:
    await scene.add()
    assert f"(+{HOME_URL})" in agent(scene)
    assert re.match(r"https://[\w.-]+/", HOME_URL)


@behaviour("082", "names its real version")
async def _(scene: Scene) -> None:
    await scene.add()
    assert agent(scene).split()[0] == f"engage/{__version__}"


@behaviour("084", "passes for no browser")
async def _(scene: Scene) -> None:
    await scene.add()
    assert not re.search("mozilla|gecko|webkit|chrome|safari", agent(scene), re.IGNORECASE)


@behaviour("085", "hides behind no library")
async def _(scene: Scene) -> None:
    await scene.add()
    assert not re.search("python|aiohttp|feedparser|urllib", agent(scene), re.IGNORECASE)


@behaviour("086", "keeps its name when it is refused")
async def _(scene: Scene) -> None:
    await scene.add()
    scene.server.serve("/feed", Reply(403))
    await scene.refresh()
    assert len(scene.server.requests) == 2
    assert len({request.headers["user-agent"] for request in scene.server.requests}) == 1


@behaviour("087", "tells nothing about who reads")
async def _(scene: Scene) -> None:
    await scene.add()
    sent = set(scene.server.requests[-1].headers)
    assert sent <= {"connection", "host", "user-agent", "accept", "accept-encoding"}


# -- adding


@behaviour("100", "follows no address that brings no feed")
async def _(scene: Scene) -> None:
    for reply in (Reply(404), Reply(200, b""), Reply(200, b"hello"), Reply(200, b"<rss>")):
        scene.server.serve("/feed", reply)
        await scene.refused()
    assert scene.reader.urls() == []


@behaviour("101", "shows what the server says when it refuses")
async def _(scene: Scene) -> None:
    words = b"<html><title>No</title><p>Your   reader asks too often,\x1b write to me@mara.example."
    scene.server.serve("/feed", Reply(403, words, HTML))
    assert 'It says: "Your reader asks too often, write to me@' in await scene.refused()
    scene.serve()
    await scene.add()
    scene.server.serve(
        "/feed", Reply(429, gzip.compress(words), HTML | {"Content-Encoding": "gzip"})
    )
    (error,) = (await scene.refresh()).errors
    assert "write to me@mara.example" in error.message


@behaviour("102", "recognises what is no feed, whatever it is called")
async def _(scene: Scene) -> None:
    page = Reply(200, b"<!doctype html><title>Mara</title>", {"Content-Type": "text/xml"})
    scene.server.serve("/feed", page)
    assert "names no feed" in await scene.refused()


@behaviour("104", "uses what a page names with rel=alternate")
async def _(scene: Scene) -> None:
    scene.server.serve("/page", scene.page("/feed"))
    await scene.add(scene.server.url("/page", HOST))
    assert (scene.feed.url, scene.server.paths()) == (scene.url, ["/page", "/feed"])


@behaviour("105", "tries the usual places only when told to, and verifies them")
async def _(scene: Scene) -> None:
    scene.server.serve("/", Reply(200, b"<!doctype html><p>Hi", HTML))
    scene.server.serve("/rss", Reply(200, b"<!doctype html><p>Hi", HTML))
    scene.server.feed("/atom.xml", rss())
    scene.server.serve("/feed", Reply(404))
    await scene.add(scene.server.url("/", HOST), guess=True)
    assert scene.feed.url == scene.server.url("/atom.xml", HOST)


@behaviour("106", "tells an address to nobody but its own host")
async def _(scene: Scene) -> None:
    scene.server.serve("/page", scene.page(scene.server.url("/feed?token=1", "127.0.6.9")))
    await scene.refused(scene.server.url("/page", HOST))
    assert [request.host for request in scene.server.requests] == [HOST]


@behaviour("140", "offers compression")
async def _(scene: Scene) -> None:
    await scene.add()
    assert scene.server.requests[-1].headers["accept-encoding"] == "gzip"


@behaviour("141", "takes compression, and plain as well")
async def _(scene: Scene) -> None:
    for packed in (True, False):
        scene.server.feed(f"/{packed}", rss(["A"]), packed=packed)
        added = await scene.add(scene.server.url(f"/{packed}", HOST))
        assert added.added[0].posts == 1

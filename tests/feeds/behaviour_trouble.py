"""The behaviour list, 110 to 137: trouble, and feeds that move."""

from __future__ import annotations

from engage.services.follow import feeds
from tests.feeds.scene import DAY, HOST, HOUR, HTML, Scene, behaviour
from tests.support.feedserver import Reply, rss

# -- trouble


@behaviour("110", "slows down when a feed turns into a page")
async def _(scene: Scene) -> None:
    scene.hourly()
    page = Reply(200, b"<!doctype html><p>Hi", HTML)
    assert await scene.broken(page) >= 40 * HOUR / 60


@behaviour("111", "slows down on 403")
async def _(scene: Scene) -> None:
    scene.hourly()
    assert await scene.broken(Reply(403)) >= 40 * HOUR / 60


@behaviour("112", "slows down on 404")
async def _(scene: Scene) -> None:
    scene.hourly()
    assert await scene.broken(Reply(404)) >= 40 * HOUR / 60


@behaviour("113", "slows down on every other refusal")
async def _(scene: Scene) -> None:
    scene.hourly()
    assert await scene.broken(Reply(418)) >= 40 * HOUR / 60


@behaviour("114", "slows down when the name is unknown, but not for being offline")
async def _(scene: Scene) -> None:
    scene.hourly()
    await scene.add(scene.url.replace(HOST, "localhost"))
    usual = scene.wait
    scene.no_names(online=True)
    await scene.refresh()
    assert (scene.state.failures, scene.wait >= usual + 40 * HOUR / 60) == (1, True)
    scene.no_names(online=False)
    failures, due = scene.state.failures, scene.state.next_fetch
    await scene.refresh()
    assert (scene.state.failures, scene.state.next_fetch) == (failures, due)


@behaviour("115", "slows down when there is no connection")
async def _(scene: Scene) -> None:
    scene.hourly()
    assert await scene.broken(Reply(hang_up=True)) >= 40 * HOUR / 60


@behaviour("116", "slows down on 5xx")
async def _(scene: Scene) -> None:
    scene.hourly()
    assert await scene.broken(Reply(502)) >= 40 * HOUR / 60


@behaviour("117", "says that a feed is gone on 410, and offers to look for it")
async def _(scene: Scene) -> None:
    await scene.add()
    scene.server.serve("/feed", Reply(410))
    summary = await scene.refresh()
    assert summary.gone == 1
    assert "gone for good" in summary.errors[0].message
    assert f"`engage move {scene.feed.id[:8]}`" in scene.reader.health(scene.url)[1]


@behaviour("118", "stops asking on 410")
async def _(scene: Scene) -> None:
    await scene.add()
    scene.server.serve("/feed", Reply(410))
    await scene.refresh()
    assert await scene.asked(400 * DAY) == []
    assert await scene.asked(again=True) == []
    (note,) = (await scene.refresh(again=True)).notes
    assert "is gone; `engage move`" in note
    assert scene.state.next_fetch is None


@behaviour("119", "tells the reader what fails, why, and when it works again")
async def _(scene: Scene) -> None:
    await scene.add()
    scene.server.serve("/feed", Reply(500))
    (error,) = (await scene.refresh()).errors
    assert (error.url, HOST in error.message) == (scene.url, True)
    assert scene.reader.health(scene.url)[0] == "failing"
    scene.serve()
    await scene.refresh()
    assert (scene.state.failures, scene.state.message) == (0, "")
    assert scene.reader.health(scene.url)[0] == "ok"


@behaviour("120", "never gives up silently: a failing feed is asked once a day")
async def _(scene: Scene) -> None:
    await scene.add()
    scene.server.serve("/feed", Reply(500))
    for _ in range(30):
        assert len(await scene.asked(DAY)) == 1
    assert len(feeds(scene.reader.desk)) == 1


# -- moving


async def moves(scene: Scene, *statuses: int, times: int = 4) -> tuple[str, tuple[str, ...]]:
    """Where the feed is after a month of these redirects, and what was said of it."""
    await scene.add()
    scene.server.feed("/new", rss(["A"]))
    for number, status in enumerate(statuses):
        target = "/new" if number + 1 == len(statuses) else f"/step{number}"
        scene.server.redirect(f"/step{number - 1}" if number else "/feed", target, status)
    notes: tuple[str, ...] = ()
    for _ in range(times):
        summary = await scene.refresh(3 * DAY)
        assert (summary.failed, summary.errors) == (0, ())
        notes += summary.notes
    return scene.feed.url.removeprefix(scene.server.url("", HOST)), notes


@behaviour("130", "keeps a 301 once it is proven: three times over seven days")
async def _(scene: Scene) -> None:
    assert (await moves(scene, 301, times=3))[0] == "/feed"
    await scene.refresh(3 * DAY)
    assert scene.feed.url == scene.server.url("/new", HOST)
    assert [request.path for request in await scene.asked()] == ["/new"]


@behaviour("131", "keeps a 308 likewise")
async def _(scene: Scene) -> None:
    assert (await moves(scene, 308))[0] == "/new"


@behaviour("132", "says that a feed has moved")
async def _(scene: Scene) -> None:
    _, notes = await moves(scene, 301)
    assert notes == (f"A feed has moved for good to {scene.server.url('/new', HOST)}.",)


@behaviour("133", "follows a 302 and does not keep it")
async def _(scene: Scene) -> None:
    assert await moves(scene, 302) == ("/feed", ())


@behaviour("134", "follows a 307 and does not keep it")
async def _(scene: Scene) -> None:
    assert await moves(scene, 307) == ("/feed", ())


@behaviour("135", "keeps of a chain only the permanent beginning")
async def _(scene: Scene) -> None:
    assert (await moves(scene, 301, 302))[0] == "/step0"


@behaviour("136", "reports what is wrong with a certificate, and goes no further")
async def _(scene: Scene) -> None:
    sentence = await scene.refused(scene.url.replace("http:", "https:"))
    assert HOST in sentence
    assert scene.server.requests == []


@behaviour("137", "lets two feeds that meet become one")
async def _(scene: Scene) -> None:
    scene.server.feed("/new", rss(["A"]))
    await scene.add(person="Mara")
    await scene.add(scene.server.url("/new", HOST), person="Mara")
    scene.server.redirect("/feed", "/new")
    for _ in range(4):
        await scene.refresh(3 * DAY)
    assert scene.feed.url == scene.server.url("/new", HOST)

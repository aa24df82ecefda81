"""The main job, end to end, on the command line: from feeds to triage to the week's notes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.story.commands import NOW, Engage, commands, listed
from tests.story.sites import item, page, rss
from tests.support.feedserver import FeedServer, Reply

DAY = timedelta(days=1)
REPO = Path(__file__).parents[2]
CAPTURED = REPO.parent / "shared" / "feeds"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


@pytest.fixture
def engage(tmp_path: Path) -> Engage:
    """Run a command in a process of its own, on a day that can be chosen."""

    return commands(tmp_path / "home", TZ="UTC")


def reasons(engage: Engage, *query: str, now: datetime = NOW) -> list[tuple[str, int]]:
    tasks = listed(engage, "inbox", *query, now=now)["tasks"]
    return [(task["person"]["name"], task["reason"]) for task in tasks]


def build_web(server: FeedServer) -> dict[str, str]:
    """The writer's site with a comments feed, and two people's."""
    ines, mara, tomasz = (server.url("/", f"127.0.0.{n}") for n in (2, 3, 4))
    table = f"{ines}kitchen-table"
    server.serve("/", Reply(body=page("Ines", "/feed"), headers={"Content-Type": "text/html"}))
    server.feed(
        "/feed",
        rss("Ines Ferro", ines, [item("The kitchen table", table, NOW - 3 * DAY)]),
    )
    comment = item(
        "Comment on The kitchen table by Mara Quill",
        f"{table}#comment-7",
        NOW - DAY,
        author="Mara Quill",
        body="The part about the table stayed with me.",
    )
    server.feed("/comments", rss("Comments for Ines Ferro", ines, [comment]))
    pieces = [
        item(f"Letter {n}", f"{mara}letter-{n}", NOW - n * DAY, body="Words of a letter.")
        for n in (1, 2, 40)
    ]
    server.feed("/mara", rss("Mara Quill", mara, pieces))
    server.feed(
        "/tomasz",
        rss("Tomasz Lund", tomasz, [item("On \x1b[31m[/b] looms", f"{tomasz}1", NOW - 5 * DAY)]),
    )
    return {
        "ines": ines,
        "comments": server.url("/comments", "127.0.0.2"),
        "mara": server.url("/mara", "127.0.0.3"),
        "tomasz": server.url("/tomasz", "127.0.0.4"),
    }


def test_a_week_of_a_writer(engage: Engage, server: FeedServer, tmp_path: Path) -> None:
    web = build_web(server)

    own = listed(engage, "add", web["ines"], "--own")
    assert [added["title"] for added in own["added"]] == ["Ines Ferro"]
    added = listed(engage, "add", web["mara"], "--circle", "2")
    assert [(a["title"], a["posts"]) for a in added["added"]] == [("Mara Quill", 3)]
    engage("add", web["tomasz"])
    engage("add", web["comments"], "--responses")
    asked = len(server.requests)
    again = listed(engage, "add", web["mara"])
    assert (again["added"], len(again["known"])) == ([], 1)
    assert len(server.requests) == asked, "a feed that is followed already asks no server"

    assert listed(engage, "refresh")["feeds"]["due"] == 0
    assert len(server.requests) == asked, "adding counts as asking"

    assert reasons(engage) == [
        ("Mara Quill", 1),
        ("Tomasz Lund", 2),
        ("Mara Quill", 5),
        ("Tomasz Lund", 6),
    ]
    shown = engage("inbox").stdout
    assert "\x1b" not in shown
    assert "On [31m[/b] looms" in shown

    tasks = {(t["person"]["name"], t["kind"]): t for t in listed(engage, "inbox")["tasks"]}
    letters = tasks["Mara Quill", "read"]
    assert [post["title"] for post in letters["posts"]] == ["Letter 2", "Letter 1"]
    engage("done", letters["id"][:6])
    engage("done", tasks["Tomasz Lund", "welcome"]["id"])
    assert reasons(engage) == [("Mara Quill", 1), ("Tomasz Lund", 6)]
    engage("undo")
    assert ("Tomasz Lund", 2) in reasons(engage)
    engage("done", tasks["Tomasz Lund", "welcome"]["id"])

    engage("log", "mara", "reply", "--note", "about her grandmother's table")
    assert reasons(engage) == [("Tomasz Lund", 6)]
    engage("snooze", "Tomasz Lund", "--until", "tomorrow")
    assert reasons(engage) == []

    tomorrow = NOW + DAY
    assert reasons(engage, now=tomorrow) == [("Tomasz Lund", 6)]
    fresh = listed(engage, "refresh", now=tomorrow)
    assert fresh["feeds"]["not_modified"] == fresh["feeds"]["due"] == 4
    assert fresh["posts"] == {"new": 0, "updated": 0}

    week = listed(engage, "week")
    assert (week["published"], week["people_read"], week["replies_written"]) == (1, 1, 1)
    assert week["new_people"] == [1, 1]
    assert week["owed_open"] == 0
    assert [item["name"] for item in week["nurtured"]] == ["Mara Quill"]

    out = tmp_path / "notes"
    out.mkdir()
    engage("notes", "--out", str(out))
    note = out / "2026-W47.md"
    note.write_text(note.read_text() + "\nMy own words.\n")
    engage("notes", "--out", str(out))
    written = note.read_text()
    assert "[[Mara Quill]]" in written
    assert "[The kitchen table](" in written
    assert written.endswith("\nMy own words.\n")


def test_deleting_the_cache_brings_posts_back_and_no_decided_task(
    engage: Engage, server: FeedServer, tmp_path: Path
) -> None:
    web = build_web(server)
    engage("add", web["mara"], "--circle", "2")
    engage("done", "Mara Quill")
    posts = len(listed(engage, "posts")["posts"])
    for file in sorted((tmp_path / "home" / "cache").rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    assert listed(engage, "posts")["posts"] == []
    assert listed(engage, "refresh", now=NOW + timedelta(hours=1))["feeds"]["fetched"] == 1
    assert len(listed(engage, "posts")["posts"]) == posts
    assert reasons(engage) == []


def test_what_cannot_be_added_says_so_and_changes_nothing(
    engage: Engage, server: FeedServer
) -> None:
    server.serve("/page", Reply(body=b"<html><p>no feed here</p></html>"))
    server.serve("/broken", Reply(body=b"<rss><channel><item>"))
    for target in (server.url("/page"), server.url("/broken"), "http://127.0.0.9:1/feed"):
        done = engage("add", target, ok=False)
        assert (done.returncode, done.stdout) == (1, "")
        assert len(done.stderr.strip().splitlines()) == 1
        assert "127.0.0." in done.stderr
    assert listed(engage, "feeds")["feeds"] == []
    assert listed(engage, "people")["people"] == []


@pytest.mark.skipif(not CAPTURED.is_dir(), reason="the captured feeds are not beside this clone")
def test_captured_feeds_twice(engage: Engage, server: FeedServer) -> None:
    names = sorted(path.name for path in CAPTURED.iterdir() if path.suffix != ".md")
    targets = []
    for number, name in enumerate(names):
        kind = "application/json" if name.endswith(".json") else "application/xml"
        server.feed(f"/{name}", (CAPTURED / name).read_bytes(), content_type=kind)
        targets.append(server.url(f"/{name}", f"127.0.1.{number + 1}"))
    done = engage("add", *targets, "--json", ok=False)
    added = json.loads(done.stdout)
    assert done.returncode == 1
    assert len(added["added"]) == len(names) - 1
    [error] = added["errors"]
    assert "ScriptingNews.json" in error["target"]
    posts = listed(engage, "posts")["posts"]
    assert len({post["id"] for post in posts}) == len(posts) > 300
    later = NOW + 3 * DAY
    again = listed(engage, "refresh", now=later)
    assert again["feeds"]["due"] == len(names) - 1
    assert (again["feeds"]["failed"], again["feeds"]["not_modified"]) == (0, len(names) - 1)
    assert again["posts"] == {"new": 0, "updated": 0}
    for name in names:  # a body that is not the same to the byte is read anew
        body = (CAPTURED / name).read_bytes()
        kind = "application/json" if name.endswith(".json") else "application/xml"
        server.feed(f"/{name}", body + b"\n", content_type=kind, etag=None)
    again = listed(engage, "refresh", now=later + 3 * DAY)
    assert (again["feeds"]["failed"], again["feeds"]["fetched"]) == (0, len(names) - 1)
    assert again["posts"] == {"new": 0, "updated": 0}
    assert again["tasks"] == {"new": 0}
    assert [post["id"] for post in listed(engage, "posts")["posts"]] == [
        post["id"] for post in posts
    ]

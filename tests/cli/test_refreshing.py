"""Adding and refreshing feeds from a server on loopback, and being interrupted meanwhile."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.feedserver import FeedServer, Reply, rss

from .conftest import Run

LATER = "2026-11-24T12:00:00+01:00"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        server.feed("/fast", rss(["Ink"], title="fast"))
        server.feed("/slow", rss(["Rag"], title="slow"))
        yield server


def url(server: FeedServer, name: str) -> str:
    """Each feed on a host of its own: one host is asked once a second."""
    hosts = {"fast": "127.0.0.2", "slow": "127.0.0.3", "nothing": "127.0.0.4"}
    return server.url(f"/{name}", hosts[name])


def titles(engage: Run) -> set[str]:
    return {post["title"] for post in engage("posts", "--json").json["posts"]}


def test_a_feed_is_added_once(engage: Run, server: FeedServer) -> None:
    ran = engage("add", url(server, "fast"), "--person", "Mara Quill", "--circle", "2")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "Following fast (Mara Quill), 1 post.\n"
    again = engage("add", url(server, "fast"), "--json").json
    assert (again["added"], again["errors"], len(again["known"])) == ([], [], 1)
    assert server.paths() == ["/fast"]
    (feed,) = engage("feeds", "--json").json["feeds"]
    assert again["known"][0]["feed"] == feed["id"]
    (mara,) = engage("people", "--json").json["people"]
    assert (mara["id"], mara["circle"], feed["person"]) == (feed["person"], 2, mara["id"])


def test_writers_of_one_site_are_people_of_their_own(engage: Run, server: FeedServer) -> None:
    added = [engage("add", url(server, name), "--json").json for name in ("fast", "slow")]
    assert [each["added"][0]["person"] is None for each in added] == [False, False]
    assert [each["name"] for each in engage("people", "--json").json["people"]] == ["fast", "slow"]


def test_a_second_feed_of_the_same_title_and_site_is_the_same_person_s(
    engage: Run, server: FeedServer
) -> None:
    server.feed("/slow", rss(["Rag"], title="Fast"))
    engage("add", url(server, "fast"), url(server, "slow"))
    (one,) = engage("people", "--json").json["people"]
    assert len(one["feeds"]) == 2


def test_with_no_terminal_nothing_is_asked(engage: Run, server: FeedServer) -> None:
    ran = engage("add", url(server, "fast"))
    assert ran.status == 0
    assert "yours" not in ran.err
    assert engage("feeds", "--json").json["feeds"][0]["role"] == "theirs"


@pytest.mark.parametrize(("answer", "role"), [("y\n", "own"), ("\n", "theirs"), ("", "theirs")])
def test_on_a_terminal_the_first_add_asks(
    engage: Run,
    server: FeedServer,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    role: str,
) -> None:
    monkeypatch.setattr("engage.cli.output.is_terminal", lambda _: True)
    monkeypatch.setattr(sys.stdin, "readline", lambda: answer, raising=False)
    ran = engage("add", url(server, "fast"))
    assert "Is this yours?" in ran.err
    assert engage("feeds", "--json").json["feeds"][0]["role"] == role


def test_one_of_two_targets_fails(engage: Run, server: FeedServer) -> None:
    ran = engage("add", url(server, "nothing"), url(server, "fast"))
    assert ran.status == 1
    assert url(server, "nothing") in ran.err and "Traceback" not in ran.err
    assert titles(engage) == {"Ink"}
    form = engage("add", url(server, "nothing"), "--json")
    assert form.status == 1
    assert form.json["errors"][0]["target"] == url(server, "nothing")


def test_a_refresh_asks_what_is_due(
    engage: Run, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    engage("add", url(server, "fast"), url(server, "slow"))
    early = engage("refresh")
    assert (early.status, early.out) == (0, "No feed is due yet.\n")
    monkeypatch.setenv("ENGAGE_NOW", LATER)
    server.feed("/fast", rss(["Sorrel", "Ink"], title="fast"))
    form = engage("refresh", "--json").json
    assert (form["feeds"]["due"], form["posts"]["new"], form["errors"]) == (2, 1, [])
    assert titles(engage) == {"Ink", "Sorrel", "Rag"}
    assert sorted(server.paths()[2:]) == ["/fast", "/slow"]


def test_a_feed_that_fails_is_named(
    engage: Run, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    engage("add", url(server, "fast"), url(server, "slow"))
    monkeypatch.setenv("ENGAGE_NOW", LATER)
    server.serve("/slow", Reply(500))
    ran = engage("refresh")
    assert ran.status == 0, "one of two failed, and none was named"
    assert url(server, "slow") in ran.err
    monkeypatch.setenv("ENGAGE_NOW", "2026-11-28T12:00:00+01:00")
    assert engage("refresh", "slow").status == 1
    assert engage("refresh", "fast").status == 0


def in_session(leader: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, _, session = path.read_text().rpartition(")")[2].split()[:4]
            if int(session) == leader and state != "Z":
                found.append(int(path.parent.name))
    return found


@pytest.mark.parametrize(
    ("number", "ctrl_c"),
    [
        pytest.param(signal.SIGINT, signal.SIG_DFL, id="Ctrl+C"),
        pytest.param(signal.SIGTERM, signal.SIG_DFL, id="SIGTERM"),
        pytest.param(signal.SIGTERM, signal.SIG_IGN, id="SIGTERM, put behind by a shell script"),
    ],
)
def test_an_interrupted_refresh_keeps_what_has_arrived(
    engage: Run,
    server: FeedServer,
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
    ctrl_c: signal.Handlers,
) -> None:
    engage("add", url(server, "fast"), url(server, "slow"))
    monkeypatch.setenv("ENGAGE_NOW", LATER)
    server.feed("/fast", rss(["Sorrel", "Ink"], title="fast"))
    server.serve("/slow", lambda _: server.wait(60) or Reply(hang_up=True))
    terminal, end = pty.openpty()
    before = signal.signal(signal.SIGINT, ctrl_c)
    refresh = subprocess.Popen(
        [sys.executable, "-m", "engage", "refresh"],
        stderr=end,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    signal.signal(signal.SIGINT, before)
    os.close(end)
    try:
        said = b""
        while b"1 of 2" not in said:
            said += os.read(terminal, 1000)
        assert len(in_session(refresh.pid)) >= 2, "engage, and what parses for it"
        refresh.send_signal(number)
        out, _ = refresh.communicate(timeout=5)
        said += os.read(terminal, 1000)
    finally:
        refresh.kill()
        os.close(terminal)
    assert (refresh.returncode, out) == (130, b"")
    assert in_session(refresh.pid) == []
    assert b"Traceback" not in said
    assert b"1 of 2, waiting for slow" in said
    assert b"\r\x1b[KStopped; what had arrived is kept." in said, "in the place of the line"
    assert titles(engage) == {"Ink", "Sorrel", "Rag"}


def test_each_feed_says_how_it_is_doing(
    engage: Run, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    engage("add", url(server, "fast"), url(server, "slow"))
    server.serve("/slow", Reply(404))
    for day in (24, 26, 28, 30):
        monkeypatch.setenv("ENGAGE_NOW", f"2026-11-{day}T12:00:00+01:00")
        engage("refresh")
    first, second = engage("feeds").out.splitlines()
    assert "Failing since Tuesday: 127.0.0.3 has nothing at this address" in first
    assert "` looks for its successor." in first
    assert "Fine. Next asked tomorrow at 12:00." in second
    monkeypatch.setenv("ENGAGE_NOW", "2026-12-04T12:00:00+01:00")
    form = engage("feeds", "--json").json["feeds"][0]
    assert (form["state"], form["attention"]) == ("failing", True)
    assert form["failing_since"] == "2026-11-24T12:00:00+01:00"
    assert form["sentence"].startswith("Needs attention, failing since 24 Nov (10 days):")
    assert len(form["message"].split()) >= 3 and len(form["message"]) <= 400


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://www.linkedin.com/in/mara-quill", "Added Mara Quill. LinkedIn has no feeds"),
        ("instagram.com/mara.quill", "Added mara.quill. Instagram has no feeds"),
        ("https://www.facebook.com/mara.quill", "Added mara.quill. Facebook has no feeds"),
    ],
)
def test_where_there_are_no_feeds_a_person_is_made_and_that_is_said(
    engage: Run, address: str, says: str
) -> None:
    ran = engage("add", address)
    assert (ran.status, ran.err) == (0, "")
    assert says in ran.out and "kept as a person without one" in ran.out
    (person,) = engage("people", "--json").json["people"]
    assert (
        person["profiles"][0].startswith("https://")
        and address.split("/")[-1] in person["profiles"][0]
    )
    assert engage("feeds", "--json").json["feeds"] == []
    assert engage("add", address).out.startswith("You know")

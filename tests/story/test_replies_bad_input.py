"""Replies and responses where the other side is broken, hostile or gone: a sentence, and nothing
is lost or sent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.story.commands import NOW, Engage, listed
from tests.story.comment_feeds import COMMENT_FEEDS, Comment
from tests.story.happened import DAY, HOUR, owed, own_site, touches
from tests.story.sites import item, rss
from tests.support.feedserver import FeedServer, Reply, Request

HTML = {"Content-Type": "text/html"}


def test_a_feed_that_lies_about_authors_in_hostile_names(
    engage: Engage, server: FeedServer
) -> None:
    site = own_site(engage, server)
    liars = [
        ("the writer's name, another's site", "Ines Ferro", "http://127.0.0.9/", "tag:1"),
        ("an escape", "Mara&#27;[2J Quill", "javascript:alert(1)", "tag:2"),
        ("a bidi override", "Tomasz&#8238;dnuL", "http://[::1/", "tag:3"),
        ("mark-up", "&lt;b&gt;Jun&lt;/b&gt; [red]x[/red]", "", "tag:4"),
        ("a name without end", "N" * 5000, f"https://n.example/{'a' * 4000}", "tag:5"),
        ("no name, no id", "", "", ""),
        ("an id twice", "Sami", "https://sami.example/", "tag:1"),
    ]
    entries = "".join(
        f"<entry><id>{id}</id><title>Re</title><link href='{site}table#c{number}'/>"
        f"<author><name>{name}</name><uri>{uri}</uri></author>"
        f"<updated>2026-11-2{number % 3}T09:00:00Z</updated>"
        f"<content type='html'>Words {number}: {what}.</content></entry>"
        for number, (what, name, uri, id) in enumerate(liars)
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>C</title><id>x</id>{entries}</feed>'
    server.feed("/comments", feed.encode())
    engage("add", f"{site}comments", "--responses")
    said = engage("inbox").stdout + json.dumps(listed(engage, "inbox"), ensure_ascii=False)
    assert not set(said) & {"\x1b", "\u202e"}
    shown = listed(engage, "posts")["posts"]
    texts = {each["title"]: each for each in shown if each["role"] == "responses"}
    assert len([each for each in shown if each["role"] == "responses"]) == len(liars), texts
    names = owed(engage)
    # The writer's name alone is the writer's: what is signed with it is owed to nobody.
    assert len(names) == len(liars) - 1
    assert all(len(name) <= 200 for name in names)
    profiles = [url for one in listed(engage, "people")["people"] for url in one["profiles"]]
    assert all(url.startswith("http") for url in profiles)


def test_what_was_deleted_stays_owed_and_what_is_unknown_is_owed_as_well(
    engage: Engage, server: FeedServer
) -> None:
    site = own_site(engage, server)
    feed, other = COMMENT_FEEDS["WordPress RSS"](f"{site}table"), f"{site}never-seen"
    theirs = Comment(7, "Mara Quill", "It stayed with me.", NOW - DAY)
    server.feed("/comments", feed.shows(theirs))
    engage("add", f"{site}comments", "--responses")
    unknown = COMMENT_FEEDS["WordPress RSS"](other)
    server.feed("/comments", unknown.shows(Comment(8, "Jun Haugen", "And this?", NOW)))
    engage("refresh", now=NOW + 7 * HOUR)
    assert sorted(owed(engage, NOW + 7 * HOUR)) == ["Jun Haugen", "Mara Quill"]
    assert touches(engage, "Mara Quill") == [("in", "comment", "seen", feed.place(7))]
    assert touches(engage, "Jun Haugen") == [("in", "comment", "seen", unknown.place(8))]
    server.serve("/comments", Reply(410, b""))
    engage("refresh", now=NOW + 14 * HOUR)
    assert "Mara Quill" in owed(engage, NOW + 14 * HOUR), "a feed that is gone takes nothing along"


def test_a_thread_without_end_and_one_that_bites_its_tail(
    engage: Engage, server: FeedServer
) -> None:
    site = own_site(engage, server)
    feed = COMMENT_FEEDS["WordPress Atom"](f"{site}table")
    deep = [Comment(n, f"Reader {n % 3}", f"Words {n}", NOW - DAY + n * HOUR / 60, answers=n - 1)
            for n in range(1, 400)]  # fmt: skip
    bites = [Comment(901, "Ana", "a", NOW, answers=902), Comment(902, "Bo", "b", NOW, answers=901),
             Comment(903, "Cy", "c", NOW, answers=903)]  # fmt: skip
    server.feed("/comments", feed.shows(*deep, *bites))
    engage("add", f"{site}comments", "--responses")
    assert owed(engage) == ["Cy", "Reader 1"], "the first, and the one that answers itself"
    assert engage("person", "Reader 1", "--conversations").returncode == 0


def test_a_token_that_is_refused_later(engage: Engage, server: FeedServer) -> None:
    site = own_site(engage, server)
    mention = {
        "type": "entry", "author": {"name": "Jun", "url": "https://jun.example/"}, "wm-id": 1,
        "url": "https://jun.example/a", "wm-target": f"{site}table", "content": {"text": "So."},
        "wm-property": "in-reply-to", "wm-received": (NOW - HOUR).isoformat(),
    }  # fmt: skip
    body = json.dumps({"type": "feed", "children": [mention]}).encode()
    refused = False
    answers = server.reply_to

    def reply_to(request: Request) -> Reply:
        answer = answers(request)
        if not request.path.startswith("/api/mentions.jf2"):
            return answer
        if refused:
            return Reply(403, b"no such token: s3cr3t")
        return Reply(200, body, {"Content-Type": "application/json"})

    server.reply_to = reply_to  # type: ignore[method-assign]
    engage("add", f"{site}api/mentions.jf2?token=s3cr3t", "--responses")
    assert owed(engage) == ["Jun"]
    refused = True
    done = engage("refresh", "--again", now=NOW + DAY, ok=False)
    listing = engage("feeds", now=NOW + DAY)
    said = done.stdout + done.stderr + listing.stdout
    assert "s3cr3t" not in said and "127.0.0.2" in said
    [feed] = [each for each in listed(engage, "feeds")["feeds"] if each["role"] == "responses"]
    assert feed["state"] == "failing" and len(feed["message"].split()) >= 3
    assert owed(engage, NOW + DAY) == ["Jun"]


def test_no_export_and_no_log_holds_a_token(
    engage: Engage, server: FeedServer, tmp_path: Any
) -> None:
    site = own_site(engage, server)
    server.feed("/wm", b'{"type": "feed", "children": []}')
    answers = server.reply_to

    def reply_to(request: Request) -> Reply:
        answer = answers(request)
        if request.path.startswith("/api/"):
            return Reply(200, b'{"type": "feed", "name": "m", "children": []}')
        return answer

    server.reply_to = reply_to  # type: ignore[method-assign]
    engage("add", f"{site}api/mentions.jf2?token=s3cr3t", "--responses")
    engage("refresh", "--again", now=NOW + DAY, ENGAGE_WEBMENTION_TOKEN="0ther-s3cr3t")
    out = tmp_path / "out"
    for command in (("opml",), ("csv",), ("json",), ("ics",), ("all", "--out", str(out))):
        done = engage("export", *command)
        assert "s3cr3t" not in done.stdout + done.stderr
    engage("backup", str(tmp_path / "backup"))
    engage("doctor", ok=False)
    held = [
        path.name
        for path in tmp_path.rglob("*")
        if path.is_file() and b"s3cr3t" in path.read_bytes()
    ]
    assert held == ["webmention-tokens.json"]


@pytest.mark.parametrize(
    ("target", "says"),
    [
        pytest.param(Reply(302, headers={"Location": "http://127.0.0.9/x"}), "private",
                     id="the page leads to a private address"),
        pytest.param(Reply(headers=HTML | {"Link": "<http://10.0.0.1/wm>; rel=webmention"}),
                     "private", id="the endpoint is one"),
        pytest.param(Reply(404, b""), "404", id="the page is gone"),
        pytest.param(Reply(body=b"<p>x</p>", headers=HTML), "takes no webmentions",
                     id="the page names no endpoint"),
        pytest.param(Reply(headers=HTML | {"Link": "</hangs>; rel=webmention"}), "broke off",
                     id="the endpoint hangs up"),
    ],
)  # fmt: skip
def test_a_webmention_that_cannot_be_sent(
    engage: Engage, server: FeedServer, target: Reply, says: str
) -> None:
    source, page = server.url("/mine", "127.0.0.2"), server.url("/theirs", "127.0.0.3")
    server.serve("/mine", Reply(body=f'<a href="{page}">x</a>'.encode(), headers=HTML))
    server.serve("/theirs", target)
    server.serve("/hangs", Reply(hang_up=True))
    done = engage("webmention", source, page, "--send", "--json", ok=False)
    form = json.loads(done.stdout)
    assert (done.returncode, form["sent"]) == (1, False)
    assert says in form["message"] and "Traceback" not in done.stderr
    posted = [request.path for request in server.requests if request.method == "POST"]
    assert posted == (["/hangs"] if "hangs" in str(target.headers) else [])
    assert listed(engage, "webmention", "--list")["webmentions"] == []


@pytest.mark.parametrize("author", ["Ines Ferro", ""])
def test_adding_the_own_feed_says_how_the_writer_is_known(
    engage: Engage, server: FeedServer, author: str
) -> None:
    site = server.url("/", "127.0.0.2")
    server.feed("/feed", rss("Mine", site, [item("A", f"{site}a", NOW, author=author)]))
    said = engage("add", f"{site}feed", "--own").stdout
    known = "What is signed Ines Ferro is known as yours."
    assert (known if author else "It names no author: give your names as `names`") in said

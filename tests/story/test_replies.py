"""The whole circle, on loopback sites of each kind: they write, it is owed, the draft, the post,
the question, the evidence, answered."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.story.commands import NOW, Engage, listed
from tests.story.comment_feeds import COMMENT_FEEDS, Comment
from tests.story.conftest import WORDS
from tests.story.happened import DAY, HOUR, owed, own_site, touches
from tests.story.sites import item, rss
from tests.support.feedserver import FeedServer, Reply, Request

SECRET = "s3cr3t-t0ken"

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
<title>{title}</title><id>{id}</id><link href="{site}"/><updated>2026-11-22T00:00:00Z</updated>
{entries}</feed>"""


def entry(
    id: str, link: str, author: str, text: str, at: datetime, *, answers: str = "", uri: str = ""
) -> str:
    """One comment of an Atom feed."""
    thread = f'<thr:in-reply-to ref="{answers}" href="{answers}"/>' if answers else ""
    who = f"<name>{author}</name>" + (f"<uri>{uri}</uri>" if uri else "")
    return (
        f"<entry><id>{id}</id><title>Re</title><link href='{link}'/><author>{who}</author>"
        f"<updated>{at.isoformat()}</updated><published>{at.isoformat()}</published>{thread}"
        f"<content type='html'>{text}</content></entry>"
    )


def atom(title: str, site: str, *entries: str) -> bytes:
    return ATOM.format(title=title, id=f"{site}#f", site=site, entries="".join(entries)).encode()


def answer_it(engage: Engage, who: str, *, now: datetime = NOW) -> str:
    """Draft in the editor, and say that it is posted; the id of the draft."""
    said = engage("reply", who, now=now)
    assert f"draft: {who}" in said.stdout
    [draft] = listed(engage, "drafts")["drafts"]
    assert draft["text"] == WORDS, "no comment line reached the reply"
    assert [t["person"]["name"] for t in listed(engage, "inbox", "has:draft")["tasks"]] == [who]
    assert who in owed(engage, now), "a draft answers nothing"
    engage("reply", draft["id"], "--posted", now=now)
    assert owed(engage, now) == []
    assert listed(engage, "drafts")["drafts"] == []
    return str(draft["id"])


@pytest.mark.parametrize("kind", COMMENT_FEEDS)
def test_the_whole_circle_of_a_comments_feed(engage: Engage, server: FeedServer, kind: str) -> None:
    site = own_site(engage, server)
    feed = COMMENT_FEEDS[kind](f"{site}table")
    theirs = Comment(7, "Mara Quill", "It stayed with me.", NOW - DAY)
    server.feed("/comments", feed.shows(theirs))
    engage("add", f"{site}comments", "--responses")
    assert owed(engage) == ["Mara Quill"]
    answer_it(engage, "Mara Quill", now=NOW + HOUR)
    assert touches(engage, "Mara Quill")[-1] == ("out", "reply", "said", None)

    mine = Comment(8, "Ines Ferro", WORDS, NOW + HOUR, answers=7)
    other = Comment(9, "Jun Haugen", "Welcome, Mara.", NOW + HOUR, answers=7)
    server.feed("/comments", feed.shows(theirs, mine, other))
    engage("refresh", now=NOW + 7 * HOUR)
    assert touches(engage, "Mara Quill") == [
        ("in", "comment", "seen", feed.place(7)),
        ("out", "reply", "verified", feed.place(8)),
    ], "verified with its address, and never twice"
    assert owed(engage, NOW + 7 * HOUR) == [], "what a reader says to another is not"
    again = Comment(10, "Mara Quill", "So?", NOW + 8 * HOUR, answers=8)
    server.feed("/comments", feed.shows(theirs, mine, other, again))
    engage("refresh", now=NOW + 14 * HOUR)
    assert owed(engage, NOW + 14 * HOUR) == ["Mara Quill"], "their next words are owed"
    [talk] = listed(engage, "person", "Mara Quill", now=NOW + 14 * HOUR)["conversations"]
    assert (talk["about"], talk["post"]) == ("The kitchen table", "yours")
    assert [(each["text"], each["owed"]) for each in talk["words"]] == [
        ("It stayed with me.", False),
        (WORDS, False),
        ("So?", True),
    ], "the post, their comment, the answer, their next words"


def test_the_comments_of_one_post_where_there_is_no_feed_of_all(
    engage: Engage, server: FeedServer
) -> None:
    site = server.url("/", "127.0.0.2")

    def piece(count: int) -> bytes:
        one = item("The kitchen table", f"{site}table", NOW - 3 * DAY, author="Ines Ferro")
        more = f"<wfw:commentRss>{site}one</wfw:commentRss><slash:comments>{count}</slash:comments>"
        said = one.replace("</item>", f"{more}</item>")
        return rss("Ines Ferro", site, [said]).replace(
            b"<rss ",
            b'<rss xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
            b'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" ',
        )

    server.feed("/feed", piece(0))
    comment = item("By: Tomasz", f"{site}table#c1", NOW, author="Tomasz Lund", body="Mine creaks.")
    server.feed("/one", rss("Comments on: The kitchen table", site, [comment]))
    engage("add", f"{site}feed", "--own")
    engage("refresh", now=NOW + 26 * HOUR)
    assert "/one" not in server.paths(), "no comments: nothing to ask for"
    server.feed("/feed", piece(1))
    engage("refresh", now=NOW + 52 * HOUR)
    assert server.paths().count("/one") == 1
    assert owed(engage, NOW + 52 * HOUR) == ["Tomasz Lund"]
    engage("refresh", now=NOW + 78 * HOUR)
    assert server.paths().count("/one") == 1, "the count has not risen"


def test_an_answer_under_somebody_elses_post(engage: Engage, server: FeedServer) -> None:
    own_site(engage, server)
    mara = server.url("/", "127.0.0.3")

    def essay(count: int) -> bytes:
        more = f"<wfw:commentRss>{mara}c</wfw:commentRss><slash:comments>{count}</slash:comments>"
        one = item("Ink", f"{mara}ink", NOW - DAY, author="Mara Quill")
        return rss("Mara Quill", mara, [one.replace("</item>", f"{more}</item>")]).replace(
            b"<rss ",
            b'<rss xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
            b'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" ',
        )

    server.feed("/mara", essay(3))
    engage("add", f"{mara}mara")
    ink = listed(engage, "posts", "person:mara")["posts"][0]["id"]
    engage("refresh", now=NOW + HOUR)
    assert "/c" not in server.paths(), "the writer has not written there"
    engage("reply", ink)
    engage("reply", ink, "--posted")
    mine = entry("c:1", f"{mara}ink#1", "Ines Ferro", WORDS, NOW)
    other = entry("c:2", f"{mara}ink#2", "Jun Haugen", "Me too.", NOW, answers="c:9")
    hers = entry("c:3", f"{mara}ink#3", "Mara Quill", "You should ask.", NOW + HOUR, answers="c:1")
    server.feed("/c", atom("Comments on Ink", mara, mine, other, hers))
    server.feed("/mara", essay(6))
    engage("refresh", now=NOW + 26 * HOUR)
    assert touches(engage, "Mara Quill") == [
        ("out", "reply", "verified", f"{mara}ink#1"),
        ("in", "reply", "seen", f"{mara}ink#3"),
    ]
    assert owed(engage, NOW + 26 * HOUR) == ["Mara Quill"]
    assert listed(engage, "people", "jun")["people"] == [], "readers among themselves"


def test_webmentions_with_a_token_page_by_page(
    engage: Engage, server: FeedServer, home: Path
) -> None:
    site = own_site(engage, server)

    def mention(number: int) -> dict[str, Any]:
        return {
            "type": "entry",
            "author": {"name": f"Reader {number}", "url": f"https://r{number}.example/"},
            "url": f"https://r{number}.example/answer",
            "wm-id": number,
            "wm-received": (NOW - HOUR).isoformat(),
            "wm-target": f"{site}table",
            "wm-property": "in-reply-to" if number == 103 else "like-of",
            "content": {"text": f"Words {number}"},
        }

    def page(request: Request) -> Reply:
        asked = parse_qs(request.path.partition("?")[2])
        if asked.get("token") != [SECRET]:
            return Reply(403, b"no")
        since = int(asked.get("since_id", ["0"])[0])
        found = [mention(number) for number in range(1, 104) if number > since][:100]
        body = json.dumps({"type": "feed", "children": found}).encode()
        return Reply(200, body, {"Content-Type": "application/json"})

    answers = server.reply_to

    def reply_to(request: Request) -> Reply:
        answer = answers(request)
        return page(request) if request.path.startswith("/api/mentions.jf2") else answer

    server.reply_to = reply_to  # type: ignore[method-assign]
    address = f"{site}api/mentions.jf2?domain=ines.example"
    refused = engage("add", f"{address}&token=wrong", "--responses", ok=False)
    assert refused.returncode == 1 and "wrong" not in refused.stderr
    said = [engage("add", f"{address}&token={SECRET}", "--responses")]
    said.append(engage("refresh", "--again", now=NOW + DAY))
    assert owed(engage, NOW + DAY) == ["Reader 103"]
    answer_it(engage, "Reader 103", now=NOW + DAY + HOUR)
    answer = f'<p>{WORDS} To <a href="https://r103.example/answer">Reader 103</a>.</p>'
    pieces = [
        item("The kitchen table", f"{site}table", NOW - 3 * DAY, author="Ines Ferro"),
        item("To 103", f"{site}to-103", NOW + DAY + HOUR, author="Ines Ferro", body=answer),
    ]
    server.feed("/feed", rss("Ines Ferro", site, pieces))
    engage("refresh", "--again", now=NOW + 2 * DAY)
    assert touches(engage, "Reader 103") == [
        ("in", "reply", "seen", "https://r103.example/answer"),
        ("out", "reply", "verified", f"{site}to-103"),
    ]
    [ready] = listed(engage, "webmention", "--list")["webmentions"]
    assert (ready["target"], ready["sent"]) == ("https://r103.example/answer", False)
    for command in (("feeds",), ("feeds", "--json"), ("config", "show"), ("export", "opml")):
        said.append(engage(*command))
    for done in said:
        assert SECRET not in done.stdout + done.stderr
    holding = [
        path.name
        for path in home.rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    ]
    assert holding == ["webmention-tokens.json"]
    assert (home / "webmention-tokens.json").stat().st_mode & 0o077 == 0


def test_a_link_in_their_feed_and_an_answer_on_the_own_site(
    engage: Engage, server: FeedServer
) -> None:
    site = own_site(engage, server)
    mara = server.url("/", "127.0.0.3")
    link = f'<p>As Ines wrote in <a href="{site}table?utm_source=x">her essay</a>.</p>'
    server.feed(
        "/mara",
        rss("Mara Quill", mara, [item("Looms", f"{mara}looms", NOW - DAY, body=link)]),
    )
    engage("add", f"{mara}mara")
    assert owed(engage) == ["Mara Quill"]
    task = next(t for t in listed(engage, "inbox")["tasks"] if t["reason"] == 1)
    engage("reply", task["id"], now=NOW + HOUR)
    engage("reply", task["id"], "--posted", now=NOW + HOUR)
    assert owed(engage, NOW + HOUR) == []

    answer = f'<p>{WORDS} See <a href="{mara}looms">Looms</a>.</p>'
    pieces = [
        item("The kitchen table", f"{site}table", NOW - 3 * DAY, author="Ines Ferro"),
        item("To Mara", f"{site}to-mara", NOW + HOUR, author="Ines Ferro", body=answer),
    ]
    server.feed("/feed", rss("Ines Ferro", site, pieces))
    engage("refresh", now=NOW + 26 * HOUR)
    [_, out] = touches(engage, "Mara Quill")
    assert out == ("out", "reply", "verified", f"{site}to-mara")

    received: list[bytes] = []

    def receive(request: Request) -> Reply:
        received.append(request.body)
        return Reply(202, b"queued")

    html = {"Content-Type": "text/html"}
    server.serve("/to-mara", Reply(body=answer.encode(), headers=html))
    server.serve("/looms", Reply(headers=html | {"Link": '</wm?a=1>; rel="webmention"'}))
    server.serve("/wm?a=1", receive)
    shown = listed(engage, "webmention", f"{site}to-mara", f"{mara}looms")
    assert (shown["endpoint"], shown["sent"], shown["status"]) == (f"{mara}wm?a=1", False, None)
    assert received == [], "only shown"
    sent = listed(engage, "webmention", f"{site}to-mara", f"{mara}looms", "--send")
    assert (sent["sent"], sent["status"]) == (True, 202)
    assert "later" in sent["message"] and "delivered" not in sent["message"]
    twice = engage("webmention", f"{site}to-mara", f"{mara}looms", "--send", ok=False)
    assert (twice.returncode, len(received)) == (1, 1)
    assert parse_qs(received[0].decode()) == {
        "source": [f"{site}to-mara"],
        "target": [f"{mara}looms"],
    }
    engage("webmention", f"{site}to-mara", f"{mara}looms", "--send", "--again")
    assert len(received) == 2


def test_a_response_on_medium_is_offered_and_never_logged_silently(
    engage: Engage, server: FeedServer
) -> None:
    medium = server.url("/", "127.0.0.2")

    def story(title: str, id: str, body: str, *tags: str) -> str:
        said = item(
            title, f"{medium}{id}", NOW, author="Ines", body=body, guid=f"https://medium.com/p/{id}"
        )
        tagged = "".join(f"<category>{tag}</category>" for tag in tags)
        return said.replace("</item>", f"{tagged}</item>")

    essay = story("The kitchen table", "a1", "<p>An essay.</p>", "writing")
    server.feed("/feed/@ines", rss("Ines on Medium", medium, [essay]))
    engage("add", f"{medium}feed/@ines", "--own")
    engage("add", "--person", "Mara Quill")
    engage("done", "Mara Quill")
    engage("log", "Mara Quill", "comment", "--in")
    answer_it(engage, "Mara Quill", now=NOW + HOUR)
    response = story("Thank you. My grandmother had…", "b2", f"<p>{WORDS}</p>")
    other = story("Nobody in particular", "c3", "<p>Nobody in particular, I said.</p>")
    server.feed("/feed/@ines", rss("Ines on Medium", medium, [response, other, essay]))
    engage("refresh", now=NOW + 26 * HOUR)
    assert touches(engage, "Mara Quill")[-1][2] == "said", "a likeness is only offered"
    [question] = listed(engage, "questions")["questions"]
    assert question["sentence"] == "This looks like your reply to Mara Quill: log it?"
    engage("questions", question["id"], "yes", now=NOW + 26 * HOUR)
    assert touches(engage, "Mara Quill")[-1] == ("out", "reply", "verified", f"{medium}b2")
    assert listed(engage, "questions")["questions"] == []
    assert listed(engage, "week")["published"] == 1, "responses are no pieces"


def test_two_people_of_one_name_are_asked_about_once(engage: Engage, server: FeedServer) -> None:
    site = own_site(engage, server)
    for host in ("127.0.0.5", "127.0.0.6"):
        theirs = server.url("/", host)
        server.feed(f"/{host}", rss("Ana Lima", theirs, [item("A", f"{theirs}a", NOW - DAY)]))
        engage("add", f"{theirs}{host}")
    first = entry("t:1", f"{site}table#1", "Ana Lima", "Mine is oak.", NOW - HOUR)
    server.feed("/comments", atom("Comments", site, first))
    engage("add", f"{site}comments", "--responses")
    assert owed(engage) == [], "nobody is guessed"
    [question] = listed(engage, "questions")["questions"]
    assert len(question["people"]) == 2
    chosen = question["people"][1]
    engage("questions", question["id"], chosen)
    tasks = [t for t in listed(engage, "inbox")["tasks"] if t["reason"] == 1]
    assert [task["person"]["id"] for task in tasks] == [chosen]
    second = entry("t:2", f"{site}table#2", "Ana Lima", "And yours?", NOW + HOUR)
    server.feed("/comments", atom("Comments", site, first, second))
    engage("refresh", now=NOW + 7 * HOUR)
    assert listed(engage, "questions")["questions"] == [], "asked once"
    engage("undo")
    assert len(listed(engage, "questions")["questions"]) == 1

"""Labelled cases: what feeds of each kind show, and what engage must make of it.

``python -m tests.replies.labelled`` prints the table. A decoy is whatever must not be owed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from engage.domain.evidence import Wording, confirmed, likeness, wrote_about
from engage.domain.identity import feed_id, merge, own_of
from engage.domain.incoming import Incoming, resolve
from engage.domain.mentions import mentions
from engage.domain.people import make_person
from engage.domain.posts import Post
from engage.domain.records import Amendment, Feed, NewsItem, Rules, Touch, World
from engage.domain.threads import resolve_there
from engage.feeds.parse import parse
from tests.replies.comment_formats import ADDRESSES, FORMATS, NOW, SITE, TABLE, Comment, atom

RULES = Rules(names=("I. Ferro",), sites=("https://ferro.example",))
OWN = Feed("own", f"{SITE}/feed", f"{SITE}/feed", "own", NOW, site=SITE, author="Ines Ferro")
PLACE = f"{SITE}/comments"
COMMENTS = Feed(feed_id(PLACE), PLACE, PLACE, "responses", NOW)
MARA = make_person("Mara Quill", NOW, "added", profile="https://mara.example/")
ANAS = tuple(
    make_person("Ana Lima", NOW, "added", profile=f"https://ana{n}.example/") for n in (1, 2)
)
MARAS = Feed("m", "https://mara.example/feed", "https://mara.example/feed", "theirs", NOW, MARA.id,
             site="https://mara.example")  # fmt: skip

OWED, LOGGED, OUT, VERIFIED, ASKED, OFFERED, NOTHING = (
    "owed", "not owed", "out", "verified", "asked", "offered", "nothing",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A source, what it shows, and what must come of it; ``judge`` says what does. ``miss``: why
    engage cannot tell."""

    source: str
    what: str
    expected: str
    judge: Callable[[], str]
    miss: str = ""

    @property
    def decoy(self) -> bool:
        return self.expected != OWED


def _post(feed: str, body: bytes, url: str, role: str = "theirs") -> tuple[Post, ...]:
    kind = "application/json" if body.startswith(b"{") else "application/xml"
    document = parse(body, kind, url, NOW, role)  # type: ignore[arg-type]
    return merge(feed, role, (), document, NOW).posts  # type: ignore[arg-type]


def _rss(site: str, *items: str) -> bytes:
    head = f'<rss version="2.0"><channel><title>F</title><link>{site}</link>'
    return f"{head}{''.join(items)}</channel></rss>".encode()


def _item(
    link: str, html: str = "", *, days: float = 1, guid: str = "", title: str = "A", tags: str = ""
) -> str:
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link>"
        f'<guid isPermaLink="false">{escape(guid or link)}</guid>'
        f"<pubDate>{format_datetime(NOW - timedelta(days=days))}</pubDate>{tags}"
        f"<description>{escape(html)}</description></item>"
    )


OWN_POSTS = tuple(
    own_of(post)
    for post in _post(
        "own",
        _rss(
            SITE,
            _item(TABLE, days=40, guid=f"{SITE}/?p=7"),
            _item(f"{SITE}/2026/looms", days=39, guid="tag:ines,2026:2"),
        ),
        OWN.url,
        "own",
    )
)
WORLD = World(
    people={person.id: person for person in (MARA, *ANAS)},
    feeds={feed.id: feed for feed in (OWN, COMMENTS, MARAS)},
    own_posts=OWN_POSTS,
)


def _verdict(seen: Incoming | None) -> str:
    if seen is None:
        return NOTHING
    if seen.question is not None:
        return ASKED
    if seen.touch is None:
        return NOTHING
    if seen.touch.direction == "out":
        return OUT
    return OWED if seen.touch.owes else LOGGED


def _comments(
    source: str, *comments: Comment, first: bool = True, known: bool = False, said: str = ""
) -> str:
    """What the last of these comments becomes, the others having been seen before it. ``said``:
    what the writer said they answered Mara under the post."""
    touch = Touch("s", NOW - timedelta(days=3), MARA.id, "out", "reply", "said", NOW, post="r",
                  about=OWN_POSTS[-1].title, text=said)  # fmt: skip
    world = replace(WORLD, touches=(touch,)) if said else WORLD
    return _read(FORMATS[source](comments), first=first, known=known, world=world)


def _read(body: bytes, *, first: bool = True, known: bool = False, world: World = WORLD) -> str:
    posts = _post(COMMENTS.id, body, COMMENTS.url, "responses")
    verdict = NOTHING
    people = dict(world.people)
    world = replace(world, people=people)
    if known:
        other = replace(COMMENTS, id=feed_id("https://elsewhere.example"))
        for post in _post(other.id, body, other.url, "responses"):
            seen = resolve(post, other, world, RULES, NOW, first_fetch=first)
            if seen and seen.touch and seen.person:
                people.setdefault(seen.person.id, seen.person)
                world = replace(world, touches=(*world.touches, seen.touch))
    for post in sorted(posts, key=lambda post: (post.shown, post.entry.guid or "")):
        seen = resolve(post, COMMENTS, world, RULES, NOW, first_fetch=first, thread=posts)
        verdict = _verdict(seen)
        if seen and seen.touch and seen.person:
            people.setdefault(seen.person.id, seen.person)
            world = replace(world, touches=(*world.touches, seen.touch))
    return verdict


DRAFT = (
    "Thank you for this. My grandmother had the same table, and I never asked where it came from."
)
MINE = Comment("Ines Ferro", "Thank you all.", 3)
THEIRS = Comment("Tomasz Wit", "First!", 5)


def _of_comments() -> Iterator[Case]:
    for source in FORMATS:

        def case(
            what: str, expected: str, *comments: Comment, source: str = source, **how: Any
        ) -> Case:
            return Case(source, what, expected, lambda: _comments(source, *comments, **how))

        yield case("a stranger", OWED, Comment())
        yield case("somebody known, by name", OWED, Comment("mara quill"))
        yield case("a name with a quote in it", OWED, Comment("Sean O'Brien & Sons"))
        yield case("mark-up in the name", OWED, Comment("<b>Mara</b>"))
        yield case("part of a known name", OWED, Comment("Mara"))
        yield case("no name", OWED, Comment(""))
        yield case("29 days old at first", OWED, Comment(days=29))
        yield case("old, but new to a feed followed", OWED, Comment(days=45), first=False)
        yield case("dots of an omission", OWED, Comment(text="I like […] it"))
        yield case("it names the writer", OWED, Comment(text="Ines Ferro, I agree."))
        yield case("the writer, by the feed's author", NOTHING, MINE)
        yield case("the writer, in small letters", NOTHING, replace(MINE, author="ines ferro"))
        yield case(
            "the writer, by a name of the settings", NOTHING, replace(MINE, author="I. Ferro")
        )
        yield case("the writer, in the words they said", OUT, replace(MINE, text=DRAFT), said=DRAFT)
        yield case("the writer, in other words", NOTHING, MINE, said=DRAFT)
        yield case("a pingback", LOGGED, Comment("A site", "[…] as Ines says […]"))
        yield case("an old pingback", LOGGED, Comment("A site", "[...] as Ines says [...]"))
        yield case("31 days old at first", LOGGED, Comment(days=31))
        yield case("known from another feed", NOTHING, Comment(), known=True)
        yield case("two people of that name", ASKED, Comment("Ana Lima"))
        no_parent = "it names no parent" if source == "WordPress before 5.4" else ""
        to_a_reader = Comment("Mara Quill", "Welcome.", 1, answers=1)
        yield replace(case("an answer to another reader", LOGGED, THEIRS, to_a_reader),
                      miss=no_parent)  # fmt: skip
        yield replace(case("the writer's answer", OUT, THEIRS, replace(MINE, answers=1)),
                      miss=no_parent)  # fmt: skip
        yield case("an answer to the writer", OWED, THEIRS, replace(MINE, answers=1),
                   Comment("Mara Quill", "So it is.", 1, answers=2))  # fmt: skip
        yield case("the writer to themselves", NOTHING, MINE,
                   Comment("Ines Ferro", "And…", 1, answers=1))  # fmt: skip
        if source not in ADDRESSES:
            continue
        yield case("one of two of a name, by address", OWED,
                   Comment("Ana Lima", uri="https://ana2.example/"))  # fmt: skip
        yield case("the writer's name, somebody's address", OWED,
                   Comment("Ines Ferro", uri="https://mara.example/"))  # fmt: skip
        yield case("the writer, by a site", NOTHING, Comment("x", uri="https://ferro.example/me"))


def _mention(**said: object) -> bytes:
    child = {
        "type": "entry", "author": {"name": "Jun", "url": "https://jun.example/"},
        "url": "https://jun.example/a", "wm-id": 7, "wm-target": TABLE,
        "wm-received": (NOW - timedelta(days=1)).isoformat(), "wm-property": "in-reply-to",
        "content": {"text": "So true."},
    } | said  # fmt: skip
    return json.dumps({"type": "feed", "children": [child]}).encode()


def _of_webmentions() -> Iterator[Case]:
    def case(
        what: str, expected: str, first: bool = True, world: World = WORLD, **said: object
    ) -> Case:
        said = {name.replace("_", "-"): value for name, value in said.items()}
        return Case("webmention.io", what, expected,
                    lambda: _read(_mention(**said), first=first, world=world))  # fmt: skip

    mara = {"name": "Mara Quill", "url": "https://mara.example/"}
    yield case("a reply", OWED)
    yield case("a reply of somebody known", OWED, author=mara)
    yield case("a mention", OWED, wm_property="mention-of")
    yield case("a link", OWED, wm_property="link")
    yield case("a reply without a name", OWED, author={"url": "https://x.example"})
    yield case("a reply in HTML", OWED, content={"html": "<p>So <b>true</b>.</p>"})
    yield case("old, but new to a feed followed", OWED, first=False,
               wm_received=(NOW - timedelta(days=50)).isoformat())  # fmt: skip
    for kind in ("like-of", "repost-of", "bookmark-of", "rsvp", "follow-of"):
        yield case(kind, LOGGED, wm_property=kind)
    yield case("a like of somebody known", LOGGED, wm_property="like-of", author=mara)
    yield case(
        "the writer, by a site", NOTHING, author={"name": "x", "url": "https://ferro.example"}
    )
    yield case("the writer, by name", NOTHING, author={"name": "Ines Ferro"})
    yield case("the writer, by the own feed's site", NOTHING, author={"name": "", "url": SITE})
    yield case("old at first", LOGGED, wm_received=(NOW - timedelta(days=50)).isoformat())
    yield case("two people of that name", ASKED, author={"name": "Ana Lima"})
    seen = Touch("t", NOW, MARA.id, "in", "mention", "seen", NOW, url="https://mara.example/a")
    yield case("seen in their own feed", NOTHING, world=replace(WORLD, touches=(seen,)),
               author=mara, url="https://mara.example/a", wm_property="mention-of")  # fmt: skip


def _links(html: str, *more: str, days: float = 1) -> str:
    items = [
        _item(f"https://mara.example/{n}", text, days=days + n)
        for n, text in enumerate((html, *more))
    ]
    posts = _post("m", _rss("https://mara.example", *items), MARAS.url)
    touch = mentions(posts[0], posts, OWN_POSTS, MARA.id, NOW)
    return NOTHING if touch is None else OWED if touch.owes else LOGGED


def _of_links() -> Iterator[Case]:
    def case(what: str, expected: str, html: str, *more: str, **how: float) -> Case:
        return Case("links in their posts", what, expected, lambda: _links(html, *more, **how))

    def link(address: str) -> str:
        return f'<p>See <a href="{address}">this</a>.</p>'

    plain, other = link(TABLE), link("https://x.example/")
    yield case("a link", OWED, plain)
    yield case("with tracking", OWED, link(f"{TABLE}?utm_source=mara&amp;utm_medium=rss"))
    yield case("http for https", OWED, link(TABLE.replace("https", "http")))
    yield case("with www", OWED, link(TABLE.replace("ines.", "www.ines.")))
    yield case("without the last slash", OWED, link(TABLE.rstrip("/")))
    yield case("with a fragment", OWED, link(f"{TABLE}#end"))
    yield case("by the short link", OWED, link(f"{SITE}/?p=7"))
    yield case("in capitals", OWED, link(TABLE.replace("ines.example", "INES.example")))
    yield case("one of several links", OWED, other + link(f"{SITE}/2026/looms/") + other)
    yield case("one post of four", OWED, plain, other, other, other)
    yield case("two posts of five", OWED, plain, plain, other, other, other)
    yield case("a blogroll", NOTHING, plain, plain, plain, plain)
    yield case("a footer in most posts", NOTHING, plain, plain, plain, other)
    yield case("the first page", NOTHING, link(f"{SITE}/"))
    yield case("another page of the site", NOTHING, link(f"{SITE}/about/"))
    yield case("the feed", NOTHING, link(f"{SITE}/feed"))
    yield case(
        "a site that looks like it",
        NOTHING,
        link(TABLE.replace("ines.example", "ines.example.com")),
    )
    yield case("the same path elsewhere", NOTHING, link("https://other.example/2026/table/"))
    yield case("an address that is no link", NOTHING, f"<p>{TABLE}</p>")
    yield case("a post of last summer", LOGGED, plain, days=90)
    yield case("a longer path", NOTHING, link(f"{TABLE}photos/1"))
    yield case("inside another address", NOTHING, link(f"https://t.example/?u={TABLE}"))


INK = NewsItem("ink", MARA.id, "m", "Ink", "https://mara.example/ink", NOW - timedelta(days=6),
               NOW - timedelta(days=6), NOW - timedelta(days=6))  # fmt: skip


def _thread(*comments: Comment) -> str:
    place = "https://mara.example/ink/feed"
    feed = Feed(feed_id(place), place, place, "responses", NOW)
    body = atom(
        comments,
        "https://mara.example/?p=9#comment-{}",
        "https://mara.example/ink#{}",
        INK.url or "",
    )
    posts = _post(feed.id, body, place, "responses")
    last = max(posts, key=lambda post: post.shown)
    return _verdict(resolve_there(last, feed, INK, WORLD, RULES, NOW, thread=posts))


def _of_threads() -> Iterator[Case]:
    def case(what: str, expected: str, *comments: Comment) -> Case:
        return Case("under their posts", what, expected, lambda: _thread(*comments))

    yield case(
        "their answer to the writer", OWED, MINE, Comment("Mara Quill", "Yes.", 1, answers=1)
    )
    yield case("a stranger's answer to the writer", OWED, MINE, Comment(answers=1))
    yield case("an answer to the second comment", OWED, MINE, THEIRS, replace(MINE, days=2),
               Comment("Mara Quill", "Yes.", 1, answers=3))  # fmt: skip
    yield case("the writer's comment", OUT, MINE)
    yield case(
        "the writer's answer to them",
        OUT,
        Comment("Mara Quill", "Ask!", 5),
        replace(MINE, answers=1),
    )
    yield case("the writer's answer to a stranger", NOTHING, THEIRS, replace(MINE, answers=1))
    yield case("a reader's comment", NOTHING, Comment())
    yield case(
        "their answer to a reader", NOTHING, THEIRS, Comment("Mara Quill", "Yes.", 1, answers=1)
    )
    yield case(
        "a reader's answer to them", NOTHING, Comment("Mara Quill", "Ask!", 5), Comment(answers=1)
    )
    false = Comment("Ines Ferro", "Buy!", 4, uri="https://mara.example/")
    yield case("the writer's name, their address", NOTHING, false)
    yield case("an answer to that", NOTHING, false, Comment(answers=1))
    yield case(
        "namesakes answer the writer", ASKED, MINE, Comment("Ana Lima", "Yes.", 1, answers=1)
    )


def _own(
    html: str, *more: str, days: float = 1, said: Touch | None = None, heard: Touch | None = None
) -> str:
    items = [_item(f"{SITE}/{n}", text, days=days + n) for n, text in enumerate((html, *more))]
    posts = _post("own", _rss(SITE, *items), OWN.url, "own")
    world = replace(WORLD, news=(INK,), touches=tuple(filter(None, (said, heard))))
    touches = list(wrote_about(posts[0], posts, world, NOW))
    if not touches:
        return NOTHING
    found = confirmed(touches[0], world.touches, NOW, set())
    return NOTHING if found is None else VERIFIED if isinstance(found, Amendment) else OUT


def _of_own_site() -> Iterator[Case]:
    def case(what: str, expected: str, html: str, *more: str, **how: object) -> Case:
        return Case("the own site", what, expected, lambda: _own(html, *more, **how))  # type: ignore[arg-type]

    link = '<p>To <a href="https://mara.example/ink?ref=ines.example">Mara</a>: so it is.</p>'
    said = Touch("s", NOW, MARA.id, "out", "reply", "said", NOW, post="ink")
    yield case("a link to their post", OUT, link)
    yield case("what was said is found", VERIFIED, link, said=said)
    yield case("what was verified is found again", NOTHING, link,
               said=replace(said, how_known="verified", url=f"{SITE}/0"))  # fmt: skip
    yield case("said of another post, long ago", OUT, link,
               said=replace(said, post="old", at=NOW - timedelta(days=30)))  # fmt: skip
    yield case("a blogroll", NOTHING, link, link, link, link)
    yield case("their first page", NOTHING, '<a href="https://mara.example/">Mara</a>')
    yield case("a stranger's post", NOTHING, '<a href="https://x.example/ink">x</a>')
    yield case("written before theirs", NOTHING, link, days=30)
    page = '<p>To <a href="https://jun.example/answer">Jun</a>: so it is.</p>'
    heard = Touch("w", NOW - timedelta(days=2), MARA.id, "in", "reply", "seen", NOW, post="wm7",
                  url="https://jun.example/answer")  # fmt: skip
    yield case("a link to the page of their webmention", OUT, page, heard=heard)
    yield case("what was said to it is found", VERIFIED, page, heard=heard,
               said=replace(said, post="wm7"))  # fmt: skip
    yield case("a page on which a comment stands", NOTHING, page,
               heard=replace(heard, url="https://jun.example/answer#comment-3"))  # fmt: skip
    yield case("the writer's own page", NOTHING, f'<a href="{TABLE}">mine</a>',
               heard=replace(heard, url=TABLE))  # fmt: skip


def _medium(title: str, text: str, *, tags: bool = False, days: float = 0.5) -> str:
    tagged = "<category>a</category>"
    items = (
        _item("https://medium.com/@ines/1", f"<p>{text}</p>", days=days, title=title,
              guid="https://medium.com/p/1a", tags=tagged if tags else ""),
        _item("https://medium.com/@ines/2", "<p>Words.</p>", days=9, title="A piece",
              guid="https://medium.com/p/2b", tags=tagged),
    )  # fmt: skip
    posts = _post(
        "own", _rss("https://medium.com/@ines", *items), "https://medium.com/feed/@ines", "own"
    )
    if posts[0].kind != "response":
        return NOTHING
    words = Wording(DRAFT, MARA.id, NOW - timedelta(days=1), "ink", "Ink", draft="ink")
    return OFFERED if likeness(posts[0], [words], WORLD, NOW) else NOTHING


def _of_medium() -> Iterator[Case]:
    def case(what: str, expected: str, title: str, text: str, **how: object) -> Case:
        return Case("Medium", what, expected, lambda: _medium(title, text, **how))  # type: ignore[arg-type]

    yield case("the very words", OFFERED, "Thank you for this.", DRAFT)
    yield case(
        "words touched up", OFFERED, "Hello", DRAFT.replace("the same", "just the same") + " Ines"
    )
    yield case("only the title begins so", OFFERED, "Thank you for this. My grandmother…", "Cut.")
    yield case("other words", NOTHING, "On rivers", "On rivers one can say little that is new.")
    yield case(
        "a title of two words", NOTHING, "Thank you", "Thank you kindly, and good night to all."
    )
    yield case("a tagged piece of those words", NOTHING, "Thank you for this.", DRAFT, tags=True)
    yield case("from before the draft", NOTHING, "Thank you for this.", DRAFT, days=20)
    yield case("a sentence of it quoted", NOTHING, "She wrote",
               "She wrote of a table and of rivers, looms, stones, bread and letters, and my own "
               "grandmother kept none of these.")  # fmt: skip


CASES: tuple[Case, ...] = (
    *_of_comments(),
    *_of_webmentions(),
    *_of_links(),
    *_of_threads(),
    *_of_own_site(),
    *_of_medium(),
)


def table() -> str:
    """Per source: cases, decoys, false owed, misses; then each that is not as it must be."""
    rows = {case.source: [0, 0, 0, 0, 0] for case in CASES}
    wrong = []
    for case in CASES:
        got = case.judge()
        row = rows[case.source]
        row[0] += 1
        row[1] += case.decoy
        row[2] += case.decoy and got == OWED
        row[3] += not case.decoy and got != OWED
        row[4] += case.decoy and got not in (OWED, case.expected)
        if got != case.expected:
            why = case.miss or "no reason known"
            wrong.append(f"{case.source}: {case.what}: {got}, must be {case.expected} ({why})")
    lines = [f"{'source':<22} cases decoys false-owed missed other"]
    total = [sum(column) for column in zip(*rows.values(), strict=True)]
    for name, row in (*rows.items(), ("all", total)):
        lines.append(f"{name:<22} {row[0]:5} {row[1]:6} {row[2]:10} {row[3]:6} {row[4]:5}")
    return "\n".join([*lines, *wrong])


if __name__ == "__main__":
    print(table())

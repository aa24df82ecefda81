"""A followed person's post that links to one of the writer's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engage.domain.incoming import TEXT_KEPT
from engage.domain.mentions import mentioned, mentions
from engage.domain.posts import Block, Entry, Post, Span
from engage.domain.records import OwnPost

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OLDER = OwnPost("o1", "own", "Looms", "https://ines.example/looms", NOW - timedelta(days=60))
NEWER = OwnPost(
    "o2",
    "own",
    "The kitchen table",
    "https://ines.example/table/",
    NOW - timedelta(days=9),
    aliases=("http://ines.example/?p=7",),
)
FIRST_PAGE = OwnPost("o3", "own", "Hello", "https://ines.example/", NOW)
OWN = (FIRST_PAGE, NEWER, OLDER)


def post(uid: str, *links: str, days: int = 1) -> Post:
    blocks = (
        Block("p", (Span("Before."),)),
        Block("p", (Span("See "), *(Span("this", "link", link) for link in links), Span("."))),
    )
    published = NOW - timedelta(days=days)
    entry = Entry(
        url=f"https://mara.example/{uid}", links=links, blocks=blocks, published=published
    )
    return Post(uid, "f", NOW, entry)


PLAIN = tuple(post(f"plain{number}") for number in range(4))


@pytest.mark.parametrize(
    ("links", "own"),
    [
        pytest.param(("https://ines.example/table",), NEWER, id="its address"),
        pytest.param(
            ("http://www.ines.example/table/?ref=mara.example#end",),
            NEWER,
            id="its address, dressed",
        ),
        pytest.param(("https://ines.example/?p=7",), NEWER, id="its short link"),
        pytest.param(
            ("https://ines.example/looms", "https://ines.example/table"), NEWER, id="the newest"
        ),
        pytest.param(("https://ines.example/",), None, id="the first page is no post"),
        pytest.param(("https://ines.example/tables",), None, id="another page"),
        pytest.param((), None, id="no link"),
    ],
)
def test_what_a_post_links_to(links: tuple[str, ...], own: OwnPost | None) -> None:
    linking = post("a", *links)
    assert mentioned(linking, (linking, *PLAIN), OWN) == own


@pytest.mark.parametrize(
    ("linking", "plain", "is_mention"),
    [
        pytest.param(1, 0, True, id="the only post of a feed"),
        pytest.param(2, 2, True, id="half of the posts"),
        pytest.param(3, 2, False, id="most of the posts"),
        pytest.param(4, 0, False, id="every post"),
    ],
)
def test_a_link_in_most_posts_is_a_blogroll(linking: int, plain: int, is_mention: bool) -> None:
    recent = (
        *(post(f"l{n}", "https://ines.example/looms") for n in range(linking)),
        *PLAIN[:plain],
    )
    assert (mentioned(recent[0], recent, OWN) is not None) is is_mention


def test_a_blogroll_does_not_hide_a_mention() -> None:
    roll = tuple(post(f"l{n}", "https://ines.example/looms") for n in range(4))
    linking = post("a", "https://ines.example/looms", "https://ines.example/table")
    assert mentioned(linking, (linking, *roll), OWN) == NEWER


def test_a_mention_is_a_touch() -> None:
    linking = post("a", "https://ines.example/table")
    touch = mentions(linking, (linking, *PLAIN), OWN, "mara", NOW)
    assert touch is not None
    assert (touch.person, touch.direction, touch.kind) == ("mara", "in", "mention")
    assert (touch.how_known, touch.owes, touch.about) == ("seen", True, "The kitchen table")
    assert touch.text == "See this."
    assert len(touch.text) <= TEXT_KEPT
    assert touch.at == NOW - timedelta(days=1)
    assert touch.post == "a"
    again = mentions(linking, (linking,), OWN, "mara", NOW + timedelta(days=3))
    assert again is not None
    assert again.id == touch.id


def test_an_old_mention_is_history() -> None:
    linking = post("a", "https://ines.example/table", days=31)
    touch = mentions(linking, (linking,), OWN, "mara", NOW)
    assert touch is not None
    assert not touch.owes


def test_no_link_is_no_touch() -> None:
    assert mentions(PLAIN[0], PLAIN, OWN, "mara", NOW) is None

"""A new person's row: their newest title, else the list they stand in, else nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engage.domain.derived import Task
from engage.domain.posts import Entry, Post
from engage.domain.records import NewsItem, Origin, Person, Touch, World
from engage.domain.welcomes import read_first, welcome_titles

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _news(title: str, days: int) -> NewsItem:
    at = NOW - timedelta(days=days)
    return NewsItem(title, "sami", "f", title, None, at, at, at)


@pytest.mark.parametrize(
    ("news", "origins", "title"),
    [
        ((_news("Ink", 1), _news("Looms", 9)), (), "Ink"),
        ((_news("Ink", 1),), (Origin("instagram"),), "Ink"),
        ((), (Origin("instagram"), Origin("linkedin")), "Instagram"),
        ((), (Origin("csv"),), None),
        ((), (), None),
    ],
    ids=["the newest", "rather than a list", "the list", "a file says nothing", "nothing known"],
)
def test_what_a_new_persons_row_says(
    news: tuple[NewsItem, ...], origins: tuple[Origin, ...], title: str | None
) -> None:
    people = {"sami": Person("sami", "Sami Brandt", NOW, origins=origins)}
    world = World(people=people, news=news)
    tasks = [
        Task("w", "welcome", "sami", 2, "new", "new"),
        Task("r", "read", "sami", 6, "new post", "new post"),
    ]
    assert welcome_titles(world, tasks) == ({"w": title} if title else {})


def _post(uid: str, days: int, kind: str = "post") -> Post:
    at = NOW - timedelta(days=days)
    return Post(uid, "f", at, Entry(title=uid, published=at), kind=kind)  # type: ignore[arg-type]


def _mention(uid: str, direction: str = "in") -> Touch:
    return Touch("t", NOW, "sami", direction, "mention", "seen", NOW, post=uid)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("posts", "touches", "first"),
    [
        pytest.param([_post("ink", 1), _post("looms", 9)], [], ("ink", "the latest"), id="latest"),
        pytest.param(
            [_post("ink", 1), _post("looms", 9)],
            [_mention("looms")],
            ("looms", "it links to yours"),
            id="what links to the writer's",
        ),
        pytest.param(
            [_post("ink", 1)], [_mention("ink", "out")], ("ink", "the latest"), id="not ours"
        ),
        pytest.param(
            [_post("re", 1, "response"), _post("ink", 2)], [], ("ink", "the latest"), id="a piece"
        ),
        pytest.param([_post("re", 1, "response")], [], None, id="answers alone are no beginning"),
        pytest.param([], [_mention("gone")], None, id="nothing kept"),
    ],
)  # fmt: skip
def test_where_to_begin_with_their_work(
    posts: list[Post], touches: list[Touch], first: tuple[str, str] | None
) -> None:
    found = read_first(posts, touches)
    assert (found and (found[0].uid, found[1])) == first

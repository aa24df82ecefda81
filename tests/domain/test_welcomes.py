"""A new person's row: their newest title, else the list they stand in, else nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engage.domain.derived import Task
from engage.domain.records import NewsItem, Origin, Person, World
from engage.domain.welcomes import welcome_titles

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
        ((), (), None),
    ],
    ids=["the newest", "rather than a list", "the list", "nothing known"],
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

"""What a task is about, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engage.domain.derived import Standing, Task
from engage.domain.records import NewsItem
from engage.services.desk import Desk
from engage.services.outcomes import Place
from engage.services.people import person_page
from engage.tui.widgets.person_card import place_words, since_words, task_lines
from engage.tui.widgets.text_lines import lines_of
from tests.tui.worlds import NOW, make_desk

TODAY = date(2026, 11, 22)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    yield made
    made.close()


def told(desk: Desk, task: Task, place: Place | None = None) -> str:
    page = person_page(desk, task.person)
    lines = task_lines(
        task,
        page.person,
        page.standing,
        today=TODAY,
        events=page.timeline,
        posts=page.posts,
        feeds=page.feeds,
        touches=page.touches,
        place=place,
    )
    return "\n".join(line.plain.rstrip() for line in lines_of(lines, 60))


def test_a_reply_shows_their_words_the_place_and_what_was_before(desk: Desk) -> None:
    touches = desk.standings()["mara"].owed
    task = Task("t", "reply", "mara", 1, "", "", touches=touches)
    place = Place("https://me.example/1#c3", "the comments of your post")
    assert told(desk, task, place) == (
        "Mara Quill  circle 1 · in conversation\n"
        "Last exchange 3 days ago; you meant every 14 days\n"
        "\n"
        "Mara Quill commented on your The kitchen table, Thu 19 Nov:\n"
        "\n"
        "│ The part about the table that nobody dares to move stayed\n"
        "│ with me.\n"
        "\n"
        "The place to answer (the comments of your post):\n"
        "me.example/1#c3\n"
        "\n"
        "Before: you to Mara Quill, Fri 13 Nov: replied\n"
        "        you to Mara Quill, Tue 13 Oct: replied\n"
        "        Mara Quill to you, Wed 30 Sep: commented on Looms\n"
        "        you to Mara Quill, Thu 17 Sep: replied"
    )


def test_a_welcome_shows_how_they_came_and_what_they_write(desk: Desk) -> None:
    lines = told(desk, Task("t", "welcome", "mara", 2, "", "")).splitlines()
    assert "Added by you on 17 Mar." in lines
    assert "Mara Quill commented on The kitchen table, Thu 19 Nov:" in lines
    assert "medium.example/@mara.quill" in lines and "mara.example" in lines
    assert "Writes about: letters" in lines
    assert "Read first: Ink, 2 min: the latest" in lines
    assert lines[-3:] == [
        "Thu 12 Nov  Ink",
        "Tue 3 Nov   Slow letters",
        "Sun 25 Oct  [red]Looms[/red]",
    ]


def test_a_welcome_of_somebody_without_a_feed_says_so(desk: Desk) -> None:
    lines = told(desk, Task("t", "welcome", "odile", 2, "", "")).splitlines()
    assert "Imported on Monday." in lines and lines[-1] == "No feed of theirs is known."


def test_a_reconnect_shows_the_last_exchange_and_what_was_meant(desk: Desk) -> None:
    lines = told(desk, Task("t", "reconnect", "mara", 4, "", "")).splitlines()
    assert "The last: Thu 19 Nov, Mara Quill commented on The kitchen" in lines
    assert "Next time: ask how the letter ended" in lines
    assert "Your notes: In Lisbon since the spring." in lines


def test_a_read_lists_its_posts(desk: Desk) -> None:
    item = NewsItem("p", "mara", "f", "Ink", None, NOW, NOW, NOW, minutes=4)
    lines = told(desk, Task("t", "read", "mara", 3, "", "", posts=(item,))).splitlines()
    assert lines[-1] == "Ink  Sun 22 Nov · 4 min"


@pytest.mark.parametrize("kind", ["read", "reply", "welcome", "reconnect"])
def test_what_the_inbox_holds_is_enough_for_a_first_picture(desk: Desk, kind: str) -> None:
    person, standing = desk.world().people["odile"], desk.standings()["odile"]
    task = Task("t", kind, "odile", 1, "", "")  # type: ignore[arg-type]
    lines = lines_of(task_lines(task, person, standing, today=TODAY), 60)
    assert lines[0].plain == "Odile Marchand  no circle · new"


@pytest.mark.parametrize(
    ("id", "place", "since"),
    [
        ("bram", "no circle · Friend", "Last exchange 4 days ago"),
        ("greta", "no circle · new · left in peace", "Last exchange 4 weeks ago"),
        ("tomasz", "circle 2 · answered", "Last exchange 20 days ago; you meant every 30 days"),
        ("hanako", "no circle · new", "No exchange yet"),
    ],
)
def test_how_the_two_stand_is_two_short_lines(desk: Desk, id: str, place: str, since: str) -> None:
    standing: Standing = desk.standings()[id]
    assert (place_words(standing), since_words(standing, TODAY)) == (place, since)

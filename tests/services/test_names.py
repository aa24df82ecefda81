"""NAME, FEED and ID, as the writer gives them."""

from __future__ import annotations

import pytest

from engage.errors import Ambiguous, NotFound
from engage.services.desk import Desk
from engage.services.names import find_feed, find_person, find_task
from engage.services.triage import inbox

PEOPLE = {
    "a whole name": ("Mara Quill", "Mara Quill"),
    "a part, in another case": ("mara", "Mara Quill"),
    "a part without its accents and spaces around": ("  QUILL ", "Mara Quill"),
    "the address of the site": ("https://mara.example", "Mara Quill"),
    "the address of the feed": ("https://mara.example/feed.xml", "Mara Quill"),
    "the address of a profile": ("https://medium.com/@mara.quill", "Mara Quill"),
    "a part of an address": ("kestrel.example", "Ada Kestrel"),
}


@pytest.mark.parametrize(("given", "name"), PEOPLE.values(), ids=PEOPLE.keys())
def test_a_person_is_found(desk: Desk, given: str, name: str) -> None:
    assert find_person(desk, given).name == name


def test_a_person_is_found_by_id(desk: Desk) -> None:
    mara = find_person(desk, "mara")
    assert find_person(desk, mara.id) is mara
    assert find_person(desk, mara.id[:8]) is mara


def test_a_part_of_two_names_lists_both(desk: Desk) -> None:
    with pytest.raises(Ambiguous, match="'Pia'") as caught:
        find_person(desk, "Pia")
    assert [line.split("  ")[0] for line in caught.value.candidates] == ["Pia Novak", "Pia Lund"]


@pytest.mark.parametrize("given", ["nobody", "", "  ", "https://elsewhere.example/x"])
def test_nobody_is_called_that(desk: Desk, given: str) -> None:
    with pytest.raises(NotFound, match="engage people"):
        find_person(desk, given)


def test_a_feed_is_found_by_title_address_and_person(desk: Desk) -> None:
    feed = find_feed(desk, "https://mara.example/feed.xml")
    assert find_feed(desk, "mara.example") is feed
    assert find_feed(desk, feed.id) is feed
    assert find_feed(desk, "Mara Quill") is feed


def test_a_task_is_found_by_the_beginning_of_its_id(desk: Desk) -> None:
    tasks = inbox(desk, all=True).tasks
    assert find_task(desk, tasks, tasks[0].id[:10]) is tasks[0]


def test_a_task_is_found_by_the_name_of_somebody_with_one(desk: Desk) -> None:
    tasks = inbox(desk, all=True).tasks
    assert find_task(desk, tasks, "Vera Rask").kind == "reconnect"


def test_somebody_with_two_tasks_is_ambiguous(desk: Desk) -> None:
    tasks = inbox(desk, all=True).tasks
    with pytest.raises(Ambiguous, match="Sami Brandt") as caught:
        find_task(desk, tasks, "Sami Brandt")
    assert len(caught.value.candidates) == 2


def test_somebody_without_a_task_says_so(desk: Desk) -> None:
    tasks = inbox(desk, all=True).tasks
    with pytest.raises(NotFound, match="Jonas Veld has no open task"):
        find_task(desk, tasks, "Jonas Veld")

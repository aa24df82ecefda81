"""Merging two records of one person, as one step."""

from __future__ import annotations

import pytest

from engage.errors import EngageError, NotFound
from engage.services.desk import Desk
from engage.services.edit_person import add_note, rename
from engage.services.merging import duplicates, merge_people
from engage.services.people import person_page
from engage.services.remember import log, undo


def test_everything_follows_and_comes_back(desk: Desk) -> None:
    log(desk, "https://rask.example/vera", "letter", direction="in", note="From elsewhere.")
    [other] = [p for p in desk.world().people.values() if p.how == "logged"]
    rename(desk, other.id, "V. Rask")
    add_note(desk, other.id, "Writes at night.")
    before = desk.world()
    vera = person_page(desk, "Vera Rask")
    assert merge_people(desk, "Vera Rask", other.id) is not None
    one = person_page(desk, "Vera Rask")
    assert other.id not in desk.world().people
    assert "V. Rask" in one.person.names
    assert "Writes at night." in one.person.notes
    assert len(one.timeline) == len(vera.timeline) + 1
    assert person_page(desk, "V. Rask").person.id == vera.person.id
    log(desk, "https://rask.example/vera", "letter", direction="in")
    assert len(person_page(desk, "Vera Rask").timeline) == len(vera.timeline) + 2
    undo(desk)
    undo(desk)
    assert desk.world() == before


@pytest.mark.parametrize(
    ("one", "other", "error"),
    [
        pytest.param("Vera Rask", "Vera Rask", EngageError, id="with themselves"),
        pytest.param("Vera Rask", "nobody at all", NotFound, id="with nobody"),
    ],
)
def test_what_cannot_be_merged_changes_nothing(
    desk: Desk, one: str, other: str, error: type[EngageError]
) -> None:
    before = desk.world()
    with pytest.raises(error):
        merge_people(desk, one, other)
    assert desk.world() is before


def test_suggestions_merge_nobody(desk: Desk) -> None:
    before = len(desk.world().people)
    made = log(desk, "https://elsewhere.example/looms", "letter", direction="in").person
    rename(desk, made.id, "vera  rask")
    [found] = duplicates(desk)
    assert {found.one.name, found.other.name} == {"Vera Rask", "vera rask"}
    assert len(desk.world().people) == before + 1

"""Two records of one person, on the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run, people, person


def test_b_becomes_a_part_of_a_and_undo_brings_it_back(engage: Run, mara: str) -> None:
    engage("log", "Mara Lund", "letter", "--in")
    merged = engage("merge-people", mara, "Mara Lund")
    assert (merged.status, merged.out) == (0, "merged: Mara Lund into Mara Quill\n")
    assert [each["name"] for each in people(engage)] == ["Mara Quill"]
    found = person(engage, "Mara Lund")
    assert found["person"]["id"] == mara
    assert [event["kind"] for event in found["timeline"]] == ["letter"]
    assert engage("undo").status == 0
    assert {each["name"] for each in people(engage)} == {"Mara Quill", "Mara Lund"}
    assert person(engage, mara)["timeline"] == []


@pytest.mark.parametrize("other", ["Mara Quill", "Nobody"])
def test_what_cannot_be_merged_is_said(engage: Run, mara: str, other: str) -> None:
    refused = engage("merge-people", mara, other)
    assert (refused.status, refused.out) == (1, "")
    assert other in refused.err


def test_a_person_says_why(engage: Run, mara: str) -> None:
    engage("circle", mara, "2")
    why = person(engage, mara)["person"]["why"]
    assert set(why) >= {"stage", "due", "rhythm", "owed"}
    assert "circle 2" in why["due"]


def test_who_may_be_the_same_is_pointed_out_with_the_command(engage: Run, mara: str) -> None:
    assert "perhaps also" not in engage("person", mara).out
    engage("rename", "Mara Lund", "Mara  Quill")
    twins = [each["id"] for each in people(engage) if each["id"] != mara]
    line = "perhaps also Mara Quill: both are called Mara Quill; "
    line += f"`engage merge-people {mara} {twins[0]}`"
    assert line in engage("person", mara).out.splitlines()
    assert engage("merge-people", mara, twins[0]).status == 0
    assert "perhaps also" not in engage("person", mara).out


def test_doctor_names_the_pairs_and_nothing_is_wrong_with_that(engage: Run, mara: str) -> None:
    assert "may be one person" not in engage("doctor").out
    engage("rename", "Mara Lund", "Mara  Quill")
    (twin,) = [each["id"] for each in people(engage) if each["id"] != mara]
    checked = engage("doctor")
    line = "well  Mara Quill and Mara Quill may be one person: both are called Mara Quill. "
    one, other = sorted((mara, twin))  # added in the same moment
    line += f"If so, `engage merge-people {one} {other}`."
    assert line in checked.out.splitlines() and checked.status == 0
    for number in range(9):
        engage("log", f"https://site{number}.example/@tlund")
    assert "more pairs may be one person each." in engage("doctor").out

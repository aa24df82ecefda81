"""The weekly review: what each of its steps asks the writer to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from engage.domain.changes import change, put
from engage.domain.records import DatedNumber, Person
from engage.services.desk import Desk
from engage.services.edit_person import leave, set_circle
from engage.services.remember import log
from engage.services.triage import decide
from engage.services.weekly_review import Section, look_back
from tests.tui.worlds import NOW, _touch, ago, make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    yield made
    made.close()


def told(sections: Sequence[Section]) -> dict[str, list[tuple[str, str]]]:
    return {
        section.title: [(point.name, point.sentence) for point in section.points]
        for section in sections
    }


def bring(desk: Desk, *records: object) -> None:
    desk.store.commit(change("more", [put(each) for each in records], NOW, by="refresh"))


def test_what_lies_about(desk: Desk) -> None:
    found = told(look_back(desk).clear)
    assert found["Owed"] == [
        ("Mara Quill", "commented on *The kitchen table* on Thursday; you have not answered")
    ]
    assert [name for name, _ in found["New people"]] == [
        "山田 花子", "[b]Sami[/b] Brandt", "Odile Marchand",
    ]  # fmt: skip
    assert found["Drafts"] == []


def test_what_was_answered_dated_or_looked_at_lies_about_no_more(desk: Desk) -> None:
    log(desk, "Mara")
    for point in look_back(desk).clear[1].points[:2]:
        decide(desk, [point.task], "done")
    [last] = look_back(desk).clear[1].points
    decide(desk, [last.task], "snooze", until=date(2026, 11, 27))
    found = look_back(desk)
    assert found.is_clear
    assert [section.none for section in found.clear][:2] == [
        "You have answered everybody.",
        "You have looked at everybody.",
    ]


def test_what_was_and_what_comes(desk: Desk) -> None:
    bring(desk, Person("vera", "Vera Rask", ago(300), circles=(DatedNumber(ago(300), 1),)))
    bring(desk, _touch(10, "vera", "out", "letter"))
    found = told(look_back(desk).current)
    assert found["You published"] == [("The kitchen table", "on Tuesday")]
    assert found["You wrote to"] == [("Bram Visser", "a talk")]
    assert found["They wrote to you"] == [
        ("Mara Quill", "commented on *The kitchen table* on Thursday")
    ]
    assert found["Due in the coming week"] == [
        ("Vera Rask", "last exchange 10 days ago, you meant every 14: due on Thursday")
    ]
    assert found["Waiting, and nothing to do"] == [
        ("Vera Rask", "you wrote on 12 Nov"),
        ("Tomasz Lund", "you wrote on 2 Nov"),
    ]
    assert found["Promises"][0][1].startswith("your circles promise")


def test_a_past_week_is_reviewed_as_it_was(desk: Desk) -> None:
    found = told(look_back(desk, "2026-W46").current)
    assert found["You published"] == []
    assert found["You wrote to"] == [("Mara Quill", "a reply")]
    assert found["They wrote to you"] == []


def test_whom_the_writer_may_want_to_know_is_outside_the_circles(desk: Desk) -> None:
    bring(desk, _touch(2, "sami", "in", "comment"), _touch(3, "sami", "in", "comment"))
    bring(desk, _touch(5, "odile", "out", "read"), _touch(4, "hanako", "out", "look"))
    know = "Whom do you want to know?"
    assert told(look_back(desk).creative)[know] == [
        ("[b]Sami[/b] Brandt", "wrote to you twice in three months; in no circle"),
        ("Odile Marchand", "you read them once in three months; in no circle"),
    ]
    set_circle(desk, "sami", 3)
    leave(desk, "odile")
    assert told(look_back(desk).creative)[know] == []


def test_what_was_read_may_be_written_about(desk: Desk) -> None:
    bring(desk, _touch(2, "mara", "out", "read", post="p1"))
    assert told(look_back(desk).creative)["What did it make you want to write?"] == [
        ("Mara Quill", "*Slow letters*")
    ]


def test_a_cadence_that_was_a_lie(desk: Desk) -> None:
    assert look_back(desk).creative[2].none == "Your cadences hold."
    assert not look_back(desk).creative[2].points
    bring(desk, Person("vera", "Vera Rask", ago(300), circles=(DatedNumber(ago(300), 1),)))
    bring(desk, *(_touch(days, "vera", "out", "letter") for days in (5, 35, 65, 95)))
    assert told(look_back(desk).creative)["Which cadence was a lie?"] == [
        ("Vera Rask", "you meant every 14 days; it is usually 30 days")
    ]
    set_circle(desk, "vera", 2)
    assert not look_back(desk).creative[2].points


def test_a_cadence_is_a_lie_as_well_where_there_is_no_rhythm(desk: Desk) -> None:
    bring(desk, Person("vera", "Vera Rask", ago(300), circles=(DatedNumber(ago(300), 2),)))
    bring(desk, _touch(44, "vera", "out", "letter"))
    assert not look_back(desk).creative[2].points
    set_circle(desk, "vera", 1)
    assert told(look_back(desk).creative)["Which cadence was a lie?"] == [
        ("Vera Rask", "you meant every 14 days; it has been 44 days")
    ]


def test_more_people_than_most_of_us_manage_is_a_fact_beside_the_promises(desk: Desk) -> None:
    circle = (DatedNumber(ago(3), 1),)
    bring(desk, *(Person(f"p{n}", f"Somebody {n}", ago(3), circles=circle) for n in range(4)))
    assert len(told(look_back(desk).current)["Promises"]) == 1  # five of them, with Mara
    bring(desk, *(Person(f"q{n}", f"Another {n}", ago(3), circles=circle) for n in range(10)))
    assert [fact for _, fact in told(look_back(desk).current)["Promises"][1:]] == [
        "15 people in circle 1; most of us manage 5",
        "16 people in circles 1 and 2; most of us manage 15",
    ]


def test_many_are_a_few_and_a_number(desk: Desk) -> None:
    bring(desk, *(Person(f"p{n}", f"Somebody {n}", ago(3)) for n in range(20)))
    section = look_back(desk).clear[1]
    assert (len(section.points), section.more) == (8, 15)

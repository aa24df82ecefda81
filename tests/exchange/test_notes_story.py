from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from engage.domain.records import (
    DatedNumber,
    Decision,
    NextTime,
    OwnPost,
    Person,
    Rules,
    Touch,
    World,
)
from engage.domain.relationships import standings
from engage.exchange.notes_story import Carried, Exchanged, Met, WeekStory, Written, story

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)  # Sunday of week 47
MARA = Person("mara", "Mara Quill", NOW - timedelta(days=90))
RULES = Rules()


def touch(days: int, direction: str, kind: str, about: str = "", *, owes: bool = False) -> Touch:
    at = NOW - timedelta(days=days)
    return Touch(
        id=f"{days}-{direction}-{kind}",
        at=at,
        person="mara",
        direction=direction,  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
        how_known="said",
        recorded=at,
        about=about,
        owes=owes,
    )


def told(world: World, week: str = "2026-W47") -> WeekStory:
    return story(world, standings(world, RULES, NOW), RULES, week, NOW)


def world(*touches: Touch, person: Person = MARA, **parts: object) -> World:
    ordered = tuple(sorted(touches, key=lambda each: each.at))
    return replace(World(people={person.id: person}, touches=ordered), **parts)


def test_what_was_written_is_told_oldest_first_and_without_responses() -> None:
    at = NOW - timedelta(days=1)
    own = (
        OwnPost("c", "own", "Sunday", None, NOW),
        OwnPost("b", "own", "A response", None, at, kind="response"),
        OwnPost("a", "own", "Saturday", "https://a.example/", at),
        OwnPost("z", "own", "Last week", None, NOW - timedelta(days=8)),
    )
    assert told(World(own_posts=own)).written == (
        Written("Saturday", "https://a.example/", date(2026, 11, 21)),
        Written("Sunday", None, date(2026, 11, 22)),
    )


def test_what_they_wrote_says_when_it_was_answered() -> None:
    week = told(
        world(
            touch(4, "in", "comment", "Looms", owes=True),
            touch(2, "out", "reply"),
            touch(1, "in", "letter", owes=True),
            touch(3, "in", "like"),
        )
    )
    assert week.wrote_to_me == (
        Exchanged("Mara Quill", "comment", "Looms", date(2026, 11, 18), date(2026, 11, 20)),
        Exchanged("Mara Quill", "letter", "", date(2026, 11, 21)),
    )
    assert [each.kind for each in week.answered] == ["reply"]
    assert week.people == ("Mara Quill",)


def test_a_person_looked_at_before_is_not_new() -> None:
    circled = replace(MARA, circles=(DatedNumber(NOW, 2),), directions=("follows you",))
    new = told(world(touch(1, "out", "look"), touch(1, "out", "read"), person=circled))
    assert new.met == (Met("Mara Quill", ("follows you",), 1, 2),)
    assert told(world(touch(30, "out", "look"), touch(1, "out", "look"))).met == ()


def test_only_the_writer_sets_the_day_of_an_answer() -> None:
    owed = touch(3, "in", "letter", owes=True)
    assert told(world(owed)).carried == (Carried("Mara Quill", "answer"),)

    day = date(2026, 11, 25)
    planned = replace(MARA, circles=(DatedNumber(MARA.added, 1),), next=NextTime(NOW, day, "ask"))
    assert told(world(owed, person=planned)).carried == (Carried("Mara Quill", "answer", due=day),)

    asleep = Decision("d", NOW, "t", "mara", "reply", "snooze", until=day)
    assert told(world(owed, decisions=(asleep,))).carried[0].due == day


def test_what_was_set_for_next_week_is_carried_over() -> None:
    circles = (DatedNumber(MARA.added, 1),)
    soon = replace(MARA, circles=circles, next=NextTime(NOW, date(2026, 11, 29), "ask"))
    later = replace(MARA, circles=circles, next=NextTime(NOW, date(2026, 11, 30), "ask"))
    assert told(world(person=soon)).carried == (
        Carried("Mara Quill", "write", "ask", date(2026, 11, 29)),
    )
    assert told(world(person=later)).carried == ()


def test_a_past_week_is_told_as_it_stood_at_its_end() -> None:
    history = (touch(8, "in", "letter", owes=True), touch(5, "out", "letter"))
    past = told(world(*history), "2026-W46")
    assert past.carried == (Carried("Mara Quill", "answer"),)
    assert past.wrote_to_me[0].answered is None
    assert told(world(*history)).carried == ()


def test_somebody_drifting_has_gone_quiet() -> None:
    rhythm = (touch(days, "out", "letter") for days in (31, 43, 55, 67))
    (quiet,) = told(world(*rhythm)).quiet
    assert (quiet.name, quiet.usual, quiet.now) == ("Mara Quill", 12, 31)

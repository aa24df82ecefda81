"""What was said with somebody, by what it was about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engage.domain.conversation import talks
from engage.domain.records import NewsItem, OwnPost, Person, Touch, World

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TABLE = OwnPost("own1", "own", "The kitchen table", "https://ines.example/table", NOW)
INK = NewsItem("ink", "mara", "m", "Ink", "https://mara.example/ink", NOW, NOW, NOW)


def touch(id: str, days: float, way: str, kind: str = "reply", **more: object) -> Touch:
    at = NOW - timedelta(days=days)
    return Touch(id, at, "mara", way, kind, "seen", at, **more)  # type: ignore[arg-type]


COMMENT = touch("c", 5, "in", "comment", post="r1", about=TABLE.title,
                url="https://ines.example/table#comment-1")  # fmt: skip
ANSWER = touch("a", 4, "out", post="r1", about=TABLE.title)
NEXT = touch("n", 3, "in", post="r2", about=TABLE.title, owes=True)
MINE = touch("m", 9, "out", "comment", post="ink", about="Ink")
HERS = touch("h", 8, "in", post="r9", about="Ink")
LINKS = touch("l", 2, "in", "mention", post="looms", about=TABLE.title,
              url="https://mara.example/looms")  # fmt: skip
LETTER, TALK = touch("w", 7, "out", "letter"), touch("k", 1, "in", "talk")
READ = touch("e", 6, "out", "read", post="ink")
UNTITLED = touch("u", 6, "in", "letter", owes=True)
TO_UNTITLED = touch("v", 5, "out", post="u")


def world(*touches: Touch) -> World:
    return World(
        people={"mara": Person("mara", "Mara", NOW), "jun": Person("jun", "Jun", NOW)},
        own_posts=(TABLE,),
        news=(INK,),
        touches=touches,
    )


@pytest.mark.parametrize(
    ("touches", "owed", "expected"),
    [
        pytest.param((), (), [], id="nothing was said"),
        pytest.param((READ,), (), [], id="a reading is no word"),
        pytest.param(
            (COMMENT, ANSWER, NEXT),
            (NEXT,),
            [("yours", "The kitchen table", "can")],
            id="their comment, your answer, their next words",
        ),
        pytest.param(
            (NEXT, COMMENT, ANSWER),
            (NEXT,),
            [("yours", "The kitchen table", "can")],
            id="in order, whatever theirs was",
        ),
        pytest.param((MINE, HERS, READ), (), [("theirs", "Ink", "mh")], id="under their post"),
        pytest.param(
            (LINKS, replace(ANSWER, post="looms", at=NOW)),
            (),
            [("yours", "The kitchen table", "la")],
            id="a link, and the answer",
        ),
        pytest.param((LETTER, TALK), (), [("", "", "wk")], id="about nothing"),
        pytest.param((UNTITLED, TO_UNTITLED), (), [("", "", "uv")], id="an answer to a letter"),
        pytest.param(
            (MINE, COMMENT, LETTER, TALK),
            (),
            [("", "", "wk"), ("yours", "The kitchen table", "c"), ("theirs", "Ink", "m")],
            id="the latest first",
        ),
        pytest.param(
            (MINE, NEXT, TALK),
            (NEXT,),
            [("yours", "The kitchen table", "n"), ("", "", "k"), ("theirs", "Ink", "m")],
            id="what is owed before all",
        ),
        pytest.param((replace(COMMENT, person="jun"),), (), [], id="somebody else's"),
        pytest.param(
            (replace(COMMENT, about="Gone", url=None),),
            (),
            [("", "Gone", "c")],
            id="a post that engage does not know",
        ),
    ],
)
def test_talks(
    touches: tuple[Touch, ...], owed: tuple[Touch, ...], expected: list[tuple[str, str, str]]
) -> None:
    found = talks(world(*touches), "mara", owed)
    said = [(t.whose, t.title, "".join(touch.id for touch in t.touches)) for t in found]
    assert said == expected
    assert {id for talk in found for id in talk.owed} == {touch.id for touch in owed}


def test_two_groups_become_one_when_something_names_both() -> None:
    [talk] = talks(world(replace(HERS, about=""), replace(MINE, post="r9"), NEXT,
                         replace(ANSWER, post="r9")), "mara", ())  # fmt: skip
    assert len(talk.touches) == 4


def test_an_endless_thread_takes_no_endless_time() -> None:
    many = [replace(COMMENT, id=f"c{n}", post=f"r{n}") for n in range(5000)]
    [talk] = talks(world(*many), "mara", ())
    assert len(talk.touches) == 5000

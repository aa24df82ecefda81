"""The world out of the ledger's documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from engage.domain.changes import key_of, table_of
from engage.domain.codec import moment_text, to_doc
from engage.domain.records import Amendment, Decision, Feed, NewsItem, Person, Touch, World
from engage.domain.world import advanced, amended, as_of, build_world

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)
MARA = Person(id="mara", name="Mara Quill", added=AT - 30 * DAY)
FEED = Feed("f", "https://m.example/", "https://m.example/", "theirs", AT, "mara")
WROTE = Touch("t1", AT, "mara", "out", "reply", "said", AT)


def world(**tables: list[Any]) -> Any:
    return build_world(lambda table: [to_doc(record) for record in tables.get(table, [])])


def news(uid: str, person: str = "mara", feed: str = "f", shown: datetime = AT) -> NewsItem:
    return NewsItem(uid, person, feed, uid, None, shown, shown, shown)


def test_amendments_are_merged_field_by_field_in_the_order_of_time() -> None:
    url = Amendment("a2", "t1", AT + DAY, {"url": "https://m.example/1#c", "note": "second"})
    note = Amendment("a1", "t1", AT, {"note": "first"})
    [touch] = amended([WROTE], [url, note])
    assert (touch.url, touch.note, touch.kind) == ("https://m.example/1#c", "second", "reply")


def test_a_voided_touch_is_gone_until_the_void_is_taken_back() -> None:
    void = Amendment("a1", "t1", AT, {"void": True})
    assert amended([WROTE], [void]) == ()
    back = Amendment("a2", "t1", AT + DAY, {"void": False})
    assert amended([WROTE], [void, back]) == (WROTE,)


def test_an_amendment_of_an_unknown_touch_is_nothing() -> None:
    assert amended([WROTE], [Amendment("a", "other", AT, {"void": True})]) == (WROTE,)


def test_news_of_a_feed_or_person_no_longer_there_is_left_out() -> None:
    found = world(
        people=[MARA],
        feeds=[FEED],
        news=[news("kept"), news("no feed", feed="g"), news("nobody", person="x")],
        touches=[WROTE, replace(WROTE, id="t2", person="x")],
    )
    assert [item.uid for item in found.news] == ["kept"]
    assert [touch.id for touch in found.touches] == ["t1"]


def test_orders() -> None:
    found = world(
        people=[MARA],
        feeds=[FEED],
        news=[news("old", shown=AT - DAY), news("new")],
        touches=[WROTE, replace(WROTE, id="t0", at=AT - DAY)],
    )
    assert [item.uid for item in found.news] == ["new", "old"]
    assert [touch.id for touch in found.touches] == ["t0", "t1"]


def test_undone_decisions_are_left_out() -> None:
    kept = Decision("d1", AT, "t", "mara", "read", "done")
    undone = replace(kept, id="d2", undone=AT)
    assert world(people=[MARA], decisions=[kept, undone]).decisions == (kept,)


def test_as_of_knows_only_what_was_known_then() -> None:
    found = world(
        people=[MARA, replace(MARA, id="late", added=AT + DAY)],
        feeds=[FEED],
        news=[news("then"), news("after", shown=AT + DAY)],
        touches=[
            WROTE,
            replace(WROTE, id="backdated", recorded=AT + DAY),
        ],
        decisions=[Decision("d", AT + DAY, "t", "mara", "read", "done")],
    )
    then = as_of(found, AT)
    assert set(then.people) == {"mara"}
    assert [item.uid for item in then.news] == ["then"]
    assert [touch.id for touch in then.touches] == ["t1"]
    assert then.decisions == ()


class Tables:
    """Records by table and number, changed one step at a time."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.records: dict[str, dict[str, Any]] = {}
        self.number = 0

    def step(self) -> dict[str, list[tuple[Any | None, Any | None]]]:
        """Something happens; each record that changed, before and after."""
        changed: dict[str, list[tuple[Any | None, Any | None]]] = {}
        for _ in range(self.dice.randint(1, 3)):
            made = self.dice.choice([self._person, self._touch, self._touch, self._decision,
                                     self._amendment, self._feed, self._news])()  # fmt: skip
            table = table_of(made)
            known = self.records.setdefault(table, {})
            at = next((n for n, old in known.items() if key_of(old) == key_of(made)), "")
            if at and self.dice.random() < 0.2:
                changed.setdefault(table, []).append((known.pop(at), None))
                continue
            self.number += 1
            before = known.get(at)
            known[at or str(self.number)] = made
            changed.setdefault(table, []).append((before, made))
        return changed

    def _when(self) -> datetime:
        return AT + self.dice.randint(0, 6) * DAY

    def _who(self) -> str:
        return f"p{self.dice.randint(0, 4)}"

    def _person(self) -> Person:
        return Person(self._who(), self.dice.choice("ABC"), AT)

    def _touch(self) -> Touch:
        id = f"t{self.dice.randint(0, 12)}"
        return Touch(id, self._when(), self._who(), "out", "reply", "said", AT)

    def _amendment(self) -> Amendment:
        touch = f"t{self.dice.randint(0, 12)}"
        fields = self.dice.choice(
            [{"void": True}, {"void": False}, {"note": "x"}, {"person": self._who()},
             {"at": moment_text(self._when())}]
        )  # fmt: skip
        return Amendment(f"a{self.dice.randint(0, 9)}", touch, self._when(), fields)

    def _decision(self) -> Decision:
        undone = self.dice.choice([None, None, AT])
        return Decision(f"d{self.dice.randint(0, 9)}", self._when(), "t", self._who(), "read",
                        "done", undone=undone)  # fmt: skip

    def _feed(self) -> Feed:
        id, paused = f"f{self.dice.randint(0, 2)}", self.dice.random() < 0.5
        return replace(FEED, id=id, paused=paused, person=self.dice.choice([None, self._who()]))

    def _news(self) -> NewsItem:
        feed = f"f{self.dice.randint(0, 2)}"
        return news(f"n{self.dice.randint(0, 5)}", self._who(), feed, self._when())


@pytest.mark.parametrize("seed", range(8))
def test_a_world_followed_change_by_change_is_the_world_built_anew(seed: int) -> None:
    tables = Tables(seed)
    followed = World()
    for _ in range(150):
        followed = advanced(followed, tables.records, tables.step())
        anew = build_world(
            lambda table: tables.records.get(table, {}).values(), lambda _, record: record
        )
        assert followed == anew
        assert list(followed.people) == list(anew.people)
    assert advanced(followed, tables.records, {"touches": []}) is followed

"""What only the writer can tell of an import: asked, answered, remembered."""

from __future__ import annotations

from collections.abc import Mapping

from engage.domain.records import Person
from engage.services.desk import Desk
from engage.services.follow import add
from engage.services.outcomes import Choice, Doubt, ImportPlan
from engage.services.remember import undo
from engage.services.transfer import import_files
from tests.exchange import samples as S

FRIENDS = '{"friends_v2":[{"name":"Mara Quill"}]}'


def bring(desk: Desk, text: str, name: str = "-", **more: object) -> ImportPlan:
    return import_files(desk, [(name, text.encode())], **more)  # type: ignore[arg-type]


async def known(desk: Desk, *names: str) -> list[Person]:
    for name in names:
        await add(desk, [], person=name)
    return [person for person in desk.world().people.values() if person.name in names]


def said(doubt: Doubt, key: str) -> Mapping[str, str]:
    """The answer that a key stands for."""
    return {doubt.key: next(each.answer for each in doubt.choices if each.key == key)}


async def test_a_bare_name_that_is_known_is_asked_about_and_nothing_is_written(empty: Desk) -> None:
    (mara,) = await known(empty, "Mara Quill")
    plan = bring(empty, FRIENDS, "friends.json", write=True)
    (doubt,) = plan.doubts
    assert plan.unclear == (doubt.line,)
    assert [each.key for each in doubt.choices] == ["x", "1", "n"]
    assert mara.name in doubt.choices[1].words
    assert not plan.written
    assert empty.world().people == {mara.id: mara}


async def test_somebody_who_is_meant_gets_the_direction_and_is_known_the_next_time(
    empty: Desk,
) -> None:
    (mara,) = await known(empty, "Mara Quill")
    (doubt,) = bring(empty, FRIENDS, "friends.json").doubts
    plan = bring(empty, FRIENDS, "friends.json", write=True, answers=said(doubt, "1"))
    assert (plan.unclear, plan.doubts, len(plan.changed)) == ((), (), 1)
    assert list(empty.world().people) == [mara.id]
    assert empty.world().people[mara.id].directions == ("mutual",)
    again = bring(empty, FRIENDS, "friends.json")
    assert (again.doubts, len(again.known)) == ((), 1)
    undo(empty)
    assert empty.world().people == {mara.id: mara}


async def test_somebody_new_of_a_known_name(empty: Desk) -> None:
    await known(empty, "Mara Quill")
    (doubt,) = bring(empty, FRIENDS, "friends.json").doubts
    plan = bring(empty, FRIENDS, "friends.json", write=True, answers=said(doubt, "n"))
    assert (len(plan.new), plan.unclear) == (1, ())
    assert [each.name for each in empty.world().people.values()] == ["Mara Quill"] * 2
    assert bring(empty, FRIENDS, "friends.json").doubts == ()


async def test_somebody_left_out(empty: Desk) -> None:
    (mara,) = await known(empty, "Mara Quill")
    text = "Mara Quill https://mara.example\nTomasz https://tomasz.example\n"
    doubt = next(each for each in bring(empty, text).doubts if "Mara" in each.sentence)
    assert [each.key for each in doubt.choices] == ["n", "1", "x"]
    plan = bring(empty, text, write=True, answers=said(doubt, "x"))
    assert "Mara Quill is left out, as you said." in plan.skipped
    assert {each.name for each in empty.world().people.values()} == {mara.name, "Tomasz"}
    assert empty.world().people[mara.id] == mara


async def test_an_address_can_be_given_to_somebody_of_that_name(empty: Desk) -> None:
    (mara,) = await known(empty, "Mara Quill")
    text = "Mara Quill https://medium.com/@mara\n"
    doubt = next(each for each in bring(empty, text).doubts if "Mara" in each.sentence)
    bring(empty, text, write=True, answers=said(doubt, "1"))
    (person,) = empty.world().people.values()
    assert (person.id, person.profiles) == (mara.id, ("https://medium.com/@mara",))
    (feed,) = empty.world().feeds.values()
    assert (feed.person, feed.wanted) == (mara.id, False)


async def test_an_address_of_two_goes_with_whom_the_writer_says(empty: Desk) -> None:
    bring(empty, "Mara https://mara.example\nM. Quill https://medium.com/@mara\n", write=True)
    both = "Mara Quill https://mara.example https://medium.com/@mara\n"
    doubt = next(each for each in bring(empty, both).doubts if "fit" in each.sentence)
    assert [each.key for each in doubt.choices] == ["1", "2", "x"]
    second = doubt.choices[1].answer
    before = dict(empty.world().people)
    followers = {**said(doubt, "2"), **direction(bring(empty, both), "f")}
    bring(empty, both, write=True, answers=followers)
    after = empty.world().people
    changed = {id for id in after if after[id] != before[id]}
    assert changed == {second}
    assert set(after[second].keys).isdisjoint(set(before[next(iter(set(before) - changed))].keys))


def direction(plan: ImportPlan, key: str) -> Mapping[str, str]:
    doubt = next(each for each in plan.doubts if each.key.startswith("direction:"))
    return said(doubt, key)


def test_a_list_without_a_direction_is_asked_for_it(empty: Desk) -> None:
    plan = bring(empty, S.TAKAHE, "takahe.csv")
    assert len(plan.unclear) == 1
    answered = bring(empty, S.TAKAHE, "takahe.csv", write=True, answers=direction(plan, "f"))
    assert (answered.unclear, answered.doubts) == ((), ())
    (person,) = empty.world().people.values()
    assert person.directions == ("follows_me",)


def test_a_pasted_list_is_asked_as_well_and_may_stay_open(empty: Desk) -> None:
    plan = bring(empty, "@mara\n@tomasz_z\n", write=True)
    assert plan.written
    assert plan.unclear == ()
    assert {each.directions for each in empty.world().people.values()} == {()}
    bring(empty, "@mara\n@tomasz_z\n", write=True, answers=direction(plan, "f"))
    assert {each.directions for each in empty.world().people.values()} == {("follows_me",)}
    assert bring(empty, "Followers\n@mara\n").doubts == ()


def test_an_answer_that_is_none_changes_nothing(empty: Desk) -> None:
    plan = bring(empty, "@mara\n")
    (doubt,) = plan.doubts
    assert bring(empty, "@mara\n", answers={doubt.key: "nonsense"}).doubts == (doubt,)


def test_every_choice_has_a_key_of_its_own(empty: Desk) -> None:
    for number in range(12):
        bring(empty, f"Mara Quill https://mara{number}.example\n", write=True)
    plan = bring(empty, "Followers\nMara Quill https://other.example\n")
    (asked,) = plan.doubts
    keys = [choice.key for choice in asked.choices]
    assert keys == ["n", *map(str, range(1, 10)), "x"]
    assert all(isinstance(choice, Choice) and len(choice.key) == 1 for choice in asked.choices)


MEANINGS = {
    "vorname": "first", "nachname": "last", "seite": "url", "seit": "since", "anderes": "",
}  # fmt: skip


class TestColumns:
    """A table whose columns the writer says the meaning of."""

    TEXT = "Vorname;Nachname;Seite;Seit;Anderes\nMara;Quill;mara.example;2025-02-03;7\n"

    def test_those_of_a_table_that_means_nothing_are_told(self, empty: Desk) -> None:
        plan = bring(empty, self.TEXT, "leute.csv")
        assert [each.name for each in plan.columns] == [
            "Vorname", "Nachname", "Seite", "Seit", "Anderes",
        ]  # fmt: skip
        assert plan.columns[2].examples == ("mara.example",)
        assert [each.meaning for each in plan.columns] == ["", "", "url", "since", ""]
        assert "Vorname, Nachname" in plan.refused[0].sentence

    def test_what_the_writer_says_is_read(self, empty: Desk) -> None:
        bring(empty, self.TEXT, "leute.csv", meanings=MEANINGS, write=True)
        (person,) = empty.world().people.values()
        assert (person.name, person.profiles) == ("Mara Quill", ("https://mara.example",))
        (origin,) = person.origins
        assert str(origin.since) == "2025-02-03"

    def test_those_that_are_known_can_be_said_otherwise(self, empty: Desk) -> None:
        text = "name,blog\nhttps://mara.example,Mara Quill\n"
        plan = bring(empty, text, "x.csv", meanings={"name": "url", "blog": "name"}, write=True)
        assert [each.meaning for each in plan.columns] == ["name", "url"]
        (person,) = empty.world().people.values()
        assert (person.name, person.profiles) == ("Mara Quill", ("https://mara.example",))

    def test_without_anybody_it_is_refused(self, empty: Desk) -> None:
        plan = bring(empty, self.TEXT, "leute.csv", meanings={"seit": "since"})
        assert plan.new == ()
        assert len(plan.refused) == 1

    def test_a_platforms_table_is_not_asked_about(self, empty: Desk) -> None:
        assert bring(empty, S.LINKEDIN, "Connections.csv").columns == ()
        assert bring(empty, S.PASTED).columns == ()

"""What is written is read back, whatever it holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engage.domain.records import (
    DatedLeave,
    DatedNumber,
    Feed,
    NextTime,
    Origin,
    OwnPost,
    Person,
    Rules,
    Touch,
    WeekLine,
    World,
    WrittenDay,
)
from engage.domain.relationships import standings
from engage.exchange.bundle import bundle_of
from engage.exchange.everything import KEPT, read_everything, write_everything
from engage.exchange.formats import read_bundle
from engage.exchange.table_out import people_csv
from engage.text import clean, one_line

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)

moments = st.integers(0, 10**9).map(lambda seconds: NOW - timedelta(seconds=seconds))
awkward = st.text(
    st.sampled_from("ab é日😀ł<>&\"'/;#=[]+-@,\\\n\t") | st.characters(codec="utf-8"), max_size=12
)
texts = awkward.map(clean)
names = awkward.map(one_line).filter(bool)
addresses = st.sampled_from(["https://mara.example/", "https://medium.com/@m"])
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def people(number: int) -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        id=st.just(f"p{number}"),
        name=names,
        added=moments,
        keys=st.just((f"name:{number}",)),
        names=st.lists(names, max_size=2).map(tuple),
        profiles=st.lists(addresses, max_size=1).map(tuple),
        directions=st.lists(st.sampled_from(["follows_me", "mutual"]), max_size=2).map(tuple),
        circles=st.lists(
            st.builds(DatedNumber, moments, st.none() | st.integers(1, 5)), max_size=2
        ).map(tuple),
        leaves=st.lists(st.builds(DatedLeave, moments, st.none() | days), max_size=1).map(tuple),
        friend=st.booleans(),
        next=st.none() | st.builds(NextTime, moments, days, texts),
        notes=texts,
        origins=st.lists(st.builds(Origin, names, names, st.none() | days), max_size=2).map(tuple),
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    known = {f"p{n}": draw(people(n)) for n in range(draw(st.integers(0, 3)))}
    feeds = {
        f"f{n}": Feed(
            f"f{n}", f"https://x{n}.example/", f"https://x{n}.example/", "theirs", draw(moments),
            id, draw(names), folder=draw(names), wanted=draw(st.booleans()),
        )
        for n, id in enumerate(known)
    }  # fmt: skip
    touches = tuple(
        Touch(
            f"t{n}", draw(moments), id, "out", "reply", "said", draw(moments), note=draw(texts),
            text=draw(texts), owes=draw(st.booleans()),
        )
        for n, id in enumerate(known)
    )  # fmt: skip
    own = st.builds(OwnPost, st.uuids().map(str), names, texts, addresses, moments)
    lines = st.builds(WeekLine, st.just("2026-W47"), moments, texts)
    written = st.builds(WrittenDay, st.just("2026-11-20"), days, moments, texts)
    return World(
        people=known,
        feeds=feeds,
        touches=touches,
        own_posts=tuple(draw(st.lists(own, max_size=2))),
        written_days=tuple(draw(st.lists(written, max_size=1))),
        week_lines={line.id: line for line in draw(st.lists(lines, max_size=1))},
    )


@given(worlds())
def test_everything(world: World) -> None:
    text = write_everything(world, NOW)
    (found,) = read_bundle(bundle_of("engage.json", text.encode()))
    assert found == read_everything(text.encode())
    assert found.everything is not None
    for table in KEPT:
        there = getattr(world, table)
        assert found.everything[table] == tuple(
            there.values() if isinstance(there, dict) else there
        )


@given(worlds())
def test_people_as_a_table(world: World) -> None:
    text = people_csv(world, standings(world, Rules(), NOW))
    if not world.people:
        return
    (found,) = read_bundle(bundle_of("people.csv", text.encode()), "csv")
    assert not found.unclear
    there = sorted((each.name, each.profiles, each.notes.strip()) for each in world.people.values())
    assert sorted((each.name, each.profiles, each.note) for each in found.people) == there

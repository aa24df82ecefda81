"""Whom the writer has not placed yet, the most active first."""

from __future__ import annotations

import asyncio

from engage.services import follow
from engage.services.desk import Desk
from engage.services.edit_person import leave, set_circle
from engage.services.remember import log
from engage.services.sorting import to_sort


def test_only_who_has_no_place(desk: Desk) -> None:
    people = desk.world().people
    waiting = to_sort(desk)
    assert waiting
    assert all(not people[each.person.id].circles for each in waiting)
    first, second = (each.person for each in waiting[:2])
    set_circle(desk, first.id, 3)
    leave(desk, second.id)
    assert {first.id, second.id}.isdisjoint(each.person.id for each in to_sort(desk))


def test_the_most_active_first(empty: Desk) -> None:
    for name in ("Ada", "Ben", "Cleo"):
        asyncio.run(follow.add(empty, [], person=name))
    log(empty, "Cleo", "letter", direction="in")
    assert [each.person.name for each in to_sort(empty)] == ["Cleo", "Ada", "Ben"]


def test_their_latest_work_is_shown(desk: Desk) -> None:
    known = [each for each in to_sort(desk) if each.latest]
    assert known
    for each in known:
        shown = [item.shown for item in each.latest]
        assert shown == sorted(shown, reverse=True)
        assert len(shown) <= 3

"""Circles and peace from the rows of the inbox; either finishes a welcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engage.domain import deciding
from engage.domain.changes import Change, Put, put
from engage.domain.derived import Task
from engage.domain.histories import in_force, ran_ahead, with_said
from engage.domain.records import FOR_GOOD, DatedLeave, DatedNumber
from engage.services.desk import Desk


def place(desk: Desk, tasks: Sequence[Task], circle: int | None) -> Change | None:
    """Put the people of these tasks in a circle, or in none, as one change."""
    puts: list[Put] = []
    now = desk.stamp()
    for person_id in dict.fromkeys(task.person for task in tasks):
        before = desk.world().people[person_id]
        if in_force(before.circles, now) != circle or ran_ahead(before.circles, now):
            circles = with_said(before.circles, DatedNumber(now, circle))
            puts.append(put(replace(before, circles=circles), before))
    words = f"circle {circle}" if circle else "no circle"
    return desk.commit(_label(desk, words, tasks), [*puts, *_welcomed(desk, tasks)])


def leave(desk: Desk, tasks: Sequence[Task]) -> Change | None:
    """Leave the people of these tasks in peace for good, as one change."""
    puts: list[Put] = []
    now = desk.stamp()
    for person_id in dict.fromkeys(task.person for task in tasks):
        before = desk.world().people[person_id]
        leaves = with_said(before.leaves, DatedLeave(now, FOR_GOOD))
        puts.append(put(replace(before, leaves=leaves), before))
    return desk.commit(_label(desk, "left in peace", tasks), [*puts, *_welcomed(desk, tasks)])


def _welcomed(desk: Desk, tasks: Sequence[Task]) -> list[Put]:
    """The writer has looked at who they are."""
    puts: list[Put] = []
    for task in tasks:
        if task.kind == "welcome":
            puts += deciding.decide(task, "done", desk.now())
    return puts


def _label(desk: Desk, words: str, tasks: Sequence[Task]) -> str:
    people = desk.world().people
    names = list(dict.fromkeys(people[task.person].name for task in tasks))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{words}: {', '.join(names[:3])}{more}"

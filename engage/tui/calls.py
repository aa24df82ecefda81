"""The services that the inbox calls, each imported on the desk's thread when it is first called:
none of them stands before first paint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engage.domain.changes import Change
    from engage.domain.derived import Task
    from engage.domain.records import Direction, Outcome, TouchKind
    from engage.services.desk import Desk
    from engage.services.drafting import Answering, Drafted, Editing
    from engage.services.outcomes import Decided, Inbox, Logged, Place


def inbox(desk: Desk, query: str) -> Inbox:
    from engage.services import triage

    return triage.inbox(desk, query)


def decide(
    desk: Desk, given: Sequence[str], outcome: Outcome, *, until: date | None, post: str | None
) -> Decided:
    from engage.services import triage

    return triage.decide(desk, given, outcome, until=until, post=post)


def wrote_to(desk: Desk, tasks: Sequence[Task]) -> Decided:
    from engage.services import triage

    return triage.wrote_to(desk, tasks)


def place(desk: Desk, tasks: Sequence[Task], circle: int | None) -> Change | None:
    from engage.services import placing

    return placing.place(desk, tasks, circle)


def leave(desk: Desk, tasks: Sequence[Task]) -> Change | None:
    from engage.services import placing

    return placing.leave(desk, tasks)


def log(desk: Desk, name: str, kind: TouchKind, *, direction: Direction, note: str) -> Logged:
    from engage.services import remember

    return remember.log(desk, name, kind, direction=direction, note=note)


def undo(desk: Desk) -> Change | None:
    from engage.services import remember

    return remember.undo(desk)


def place_to_answer(desk: Desk, task: Task, uid: str | None) -> Place | None:
    from engage.services import reading

    return reading.place_to_answer(desk, task, uid)


def begin_draft(desk: Desk, task: Task, uid: str | None) -> Editing:
    from engage.services import drafting

    return drafting.begin(desk, drafting.of_task(desk, task, uid))


def save_draft(_desk: Desk, editing: Editing, text: str) -> None:
    from engage.services import drafting

    drafting.save(editing, text)


def finish_draft(desk: Desk, editing: Editing) -> Drafted:
    from engage.services import drafting

    return drafting.finish(desk, editing)


def posted(desk: Desk, answered: Answering, url: str | None = None) -> Change | None:
    from engage.services import replying

    return replying.posted(desk, answered, url)

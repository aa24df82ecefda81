"""Deciding tasks, and taking the last change back."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from engage.cli import output
from engage.cli.session import at_desk, say_refusals
from engage.domain.records import Outcome
from engage.errors import EngageError


def done(arguments: Namespace) -> int:
    return _decide(arguments.ids, "done")


def drop(arguments: Namespace) -> int:
    return _decide(arguments.ids, "drop")


def later(arguments: Namespace) -> int:
    return _decide(arguments.ids, "later")


def snooze(arguments: Namespace) -> int:
    return _decide(arguments.ids, "snooze", until=arguments.until)


def undo(arguments: Namespace) -> int:
    from engage.services import remember

    with at_desk() as desk:
        if arguments.list:
            changes = remember.undoable(desk)
            moments = (change.at.astimezone() for change in changes)
            output.table(
                (f"{at:%Y-%m-%d %H:%M}", change.label)
                for at, change in zip(moments, changes, strict=True)
            )
            if not changes:
                output.say("There is nothing to take back.")
            return 0
        change = remember.undo(desk)
        if change is None:
            raise EngageError("There is nothing to take back.")
        output.lines([f"Taken back: {change.label}"])
    return 0


def _decide(ids: list[str], outcome: Outcome, *, until: date | None = None) -> int:
    from engage.services import triage

    with at_desk() as desk:
        decided = triage.decide(desk, ids, outcome, until=until)
        people = desk.world().people
        if decided.change is not None:
            output.lines([decided.change.label])
        for task in decided.already:
            name = people[task.person].name
            output.say(f"{name}: that task is {task.state} already; nothing changed.")
        for task in decided.asks:
            name = people[task.person].name
            output.say(f"If you wrote to {name}, `engage log` records it.")
        return say_refusals(decided.refused)

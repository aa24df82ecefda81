"""What the inbox answers: all that the screen starts with, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engage.domain.changes import Change
from engage.domain.derived import Standing, Task
from engage.domain.records import Person, Rules, World
from engage.domain.triage import plan_ends_after
from engage.domain.welcomes import welcome_titles


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something asked for that could not be done.

    ``given`` is the id, name, file or address as it was given; ``sentence`` names it too.
    ``candidates``: what it may have meant, a line each.
    """

    given: str
    sentence: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inbox:
    """The tasks in the inbox's order.

    ``tasks`` hold, without ``all``, state "open" only. ``later`` is the pile *Reply later*.
    ``waiting``: new people beyond today's welcomes. ``day_ends_after``: how many of the open tasks
    the writer's minutes reach (the plan's line stands after that many rows). ``titles``: for each
    open `welcome`, by the task's id, what there is of the person to read. ``questions``: how many
    wait that only the writer can answer.
    """

    now: datetime
    tasks: tuple[Task, ...]
    later: tuple[Task, ...]
    waiting: int
    day_ends_after: int
    people: Mapping[str, Person]
    standings: Mapping[str, Standing]
    titles: Mapping[str, str] = field(default_factory=dict)
    questions: int = 0


def inbox_of(
    world: World,
    standings: Mapping[str, Standing],
    everything: Sequence[Task],
    rules: Rules,
    now: datetime,
) -> Inbox:
    """The inbox out of all tasks of all states."""
    open_ones = tuple(task for task in everything if task.state == "open")
    return Inbox(
        now=now,
        tasks=open_ones,
        later=tuple(task for task in everything if task.state == "later"),
        waiting=sum(task.state == "waiting" for task in everything),
        day_ends_after=plan_ends_after(open_ones, rules.minutes_per_day),
        people=world.people,
        standings=standings,
        titles=welcome_titles(world, open_ones),
        questions=sum(question.answered is None for question in world.questions),
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """The result of deciding tasks.

    ``change`` None: nothing was written (all refused or closed already). ``asks``: tasks for which
    the screen should ask *Did you write to them?*
    """

    tasks: tuple[Task, ...]
    already: tuple[Task, ...]
    refused: tuple[Refusal, ...]
    change: Change | None
    asks: tuple[Task, ...] = ()

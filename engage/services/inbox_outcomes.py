"""What the inbox answers: all that the screen starts with, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engage.domain.changes import Change
from engage.domain.derived import Standing, Task
from engage.domain.records import Person


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
    open `welcome`, by the task's id, what there is of the person to read.
    """

    now: datetime
    tasks: tuple[Task, ...]
    later: tuple[Task, ...]
    waiting: int
    day_ends_after: int
    people: Mapping[str, Person]
    standings: Mapping[str, Standing]
    titles: Mapping[str, str] = field(default_factory=dict)


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

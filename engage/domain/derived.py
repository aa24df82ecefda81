"""What the rules make of the records: never stored, derived anew whenever these change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from engage.domain.records import Direction, NewsItem, NextTime, TaskKind, Touch, TouchKind
from engage.domain.standing_words import sentences

TaskState = Literal["open", "later", "snoozed", "waiting", "done", "dropped", "answered", "aged"]


@dataclass(frozen=True, slots=True)
class Task:
    """Something the inbox proposes.

    ``reason`` is 1 to 6. ``why`` is the whole reason in words, ``short`` the same in at most 32
    cells, ``rule`` the sentence that explains the row's place. ``posts`` oldest first for a `read`;
    ``touches`` are the incoming ones a `reply` is about, newest first. ``opened``: since when it
    has been there. ``first``: it is today's one.
    """

    id: str
    kind: TaskKind
    person: str
    reason: int
    why: str
    short: str
    state: TaskState = "open"
    due: date | None = None
    posts: tuple[NewsItem, ...] = ()
    touches: tuple[Touch, ...] = ()
    opened: datetime | None = None
    until: date | None = None
    minutes: int = 0
    rule: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """As much of a touch as a sentence needs."""

    at: datetime
    direction: Direction
    kind: TouchKind
    about: str = ""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a standing rests on, for the sentences that explain it.

    ``today``: the day it was looked at. ``silence``: days since the last exchange. ``following``:
    the date set by hand, while it holds. ``circled``: since when the person is in circles.
    ``own_cadence``: it is their own and not the circle's. ``last`` exchange, ``first`` touch.
    """

    today: date
    silence: int | None = None
    following: NextTime | None = None
    circled: datetime | None = None
    own_cadence: bool = False
    last: Trace | None = None
    first: Trace | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the writer and a person stand: derived from what happened, never stored.

    ``cadence``, ``rhythm`` in days; ``warmth`` 0 to 1 or None without a cadence or exchange;
    ``state``: steady, drifting, ended, or "no rhythm yet"; ``stage``: New, Seen, Read, Answered,
    In conversation, Friend. ``owed``: the incoming touches not answered, newest first.
    ``touches_*`` count all that is known, ``exchanges_*`` those of the last 180 days. ``grounds``
    are what ``why`` is made of.
    """

    person: str
    circle: int | None
    cadence: int | None
    last_exchange: datetime | None
    known_since: datetime | None
    due: date | None
    rhythm: float | None
    state: str
    warmth: float | None
    stage: str
    owed: tuple[Touch, ...]
    touches_in: int
    touches_out: int
    exchanges_in: int
    exchanges_out: int
    left: bool
    looked_at: bool
    grounds: Grounds | None = None

    @property
    def why(self) -> Mapping[str, str]:
        """The sentence that explains it for each of "stage", "last_exchange", "known_since",
        "cadence", "due", "rhythm", "warmth", "exchanges", "owed"; put into words when asked for."""
        return sentences(self, self.grounds) if self.grounds is not None else {}

    @property
    def drifting(self) -> bool:
        return self.state == "drifting"

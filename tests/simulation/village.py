"""A year's draws for one seed: the same for every way of working, whatever the writer does."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from tests.simulation import rates

ZONE = ZoneInfo(rates.ZONE)


@dataclass(frozen=True)
class Piece:
    """A post of somebody's: ``moves`` the writer to answer, or not."""

    who: int
    number: int
    at: datetime
    minutes: int
    moves: bool


@dataclass(frozen=True)
class Villager:
    """Somebody, with a year of draws of their own.

    ``arrives`` None: known from the first day. ``circle``: what the writer gives them, at the start
    or once looked at. The lists hold one draw between 0 and 1 for each day.
    """

    number: int
    arrives: datetime | None
    writes_first: bool
    circle: int | None
    last_exchange: datetime | None
    feed: bool
    pieces: tuple[Piece, ...]
    comment_gap: float
    talkative: float
    answer_days: float
    patience: float
    mood: float
    comments: tuple[float, ...]
    hours: tuple[float, ...]
    answers: tuple[float, ...]
    delays: tuple[float, ...]
    leaves: tuple[float, ...]
    sulks: tuple[float, ...]


@dataclass(frozen=True)
class Village:
    """The people and the writer's days."""

    seed: int
    days: tuple[date, ...]
    villagers: tuple[Villager, ...]
    working: frozenset[date]
    pieces: tuple[datetime, ...]
    marked: tuple[date, ...]

    @cached_property
    def arriving(self) -> Mapping[date, Sequence[Villager]]:
        """The newcomers of each day."""
        found: dict[date, list[Villager]] = {}
        for each in self.villagers:
            if each.arrives is not None:
                found.setdefault(each.arrives.astimezone(ZONE).date(), []).append(each)
        return found

    @cached_property
    def appearing(self) -> Mapping[date, Sequence[Piece]]:
        """The posts of each day."""
        found: dict[date, list[Piece]] = {}
        for each in self.villagers:
            for piece in each.pieces:
                found.setdefault(piece.at.astimezone(ZONE).date(), []).append(piece)
        return found


def at(day: date, clock: time) -> datetime:
    """The moment, in UTC, of a local time."""
    return datetime.combine(day, clock, ZONE).astimezone(UTC)


def hour(day: date, draw: float) -> datetime:
    """A moment between 7 and 19 o'clock: nothing arrives while the writer is at the desk."""
    return at(day, time(7)) + timedelta(seconds=int(draw * 12 * 3600))


def village(
    seed: int, *, weeks: int = rates.WEEKS, size: float = 1.0, busy: bool = False
) -> Village:
    """The world of a seed; ``size``: with how many of its people; ``busy``: who write more."""
    days = tuple(rates.FIRST_DAY + timedelta(days=n) for n in range(weeks * 7))
    villagers: list[Villager] = []
    for circle, number in (*rates.CIRCLES.items(), (None, rates.READERS)):
        for _ in range(math.ceil(number * size)):
            villagers.append(_villager(seed, len(villagers), days, circle, None, busy))
    dice = Random(f"{seed}/newcomers")
    wave = days[0] + timedelta(days=dice.randint(*rates.WAVE_BETWEEN))
    for day in days:
        away = (day - wave).days
        each = rates.WAVE * size / rates.WAVE_DAYS if 0 <= away < rates.WAVE_DAYS else 0.0
        each += rates.NEWCOMERS_A_DAY * size
        for _ in range(int(each) + (dice.random() < each % 1)):
            drawn = dice.random()
            circle = None
            for wanted, share in rates.CIRCLE_OF_NEWCOMERS.items():
                if 0 <= drawn < share:
                    circle = wanted
                drawn -= share
            arrives = hour(day, dice.random())
            villagers.append(_villager(seed, len(villagers), days, circle, arrives, busy))
    return Village(seed, days, tuple(villagers), *_writer(seed, days))


def _writer(
    seed: int, days: tuple[date, ...]
) -> tuple[frozenset[date], tuple[datetime, ...], tuple[date, ...]]:
    dice = Random(f"{seed}/writer")
    working: set[date] = set()
    pieces, marked = [], []
    for first in range(0, len(days), 7):
        week = days[first : first + 7]
        working.update(dice.sample(week, rates.WORKING_DAYS))
        written = dice.choice(week) if dice.random() < rates.PIECE_A_WEEK else None
        if written:
            pieces.append(hour(written, dice.random()))
        marked += [day for day in week if dice.random() < rates.MARKED_DAY and day != written]
    return frozenset(working), tuple(pieces), tuple(marked)


def _villager(
    seed: int,
    number: int,
    days: tuple[date, ...],
    circle: int | None,
    arrives: datetime | None,
    busy: bool,
) -> Villager:
    dice = Random(f"{seed}/{number}")
    begin = at(days[0], time(6))
    known = arrives is None
    cadence = rates.CADENCES.get(circle or 0)
    last = dice.random() * (cadence or 0)
    gap = dice.uniform(*rates.COMMENT_GAP_DAYS.get(circle or 0, rates.COMMENT_GAP_OF_READERS))
    feed = dice.random() < rates.HAS_FEED

    def year() -> tuple[float, ...]:
        return tuple(dice.random() for _ in days)

    if cadence and known:
        patience = cadence * dice.uniform(*rates.PATIENCE_IN_CADENCES)
    else:
        patience = dice.uniform(*rates.PATIENCE_OF_OTHERS)
    return Villager(
        number=number,
        arrives=arrives,
        writes_first=dice.random() < rates.WRITES_FIRST,
        circle=circle,
        # Never two in one moment: who ties with whom would hang on ids.
        last_exchange=begin - timedelta(days=int(last), hours=8, seconds=number)
        if known and cadence
        else None,
        feed=feed,
        pieces=_pieces(dice, number, arrives or begin, days) if feed else (),
        comment_gap=gap / (rates.BUSY_COMMENTS if busy else 1),
        talkative=dice.uniform(*(rates.BUSY_TALKATIVE if busy else rates.TALKATIVE)),
        answer_days=dice.uniform(*rates.ANSWER_DAYS),
        patience=patience,
        mood=rates.MOODS.get(circle or 0, rates.MOOD_OF_OTHERS) if known else rates.MOOD_OF_OTHERS,
        comments=year(),
        hours=year(),
        answers=year(),
        delays=year(),
        leaves=year(),
        sulks=year(),
    )


def _pieces(dice: Random, who: int, known: datetime, days: tuple[date, ...]) -> tuple[Piece, ...]:
    low, high = map(math.log, rates.POST_GAP_DAYS)
    gap = math.exp(dice.uniform(low, high))
    found: list[Piece] = []
    moment = known - timedelta(days=rates.POSTS_BEFORE_DAYS)
    while True:
        moment += timedelta(seconds=int(dice.expovariate(1 / gap) * 86400) + 60)
        if moment.astimezone(ZONE).date() > days[-1]:
            return tuple(found)
        minutes = dice.randint(*rates.READ_MINUTES)
        found.append(Piece(who, len(found), moment, minutes, dice.random() < rates.MOVED))

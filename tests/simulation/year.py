"""One year of a village with one way of working: what happens, and a log of all that did."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Protocol

from tests.simulation import rates
from tests.simulation.village import ZONE, Piece, Village, Villager, at, hour

DAY = timedelta(days=1)


class Book(Protocol):
    """Who is told what happens, as engage is: by feeds, by the writer, by their log."""

    def came(self, who: Villager, when: datetime) -> None: ...
    def wrote_in(self, who: int, when: datetime) -> None: ...
    def published(self, piece: Piece) -> None: ...
    def own_piece(self, when: datetime) -> None: ...
    def marked(self, day: date, when: datetime) -> None: ...
    def wrote_out(self, who: int, when: datetime) -> None: ...
    def looked(self, who: int, when: datetime) -> None: ...
    def read(self, piece: Piece, when: datetime) -> None: ...
    def placed(self, who: int, circle: int, when: datetime) -> None: ...
    def week_ends(self, sunday: date, when: datetime) -> None: ...


@dataclass(frozen=True)
class Event:
    """``what``: "in" and "out" are exchanges, "read" and "look" the writer's."""

    when: datetime
    who: int
    what: str


@dataclass
class Comment:
    """Something written to the writer, and when it was answered."""

    who: int
    when: datetime
    answered: datetime | None = None


@dataclass
class Known:
    """How it goes with somebody: what a person is, beside what the writer has of them."""

    villager: Villager
    mood: float
    came: datetime
    looked: datetime | None = None
    circle: int | None = None
    placed: datetime | None = None
    gone: bool = False
    patience_from: datetime | None = None
    last_out: datetime | None = None
    last_exchange: datetime | None = None
    open_comments: list[Comment] = field(default_factory=list)
    unread: list[Piece] = field(default_factory=list)


Session = Callable[["Year"], None]


class Year:
    """Plays the days. ``session`` is what the writer does with twenty minutes."""

    def __init__(self, village: Village, session: Session, book: Book | None = None) -> None:
        self.village = village
        self.log: list[Event] = []
        self.comments: list[Comment] = []
        self.known: dict[int, Known] = {}
        self.kept = self.kept_of = 0
        self.neglect = 0
        self.now = at(village.days[0], rates.SESSION)
        self._session = session
        self._book = book
        self._spent = 0.0
        self._answers: dict[date, list[int]] = {}
        self._answering: set[tuple[int, date]] = set()

    def play(self) -> Year:
        """Every day of the year; the year itself, played."""
        first = at(self.village.days[0], rates.SESSION) - timedelta(hours=13)
        for each in self.village.villagers:
            if each.arrives is None:
                self._comes(each, first)
        for index, day in enumerate(self.village.days):
            self._day(index, day)
        return self

    # What the writer can do; each takes its time.

    @property
    def time_left(self) -> bool:
        return self._spent < rates.MINUTES_A_DAY

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def write(self, who: int) -> None:
        """Words for somebody: they answer all that waits."""
        known = self.known[who]
        self._spend(rates.WRITE_MINUTES)
        self._tell(Event(self.now, who, "out"))
        if self._book:
            self._book.wrote_out(who, self.now)
        for comment in known.open_comments:
            comment.answered = self.now
        known.open_comments.clear()
        known.last_out = known.last_exchange = known.patience_from = self.now
        known.mood += rates.MOOD_GAIN * (1 - known.mood)
        self._meet(known)
        self._they_answer(known)

    def look(self, who: int) -> None:
        """Look at who somebody is."""
        known = self.known[who]
        self._spend(rates.LOOK_MINUTES)
        self._tell(Event(self.now, who, "look"))
        if self._book:
            self._book.looked(who, self.now)
        self._meet(known)

    def read(self, piece: Piece) -> None:
        """Read a post."""
        self._spend(piece.minutes)
        self._tell(Event(self.now, piece.who, "read"))
        if self._book:
            self._book.read(piece, self.now)
        self.known[piece.who].unread.remove(piece)

    def _spend(self, minutes: float) -> None:
        self._spent += minutes
        self.now += timedelta(minutes=minutes)

    def _tell(self, event: Event) -> None:
        self.log.append(event)

    def _meet(self, known: Known) -> None:
        """At the first contact the writer sees who it is, and may choose a circle."""
        if known.looked is not None:
            return
        known.looked = self.now
        if known.villager.circle is not None:
            known.circle, known.placed = known.villager.circle, self.now
            if self._book:
                self._book.placed(known.villager.number, known.circle, self.now)

    # What people do.

    def _comes(self, who: Villager, when: datetime) -> None:
        known = self.known[who.number] = Known(who, who.mood, when)
        if who.arrives is None:
            known.looked = known.placed = when
            known.circle = who.circle
            known.last_out = known.last_exchange = who.last_exchange
            known.patience_from = who.last_exchange
            if who.last_exchange:
                self._tell(Event(who.last_exchange, who.number, "out"))
        known.unread += [piece for piece in who.pieces if piece.at <= when]
        if self._book:
            self._book.came(who, when)
        if who.arrives is not None:
            known.patience_from = when
            if who.writes_first:
                self._writes(known, when + timedelta(minutes=1))

    def _writes(self, known: Known, when: datetime) -> None:
        who = known.villager.number
        comment = Comment(who, when)
        self.comments.append(comment)
        known.open_comments.append(comment)
        known.last_exchange = when
        self._tell(Event(when, who, "in"))
        if self._book:
            self._book.wrote_in(who, when)

    def _they_answer(self, known: Known) -> None:
        who, index = known.villager, (self.today - self.village.days[0]).days
        chance = who.talkative * (0.4 + 0.6 * known.mood)
        if known.gone or who.answers[index] >= chance:
            return
        away = 1 + int(-math.log(1 - who.delays[index]) * who.answer_days)
        day = self.today + away * DAY
        if (who.number, day) not in self._answering:
            self._answering.add((who.number, day))
            self._answers.setdefault(day, []).append(who.number)

    def _day(self, index: int, day: date) -> None:
        happens: list[tuple[datetime, int, Callable[[], None]]] = []

        def plan(when: datetime, what: Callable[[], None]) -> None:
            happens.append((when, len(happens), what))

        for who in self.village.arriving.get(day, ()):
            assert who.arrives is not None
            plan(who.arrives, partial(self._comes, who, who.arrives))
        for piece in self.village.appearing.get(day, ()):
            plan(piece.at, partial(self._publishes, piece))
        answering = self._answers.pop(day, [])
        for known in list(self.known.values()):
            who = known.villager
            unasked = who.comments[index] * who.comment_gap < 0.3 + 0.7 * known.mood
            if not known.gone and (unasked or who.number in answering):
                when = hour(day, who.hours[index])
                plan(when, partial(self._writes, known, when))
        if self._book:
            for when in self.village.pieces:
                if when.astimezone(ZONE).date() == day:
                    plan(when, partial(self._book.own_piece, when))
            if day in self.village.marked:
                evening = at(day, rates.SESSION) - timedelta(minutes=1)
                plan(evening, partial(self._book.marked, day, evening))
        if day in self.village.working:
            plan(at(day, rates.SESSION), partial(self._work, day))
        for _, _, happen in sorted(happens, key=lambda item: item[:2]):
            happen()
        self._night(index, at(day, rates.SESSION) + timedelta(hours=4))
        if day.isoweekday() == 7:
            self._week_ends(day, at(day, rates.SESSION) + timedelta(hours=4))

    def _publishes(self, piece: Piece) -> None:
        known = self.known.get(piece.who)
        if known is None or known.came >= piece.at:
            return
        known.unread.append(piece)
        if self._book:
            self._book.published(piece)

    def _work(self, day: date) -> None:
        """What was begun is finished; the minutes over are missing the next time."""
        self.now = at(day, rates.SESSION)
        self._spent = max(0.0, self._spent - rates.MINUTES_A_DAY)
        before = self._spent
        if self.time_left:
            self._session(self)
        self._spent = max(self._spent, before, rates.MINUTES_A_DAY)

    def _night(self, index: int, when: datetime) -> None:
        for known in self.known.values():
            who = known.villager
            for comment in known.open_comments:
                if (when.date() - comment.when.date()).days == rates.IGNORED_AFTER_DAYS:
                    known.mood *= 1 - rates.MOOD_LOSS
                    known.gone |= who.sulks[index] < rates.GONE_WHEN_IGNORED
            silent = known.patience_from and (when - known.patience_from).days
            if silent and silent > who.patience:
                known.gone |= who.leaves[index] < rates.GONE_A_DAY
            if known.circle == 1:
                since = max(known.last_out or known.came, known.came)
                self.neglect = max(self.neglect, (when - since).days)

    def _week_ends(self, day: date, when: datetime) -> None:
        for known in self.known.values():
            if known.villager.arrives is None and known.circle in (1, 2, 3):
                assert known.last_exchange is not None
                silent = (day - known.last_exchange.astimezone(ZONE).date()).days
                self.kept += silent <= rates.CADENCES[known.circle]
                self.kept_of += 1
        if self._book:
            self._book.week_ends(day, when)

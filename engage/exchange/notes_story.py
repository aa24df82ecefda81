"""What happened in a week, gathered from the world: what the weekly notes tell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engage.domain.days import local_day, midnight, week_days
from engage.domain.derived import Standing
from engage.domain.records import Direction, Person, Rules, Touch, World
from engage.domain.relationships import standings as standings_of
from engage.domain.week import Week, week_figures
from engage.domain.world import as_of


@dataclass(frozen=True, slots=True)
class Written:
    """A piece the writer published."""

    title: str
    url: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Words that went to a person or came from them. ``about``: the title of what they answer.

    ``answered``: for words that came in, the day on which the writer wrote back, if it has come.
    """

    name: str
    kind: str
    about: str
    day: date
    answered: date | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """A new person looked at. ``read``: how many of their posts the writer read in the week."""

    name: str
    directions: tuple[str, ...] = ()
    read: int = 0
    circle: int | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """What is left to do for a person: ``answer``, or ``write`` with what was set for next time."""

    name: str
    what: str
    text: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody drifting: their usual gap and the present silence, in days."""

    name: str
    usual: int
    now: int


@dataclass(frozen=True, slots=True)
class WeekStory:
    """A week as the notes tell it; every list in the order in which it is told."""

    figures: Week
    written: tuple[Written, ...] = ()
    answered: tuple[Exchanged, ...] = ()
    met: tuple[Met, ...] = ()
    wrote_to_me: tuple[Exchanged, ...] = ()
    carried: tuple[Carried, ...] = ()
    quiet: tuple[Quiet, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody with whom words were exchanged, each once."""
        return tuple(dict.fromkeys(each.name for each in (*self.answered, *self.wrote_to_me)))


def story(
    world: World, standings: Mapping[str, Standing], rules: Rules, week: str, now: datetime
) -> WeekStory:
    """The story of a week, ``2026-W47``; ``standings`` are those of ``now``.

    A past week is told as things stood at its end. Raises ValueError where there is no such week.
    """
    start, end = week_days(week)
    begin, close = midnight(start), midnight(end + timedelta(days=1))
    going_on = begin <= now < close
    figures = week_figures(world, rules, week, now, current=standings if going_on else None)
    if close <= now:
        now = close - timedelta(microseconds=1)
        standings = standings_of(as_of(world, now), rules, now)
    touches = [touch for touch in world.touches if touch.person in world.people]
    during = [touch for touch in touches if begin <= touch.at < close]
    return WeekStory(
        figures=figures,
        written=tuple(
            Written(own.title, own.url, day)
            for own in reversed(world.own_posts)
            if own.kind == "post" and start <= (day := local_day(own.published)) <= end
        ),
        answered=tuple(_exchanged(world.people, during, "out")),
        met=tuple(_met(world.people, touches, during, start, end)),
        wrote_to_me=tuple(
            _exchanged(world.people, during, "in", [t for t in touches if t.at <= now])
        ),
        carried=tuple(_carried(world, standings, end, now)),
        quiet=tuple(
            Quiet(world.people[each.person].name, each.usual, each.now) for each in figures.quiet
        ),
    )


def _exchanged(
    people: Mapping[str, Person],
    during: Iterable[Touch],
    direction: Direction,
    answers: Iterable[Touch] = (),
) -> Iterator[Exchanged]:
    out: dict[str, list[datetime]] = {}
    for touch in answers:
        if touch.exchange and touch.direction == "out":
            out.setdefault(touch.person, []).append(touch.at)  # oldest first, as touches are
    for touch in during:
        if touch.exchange and touch.direction == direction:
            moments = out.get(touch.person, [])
            later = bisect_right(moments, touch.at)
            answer = moments[later] if later < len(moments) else None
            yield Exchanged(
                people[touch.person].name,
                touch.kind,
                touch.about,
                local_day(touch.at),
                answer and local_day(answer),
            )


def _met(
    people: Mapping[str, Person],
    touches: Iterable[Touch],
    during: Iterable[Touch],
    start: date,
    end: date,
) -> Iterator[Met]:
    looked_before = {
        touch.person for touch in touches if touch.kind == "look" and local_day(touch.at) < start
    }
    week = list(during)
    looked = dict.fromkeys(touch.person for touch in week if touch.kind == "look")
    for id in looked:
        if id not in looked_before:
            person = people[id]
            circle = next(
                (c.value for c in reversed(person.circles) if start <= local_day(c.at) <= end), None
            )
            read = sum(touch.kind == "read" and touch.person == id for touch in week)
            yield Met(person.name, person.directions, read, circle)


def _carried(
    world: World, standings: Mapping[str, Standing], end: date, now: datetime
) -> Iterator[Carried]:
    """The answers owed, and what was set for the week to come; only the writer sets a date."""
    soon = end + timedelta(days=7)
    asleep = {
        decision.person: decision.until
        for decision in world.decisions
        if decision.kind == "reply" and decision.outcome == "snooze" and decision.at <= now
    }
    for id, standing in standings.items():
        person = world.people.get(id)
        if standing.left or person is None:
            continue
        until = asleep.get(id)
        by_hand = person.next if person.next and person.next.due == standing.due else None
        if standing.owed:
            by_hand_due = by_hand.due if by_hand else None
            due = until if until and until > end else by_hand_due
            yield Carried(person.name, "answer", due=due)
        elif by_hand and by_hand.due <= soon:
            yield Carried(person.name, "write", by_hand.text, by_hand.due)

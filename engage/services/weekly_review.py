"""The weekly review: get clear, get current, get creative, and then a line of one's own.

The three steps are David Allen's; what is asked in them is of people, and answered by the writer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engage.domain.days import local_day, midnight
from engage.domain.derived import Standing, Task
from engage.domain.records import Touch, World
from engage.domain.week import Week, pieces
from engage.domain.week_words import how_words, layers, promises
from engage.domain.wording import counted, on_day, quoted, what_they_did
from engage.services import review
from engage.services.desk import Desk
from engage.services.drafts import open_drafts

#: How many a list shows of what could be many.
MOST = 8
#: How many people, and how many cadences, are proposed to think about.
FEW = 3
#: Whom the writer may want to know is looked for in so many days.
LATELY = 90
#: A usual gap of so many cadences is no cadence kept.
NOT_KEPT = 1.5


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at. ``person``: the id of whom it is about, "" for nobody; ``task``: the id
    of the task that it is, "" for none; ``sentence``: what there is to say."""

    key: str
    name: str
    sentence: str
    person: str = ""
    task: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Points under a title; ``more``: how many are left out; ``none``: said where there is none."""

    title: str
    points: tuple[Point, ...]
    none: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """A week, and the sections of each step of its review."""

    week: Week
    clear: tuple[Section, ...]
    current: tuple[Section, ...]
    creative: tuple[Section, ...]

    @property
    def is_clear(self) -> bool:
        """Whether nothing lies about any more."""
        return not any(section.points for section in self.clear)


def look_back(desk: Desk, name: str | None = None) -> Review:
    """The review of a week, by default the current one."""
    week, world, standings = review.week(desk, name), desk.world(), desk.standings()
    today = local_day(desk.now())
    return Review(
        week=week,
        clear=tuple(_clear(desk, world)),
        current=tuple(_current(world, standings, week, today)),
        creative=tuple(_creative(world, standings, week, today)),
    )


def _clear(desk: Desk, world: World) -> Iterator[Section]:
    """What must not lie about: answered, given a day, looked at, sent, or dropped."""
    there: dict[str, list[Task]] = {}
    for task in desk.tasks():
        if task.state in ("open", "later", "waiting"):
            there.setdefault(task.kind, []).append(task)
    for kind, title, none in (
        ("reply", "Owed", "You have answered everybody."),
        ("welcome", "New people", "You have looked at everybody."),
    ):
        tasks = there.get(kind, [])
        yield _section(title, (_of_task(task, world) for task in tasks), none)
    drafts = (
        Point(
            f"draft {draft.about.key}",
            world.people[draft.about.person].name,
            f"a draft{f' on {quoted(draft.about.title)}' if draft.about.title else ''}",
            draft.about.person,
        )
        for draft in open_drafts(desk)
    )
    yield _section("Drafts", drafts, "No draft waits.")


def _of_task(task: Task, world: World) -> Point:
    return Point(task.id, world.people[task.person].name, task.why, task.person, task.id)


def _current(
    world: World, standings: Mapping[str, Standing], week: Week, today: date
) -> Iterator[Section]:
    """What was, and what comes."""
    people = world.people
    during = _during(world, week)
    written = [
        Point(piece.uid, piece.title, on_day(day, today))
        for piece in pieces(world)
        if week.start <= (day := local_day(piece.published)) <= week.end
    ]
    yield _section("You published", written, _days_written(week))
    answered = (
        Point(f"out {id}", people[id].name, how_words(week.how[id]), id)
        for id, _ in week.nurtured
        if id in people
    )
    yield _section("You wrote to", answered, "You wrote to nobody this week.")
    came = (
        Point(touch.id, people[touch.person].name, what_they_did(touch, today), touch.person)
        for touch in during
        if touch.direction == "in" and touch.exchange
    )
    yield _section("They wrote to you", came, "Nothing came, as far as engage knows.")
    soon = today + timedelta(days=7)
    due = sorted(
        (standing.due, people[id].name, id)
        for id, standing in standings.items()
        if standing.due is not None and today < standing.due <= soon and not standing.owed
    )
    coming = (Point(f"due {id}", name, standings[id].why["due"], id) for _, name, id in due)
    yield _section("Due in the coming week", coming, "Nobody is due in the coming week.")
    waiting = (
        Point(f"waiting {id}", people[id].name, f"you wrote {on_day(day, today)}", id)
        for id, day in week.waiting
        if id in people
    )
    yield _section("Waiting, and nothing to do", waiting, "You wait for nobody.")
    facts = [promises(week), *layers(standings.values())]
    yield _section("Promises", [Point(f"promise {fact}", "", fact) for fact in facts], "")


def _creative(
    world: World, standings: Mapping[str, Standing], week: Week, today: date
) -> Iterator[Section]:
    """What could be otherwise: somebody to know, something to write, a cadence that was a lie."""
    people = world.people
    yield _section("Whom do you want to know?", _to_know(world, standings, today), _NOBODY_NEAR)
    read = {
        touch.post or touch.id: Point(
            f"read {touch.id}", people[touch.person].name, quoted(title), touch.person
        )
        for touch in _during(world, week)
        if touch.kind == "read" and touch.direction == "out"
        if (title := touch.about or _title(world, touch))
    }
    yield _section("What did it make you want to write?", read.values(), "You read nothing.")
    untrue = sorted(
        (
            (_usual(standing, today) / standing.cadence, id)
            for id, standing in standings.items()
            if standing.cadence and not standing.left
            if _usual(standing, today) > NOT_KEPT * standing.cadence
        ),
        reverse=True,
    )
    lies = [
        Point(f"cadence {id}", people[id].name, _lie(standings[id], today), id)
        for _, id in untrue[:FEW]
    ]
    yield _section("Which cadence was a lie?", lies, "Your cadences hold.")


def _to_know(world: World, standings: Mapping[str, Standing], today: date) -> list[Point]:
    """Who is in no circle and yet there: who wrote most, then who was read most."""
    begin = midnight(today - timedelta(days=LATELY))
    lately = [touch for touch in world.touches if touch.at >= begin]
    wrote = Counter(touch.person for touch in lately if touch.direction == "in" and touch.exchange)
    read = Counter(touch.person for touch in lately if touch.kind == "read")
    outside = [
        person
        for person in {*wrote, *read}
        if person in standings and standings[person].circle is None and not standings[person].left
    ]
    outside.sort(key=lambda id: (-wrote[id], -read[id], world.people[id].name, id))
    return [
        Point(f"know {id}", world.people[id].name, _near(wrote[id], read[id]), id)
        for id in outside[:FEW]
    ]


def _near(wrote: int, read: int) -> str:
    said = [f"wrote to you {_times(wrote)}"] if wrote else []
    said += [f"you read them {_times(read)}"] if read else []
    return f"{', '.join(said)} in three months; in no circle"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _usual(standing: Standing, today: date) -> float:
    """The usual gap between the two, or where there is none yet the silence, in days."""
    if standing.rhythm is not None or standing.last_exchange is None:
        return standing.rhythm or 0.0
    return float((today - local_day(standing.last_exchange)).days)


def _lie(standing: Standing, today: date) -> str:
    meant = f"you meant every {counted(standing.cadence or 0, 'day')}"
    gap = counted(round(_usual(standing, today)), "day")
    return f"{meant}; it is usually {gap}" if standing.rhythm else f"{meant}; it has been {gap}"


def _days_written(week: Week) -> str:
    return f"Nothing; you wrote on {counted(week.days_written, 'day')}."


def _during(world: World, week: Week) -> list[Touch]:
    begin, end = midnight(week.start), midnight(week.end + timedelta(days=1))
    return [touch for touch in world.touches if begin <= touch.at < end]


def _title(world: World, touch: Touch) -> str:
    return next((item.title for item in world.news if item.uid == touch.post), "")


def _section(title: str, points: Iterable[Point], none: str) -> Section:
    listed = tuple(points)
    return Section(title, listed[:MOST], none, max(0, len(listed) - MOST))


_NOBODY_NEAR = "Nobody outside your circles wrote to you, or was read."

"""What is kept of one world is, for the next, as if derived anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from engage.domain.changes import record_of
from engage.domain.deciding import decide, wrote
from engage.domain.derived import Task
from engage.domain.kept import Kept
from engage.domain.records import DatedNumber, Decision, Rules, World
from engage.domain.relationships import standings
from engage.domain.triage import tasks
from tests.domain.worlds import NOW, RULES, circled, comment, news, person, touch, world

HOUR = timedelta(hours=1)
NAMES = [f"p{number:02}" for number in range(12)]


def ordered(found: World, **more: Any) -> World:
    """A world with more in it, in its order; what was there stays the same objects."""
    touches = (*found.touches, *more.get("touches", ()))
    listed = (*found.news, *more.get("news", ()))
    return replace(
        found,
        people=more.get("people", found.people),
        touches=tuple(sorted(touches, key=lambda item: (item.at, item.id))),
        news=tuple(sorted(listed, key=lambda item: (item.shown, item.uid), reverse=True)),
        decisions=(*found.decisions, *more.get("decisions", ())),
    )


def happen(found: World, dice: Random, now: datetime, open_ones: list[Task]) -> World:
    """Something that may happen to a writer."""
    who, days = dice.choice(list(found.people)), (NOW - now) / timedelta(days=1)
    match dice.randrange(7):
        case 0:
            return ordered(found, touches=[comment(days, who)])
        case 1:
            return ordered(found, news=[news(f"n{dice.random()}", days, who)])
        case 2:
            return ordered(found, touches=[touch(days + dice.random() * 90, who=who)])
        case 3:
            before = found.people[who]
            entry = DatedNumber(now, dice.choice([None, 1, 2, 5]))
            after = replace(before, circles=(*before.circles, entry))
            return replace(found, people={**found.people, who: after})
        case 4:
            fresh = person(f"new{dice.random()}", days)
            return replace(found, people={**found.people, fresh.id: fresh})
        case 5 if len(found.people) > 5:
            rest = {id: each for id, each in found.people.items() if id != who}
            return replace(
                found,
                people=rest,
                touches=tuple(item for item in found.touches if item.person != who),
                news=tuple(item for item in found.news if item.person != who),
                decisions=tuple(item for item in found.decisions if item.person != who),
            )
    if not open_ones:
        return found
    task = dice.choice(open_ones)
    outcome = dice.choice(["done", "drop", "later", "snooze"])
    until = now.date() + timedelta(days=3) if outcome == "snooze" else None
    puts = [*decide(task, outcome, now, until=until)]  # type: ignore[arg-type]
    puts += [wrote(task, now)] if dice.random() < 0.3 else []
    records = [record_of(put.table, put.after or {}) for put in puts]
    return ordered(
        found,
        decisions=[record for record in records if isinstance(record, Decision)],
        touches=[record for record in records if not isinstance(record, Decision)],
    )


@pytest.mark.parametrize("seed", range(6))
def test_kept_is_as_derived_anew(seed: int) -> None:
    dice, kept, now = Random(seed), Kept(), NOW - timedelta(days=60)
    found = world(*(circled(name, 1 + i % 5, 90) for i, name in enumerate(NAMES)))
    for _ in range(120):
        now += dice.choice([HOUR, 5 * HOUR, 20 * HOUR])
        fresh = standings(found, RULES, now)
        assert kept.standings(found, RULES, now) == fresh
        listed = kept.tasks(found, RULES, now)
        assert listed == tasks(found, fresh, RULES, now)
        found = happen(found, dice, now, [task for task in listed if task.state == "open"])


def test_nothing_is_derived_twice() -> None:
    kept, found = Kept(), world(*(circled(name) for name in NAMES), comment(3, NAMES[0]))
    before = kept.standings(found, RULES, NOW)
    assert kept.standings(found, RULES, NOW + HOUR) is before
    after = kept.standings(ordered(found, touches=[comment(1, NAMES[1])]), RULES, NOW)
    changed = [name for name in NAMES if after[name] is not before[name]]
    assert changed == [NAMES[1]]


@pytest.mark.parametrize(
    ("rules", "now"),
    [
        pytest.param(Rules(cadences=(7, 30, 90, 180, 365)), NOW, id="other rules"),
        pytest.param(RULES, NOW + timedelta(days=1), id="another day"),
    ],
)
def test_another_day_and_other_rules_are_looked_at_anew(rules: Rules, now: datetime) -> None:
    kept, found = Kept(), world(*(circled(name) for name in NAMES))
    kept.tasks(found, RULES, NOW)
    assert kept.standings(found, rules, now) == standings(found, rules, now)
    assert kept.tasks(found, rules, now) == tasks(found, standings(found, rules, now), rules, now)


def test_the_last_stamp_is_the_writers() -> None:
    kept, found = Kept(), world(circled("mara", since=20), comment(3), news("ink", 1))
    assert kept.stamped(found) == found.touches[-1].recorded
    assert kept.stamped(World()) < found.touches[-1].recorded

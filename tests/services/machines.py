"""What a writer does on one of several machines, as the tests of uniting do it: by the services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from engage.domain.changes import put
from engage.domain.identity import feed_id
from engage.domain.people import make_person
from engage.domain.records import Decision, Feed, NewsItem, WeekLine
from engage.errors import EngageError
from engage.services.amend import amend, strike
from engage.services.desk import Desk
from engage.services.edit_person import (
    add_note,
    forget,
    leave,
    rename,
    set_cadence,
    set_circle,
    set_friend,
    set_next,
)
from engage.services.follow import pause, remove
from engage.services.merging import merge_people
from engage.services.remember import log, undo, wrote

#: What is done, to whom among those there are, and how.
Step = tuple[str, int, int]

#: Three names; the last is somebody whom each machine comes to know by another address.
NAMES = ("Mara", "Tomasz", "Ines")
SITES = {name: f"https://{name.lower()}.example" for name in NAMES}


def _person(desk: Desk, index: int) -> Any:
    people = sorted(desk.world().people.values(), key=lambda person: person.id)
    return people[index % len(people)] if people else None


def _new(desk: Desk, index: int, how: int) -> None:
    """Somebody who comes to be known by one of three addresses, and perhaps a feed."""
    name = NAMES[index % 3]
    site = SITES[name]
    feed = f"{site}/feed"
    made = (
        make_person(name, desk.now(), "added", feed_url=feed, profile=site),
        make_person(f"{name} {how}", desk.now(), "logged", profile=site),
        make_person(name, desk.now(), "imported", account=f"@{name.lower()}@social.example"),
    )[how % 3]
    known = desk.world()
    if made.id in known.people or any(set(made.keys) & set(p.keys) for p in known.people.values()):
        return
    puts = [put(made)]
    if how % 3 == 0 and feed_id(feed) not in known.feeds:
        puts.append(put(Feed(feed_id(feed), feed, feed, "theirs", desk.now(), made.id)))
        item = NewsItem(f"u-{name}", made.id, feed_id(feed), "Ink", feed, None, *[desk.now()] * 2)
        puts.append(put(item))
    desk.commit(f"added: {name}", puts)


def _decide(desk: Desk, index: int, how: int) -> None:
    person = _person(desk, index)
    outcome = ("done", "drop", "later")[how % 3]
    now = desk.stamp()
    id = f"d-{person.id}-{outcome}-{now.isoformat()}"
    desk.commit("decided", [put(Decision(id, now, "task", person.id, "welcome", outcome))])  # type: ignore[arg-type]


def _say(desk: Desk, index: int, how: int) -> None:
    before = desk.world().week_lines.get("2026-W47")
    after = WeekLine("2026-W47", desk.stamp(), f"line {index} {how}")
    desk.commit("said", [put(after, before)])


def _keys(desk: Desk, index: int, how: int) -> None:
    """A refresh learns another address of somebody."""
    before = _person(desk, index)
    profiles = (*before.profiles, f"https://elsewhere.example/{how}")
    if profiles[-1] not in before.profiles:
        desk.commit("met", [put(replace(before, profiles=profiles), before)], by="refresh")


def _touch(desk: Desk, index: int) -> str:
    touches = desk.world().touches
    return touches[index % len(touches)].id


DOINGS: Mapping[str, Callable[[Desk, int, int], object]] = {
    "new": _new,
    "circle": lambda desk, i, n: set_circle(desk, _person(desk, i).id, n % 5 + 1 if n else None),
    "cadence": lambda desk, i, n: set_cadence(desk, _person(desk, i).id, n + 7),
    "friend": lambda desk, i, n: set_friend(desk, _person(desk, i).id, n % 2 == 0),
    "leave": lambda desk, i, n: leave(desk, _person(desk, i).id, leave=n % 2 == 0),
    "next": lambda desk, i, n: set_next(desk, _person(desk, i).id, date(2026, 12, 1 + n)),
    "note": lambda desk, i, n: add_note(desk, _person(desk, i).id, f"line {n}\nand more of {n}"),
    "rename": lambda desk, i, n: rename(desk, _person(desk, i).id, f"Name {n}"),
    "forget": lambda desk, i, _: forget(desk, _person(desk, i).id),
    "make one": lambda desk, i, n: merge_people(
        desk, _person(desk, i).id, _person(desk, i + 1 + n).id
    ),
    "log": lambda desk, i, n: log(desk, _person(desk, i).id, "letter", note=f"note {n}"),
    "amend": lambda desk, i, n: amend(desk, _touch(desk, i), note=f"better {n}"),
    "strike": lambda desk, i, _: strike(desk, _touch(desk, i)),
    "decide": _decide,
    "wrote": lambda desk, _, n: wrote(desk, f"words {n}"),
    "say": _say,
    "met": _keys,
    "pause": lambda desk, i, _: pause(desk, sorted(desk.world().feeds)[i % 1]),
    "unfollow": lambda desk, i, _: remove(desk, sorted(desk.world().feeds)[i % 1]),
    "undo": lambda desk, _, __: undo(desk),
}


def do(desk: Desk, step: Step) -> object:
    """Do one thing; None where it is refused, or there is nobody to do it to yet."""
    what, index, how = step
    try:
        return DOINGS[what](desk, index, how)
    except (EngageError, ZeroDivisionError, AttributeError, IndexError):
        return None

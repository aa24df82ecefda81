"""Feeds that an import made out by rule wait: nine hundred Medium profiles are one server.

They are asked from the day on which their person is to be welcomed or stands in a circle, or once
the writer names them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from engage.domain.changes import put
from engage.domain.records import Feed, Person
from engage.services.desk import Desk
from engage.services.inbox_outcomes import Inbox


def wanted(
    desk: Desk, feeds: Sequence[Feed], inbox: Callable[[], Inbox], *, named: bool
) -> list[Feed]:
    """Those of the feeds that may be asked now; whose time has come is written down as wanted."""
    waiting = [feed for feed in feeds if not feed.wanted]
    if not waiting:
        return list(feeds)
    turns = _whose_turn(desk, inbox())
    come = {
        feed.id: replace(feed, wanted=True)
        for feed in waiting
        if named or feed.person is None or feed.person in turns
    }
    desk.commit(
        "feeds wanted from now on",
        [put(come[feed.id], feed) for feed in waiting if feed.id in come],
        by="refresh",
    )
    return [come.get(feed.id, feed) for feed in feeds if feed.wanted or feed.id in come]


def _whose_turn(desk: Desk, inbox: Inbox) -> set[str]:
    world = desk.world()
    welcomes = {task.person for task in inbox.tasks if task.kind == "welcome"}
    return welcomes | {person.id for person in world.people.values() if _in_circle(person)}


def _in_circle(person: Person) -> bool:
    return bool(person.circles) and person.circles[-1].value is not None

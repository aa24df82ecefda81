"""A made-up writer's world, offline, for trying engage out, for tests and for pictures."""

from __future__ import annotations

from datetime import timedelta

from engage.domain.changes import Put, change, put
from engage.domain.days import local_day
from engage.domain.deciding import decide
from engage.domain.records import Outcome
from engage.services.demo import chronicle
from engage.services.demo.making import Making
from engage.services.desk import Desk

#: What the writer has put off: whose task (the key of a person), how, and for how many days.
PUT_OFF: tuple[tuple[str, Outcome, int | None], ...] = (
    ("ilse-moravec", "later", None),
    ("hanna-weld", "snooze", 3),
)


def fill(desk: Desk) -> None:
    """Fill an empty desk with a dozen people, two months of posts, comments and touches; every
    reason of the inbox is present. Dates are relative to the desk's clock.

    Nothing of it can be undone, and no feed is due.
    """
    making = Making(desk.now())
    for key, feed in making.feeds.items():
        desk.store.save_posts(feed.id, making.posts[key])
    desk.store.save_fetch_states(making.fetch_states())
    happened = chronicle.touches(making)
    records = (
        *making.people.values(),
        *making.feeds.values(),
        *making.news,
        *making.own_posts,
        *happened,
        *chronicle.decisions(making, happened),
        *chronicle.written_days(making),
        *chronicle.week_lines(making),
    )
    _commit(desk, "the demo's world", [put(record) for record in records])
    _commit(desk, "put off", _put_off(desk, making))


def _put_off(desk: Desk, making: Making) -> list[Put]:
    now = desk.now()
    open_ones = desk.tasks()
    puts: list[Put] = []
    for key, outcome, days in PUT_OFF:
        until = None if days is None else local_day(now) + timedelta(days=days)
        person = making.people[key].id
        task = next(task for task in open_ones if task.person == person and task.state == "open")
        puts += decide(task, outcome, now, until=until)
    return puts


def _commit(desk: Desk, label: str, puts: list[Put]) -> None:
    desk.store.commit(change(label, puts, desk.now(), by="refresh"))

"""Small builders for the worlds that the tests of the rules describe.

``NOW`` is a Sunday morning, 22 Nov 2026, 09:30 in Lisbon; ``ago`` counts whole days back from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from engage.domain.changes import Put, apply
from engage.domain.codec import Doc, to_doc
from engage.domain.derived import Task
from engage.domain.records import (
    FOR_GOOD,
    DatedLeave,
    DatedNumber,
    Decision,
    Feed,
    NewsItem,
    OwnPost,
    Person,
    Rules,
    Settled,
    Touch,
    WeekLine,
    World,
    WrittenDay,
)
from engage.domain.relationships import standings
from engage.domain.triage import tasks
from engage.domain.world import build_world

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
RULES = Rules()

#: Where the records of each kind live in a ledger.
TABLES = {
    Person: "people",
    NewsItem: "news",
    Touch: "touches",
    Decision: "decisions",
    Feed: "feeds",
    OwnPost: "own_posts",
    WeekLine: "week_lines",
    WrittenDay: "written_days",
}


def ago(days: float = 0, **parts: float) -> datetime:
    """So many days (and hours, minutes...) before now."""
    return NOW - timedelta(days=days, **parts)


def person(id: str = "mara", /, added: float = 400, **fields: Any) -> Person:
    """Somebody added so many days ago."""
    fields.setdefault("added", ago(added))
    fields.setdefault("name", id.title())
    return Person(id=id, **fields)


def circled(name: str = "mara", circle: int = 1, since: float = 400, **fields: Any) -> Person:
    """Somebody put in a circle so many days ago."""
    return person(name, circles=(DatedNumber(ago(since), circle),), **fields)


def left(days: float = 10, until: Any = FOR_GOOD) -> tuple[DatedLeave, ...]:
    """Left in peace so many days ago."""
    return (DatedLeave(ago(days), until),)


def touch(
    days: float = 0,
    kind: str = "reply",
    direction: str = "out",
    who: str = "mara",
    **fields: Any,
) -> Touch:
    """Something that happened so many days ago, recorded at once unless said otherwise."""
    at = fields.pop("at", ago(days))
    fields.setdefault("recorded", at)
    fields.setdefault("how_known", "said")
    id = fields.pop("id", f"{who}-{direction}-{kind}-{at.isoformat()}")
    return Touch(id, at, who, direction, kind, **fields)  # type: ignore[arg-type]


def wrote(days: float = 0, who: str = "mara", **fields: Any) -> Touch:
    """The writer wrote to them so many days ago."""
    return touch(days, "reply", "out", who, **fields)


def comment(days: float = 0, who: str = "mara", **fields: Any) -> Touch:
    """They commented so many days ago, and it asks for an answer."""
    fields.setdefault("how_known", "seen")
    fields.setdefault("owes", True)
    fields.setdefault("about", "The kitchen table")
    return touch(days, "comment", "in", who, **fields)


def news(uid: str, days: float = 1, who: str = "mara", **fields: Any) -> NewsItem:
    """A post of theirs that was published, and seen, so many days ago."""
    shown = ago(days)
    fields.setdefault("feed", f"feed-{who}")
    fields.setdefault("title", f"On {uid}")
    fields.setdefault("url", f"https://{who}.example/{uid}")
    fields.setdefault("first_seen", shown)
    fields.setdefault("minutes", 5)
    return NewsItem(uid=uid, person=who, published=shown, shown=shown, **fields)


def decision(
    days: float,
    kind: str,
    outcome: str,
    who: str = "mara",
    settles: Iterable[str] = (),
    **fields: Any,
) -> Decision:
    """What the writer decided so many days ago; ``settles`` are uids of posts or ids of touches."""
    fields.setdefault("id", f"{who}-{kind}-{outcome}-{days}")
    fields.setdefault("task", f"task-of-{fields['id']}")
    fields.setdefault("settled", tuple(Settled(uid) for uid in settles))
    return Decision(at=ago(days), person=who, kind=kind, outcome=outcome, **fields)  # type: ignore[arg-type]


Tables = dict[str, dict[str, Doc]]


def ledger(*records: Any) -> Tables:
    """The documents of these records, by table and key, with a feed for each piece of news."""
    tables: Tables = {}
    feeds = {
        item.feed: Feed(item.feed, item.feed, item.feed, "theirs", item.first_seen, item.person)
        for item in records
        if isinstance(item, NewsItem)
    }
    for record in (*feeds.values(), *records):
        key = record.uid if isinstance(record, NewsItem | OwnPost) else record.id
        tables.setdefault(TABLES[type(record)], {})[key] = to_doc(record)
    return tables


def world_of(tables: Mapping[str, Mapping[str, Doc]]) -> World:
    """The world that the documents describe."""
    return build_world(lambda table: tables.get(table, {}).values())


def world(*records: Any) -> World:
    """The world of these records, in whatever order they are given."""
    return world_of(ledger(*records))


def after(tables: Tables, puts: Iterable[Put]) -> Tables:
    """The documents after these puts."""
    changed = {table: dict(docs) for table, docs in tables.items()}
    for put in puts:
        docs = changed.setdefault(put.table, {})
        made = apply(put, docs.get(put.id))
        if made is None:
            docs.pop(put.id, None)
        else:
            docs[put.id] = made
    return changed


def all_tasks(world: World, now: datetime = NOW, rules: Rules = RULES) -> tuple[Task, ...]:
    """Every task of a world."""
    return tasks(world, standings(world, rules, now), rules, now)


def inbox(world: World, now: datetime = NOW, rules: Rules = RULES) -> list[tuple[str, str, int]]:
    """The open tasks as (kind, person, reason), in the inbox's order."""
    return [
        (task.kind, task.person, task.reason)
        for task in all_tasks(world, now, rules)
        if task.state == "open"
    ]


def states(world: World, now: datetime = NOW, rules: Rules = RULES) -> list[tuple[str, str, str]]:
    """All tasks as (kind, person, state), in order."""
    return [(task.kind, task.person, task.state) for task in all_tasks(world, now, rules)]

"""Which tasks a query finds."""

from __future__ import annotations

from collections.abc import Sequence

from engage.domain.derived import Task
from engage.domain.query import Query, matches_task, parse
from engage.services import drafts
from engage.services.desk import Desk

_STATE_TERMS = (("is", "later"), ("is", "snoozed"), ("is", "waiting"))


def matching(
    desk: Desk, query: str, everything: Sequence[Task], shown: Sequence[Task]
) -> list[Task]:
    """Those of the tasks ``shown`` that match; of ``everything`` where the query asks for a state.

    Raises QueryError.
    """
    asked = parse(query)
    if _asks_for_state(asked):
        shown = everything
    if not asked.terms:
        return list(shown)
    world, standings, now = desk.world(), desk.standings(), desk.now()
    feeds: dict[str, list[str]] = {}
    for feed in world.feeds.values():
        feeds.setdefault(feed.person or "", []).append(f"{feed.title} {feed.url} {feed.folder}")
    found_drafts = drafts.drafted(desk, shown) if drafts.asks_for_draft(asked) else frozenset()
    return [
        task
        for task in shown
        if matches_task(
            asked,
            task,
            world.people[task.person],
            standings[task.person],
            now,
            feeds=tuple(feeds.get(task.person, ())),
            drafts=found_drafts,
        )
    ]


def _asks_for_state(query: Query) -> bool:
    return any(query.asks(key, value) for key, value in _STATE_TERMS)

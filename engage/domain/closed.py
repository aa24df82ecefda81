"""Tasks that are closed: decided, or answered without a decision, in the last 30 days."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from engage.domain.by_person import Records
from engage.domain.days import local_day, midnight
from engage.domain.derived import Standing, Task, TaskState
from engage.domain.plan import RECONNECT, REPLY, WELCOME, work_reason
from engage.domain.records import Decision, NewsItem, TaskKind, Touch
from engage.domain.relationships import asks_for_answer, settled_touches
from engage.domain.settle import FINAL
from engage.domain.wording import brief_day, on_day

#: A closed task and when it was.
Closed = tuple[datetime, Task]

#: How long a closed task is still listed, in days.
LISTED_DAYS = 30


def task_id(kind: TaskKind, person: str, oldest: str) -> str:
    """A task's id: the same wherever it is made of the same posts, touches and decisions."""
    return hashlib.blake2b(f"{kind}\n{person}\n{oldest}".encode(), digest_size=8).hexdigest()


def closed_of(records: Records, standing: Standing, now: datetime) -> list[Closed]:
    """What was decided or answered of one person in the last 30 days; nobody left in peace."""
    if standing.left:
        return []
    today = local_day(now)
    since = midnight(today - timedelta(days=LISTED_DAYS))
    if records.latest < since:
        return []
    return [*_decided(records, standing, since, today), *_answered(records, standing, since, today)]


def newest_first(closed: Iterable[Closed], open_ids: Iterable[str]) -> list[Task]:
    """Closed tasks in their order, each once; left out is what is open again."""
    listed: dict[str, Task] = {}
    taken = set(open_ids)
    for _, task in sorted(closed, key=lambda item: (item[0], item[1].id), reverse=True):
        if task.id not in taken:
            listed.setdefault(task.id, task)
    return list(listed.values())


def _decided(records: Records, standing: Standing, since: datetime, today: date) -> list[Closed]:
    decisions = [
        decision
        for decision in records.decisions
        if decision.at >= since and decision.outcome in FINAL
    ]
    if not decisions:
        return []
    news = {item.uid: item for item in records.news}
    touches = {item.id: item for item in records.touches}
    return [
        (
            decision.at,
            _closed(
                decision.task,
                decision.kind,
                "done" if decision.outcome == "done" else "dropped",
                standing,
                decision.at,
                today,
                posts=_posts(decision, news) if decision.kind == "read" else (),
                touches=tuple(
                    touches[settled.uid] for settled in decision.settled if settled.uid in touches
                ),
            ),
        )
        for decision in decisions
    ]


def _posts(decision: Decision, news: Mapping[str, NewsItem]) -> tuple[NewsItem, ...]:
    """The posts that a decision settled, also those of which only the decision is left."""
    return tuple(
        news.get(settled.uid)
        or NewsItem(
            uid=settled.uid,
            person=decision.person,
            feed="",
            title=settled.title,
            url=settled.url,
            published=None,
            first_seen=decision.at,
            shown=decision.at,
            aliases=settled.aliases,
        )
        for settled in decision.settled
    )


def _answered(records: Records, standing: Standing, since: datetime, today: date) -> list[Closed]:
    """The owed touches that an outgoing exchange of the last 30 days answered, by that exchange."""
    outgoing = [item.at for item in records.touches if item.direction == "out" and item.exchange]
    answers = [at for at in outgoing if at >= since]
    if not answers:
        return []
    before = max((at for at in outgoing if at < since), default=None)
    settled = settled_touches(records.decisions)
    asked = [item for item in records.touches if asks_for_answer(item) and item.id not in settled]
    found = []
    for answer in answers:
        group = [
            touch for touch in asked if touch.at <= answer and (before is None or touch.at > before)
        ]
        before = answer
        if group:
            found.append((answer, _answer(standing, group, answer, today)))
    return found


def _answer(standing: Standing, group: Sequence[Touch], at: datetime, today: date) -> Task:
    id = task_id("reply", standing.person, group[0].id)
    touches = tuple(reversed(group))
    return _closed(id, "reply", "answered", standing, at, today, touches=touches)


def _closed(
    id: str,
    kind: TaskKind,
    state: TaskState,
    standing: Standing,
    at: datetime,
    today: date,
    *,
    posts: tuple[NewsItem, ...] = (),
    touches: tuple[Touch, ...] = (),
) -> Task:
    day = local_day(at)
    reason = {"reply": REPLY, "welcome": WELCOME, "reconnect": RECONNECT}.get(kind)
    return Task(
        id=id,
        kind=kind,
        person=standing.person,
        reason=reason or work_reason(standing, today),
        why=f"{state} {on_day(day, today)}",
        short=f"{state} {brief_day(day, today)}",
        state=state,
        posts=posts,
        touches=touches,
        rule=f"closed: {state} {on_day(day, today)}",
    )

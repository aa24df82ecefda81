"""Tasks that are closed: decided, or answered without a decision, in the last 30 days."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from engage.domain.days import local_day, midnight
from engage.domain.plan import RECONNECT, REPLY, WELCOME, work_reason
from engage.domain.records import (
    Decision,
    NewsItem,
    Standing,
    Task,
    TaskKind,
    TaskState,
    Touch,
    World,
)
from engage.domain.relationships import asks_for_answer, settled_touches
from engage.domain.settle import FINAL
from engage.domain.wording import brief_day, on_day

#: How long a closed task is still listed, in days.
LISTED_DAYS = 30


def task_id(kind: TaskKind, person: str, oldest: str) -> str:
    """A task's id: the same wherever it is made of the same posts, touches and decisions."""
    return hashlib.blake2b(f"{kind}\n{person}\n{oldest}".encode(), digest_size=8).hexdigest()


def closed_tasks(
    world: World, standings: Mapping[str, Standing], now: datetime, open_ids: Iterable[str]
) -> list[Task]:
    """What was decided or answered in the last 30 days, newest first.

    Left out are people left in peace, and tasks that are open again.
    """
    today = local_day(now)
    since = midnight(today - timedelta(days=LISTED_DAYS))
    found = [*_decided(world, standings, since, today), *_answered(world, standings, since, today)]
    found.sort(key=lambda item: (item[0], item[1].id), reverse=True)
    listed: dict[str, Task] = {}
    taken = set(open_ids)
    for _, task in found:
        if task.id not in taken:
            listed.setdefault(task.id, task)
    return list(listed.values())


def _decided(
    world: World, standings: Mapping[str, Standing], since: datetime, today: date
) -> list[tuple[datetime, Task]]:
    decisions = [
        decision
        for decision in world.decisions
        if decision.at >= since
        and decision.outcome in FINAL
        and decision.person in standings
        and not standings[decision.person].left
    ]
    wanted = {settled.uid for decision in decisions for settled in decision.settled}
    news = {item.uid: item for item in world.news if item.uid in wanted} if wanted else {}
    touches = {item.id: item for item in world.touches if item.id in wanted} if wanted else {}
    return [
        (
            decision.at,
            _closed(
                decision.task,
                decision.kind,
                "done" if decision.outcome == "done" else "dropped",
                standings[decision.person],
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


def _answered(
    world: World, standings: Mapping[str, Standing], since: datetime, today: date
) -> list[tuple[datetime, Task]]:
    """The owed touches that an outgoing exchange of the last 30 days answered, by that exchange."""
    answers: dict[str, list[datetime]] = {}
    for touch in world.touches:
        if touch.direction == "out" and touch.at >= since and touch.exchange:
            answers.setdefault(touch.person, []).append(touch.at)
    if not answers:
        return []
    settled = settled_touches(world.decisions)
    asked: dict[str, list[Touch]] = {}
    last_before: dict[str, datetime] = {}
    for touch in world.touches:
        if touch.person not in answers:
            continue
        if touch.direction == "out" and touch.exchange and touch.at < since:
            last_before[touch.person] = touch.at
        elif asks_for_answer(touch) and touch.id not in settled:
            asked.setdefault(touch.person, []).append(touch)
    found = []
    for person, touches in asked.items():
        standing = standings.get(person)
        if standing is None or standing.left:
            continue
        before = last_before.get(person)
        for answer in answers[person]:
            group = [
                touch
                for touch in touches
                if touch.at <= answer and (before is None or touch.at > before)
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

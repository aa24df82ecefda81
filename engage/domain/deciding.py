"""One task decided: the records that say so."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from engage.domain.changes import Put, put
from engage.domain.closed import task_id
from engage.domain.codec import moment_text
from engage.domain.derived import Task
from engage.domain.records import Decision, Outcome, Settled, Touch, TouchKind
from engage.domain.settle import FINAL

_DECIDED: dict[Outcome, str] = {
    "done": "done",
    "drop": "dropped",
    "later": "later",
    "snooze": "snoozed",
}


def decide(
    task: Task,
    outcome: Outcome,
    now: datetime,
    *,
    until: date | None = None,
    post: str | None = None,
    only: str | None = None,
) -> tuple[Put, ...]:
    """The puts of one decided task: the decision and, for *done*, the touch that it logs.

    Done of a `read` logs one touch, on the post with the uid ``post`` or else on the newest; of a
    `welcome` a look; of the others nothing. ``only`` is the uid of the one post (of a `reply`, the
    id of the one touch) that leaves its row. ``until``: the day that ends a snooze. Raises
    ValueError for a snooze without a day, and for an ``only`` that the task is not about.
    """
    if outcome == "snooze" and until is None:
        raise ValueError("a snooze needs the day that ends it")
    about = _about(task, only)
    settled = about if outcome in FINAL else ()
    parts = only is not None and len(task.posts) > 1
    id = task_id("read", task.person, about[0].uid) if parts else task.id
    decision = Decision(
        id=_hash("decision", id, outcome, until, now, *(item.uid for item in settled)),
        at=now,
        task=id,
        person=task.person,
        kind=task.kind,
        outcome=outcome,
        until=until if outcome == "snooze" else None,
        settled=settled,
        title=about[-1].title if about else "",
        url=about[-1].url if about else None,
    )
    puts = [put(decision)]
    if outcome == "done" and task.kind == "welcome":
        puts.append(put(_said(task, "look", now)))
    if outcome == "done" and task.kind == "read" and about:
        read = next((item for item in about if item.uid == post), about[-1])
        puts.append(put(_said(task, "read", now, read.uid, read.title, read.url)))
    return tuple(puts)


def wrote(task: Task, now: datetime, kind: TouchKind = "reply") -> Put:
    """The exchange that is logged when the writer says yes to *Did you write to them?*"""
    if task.touches:
        theirs = task.touches[0]
        return put(_said(task, kind, now, theirs.post, theirs.about, theirs.url))
    if task.posts:
        newest = task.posts[-1]
        return put(_said(task, kind, now, newest.uid, newest.title, newest.url))
    return put(_said(task, kind, now))


def label(task: Task, outcome: Outcome, person_name: str, only: str | None = None) -> str:
    """What a decision is called when it can be taken back: ``done: Mara Quill, Three looms``.

    ``only`` as for `decide`.
    """
    about = _about(task, only)
    title = f", {about[-1].title}" if about and about[-1].title else ""
    more = f" and {len(about) - 1} more" if title and len(about) > 1 else ""
    return f"{_DECIDED[outcome]}: {person_name}{title}{more}"


def _about(task: Task, only: str | None) -> tuple[Settled, ...]:
    """The posts of a `read`, or the incoming touches of a `reply`, oldest first."""
    if task.kind == "read":
        found = tuple(
            Settled(post.uid, post.aliases, post.title, post.url)
            for post in task.posts
            if only in (None, post.uid)
        )
    elif task.kind == "reply":
        found = tuple(
            Settled(touch.id, (touch.post,) if touch.post else (), touch.about, touch.url)
            for touch in reversed(task.touches)
            if only in (None, touch.id, touch.post)
        )
    else:
        found = ()
    if only is not None and not found:
        raise ValueError(f"the task is not about {only}")
    return found


def _said(
    task: Task,
    kind: TouchKind,
    now: datetime,
    post: str | None = None,
    about: str = "",
    url: str | None = None,
) -> Touch:
    return Touch(
        id=_hash("touch", task.person, kind, now, post),
        at=now,
        person=task.person,
        direction="out",
        kind=kind,
        how_known="said",
        recorded=now,
        url=url,
        post=post,
        about=about,
    )


def _hash(*parts: object) -> str:
    words = (moment_text(part) if isinstance(part, datetime) else str(part) for part in parts)
    return hashlib.blake2b("\n".join(words).encode(), digest_size=10).hexdigest()

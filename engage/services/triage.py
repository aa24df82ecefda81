"""The inbox, and deciding what stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from engage.domain import deciding
from engage.domain.changes import Change, Put
from engage.domain.derived import Task
from engage.domain.records import Outcome
from engage.errors import Ambiguous, EngageError
from engage.services.desk import Desk
from engage.services.inbox_outcomes import Decided, Inbox, Refusal, inbox_of

_ACTIVE = ("open", "later", "snoozed", "waiting")


def inbox(desk: Desk, query: str = "", *, all: bool = False) -> Inbox:
    """The open tasks; with ``all`` also later, snoozed, waiting and closed ones.

    A query that asks for a state (``is:later``) looks through all tasks.
    """
    if not all and not query.strip():
        return desk.inbox()
    everything = desk.tasks()
    shown = [task for task in everything if all or task.state == "open"]
    if query.strip():
        from engage.services.matching import matching  # here: the screen starts without a query

        shown = matching(desk, query, everything, shown)
    found = inbox_of(desk.world(), desk.standings(), everything, desk.rules, desk.now())
    return replace(found, tasks=tuple(shown))


def decide(
    desk: Desk,
    given: Sequence[str],
    outcome: Outcome,
    *,
    until: date | None = None,
    post: str | None = None,
) -> Decided:
    """Decide tasks, as one change. ``given``: ids of tasks or their beginnings, ids of posts
    (then that post leaves its row), or names of people with one open task. ``post``: the uid of
    the post that is open, for the touch that *done* of a `read` logs. ``until`` for snooze."""
    now = desk.stamp()
    listed = _Listed(desk, desk.tasks())
    work = _Work()
    for each in dict.fromkeys(given):
        try:
            task, only = listed.find(each, posts=outcome in ("done", "drop"))
        except EngageError as refusal:
            candidates = refusal.candidates if isinstance(refusal, Ambiguous) else ()
            work.refused.append(Refusal(each, str(refusal), candidates))
            continue
        if task.state not in _ACTIVE or (only is None and outcome == task.state == "later"):
            work.already.append(task)
            continue
        if only is None and task.id in work.whole:
            continue
        if only is None:
            work.whole.add(task.id)
        if task.id not in work.ids:
            work.ids.add(task.id)
            work.tasks.append(task)
        work.posts.append(only)
        work.puts += deciding.decide(task, outcome, now, until=until, post=post, only=only)
    change = desk.commit(_label(desk, work, outcome), work.puts)
    asks = tuple(t for t in work.tasks if outcome == "done" and t.kind in ("reply", "reconnect"))
    return Decided(tuple(work.tasks), tuple(work.already), tuple(work.refused), change, asks=asks)


def wrote_to(desk: Desk, tasks: Sequence[Task]) -> Decided:
    """Yes to *Did you write to them?*: log an outgoing reply for each of these tasks."""
    now, people = desk.stamp(), desk.world().people
    known = [task for task in tasks if task.person in people]
    names = ", ".join(people[task.person].name for task in known[:3])
    more = f" and {len(known) - 3} more" if len(known) > 3 else ""
    change: Change | None = desk.commit(
        f"wrote to {names}{more}", [deciding.wrote(task, now) for task in known]
    )
    return Decided(tuple(known), (), (), change)


@dataclass
class _Work:
    tasks: list[Task] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    posts: list[str | None] = field(default_factory=list)  # the only post of each that was named
    already: list[Task] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    puts: list[Put] = field(default_factory=list)


class _Listed:
    """All tasks, found by what the writer may call them; indexed, for decisions on a thousand."""

    def __init__(self, desk: Desk, tasks: Sequence[Task]) -> None:
        self._desk, self._tasks = desk, tasks
        self._ids = {task.id: task for task in reversed(tasks)}
        self._posts = {id: task for task in reversed(tasks) for id in _post_ids(task)}

    def find(self, given: str, *, posts: bool) -> tuple[Task, str | None]:
        """The task meant, and the uid of its one post if a post was named and ``posts`` may be."""
        if given in self._ids:
            return self._ids[given], None
        if posts and given in self._posts:
            return self._posts[given], given
        from engage.services.names import find_task  # here: the screen decides by ids alone

        return find_task(self._desk, self._tasks, given), None


def _post_ids(task: Task) -> Iterator[str]:
    yield from (post.uid for post in task.posts)
    yield from (id for touch in task.touches for id in (touch.post, touch.id) if id)


def _label(desk: Desk, work: _Work, outcome: Outcome) -> str:
    people, decided = desk.world().people, work.tasks
    if len(decided) == 1:
        only = work.posts[0] if len(work.posts) == 1 else None
        return deciding.label(decided[0], outcome, people[decided[0].person].name, only)
    names = ", ".join(people[task.person].name for task in decided[:3])
    more = f" and {len(decided) - 3} more" if len(decided) > 3 else ""
    return f"{outcome}: {names}{more}"

"""The inbox, and deciding what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engage.domain.records import Outcome, Task
from engage.services.desk import Desk
from engage.services.outcomes import Decided, Inbox


def inbox(desk: Desk, query: str = "", *, all: bool = False) -> Inbox:
    """The open tasks; with ``all`` also later, snoozed, waiting and closed ones."""
    raise NotImplementedError


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
    raise NotImplementedError


def wrote_to(desk: Desk, tasks: Sequence[Task]) -> Decided:
    """Yes to *Did you write to them?*: log an outgoing reply for each of these tasks."""
    raise NotImplementedError

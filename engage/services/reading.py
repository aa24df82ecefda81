"""Posts to read, and the place to answer them."""

from __future__ import annotations

from engage.domain.records import Post, Task
from engage.services.desk import Desk
from engage.services.outcomes import Place, Snapshot


def posts(desk: Desk, query: str = "") -> tuple[tuple[Post, ...], Snapshot]:
    """The posts that match, newest first, and the world to describe them with."""
    raise NotImplementedError


def post(desk: Desk, uid: str) -> Post | None:
    """One post with its text; None where the cache no longer has it."""
    raise NotImplementedError


def recent_posts(desk: Desk, person: str, limit: int = 3) -> tuple[Post, ...]:
    """A person's latest posts."""
    raise NotImplementedError


def place_to_answer(desk: Desk, task: Task, post: str | None = None) -> Place | None:
    """Where the writer can answer a task's post (or their comment); None where nothing is known."""
    raise NotImplementedError

"""Which tasks, people and posts a query asks for. Its language: `terms`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from engage.domain.days import local_day
from engage.domain.derived import Standing, Task
from engage.domain.posts import Post
from engage.domain.records import Feed, Person
from engage.domain.terms import STATES, Query, QueryError, Term, parse
from engage.domain.when import parse_moment
from engage.text import fold

__all__ = [
    "Query",
    "QueryError",
    "matches_person",
    "matches_post",
    "matches_task",
    "parse",
]


def matches_task(
    query: Query,
    task: Task,
    person: Person,
    standing: Standing,
    now: datetime,
    *,
    feeds: Sequence[str] = (),
    drafts: frozenset[str] = frozenset(),
) -> bool:
    """Whether a task matches. ``feeds``: titles and addresses of the person's feeds; ``drafts``:
    uids of posts and ids of tasks with a draft."""
    titles = (*(post.title for post in task.posts), *(touch.about for touch in task.touches))
    opened = task.opened or (task.posts[0].shown if task.posts else now)
    about = _About(
        words=(person.name, *person.names, task.why, *titles, *feeds),
        titles=titles,
        texts=(*titles, *(touch.text for touch in task.touches)),
        feeds=feeds,
        kind=task.kind,
        reason=str(task.reason),
        state=task.state,
        draft=not drafts.isdisjoint((task.id, *(post.uid for post in task.posts))),
        at=opened,
        since=opened,
        person=person,
        standing=standing,
    )
    return about.matches(query, now)


def matches_person(
    query: Query,
    person: Person,
    standing: Standing,
    now: datetime,
    *,
    feeds: Sequence[str] = (),
    has_draft: bool = False,
    texts: Sequence[str] = (),
) -> bool:
    """Whether a person matches. ``older:`` and ``newer:`` ask for the last exchange, ``since:``
    for when they came. ``texts``: what else to look through, as titles of their posts."""
    about = _About(
        words=(person.name, *person.names, *person.profiles, *feeds, *texts),
        titles=texts,
        texts=(*texts, person.notes),
        feeds=feeds,
        draft=has_draft,
        at=standing.last_exchange or person.added,
        since=person.added,
        person=person,
        standing=standing,
    )
    return about.matches(query, now)


def matches_post(
    query: Query,
    post: Post,
    person: Person | None,
    standing: Standing | None,
    feed: Feed,
    now: datetime,
    *,
    drafts: frozenset[str] = frozenset(),
) -> bool:
    """Whether a post matches; only ``text:`` looks through its whole text."""
    names = (person.name, *person.names) if person else ()
    feeds = (f"{feed.title} {feed.url} {feed.folder}",)
    about = _About(
        words=(post.title, post.entry.author, *names, *feeds),
        titles=(post.title,),
        texts=lambda: ("".join(span.text for span in block.spans) for block in post.entry.blocks),
        feeds=feeds,
        kind=post.kind,
        draft=post.uid in drafts,
        at=post.shown,
        since=post.shown,
        person=person,
        standing=standing,
    )
    return about.matches(query, now)


@dataclass(frozen=True, slots=True)
class _About:
    """What a query can ask of a task, a person or a post."""

    words: Sequence[str]
    titles: Sequence[str]
    texts: Sequence[str] | Callable[[], Iterable[str]]
    feeds: Sequence[str]
    at: datetime
    since: datetime
    person: Person | None
    standing: Standing | None
    kind: str = ""
    reason: str = ""
    state: str = ""
    draft: bool = False

    def matches(self, query: Query, now: datetime) -> bool:
        return all(self._holds(term, now) != term.negated for term in query.terms)

    def _holds(self, term: Term, now: datetime) -> bool:
        value = term.value
        match term.key:
            case "":
                return _within(value, self.words)
            case "person":
                return self.person is not None and (
                    _within(value, (self.person.name, *self.person.names))
                    or self.person.id == value
                )
            case "feed":
                return _within(value, self.feeds)
            case "title":
                return _within(value, self.titles)
            case "text":
                return _within(value, self.texts() if callable(self.texts) else self.texts)
            case "kind":
                return self.kind == value
            case "reason":
                return self.reason == value
            case "older":
                return self.at < _moment(value, now)
            case "newer":
                return self.at >= _moment(value, now)
            case "since":
                return self.since >= _moment(value, now)
            case "circle":
                circle = self.standing.circle if self.standing else None
                return value == ("none" if circle is None else str(circle))
            case "stage":
                return self.standing is not None and self.standing.stage.lower() == value
            case "has":
                return self._has(value)
            case _:
                return self._is(value, now)

    def _has(self, value: str) -> bool:
        if value == "draft":
            return self.draft
        if value == "feed":
            return bool(self.feeds)
        return self.person is not None and bool(self.person.notes.strip())

    def _is(self, value: str, now: datetime) -> bool:
        if value in STATES:
            return self.state == value
        standing = self.standing
        if standing is None:
            return False
        if value == "owed":
            return bool(standing.owed)
        if value == "due":
            return standing.due is not None and not standing.left and standing.due <= local_day(now)
        if value == "drifting":
            return standing.drifting
        if value == "left":
            return standing.left
        return standing.stage.lower() == value


def _within(value: str, texts: Iterable[str]) -> bool:
    return any(value in _folded(text) for text in texts)


@lru_cache(maxsize=16384)
def _folded(text: str) -> str:
    return fold(text)


@lru_cache(maxsize=256)
def _moment(value: str, now: datetime) -> datetime:
    # "today" is the whole day here, not this time of the day.
    return parse_moment(value, now, past=value != "today")

"""The language of ``/`` and of QUERY: words and ``key:value``, all of which must hold.

``person:mara circle:1 -kind:reconnect older:30d "the kitchen table"``. Case and accents make no
difference; ``-`` negates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import lru_cache

from engage.domain.days import local_day
from engage.domain.records import Feed, Person, Post, Standing, Task
from engage.domain.when import parse_moment
from engage.text import clip, fold, one_line

_STAGES = ("new", "seen", "read", "answered", "in conversation", "friend")
_STATES = ("later", "snoozed", "waiting")

#: The keys with a fixed set of values, folded.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "circle": ("1", "2", "3", "4", "5", "none"),
    "kind": ("read", "reply", "welcome", "reconnect", "post", "response"),
    "reason": ("1", "2", "3", "4", "5", "6"),
    "is": ("owed", "new", "due", "drifting", "friend", "left", *_STATES),
    "has": ("draft", "feed", "note"),
    "stage": _STAGES,
}
_TIMES = ("older", "newer", "since")
_TEXTS = ("person", "feed", "title", "text")

#: All keys of the language.
KEYS = (*CHOICES, *_TEXTS, *_TIMES)

_KEY = re.compile(r"([^\W\d_]+):(?!//)")
_ANY_NOW = datetime(2026, 1, 1, tzinfo=UTC)


class QueryError(ValueError):
    """A query asks for a key or a value that there is not; the sentence names it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. ``key`` "" for a word or phrase; ``value`` is folded."""

    key: str
    value: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions that must all hold; without any everything matches."""

    terms: tuple[Term, ...] = ()

    def asks(self, key: str, value: str) -> bool:
        """Whether the query asks for exactly that."""
        return Term(key, value) in self.terms


def parse(text: str) -> Query:
    """The query of a text. Raises QueryError, with a sentence that names what is unknown and the
    nearest known."""
    return Query(tuple(term for token in _tokens(text) if (term := _term(*token))))


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
    feeds = (f"{feed.title} {feed.url}",)
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
        if value in _STATES:
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


def _tokens(text: str) -> Iterable[tuple[bool, str, str]]:
    """Each condition as (negated, key, value). A quote that is not closed goes to the end."""
    position, end = 0, len(text)
    while position < end:
        if text[position].isspace():
            position += 1
            continue
        negated = text[position] == "-" and position + 1 < end and not text[position + 1].isspace()
        position += negated
        key = ""
        if found := _KEY.match(text, position):
            key, position = found.group(1), found.end()
        if text[position : position + 1] == '"':
            close = text.find('"', position + 1)
            close = end if close < 0 else close
            value, position = text[position + 1 : close], close + 1
        else:
            start = position
            while position < end and not text[position].isspace():
                position += 1
            value = text[start:position]
        yield negated, key, value


def _term(negated: bool, key: str, value: str) -> Term | None:
    name, wanted = fold(key), fold(one_line(value))
    if not name:
        return Term("", wanted, negated) if wanted else None
    if name not in KEYS:
        raise QueryError(
            f"There is no {_shown(name)}:{_nearest(name, KEYS, ':')} "
            "Put quotes around it to look for the words."
        )
    if name in CHOICES:
        return Term(name, _choice(name, wanted), negated)
    if not wanted:
        raise QueryError(f"{name}: asks for a value right after the colon.")
    if name in _TIMES:
        try:
            parse_moment(wanted, _ANY_NOW, past=True)
        except ValueError as cause:
            raise QueryError(
                f"{name}: does not know '{_shown(wanted)}'; write 30d, 2w or 2026-11-22."
            ) from cause
    return Term(name, wanted, negated)


def _choice(key: str, value: str) -> str:
    choices = CHOICES[key]
    if value in choices:
        return value
    if key == "stage" and value and (found := [c for c in choices if value in c.split()]):
        return found[0]
    raise QueryError(
        f"{key}: does not know '{_shown(value)}'{_nearest(value, choices)} "
        f"It takes {', '.join(choices)}."
    )


def _nearest(given: str, known: Sequence[str], mark: str = "") -> str:
    near = get_close_matches(given, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]}{mark}?" if near else "."


def _shown(text: str) -> str:
    return clip(one_line(text), 40)

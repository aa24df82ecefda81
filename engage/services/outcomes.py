"""What services answer: plain data that commands print and screens draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from engage.domain.changes import Change
from engage.domain.derived import Standing, Task
from engage.domain.posts import FetchState, Post
from engage.domain.records import Feed, Person, Touch, TouchKind, World


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something asked for that could not be done.

    ``given`` is the id, name, file or address as it was given; ``sentence`` names it too.
    ``candidates``: what it may have meant, a line each.
    """

    given: str
    sentence: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inbox:
    """The tasks in the inbox's order.

    ``tasks`` hold, without ``all``, state "open" only. ``later`` is the pile *Reply later*.
    ``waiting``: new people beyond today's welcomes. ``day_ends_after``: how many of the open tasks
    the writer's minutes reach (the plan's line stands after that many rows).
    """

    now: datetime
    tasks: tuple[Task, ...]
    later: tuple[Task, ...]
    waiting: int
    day_ends_after: int
    people: Mapping[str, Person]
    standings: Mapping[str, Standing]


@dataclass(frozen=True, slots=True)
class Decided:
    """The result of deciding tasks.

    ``change`` None: nothing was written (all refused or closed already). ``asks``: tasks for which
    the screen should ask *Did you write to them?*
    """

    tasks: tuple[Task, ...]
    already: tuple[Task, ...]
    refused: tuple[Refusal, ...]
    change: Change | None
    asks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a person's timeline.

    ``what``: "touch", "post" (theirs) or "note". For touches direction, kind and ``how_known``;
    ``sentence`` is the line in words ("replied to *Ink*").
    """

    id: str
    at: datetime
    what: str
    sentence: str
    direction: str | None = None
    kind: str | None = None
    how_known: str | None = None
    url: str | None = None
    note: str = ""
    post: str | None = None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything about one person. ``months``: exchanges in each month of the last twelve, oldest
    first, as (first day of the month, with the person, with everybody)."""

    person: Person
    standing: Standing
    feeds: tuple[Feed, ...]
    timeline: tuple[Event, ...]
    posts: tuple[Post, ...]
    months: tuple[tuple[date, int, int], ...]


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """A feed and how polling it goes. ``state``: ok, failing, paused or gone; ``sentence`` says it
    in words with the remedy."""

    feed: Feed
    fetch: FetchState
    state: str
    sentence: str


@dataclass(frozen=True, slots=True)
class AddedFeed:
    """A feed that is followed now, or was already. A person without a feed has ``feed`` None."""

    feed: Feed | None
    person: Person | None
    posts: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """The result of adding targets."""

    added: tuple[AddedFeed, ...]
    known: tuple[AddedFeed, ...]
    refused: tuple[Refusal, ...]
    change: Change | None


@dataclass(frozen=True, slots=True)
class FeedError:
    """A feed that failed in a refresh, with a sentence of 3 words to 400 characters."""

    feed: str
    url: str
    message: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The summary of a refresh; the counts are of feeds, posts and tasks."""

    seconds: float
    total: int
    due: int
    fetched: int
    not_modified: int
    failed: int
    moved: int
    gone: int
    new_posts: int
    updated_posts: int
    new_tasks: int
    errors: tuple[FeedError, ...]
    notes: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    named_failed: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a refresh has come: feeds answered, feeds due, and the last one's title."""

    done: int
    due: int
    title: str


@dataclass(frozen=True, slots=True)
class Logged:
    """A touch that was recorded, and the change that did it. ``made``: the person is new."""

    touch: Touch
    person: Person
    change: Change
    made: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """The place to answer a post, and the rule that gave it."""

    url: str
    rule: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do, or did if ``written``. Lines are sentences, one for each.

    ``gone``: who is no longer in a list that they stood in before; they stay. ``skipped``: what was
    left alone on purpose. ``records``: how many records it writes.
    """

    format: str
    new: tuple[str, ...]
    known: tuple[str, ...]
    unclear: tuple[str, ...]
    refused: tuple[Refusal, ...]
    written: bool
    change: Change | None = None
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    records: int = 0


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: the files, and sentences about what went wrong beside it."""

    paths: tuple[Path, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The world with the standings derived from it, for lists of people and for search."""

    world: World
    standings: Mapping[str, Standing] = field(default_factory=dict)


#: What `+` and `engage log` may record.
LOGGABLE: tuple[TouchKind, ...] = (
    "reply",
    "comment",
    "letter",
    "mention",
    "talk",
    "look",
    "read",
    "like",
)

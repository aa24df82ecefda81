"""What services answer: plain data that commands print and screens draw.

What the inbox answers is in `inbox_outcomes`, which does without the classes made here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from engage.domain.changes import Change
from engage.domain.derived import Standing
from engage.domain.feed_health import Health
from engage.domain.posts import FetchState, Post
from engage.domain.records import Feed, Person, Touch, TouchKind, World
from engage.exchange.columns import Column as Column
from engage.services.inbox_outcomes import Decided as Decided
from engage.services.inbox_outcomes import Inbox as Inbox
from engage.services.inbox_outcomes import Refusal as Refusal


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a person's timeline.

    ``what``: "touch", "post" (theirs) or "note". For touches direction, kind and ``how_known``;
    ``sentence`` is the line in words ("replied to *Ink*"), ``source`` where it was seen,
    ``by_name`` that the person was matched by their name alone.
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
    source: str = ""
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything about one person. ``months``: exchanges in each month of the last twelve, oldest
    first, as (first day of the month, with the person, with everybody). ``touches`` are as amended,
    newest first."""

    person: Person
    standing: Standing
    feeds: tuple[Feed, ...]
    timeline: tuple[Event, ...]
    posts: tuple[Post, ...]
    months: tuple[tuple[date, int, int], ...]
    touches: tuple[Touch, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """A feed, what polling remembers of it, and how it is doing."""

    feed: Feed
    fetch: FetchState
    health: Health


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
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """The result of looking for feeds on people's sites. ``without``: a sentence for each person on
    whose sites none was found; ``refused``: names that could not be looked for. ``asked`` and
    ``skipped`` count people: looked at now, and those whose sites were looked at not long ago."""

    added: tuple[AddedFeed, ...]
    without: tuple[Refusal, ...]
    refused: tuple[Refusal, ...]
    asked: int
    skipped: int
    change: Change | None = None


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
    """How far a refresh has come: feeds answered, feeds due, and the title of the one that has been
    waited for longest, "" where none is."""

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
class Choice:
    """One way to settle a doubt: what to hand back as its answer, the key that stands for it, and
    what it means in words."""

    answer: str
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in an import that only the writer can tell.

    ``key`` names it for good, also when the same files are read again. ``line``: what the plan's
    unclear lines say of it, if they do. The first of the ``choices`` is what happens if nothing is
    said.
    """

    key: str
    sentence: str
    choices: tuple[Choice, ...]
    line: str = ""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A webmention that would be sent to ``endpoint``, or was (``sent``), and what is known of it.

    ``status`` and ``message``: the server's answer, also to one that was sent before.
    """

    source: str
    target: str
    endpoint: str
    sent: bool
    message: str
    status: int | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do, or did if ``written``. Lines are sentences, one for each.

    ``unclear`` has the lines of the ``doubts``, which an answer settles, and of rows that mean
    nothing. ``gone``: who is no longer in a list that they stood in before; they stay. ``skipped``:
    what was left alone on purpose. ``records``: how many records it writes. ``columns``: those of
    a table, which the writer may say the meaning of.
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
    doubts: tuple[Doubt, ...] = ()
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan to show: without its change, of each kind of line the first few thousand; ``counts``
    says how many there are of each."""

    plan: ImportPlan
    counts: Mapping[str, int]


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

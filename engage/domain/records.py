"""The records of the ledger: frozen, plain, complete. What is known for good is made of these.

Moments are aware datetimes in UTC, days are dates, ids are strings. `domain.codec` turns records
into JSON documents and back; `store` keeps those. What feeds bring is in `domain.posts`, what the
rules make of it all in `domain.derived`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Role = Literal["own", "theirs", "responses"]
PostKind = Literal["post", "response"]
Direction = Literal["in", "out"]
TouchKind = Literal["comment", "reply", "letter", "mention", "talk", "look", "read", "like"]
HowKnown = Literal["said", "seen", "imported", "verified"]
TaskKind = Literal["read", "reply", "welcome", "reconnect"]
Outcome = Literal["done", "drop", "later", "snooze"]

#: Composed touches: words written for a person or by them.
EXCHANGES: frozenset[str] = frozenset({"comment", "reply", "letter", "mention", "talk"})

#: "Left in peace for good" is being left until this day.
FOR_GOOD = date.max


@dataclass(frozen=True, slots=True)
class DatedNumber:
    """A circle or a cadence in days (or none) and since when it holds."""

    at: datetime
    value: int | None


@dataclass(frozen=True, slots=True)
class DatedLeave:
    """Since when, and until which day (not included), somebody is left in peace; None: no more."""

    at: datetime
    until: date | None


@dataclass(frozen=True, slots=True)
class NextTime:
    """A due date set once by hand; it holds until the next exchange after ``at``."""

    at: datetime
    due: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """A list in which somebody stands: whose ("instagram"), how they stand to the writer there
    (``follows_me``, ``i_follow``, ``mutual``, ``subscriber``, …; "" unknown), and since when."""

    source: str
    direction: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the writer knows through writing.

    ``circles``, ``cadences`` and ``leaves`` are histories, oldest first: the last entry holds.
    ``how`` says how they came: added, imported, commented, mentioned, logged.
    ``keys`` identify them (``feed:``, ``profile:``, ``account:``, ``email:``, ``name:``, and
    ``source:`` with what a list knows them by). ``origins``: the lists they were imported from.
    """

    id: str
    name: str
    added: datetime
    how: str = "added"
    keys: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    circles: tuple[DatedNumber, ...] = ()
    cadences: tuple[DatedNumber, ...] = ()
    leaves: tuple[DatedLeave, ...] = ()
    friend: bool = False
    next: NextTime | None = None
    notes: str = ""
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is followed.

    ``typed`` is the address first typed: the id is its hash, and its host may be private. ``url``
    is where it is now. ``person`` is an id, or None for the writer's own and their responses.
    ``wanted``: False as long as nobody has asked for a feed that an import made out by rule.
    """

    id: str
    url: str
    typed: str
    role: Role
    added: datetime
    person: str | None = None
    title: str = ""
    site: str | None = None
    author: str | None = None
    folder: str = ""
    paused: bool = False
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A person's recent post as the inbox needs it: in the ledger, without its text.

    ``shown`` is the post's moment to sort by. ``minutes`` to read, from its words, at least 1.
    ``rewritten``: when most of its text was seen to be another than before, the first time.
    """

    uid: str
    person: str
    feed: str
    title: str
    url: str | None
    published: datetime | None
    first_seen: datetime
    shown: datetime
    minutes: int = 1
    aliases: tuple[str, ...] = ()
    kind: PostKind = "post"
    rewritten: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnPost:
    """A piece (or response) of the writer's own: kept for good, with what else it is known by."""

    uid: str
    feed: str
    title: str
    url: str | None
    published: datetime
    kind: PostKind = "post"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Touch:
    """Something that happened between the writer and a person. Never changed; see `Amendment`.

    ``at``: when it happened; ``recorded``: when engage learned of it. ``post`` is the uid of the
    post concerned (theirs for outgoing touches, the response itself for incoming ones), ``about``
    the title of what was answered. ``text``: what they wrote, cleaned, at most 4,000 characters.
    ``owes``: whether an incoming touch asks for an answer. ``source`` says how engage knows, in
    words ("your comments feed"). ``by_name``: the person was matched by name alone.
    """

    id: str
    at: datetime
    person: str
    direction: Direction
    kind: TouchKind
    how_known: HowKnown
    recorded: datetime
    url: str | None = None
    note: str = ""
    post: str | None = None
    about: str = ""
    text: str = ""
    owes: bool = False
    source: str = ""
    by_name: bool = False

    @property
    def exchange(self) -> bool:
        """Whether words were composed: not a click, a look or a reading."""
        return self.kind in EXCHANGES


@dataclass(frozen=True, slots=True)
class Amendment:
    """A correction, verification or undo of a touch, merged over it field by field, oldest first.

    ``fields`` holds fields of `Touch` in their JSON form, and ``void`` true or false.
    """

    id: str
    touch: str
    at: datetime
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What only the writer can tell, asked once: whose words those are, or whether they are theirs.

    ``kind`` "who": ``touch`` has no person yet, ``candidates`` are the ids of those of that
    ``name``, ``profile`` the address they gave. "yours": ``touch`` looks like the writer's own
    words, and yes logs it, or verifies the touch with the id ``verifies``; ``draft`` is the key of
    the draft it is like. ``answer`` is "" while it is open, then a person's id, "yes" or "no".
    """

    id: str
    asked: datetime
    kind: Literal["who", "yours"]
    sentence: str
    touch: Touch
    name: str = ""
    profile: str | None = None
    candidates: tuple[str, ...] = ()
    verifies: str = ""
    draft: str = ""
    answer: str = ""
    answered: datetime | None = None


@dataclass(frozen=True, slots=True)
class SentMention:
    """A webmention that was sent, and the server's answer; one for each pair of addresses.

    ``status`` is the HTTP status, ``place`` the address at which the server tells more.
    """

    id: str
    at: datetime
    source: str
    target: str
    endpoint: str
    status: int
    message: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A post, or an incoming touch, that a decision settled, with all it may be met by again."""

    uid: str
    aliases: tuple[str, ...] = ()
    title: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the writer decided about a task. ``undone`` is set when it is taken back."""

    id: str
    at: datetime
    task: str
    person: str
    kind: TaskKind
    outcome: Outcome
    until: date | None = None
    settled: tuple[Settled, ...] = ()
    title: str = ""
    url: str | None = None
    undone: datetime | None = None


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A local day the writer marked as written; ``id`` is the day's ISO form."""

    id: str
    day: date
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class WeekLine:
    """The writer's own line for a week; ``id`` is the week, ``2026-W47``."""

    id: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class World:
    """All that the rules look at, at one moment: what the ledger holds, amended and in order.

    ``touches`` are as amended, voided ones left out, oldest first; ``decisions`` oldest first,
    undone ones left out; ``news`` and ``own_posts`` newest first; ``questions`` oldest first.
    """

    people: Mapping[str, Person] = field(default_factory=dict)
    feeds: Mapping[str, Feed] = field(default_factory=dict)
    news: tuple[NewsItem, ...] = ()
    own_posts: tuple[OwnPost, ...] = ()
    touches: tuple[Touch, ...] = ()
    decisions: tuple[Decision, ...] = ()
    written_days: tuple[WrittenDay, ...] = ()
    week_lines: Mapping[str, WeekLine] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    sent_mentions: Mapping[str, SentMention] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that the rules depend on. ``cadences``: days for circles 1 to 5."""

    welcome_per_day: int = 3
    minutes_per_day: int = 20
    age_out_days: int = 30
    cadences: tuple[int, int, int, int, int] = (14, 30, 90, 180, 365)
    names: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()

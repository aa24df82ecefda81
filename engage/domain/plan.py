"""Which tasks there are: one row for each person and kind, with its reason, not yet in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from engage.domain.by_person import Records
from engage.domain.days import local_day, midnight
from engage.domain.derived import Standing, TaskState
from engage.domain.records import Decision, NewsItem, Person, Rules, TaskKind, Touch
from engage.domain.settle import aged_before, settlements

#: The reasons, in the order of the inbox.
REPLY, WELCOME, DUE_WORK, RECONNECT, CIRCLE_WORK, OTHER_WORK = range(1, 7)

#: States in which a task is there, if not always on the list.
_ACTIVE = frozenset({"open", "later", "snoozed"})


@dataclass(frozen=True, slots=True)
class Row:
    """A task before it is put into words.

    ``multiple``: the silence in multiples of the cadence, None without one. ``newest``: the moment
    of the newest thing that it is about; ``oldest`` names what began it. ``posts`` of a welcome are
    the new work it can mention. ``rank`` orders welcomes among themselves;
    ``returned``: it was put off once, or all its posts were read before and are rewritten.
    ``order``: by reason; inside a reason the longest silence
    first, then the newest.
    """

    kind: TaskKind
    person: Person
    standing: Standing
    reason: int
    state: TaskState
    opened: datetime
    newest: datetime
    oldest: str
    multiple: float | None = None
    posts: tuple[NewsItem, ...] = ()
    touches: tuple[Touch, ...] = ()
    due: date | None = None
    until: date | None = None
    rank: tuple[bool, ...] = ()
    returned: bool = False

    order: tuple[Any, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        order = (
            self.reason,
            self.rank,
            self.multiple is None,
            -(self.multiple or 0.0),
            -self.newest.timestamp(),
            self.person.id,
        )
        object.__setattr__(self, "order", order)


def rows_of(records: Records, standing: Standing, rules: Rules, now: datetime) -> list[Row]:
    """Every task there is about one person at a moment, in no order: open, put off or aged.

    `screened` says which of everybody's welcomes have to wait.
    """
    return [] if standing.left else list(_Planner(records, standing, rules, now).rows())


def screened(rows: Iterable[Row], welcomed: AbstractSet[str], rules: Rules) -> list[Row]:
    """The rows with the welcomes beyond the day's number waiting.

    ``welcomed``: whose welcome was decided that day. A welcome that was put off before comes back
    whatever the number.
    """
    found: list[Row] = []
    turns: list[Row] = []
    room = rules.welcome_per_day - len(welcomed)
    for row in rows:
        if row.kind == "welcome" and row.state == "open" and not row.returned:
            turns.append(row)
            continue
        found.append(row)
        room -= row.kind == "welcome" and row.state == "open" and row.person.id not in welcomed
    turns.sort(key=lambda row: row.order)
    room = max(room, 0)
    return [*found, *turns[:room], *(replace(row, state="waiting") for row in turns[room:])]


class _Planner:
    """One look at one person: their news and decisions, and the day's limits."""

    def __init__(self, records: Records, standing: Standing, rules: Rules, now: datetime) -> None:
        self.person = records.person
        self.standing = standing
        self.rules = rules
        self.now = now
        self.today = local_day(now)
        self.news = [item for item in records.news if item.kind == "post"]
        self.settled = settlements(records.decisions, records.touches, rules)

    def rows(self) -> Iterator[Row]:
        """At most one row of each kind, and never both read and reconnect."""
        standing = self.standing
        unread = self.settled.unsettled(self.news) if self.news else []
        read = self._read(unread) if unread else None
        if read:
            yield read
        if standing.owed:
            yield self._reply()
        elif standing.due and standing.due <= self.today and not (read and read.state in _ACTIVE):
            reconnect = self._reconnect(standing.due)
            if reconnect:
                yield reconnect
        if not standing.looked_at and "welcome" not in self.settled.final:
            yield self._welcome(read.posts if read and read.state != "aged" else ())

    def _read(self, unread: list[NewsItem]) -> Row:
        standing = self.standing
        fresh_from = aged_before(self.now, self.rules)
        state: TaskState = "open"
        until = None
        fresh = [post for post in unread if post.shown >= fresh_from]
        put_off = self.settled.put_off.get("read")
        if put_off and any(post.first_seen <= put_off.at for post in unread):
            state = self.settled.state("read", self.now)
            until = put_off.until
            # The pile does not age; what was snoozed ages from the day on which it returns.
            if state != "open" or (until and midnight(until) >= fresh_from):
                since = aged_before(put_off.at, self.rules)
                fresh = [
                    post
                    for post in unread
                    if post.shown >= fresh_from
                    or (post.first_seen <= put_off.at and post.shown >= since)
                ]
        if not fresh and (standing.circle is not None or state != "open"):
            fresh = unread[-1:]
        return Row(
            kind="read",
            person=self.person,
            standing=self.standing,
            reason=work_reason(standing, self.today),
            state=state if fresh else "aged",
            opened=min(post.first_seen for post in fresh or unread),
            newest=unread[-1].shown,
            oldest=unread[0].uid,
            multiple=self._multiple(),
            posts=tuple(fresh or unread),
            due=standing.due,
            until=until if state == "snoozed" else None,
            returned=all(self.settled.returned(post) for post in fresh or unread),
        )

    def _reply(self) -> Row:
        owed = self.standing.owed
        put_off = self.settled.put_off.get("reply")
        known_then = put_off and any(touch.recorded <= put_off.at for touch in owed)
        state = self.settled.state("reply", self.now) if known_then else "open"
        return Row(
            kind="reply",
            person=self.person,
            standing=self.standing,
            reason=REPLY,
            state=state,
            opened=min(touch.recorded for touch in owed),
            newest=owed[0].at,
            oldest=owed[-1].id,
            multiple=self._multiple(),
            touches=owed,
            until=put_off.until if put_off and state == "snoozed" else None,
        )

    def _reconnect(self, due: date) -> Row | None:
        standing = self.standing
        begin = midnight(self.today)
        if any(self.settled.decided_since(kind, begin) for kind in ("read", "reply", "welcome")):
            return None  # they had their turn today: no second row appears in its place
        done = _unless_overtaken(self.settled.final.get("reconnect"), self.person, standing)
        put_off = _unless_overtaken(self.settled.put_off.get("reconnect"), self.person, standing)
        if done:
            if standing.cadence is None:
                return None
            due = local_day(done.at) + timedelta(days=standing.cadence)
            if due > self.today:
                return None
        in_force = put_off is not None and (done is None or put_off.at > done.at)
        state = self.settled.state("reconnect", self.now) if in_force else "open"
        return Row(
            kind="reconnect",
            person=self.person,
            standing=self.standing,
            reason=RECONNECT,
            state=state,
            opened=midnight(due),
            newest=standing.last_exchange or midnight(due),
            oldest=due.isoformat(),
            multiple=self._multiple(),
            due=due,
            until=put_off.until if put_off and state == "snoozed" else None,
        )

    def _welcome(self, posts: tuple[NewsItem, ...]) -> Row:
        put_off = self.settled.put_off.get("welcome")
        state = self.settled.state("welcome", self.now)
        wrote = self.standing.last_exchange is not None
        return Row(
            kind="welcome",
            person=self.person,
            standing=self.standing,
            reason=WELCOME,
            state=state,
            opened=self.person.added,
            newest=self.person.added,
            oldest="",
            posts=posts,
            until=put_off.until if put_off and state == "snoozed" else None,
            rank=(not wrote, not posts),
            returned=put_off is not None,
        )

    def _multiple(self) -> float | None:
        """The silence in multiples of the cadence; before the first exchange from the circle."""
        standing = self.standing
        if standing.cadence is None:
            return None
        if standing.last_exchange is not None:
            return (self.today - local_day(standing.last_exchange)).days / standing.cadence
        if standing.due is None:
            return None
        return 1 + (self.today - standing.due).days / standing.cadence


def work_reason(standing: Standing, today: date) -> int:
    """Why somebody's new work stands where it does: 3, 5 or 6."""
    if standing.drifting or (standing.due is not None and standing.due <= today):
        return DUE_WORK
    return OTHER_WORK if standing.circle is None else CIRCLE_WORK


def _unless_overtaken(
    decision: Decision | None, person: Person, standing: Standing
) -> Decision | None:
    """A decision about a silence, as long as no exchange and no date set by hand came after it."""
    if decision is None:
        return None
    if standing.last_exchange is not None and standing.last_exchange > decision.at:
        return None
    if person.next is not None and person.next.at > decision.at:
        return None
    return decision

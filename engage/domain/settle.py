"""What the writer's decisions settled, and what they put off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from engage.domain.days import local_day, midnight
from engage.domain.derived import TaskState
from engage.domain.records import Decision, NewsItem, Rules, TaskKind, Touch

#: The outcomes that end a task, and those that put it off.
FINAL = frozenset({"done", "drop"})


@dataclass(slots=True)
class Settlements:
    """The decisions about one person that are in force, as the rules ask for them.

    ``final`` and ``put_off``: the latest decision of a kind that ended a task, or put one off.
    ``wrote``: when they last wrote, if something of theirs is snoozed. ``_names``: what was
    settled, by all its names, and when it was done; None for what was dropped.
    """

    final: dict[TaskKind, Decision] = field(default_factory=dict)
    put_off: dict[TaskKind, Decision] = field(default_factory=dict)
    wrote: datetime | None = None
    _names: dict[str, datetime | None] = field(default_factory=dict)
    _before: datetime | None = None

    def settles(self, post: NewsItem) -> bool:
        """Whether a post was done or dropped, under this name or another, and was not rewritten
        since it was done.

        What had aged out when a row was decided was settled with it.
        """
        if self._before is None or not self._knows(post):
            return self._before is not None and post.shown < self._before
        return post.rewritten is None or any(
            done is None or done >= post.rewritten for done in self._decided(post)
        )

    def returned(self, post: NewsItem) -> bool:
        """Whether a post that is to be read has been done before."""
        return post.rewritten is not None and self._knows(post)

    def _knows(self, post: NewsItem) -> bool:
        return post.uid in self._names or not self._names.keys().isdisjoint(post.aliases)

    def _decided(self, post: NewsItem) -> list[datetime | None]:
        names = (post.uid, *post.aliases)
        return [self._names[name] for name in names if name in self._names]

    def unsettled(self, posts: Iterable[NewsItem]) -> list[NewsItem]:
        """The posts that are still to be read, oldest first, each once."""
        return sorted(
            (post for post in distinct(posts) if not self.settles(post)),
            key=lambda post: (post.shown, post.uid),
        )

    def state(self, kind: TaskKind, now: datetime) -> TaskState:
        """Whether a task that is there is open, in the pile *Reply later*, or asleep.

        A snooze ends at the local midnight that begins its date, or when they write.
        """
        decision = self.put_off.get(kind)
        if decision is None:
            return "open"
        if decision.outcome == "later":
            return "later"
        if self.wrote is not None and self.wrote > decision.at:
            return "open"
        return "snoozed" if decision.until and local_day(now) < decision.until else "open"

    def decided_since(self, kind: TaskKind, moment: datetime) -> bool:
        """Whether the writer ended a task of that kind at or after a moment."""
        decision = self.final.get(kind)
        return decision is not None and decision.at >= moment


def settlements(
    decisions: Sequence[Decision], touches: Iterable[Touch], rules: Rules
) -> Settlements:
    """Everything that the decisions about one person settled and put off."""
    found = Settlements()
    for decision in decisions:
        ends = decision.outcome in FINAL
        (found.final if ends else found.put_off)[decision.kind] = decision
        if ends and decision.kind == "read":
            found._before = aged_before(decision.at, rules)
            at = decision.at if decision.outcome == "done" else None
            for settled in decision.settled:
                found._names.update(dict.fromkeys((settled.uid, *settled.aliases), at))
    if any(decision.outcome == "snooze" for decision in found.put_off.values()):
        found.wrote = _wrote(touches)
    return found


def aged_before(moment: datetime, rules: Rules) -> datetime:
    """What was shown before this has aged out at a moment."""
    return midnight(local_day(moment) - timedelta(days=rules.age_out_days))


def distinct(posts: Iterable[NewsItem]) -> list[NewsItem]:
    """The posts of one person, each once: those whose names meet are one.

    Of several the first seen stays, and takes the names of the others.
    """
    listed = list(posts)
    names = [{post.uid, *post.aliases} for post in listed]
    if len(set().union(*names)) == sum(map(len, names)):
        return listed
    groups: dict[str, list[NewsItem]] = {}
    for post in listed:
        group = [post]
        for name in (post.uid, *post.aliases):
            known = groups.get(name)
            if known is not None and known is not group:
                group = known + group
                _point(groups, group)
        _point(groups, group)
    return [_as_one(group) for group in {id(group): group for group in groups.values()}.values()]


def _point(groups: dict[str, list[NewsItem]], group: list[NewsItem]) -> None:
    for post in group:
        groups.update(dict.fromkeys((post.uid, *post.aliases), group))


def _as_one(group: list[NewsItem]) -> NewsItem:
    first = min(group, key=lambda post: (post.first_seen, post.uid))
    names = sorted({name for post in group for name in (post.uid, *post.aliases)} - {first.uid})
    if len(group) == 1:
        return first
    rewritten = max((post.rewritten for post in group if post.rewritten), default=None)
    return replace(first, aliases=tuple(names), rewritten=rewritten)


def _wrote(touches: Iterable[Touch]) -> datetime | None:
    """When somebody with something snoozed last wrote.

    History that comes in late wakes nobody: what asks for no answer counts by when it happened.
    """
    heard = (
        touch.recorded if touch.owes else min(touch.recorded, touch.at)
        for touch in touches
        if touch.direction == "in" and touch.exchange and touch.how_known != "imported"
    )
    return max(heard, default=None)

"""What the writer's decisions settled, and what they put off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from engage.domain.days import local_day, midnight
from engage.domain.records import Decision, NewsItem, Rules, TaskKind, TaskState, World

Pair = tuple[str, TaskKind]

#: The outcomes that end a task, and those that put it off.
FINAL = frozenset({"done", "drop"})


@dataclass(slots=True)
class Settlements:
    """The decisions in force, in the order in which the rules ask for them.

    ``final`` and ``put_off``: the latest decision of a person and kind that ended a task, or put
    one off. ``wrote``: for people with something snoozed, when they last wrote.
    """

    final: dict[Pair, Decision] = field(default_factory=dict)
    put_off: dict[Pair, Decision] = field(default_factory=dict)
    wrote: dict[str, datetime] = field(default_factory=dict)
    _uids: set[str] = field(default_factory=set)
    _names: dict[str, set[str]] = field(default_factory=dict)
    _before: dict[str, datetime] = field(default_factory=dict)

    def settles(self, post: NewsItem) -> bool:
        """Whether a post was done or dropped, under this name or another.

        What had aged out when a row was decided was settled with it.
        """
        if post.uid in self._uids:
            return True
        names = self._names.get(post.person)
        if names is None:
            return False
        if post.uid in names or not names.isdisjoint(post.aliases):
            return True
        return post.shown < self._before[post.person]

    def unsettled(self, posts: Iterable[NewsItem]) -> list[NewsItem]:
        """The posts of one person that are still to be read, oldest first, each once."""
        return sorted(
            (post for post in distinct(posts) if not self.settles(post)),
            key=lambda post: (post.shown, post.uid),
        )

    def state(self, person: str, kind: TaskKind, now: datetime) -> TaskState:
        """Whether a task that is there is open, in the pile *Reply later*, or asleep.

        A snooze ends at the local midnight that begins its date, or when they write.
        """
        decision = self.put_off.get((person, kind))
        if decision is None:
            return "open"
        if decision.outcome == "later":
            return "later"
        wrote = self.wrote.get(person)
        if wrote is not None and wrote > decision.at:
            return "open"
        return "snoozed" if decision.until and local_day(now) < decision.until else "open"

    def decided_since(self, person: str, kind: TaskKind, moment: datetime) -> bool:
        """Whether the writer ended a task of that kind at or after a moment."""
        decision = self.final.get((person, kind))
        return decision is not None and decision.at >= moment


def settlements(world: World, rules: Rules) -> Settlements:
    """Everything that the world's decisions settled and put off."""
    found = Settlements()
    last_read: dict[str, Decision] = {}
    for decision in world.decisions:
        ends = decision.outcome in FINAL
        (found.final if ends else found.put_off)[decision.person, decision.kind] = decision
        if ends and decision.kind == "read":
            last_read[decision.person] = decision
            names = found._names.setdefault(decision.person, set())
            for settled in decision.settled:
                found._uids.add(settled.uid)
                names.add(settled.uid)
                names.update(settled.aliases)
    for person, decision in last_read.items():
        found._before[person] = aged_before(decision.at, rules)
    found.wrote = _wrote(world, found.put_off.values())
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
    return first if len(group) == 1 else replace(first, aliases=tuple(names))


def _wrote(world: World, put_off: Iterable[Decision]) -> dict[str, datetime]:
    """For people with something snoozed, when they last wrote.

    History that comes in late wakes nobody: what asks for no answer counts by when it happened.
    """
    asleep = {decision.person for decision in put_off if decision.outcome == "snooze"}
    wrote: dict[str, datetime] = {}
    for touch in world.touches if asleep else ():
        if touch.person not in asleep or touch.direction == "out" or not touch.exchange:
            continue
        if touch.how_known == "imported":
            continue
        heard = touch.recorded if touch.owes else min(touch.recorded, touch.at)
        wrote[touch.person] = max(heard, wrote.get(touch.person, heard))
    return wrote

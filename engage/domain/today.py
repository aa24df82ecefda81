"""Today's one: the task to reach if the writer does nothing else. Computed, not stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from engage.domain.by_person import Records
from engage.domain.days import local_day, midnight
from engage.domain.plan import Row, rows_of, screened
from engage.domain.records import Rules
from engage.domain.relationships import standing_of


class Share(Protocol):
    """One person's rows; see `triage.Share`."""

    @property
    def morning(self) -> Sequence[Row]:
        """The rows as they were when the day began."""
        ...


def todays_one(
    everybody: Mapping[str, Records],
    shares: Mapping[str, Share],
    rules: Rules,
    now: datetime,
    planned: Iterable[Row],
    there: Sequence[Row],
) -> Row | None:
    """The first of the tasks open at local midnight, else the first opened today, if still open.

    ``planned`` are the rows of now before, ``there`` those after the welcomes were screened. A day
    changes the rows only of those of whom something was heard or decided, so that only theirs are
    asked for as they were in the morning.
    """
    begin = midnight(local_day(now))
    changed = {id: records for id, records in everybody.items() if records.latest > begin}
    before = [row for row in planned if row.person.id not in changed]
    before += [row for id in changed for row in shares[id].morning]
    chosen = min(_open(screened(before, frozenset(), rules)), key=_order, default=None)
    if chosen is None:
        # Nothing was open: what would be open now, had the writer done nothing today?
        idle = _idle(changed.values(), rules, now)
        chosen = min(
            _open(screened(idle, frozenset(), rules)),
            key=lambda row: (row.opened, row.order),
            default=None,
        )
    if chosen is None:
        return None
    return next((row for row in _open(there) if _is_same(row, chosen)), None)


def _open(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for row in rows if row.state == "open")


def _order(row: Row) -> tuple[object, ...]:
    return row.order


def _idle(changed: Iterable[Records], rules: Rules, now: datetime) -> list[Row]:
    """What would be there had the writer done nothing today."""
    untouched = (records.untouched(midnight(local_day(now))) for records in changed)
    return [
        row
        for records in untouched
        for row in rows_of(records, standing_of(records, rules, now), rules, now)
    ]


def _is_same(row: Row, chosen: Row) -> bool:
    """Whether a row is still about what it was about when it was chosen.

    New work takes the place of a `reconnect`.
    """
    if row.person.id != chosen.person.id:
        return False
    if (row.kind, chosen.kind) == ("read", "reconnect"):
        return True
    if row.kind != chosen.kind:
        return False
    if row.kind == "read":
        return not {post.uid for post in row.posts}.isdisjoint(post.uid for post in chosen.posts)
    if row.kind == "reply":
        return not {item.id for item in row.touches}.isdisjoint(item.id for item in chosen.touches)
    return True

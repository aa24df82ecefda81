"""Two records of one person: suggested by engage, made one by the writer alone."""

from __future__ import annotations

from dataclasses import replace

from engage.domain.changes import Change, Put
from engage.domain.merging import Likely, likely_duplicates, merge_puts
from engage.errors import EngageError
from engage.services.desk import Desk
from engage.services.names import find_person


def merge_people(desk: Desk, name: str, other: str) -> Change | None:
    """Make two people one, as one step: ``name`` stays, with all that was the other's."""
    stays, goes = find_person(desk, name), find_person(desk, other)
    if stays.id == goes.id:
        raise EngageError(f"Both are {stays.name} ({stays.id}); name two people.")
    puts = merge_puts(desk.world(), stays, goes, desk.stamp())
    return desk.commit(f"merged: {goes.name} into {stays.name}", [_as_kept(desk, p) for p in puts])


def duplicates(desk: Desk) -> tuple[Likely, ...]:
    """People who may be one, and why; those left in peace are not asked about."""
    world, standings = desk.world(), desk.standings()
    left = [id for id, standing in standings.items() if standing.left]
    return tuple(likely_duplicates(world.people, world.feeds.values(), left))


def likely_for(desk: Desk, id: str) -> tuple[Likely, ...]:
    """Who may be the same as this person, and why."""
    return tuple(pair for pair in duplicates(desk) if id in (pair.one.id, pair.other.id))


def _as_kept(desk: Desk, item: Put) -> Put:
    """A removal of the very document, so that undo brings back what a newer engage added too."""
    if item.after is not None:
        return item
    return replace(item, before=desk.store.get(item.table, item.id))

"""Safe copies of what the writer entered, and a check of everything that keeps it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from engage import __version__
from engage.clock import clock_from
from engage.errors import EngageError
from engage.paths import find_paths
from engage.services.desk import Desk
from engage.services.follow import feeds
from engage.services.merging import duplicates
from engage.settings import load_settings
from engage.store.api import Finding, Restored
from engage.store.store import Store

#: How many pairs of people who may be one are named.
PAIRS = 8


def unopened_desk(environ: Mapping[str, str] = os.environ) -> Desk:
    """The writer's desk, the ledger not read yet: it may be the very thing that is damaged."""
    paths, clock = find_paths(environ), clock_from(environ)
    return Desk(Store(paths, clock), clock, load_settings(paths.config_file), paths)


def backup(desk: Desk, path: Path | None = None) -> Path:
    """Keep the ledger as it is now in a file, which is given. Raises EngageError."""
    return desk.store.backup(path)


def restore(desk: Desk, path: Path) -> Restored:
    """Make the ledger what a backup holds; one undo takes it back. Raises EngageError."""
    try:
        at = desk.stamp()
    except EngageError:  # what is to be replaced cannot be read
        at = desk.clock.now()
    return desk.store.restore(path, at)


def doctor(desk: Desk) -> tuple[Finding, ...]:
    """What is to be said of the installation, the data, the feeds and who may be here twice."""
    return (*_installation(desk), *_data(desk), *_feeds(desk), *_people(desk))


def _installation(desk: Desk) -> Iterator[Finding]:
    yield Finding(f"engage {__version__} on Python {sys.version.split()[0]}.", ok=True)
    for sentence in desk.settings.findings:
        yield Finding(sentence, ok=False, remedy=f"Edit {desk.paths.config_file}.")
    for name in ("data", "cache", "state"):
        folder: Path = getattr(desk.paths, name)
        there = next(each for each in (folder, *folder.parents) if each.exists())
        if not (there.is_dir() and os.access(there, os.W_OK)):
            yield Finding(f"{there} cannot be written.", ok=False, remedy="Make it writable.")


def _data(desk: Desk) -> Iterator[Finding]:
    yield from desk.store.check()
    for notice in desk.store.notices:
        yield Finding(notice, ok=False, remedy="Nothing more needs to be done.")


def _feeds(desk: Desk) -> Iterator[Finding]:
    try:
        known = feeds(desk)
    except EngageError:  # said of the data already
        return
    troubled = [each for each in known if each.health.state in ("failing", "gone")]
    for each in troubled:
        name, found = each.feed.title or each.feed.url, each.health
        remedy = found.advice or f"`engage remove {each.feed.id}` follows it no longer."
        yield Finding(f"{name}: {found.fact}", ok=False, remedy=remedy)
    well = f"{len(known) - len(troubled)} of {len(known)} feeds are well."
    yield Finding(well if known else "No feed is followed yet.", ok=True)


def _people(desk: Desk) -> Iterator[Finding]:
    try:
        pairs = duplicates(desk)
    except EngageError:  # said of the data already
        return
    for one, other, why in pairs[:PAIRS]:
        yield Finding(
            f"{one.name} and {other.name} may be one person: {why}.",
            ok=True,  # nothing is wrong if they are two
            remedy=f"If so, `engage merge-people {one.id} {other.id}`.",
        )
    if len(pairs) > PAIRS:
        yield Finding(f"{len(pairs) - PAIRS:,} more pairs may be one person each.", ok=True)

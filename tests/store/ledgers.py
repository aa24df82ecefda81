"""Records and changes that the store's tests share."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engage.clock import FixedClock
from engage.domain.changes import By, Change, change, put
from engage.domain.posts import Post
from engage.domain.records import Person, Touch
from engage.paths import Paths
from engage.store.store import Store, open_store

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def opened(paths: Paths) -> Store:
    return open_store(paths, FixedClock(AT))


def person(key: str = "mara", **fields: Any) -> Person:
    return Person(id=key, name=fields.pop("name", key.title()), added=AT, **fields)


def touch(key: str, **fields: Any) -> Touch:
    return Touch(key, AT, fields.pop("person", "mara"), "out", "reply", "said", AT, **fields)


def changed(label: str, *records: Any, by: By = "writer", salt: str = "") -> Change:
    """A change that brings records in."""
    return change(label, [put(record) for record in records], AT, by=by, salt=salt)


def ledger_of(paths: Paths) -> Path:
    """The one ledger's file."""
    (found,) = paths.data.glob("*/ledger.json")
    return found


def all_files(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with what it holds."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def uids(posts: Any) -> list[str]:
    assert all(isinstance(post, Post) for post in posts)
    return [post.uid for post in posts]

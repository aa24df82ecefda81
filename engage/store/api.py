"""What the rest of engage may ask of the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from engage.domain.changes import Change
from engage.domain.codec import Doc
from engage.domain.records import World

if TYPE_CHECKING:
    from engage.domain.posts import FetchState, Post


Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found, in a sentence; with its ``remedy`` unless it is ``ok``."""

    sentence: str
    ok: bool
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring a backup did.

    ``how``: as a change that one undo takes back; in the place of a ledger that was missing or
    could not be read; or not at all, as it was the same. ``kept``: what there was before, as a
    backup, or as the files of a ledger that could not be read.
    """

    backup: Path
    how: Literal["changed", "replaced", "same"]
    kept: tuple[Path, ...] = ()


class StoreApi(Protocol):
    """The ledger (precious) and the posts (re-fetchable).

    Reading never waits. Every method may raise EngageError with a sentence for the writer.
    """

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about damage found and mended since opening; each is to be said once."""
        ...

    def world(self) -> World:
        """What the ledger holds now, also what other processes wrote; the same object while
        nothing changed."""
        ...

    def get(self, table: str, id: str) -> Doc | None:
        """One document of the ledger as it is now, or None."""
        ...

    def removed(self, table: str, id: str) -> Doc | None:
        """The document of a record that was removed, as long as it is kept out of sight."""
        ...

    def commit(self, change: Change) -> None:
        """Write one change wholly or not at all; when this returns it survives kill -9.

        Raises StoreBusy after 2 s of another's lock, EngageError where the disk refuses.
        """
        ...

    def changes(self) -> Sequence[Change]:
        """The writer's changes that can still be undone, newest first."""
        ...

    def posts(self, feed: str) -> Sequence[Post]:
        """The posts kept of a feed, newest first; empty where the cache was deleted."""
        ...

    def save_posts(self, feed: str, posts: Iterable[Post]) -> None:
        """Replace the posts kept of a feed, atomically."""
        ...

    def forget_posts(self, feed: str) -> None:
        """Delete the posts and the fetch state of a feed."""
        ...

    def fetch_states(self) -> Mapping[str, FetchState]:
        """The fetch state of every feed that has one and whose posts are still there."""
        ...

    def fetch_state(self, feed: str) -> FetchState | None:
        """The fetch state to ask a feed by: without validators where its posts cannot be read."""
        ...

    def save_fetch_states(self, states: Iterable[FetchState]) -> None:
        """Keep these fetch states beside the others, atomically."""
        ...

    def refreshing(self) -> AbstractContextManager[None]:
        """Hold the right to refresh; waits while another process refreshes."""
        ...

    def backup(self, path: Path | None = None) -> Path:
        """Keep the ledger as it is now in a file, which is given.

        A folder gets a file; without ``path`` it lies beside the daily ones. Raises EngageError.
        """
        ...

    def restore(self, path: Path, at: datetime) -> Restored:
        """Make the ledger what a backup holds. Raises EngageError where it is none."""
        ...

    def merge(self, source: Path | Mapping[str, Sequence[Doc]], name: str, at: datetime) -> bool:
        """Unite with what lies at a path (a home, a data folder, a ledger, a backup, a conflict
        copy), or with documents by their table, as one change that undo takes back; whether there
        was anything new. Raises EngageError where the path is nothing of the kind."""
        ...

    def unite_neighbours(self) -> bool:
        """Unite with the other machines' ledgers in the data folder, if they changed; whether they
        had anything. Costs next to nothing where they did not, waits for nothing, never fails."""
        ...

    def marks(self) -> Sequence[Doc]:
        """When what was changed or removed was decided, for an export; see `domain.stamps`."""
        ...

    def check(self) -> Sequence[Finding]:
        """What is to be said of the ledger and its backups, each of which is opened."""
        ...

    def fingerprint(self) -> str | None:
        """The same text means that the ledger holds the same; None where it cannot be told."""
        ...

    def recall(self, kind: type[Value], key: str) -> Value | None:
        """What was worked out of the ledger and kept under this very key, or None."""
        ...

    def keep(self, key: str, value: Any) -> None:
        """Keep what was worked out of the ledger, a dataclass, for the next opening."""
        ...

    def settle(self) -> None:
        """Leave everything in the form that stock TinyDB opens."""
        ...

    def close(self) -> None:
        """`settle`, and let go of the files."""
        ...

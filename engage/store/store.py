"""The store as the rest of engage sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engage.clock import Clock, clock_from
from engage.domain.changes import Change
from engage.domain.codec import Doc
from engage.domain.records import World
from engage.domain.stamps import STAMPS, uid_of
from engage.paths import Paths
from engage.store.api import Finding, Restored, Value
from engage.store.locks import FileLock, Turn
from engage.store.places import Places

if TYPE_CHECKING:
    from engage.domain.posts import FetchState, Post
    from engage.store.fetch_states import FetchStates
    from engage.store.posts import PostShelf
    from engage.store.sources import Source


def open_store(paths: Paths, clock: Clock | None = None) -> Store:
    """The store under these folders; nothing is made before the first write.

    The clock names damaged files that are set aside. Raises EngageError where the ledger is
    damaged beyond mending or not engage's.
    """
    store = Store(paths, clock or clock_from())
    store.fingerprint()
    store.tidy()
    return store


class Store:
    """`engage.store.api.StoreApi` on TinyDB files."""

    def __init__(self, paths: Paths, clock: Clock) -> None:
        # Here: TinyDB takes 7 ms that a program which only knows of the store need not pay.
        from engage.store.ledger import Ledger
        from engage.store.neighbours import Neighbours

        places = Places(paths)
        self._clock = clock
        self._notices: list[str] = []
        self._places = places
        self._ledger = Ledger(places, clock.now, self._notice)
        self._neighbours = Neighbours(places)
        self._refresh_lock = FileLock(places.refresh_lock)

    # The cache when it is first asked: the inbox starts without it.

    @cached_property
    def _posts(self) -> PostShelf:
        from engage.store.posts import PostShelf

        return PostShelf(self._places, self._notice)

    @cached_property
    def _fetch_states(self) -> FetchStates:
        from engage.store.fetch_states import FetchStates

        return FetchStates(self._places, self._notice)

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(self._notices)

    def world(self) -> World:
        return self._ledger.world()

    def get(self, table: str, id: str) -> Doc | None:
        return self._ledger.get(table, id)

    def removed(self, table: str, id: str) -> Doc | None:
        marks = self._ledger.get(STAMPS, uid_of(table, id))
        return marks.get("doc") if marks else None

    def commit(self, change: Change) -> None:
        self._ledger.commit(change)

    def changes(self) -> Sequence[Change]:
        return self._ledger.changes()

    def posts(self, feed: str) -> Sequence[Post]:
        return self._posts.posts(feed)

    def save_posts(self, feed: str, posts: Iterable[Post]) -> None:
        self._posts.save(feed, posts)

    def forget_posts(self, feed: str) -> None:
        self._posts.forget(feed)
        self._fetch_states.forget(feed)

    def fetch_states(self) -> Mapping[str, FetchState]:
        return self._fetch_states.all()

    def fetch_state(self, feed: str) -> FetchState | None:
        return self._fetch_states.one(feed)

    def save_fetch_states(self, states: Iterable[FetchState]) -> None:
        self._fetch_states.save(states)

    def refreshing(self) -> AbstractContextManager[None]:
        """See `engage.store.locks.Turn` for entering and leaving it in threads."""
        return Turn(self._refresh_lock)

    def backup(self, path: Path | None = None) -> Path:
        from engage.store import safekeeping

        return safekeeping.back_up(self._ledger, path, self._clock.now())

    def restore(self, path: Path, at: datetime) -> Restored:
        from engage.store import safekeeping

        return safekeeping.restore(self._ledger, path, at)

    def merge(self, source: Path | Mapping[str, Sequence[Doc]], name: str, at: datetime) -> bool:
        from engage.store import uniting

        if isinstance(source, Path):
            sources = uniting.sources_at(source, self._ledger.file())
        else:
            sources = [uniting.source_of(Path(name), source)]
        with self._forgetting():
            return uniting.unite(self._ledger, sources, f"merged: {name}", at) is not None

    def unite_neighbours(self) -> bool:
        united = self._neighbours.unite_new(self._unite, self._clock.now())
        if self._ledger.file() is None:
            for path, reason in self._neighbours.put_off.items():
                self._notice(f"What lies in {path} is left out until it is whole: {reason}")
        return united

    def _unite(self, sources: list[Source]) -> None:
        from engage.store import uniting

        now = self._clock.now()
        with self._forgetting():
            uniting.unite(self._ledger, sources, "united", now, by="sync", patience=0)

    @contextmanager
    def _forgetting(self) -> Iterator[None]:
        """What is followed no longer afterwards leaves the cache as well."""
        before = self.world().feeds
        yield
        for feed in before.keys() - self.world().feeds.keys():
            self.forget_posts(feed)

    def marks(self) -> Sequence[Doc]:
        return self._ledger.marks()

    def check(self) -> Sequence[Finding]:
        from engage.store import safekeeping

        return (*safekeeping.check(self._ledger), *self._neighbours.check())

    def fingerprint(self) -> str | None:
        return self._ledger.fingerprint()

    def recall(self, kind: type[Value], key: str) -> Value | None:
        from engage.store import worked_out

        return worked_out.recall(self._places.worked_out, kind, key)

    def keep(self, key: str, value: Any) -> None:
        from engage.store import worked_out

        worked_out.keep(self._places.worked_out, key, value)

    def settle(self) -> None:
        self._ledger.settle()

    def tidy(self) -> None:
        """Shorten what makes opening slow; to be called where nobody waits for the store."""
        self._ledger.tidy()

    def close(self) -> None:
        self._ledger.close()

    def _notice(self, sentence: str) -> None:
        if sentence not in self._notices:
            self._notices.append(sentence)

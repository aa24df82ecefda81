"""What polling remembers of each feed: one TinyDB file in the cache, beside the posts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from engage.domain.posts import FetchState
from engage.store.cache_file import CacheFile, is_whole, names_in
from engage.store.files import Stamp, stamp_of
from engage.store.locks import FileLock
from engage.store.places import Places, posts_name

_FILE = CacheFile("fetch", FetchState, "feed")
_NONE: Mapping[str, FetchState] = MappingProxyType({})


class FetchStates:
    """Reads the states and keeps new ones beside the others."""

    def __init__(self, places: Places, notice: Callable[[str], None]) -> None:
        self._places = places
        self._path = places.fetch_states
        self._notice = notice
        self._lock = FileLock(places.fetch_lock)
        self._latest: tuple[Stamp | None, Mapping[str, FetchState]] = (None, _NONE)
        self._looked: tuple[object, Mapping[str, FetchState]] = (None, _NONE)

    def all(self) -> Mapping[str, FetchState]:
        """The state of every feed; one whose posts were deleted is as if never fetched."""
        states = self._read()
        # A folder's stamp changes with the names in it.
        seen = (self._latest[0], stamp_of(self._places.posts))
        if self._looked[0] != seen:
            names = names_in(self._places.posts)
            self._looked = (
                seen,
                {
                    feed: state if posts_name(feed) in names else _afresh(state)
                    for feed, state in states.items()
                },
            )
        return self._looked[1]

    def one(self, feed: str) -> FetchState | None:
        """The state of a feed, as if never fetched also where its posts were cut short."""
        state = self._read().get(feed)
        if state is None or is_whole(self._places.posts_of(feed)):
            return state
        return _afresh(state)

    def save(self, states: Iterable[FetchState]) -> None:
        """Keep these states beside the others. Raises StoreBusy, and EngageError."""
        with self._lock.held():
            self._write({**self._read(), **{state.feed: state for state in states}})

    def forget(self, feed: str) -> None:
        """Forget the state of a feed. Raises StoreBusy, and EngageError."""
        if feed not in self._read():
            return
        with self._lock.held():
            self._write({key: state for key, state in self._read().items() if key != feed})

    def _read(self) -> Mapping[str, FetchState]:
        stamp = stamp_of(self._path)
        if stamp is None:
            self._latest = (None, _NONE)
        elif stamp != self._latest[0]:
            states = _FILE.read(self._path, self._notice)
            self._latest = (stamp, {state.feed: state for state in states})
        return self._latest[1]

    def _write(self, states: Mapping[str, FetchState]) -> None:
        _FILE.write(self._path, states.values())
        self._latest = (stamp_of(self._path), states)


def _afresh(state: FetchState) -> FetchState:
    """A state that has the feed fetched in full and at once, as its posts are gone.

    A feed that never showed a post has lost nothing; one that fails still waits as long as its
    server asked.
    """
    if not state.posts:
        return state
    due = state.next_fetch if state.failures else None
    return replace(state, etag=None, last_modified=None, body_hash=None, next_fetch=due)

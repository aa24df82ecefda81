"""The posts of each feed in a TinyDB file of its own; one damaged file costs one feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from engage.domain.posts import Post
from engage.store.cache_file import CacheFile
from engage.store.files import Stamp, cannot_write, stamp_of
from engage.store.places import Places

#: How many feeds' posts stay in memory.
_REMEMBERED = 64

_FILE = CacheFile("posts", Post, "uid")


class PostShelf:
    """Reads and replaces the posts of feeds."""

    def __init__(self, places: Places, notice: Callable[[str], None]) -> None:
        self._places = places
        self._notice = notice
        self._remembered: dict[str, tuple[Stamp, Sequence[Post]]] = {}

    def posts(self, feed: str) -> Sequence[Post]:
        """The posts of a feed, newest first; none where the file is missing or unreadable."""
        path = self._places.posts_of(feed)
        stamp = stamp_of(path)
        if stamp is None:
            return ()
        known = self._remembered.pop(feed, None)
        if known is None or known[0] != stamp:
            posts = _FILE.read(path, self._notice)
            known = (stamp, tuple(sorted(posts, key=attrgetter("shown", "uid"), reverse=True)))
        self._remembered[feed] = known
        while len(self._remembered) > _REMEMBERED:
            self._remembered.pop(next(iter(self._remembered)), None)
        return known[1]

    def save(self, feed: str, posts: Iterable[Post]) -> None:
        """Replace the posts of a feed. Raises EngageError where the disk refuses."""
        _FILE.write(self._places.posts_of(feed), posts)

    def forget(self, feed: str) -> None:
        """Delete the posts of a feed. Raises EngageError where the disk refuses."""
        self._remembered.pop(feed, None)
        path = self._places.posts_of(feed)
        try:
            path.unlink(missing_ok=True)
        except OSError as cause:
            raise cannot_write(path, cause) from cause

"""The posts of each feed in a TinyDB file of its own; one damaged file costs one feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from engage.domain.codec import Doc, from_doc, to_doc
from engage.domain.posts import Block, Post, Span
from engage.store.cache_file import read_documents, unreadable, write_documents
from engage.store.documents import slot
from engage.store.files import Stamp, cannot_write, stamp_of
from engage.store.places import Places

TABLE = "posts"

#: How many feeds' posts stay in memory.
_REMEMBERED = 64


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
            known = (stamp, self._read(feed))
        self._remembered[feed] = known
        while len(self._remembered) > _REMEMBERED:
            self._remembered.pop(next(iter(self._remembered)), None)
        return known[1]

    def save(self, feed: str, posts: Iterable[Post]) -> None:
        """Replace the posts of a feed. Raises EngageError where the disk refuses."""
        write_documents(self._places.posts_of(feed), TABLE, _documents(posts))

    def forget(self, feed: str) -> None:
        """Delete the posts of a feed. Raises EngageError where the disk refuses."""
        self._remembered.pop(feed, None)
        path = self._places.posts_of(feed)
        try:
            path.unlink(missing_ok=True)
        except OSError as cause:
            raise cannot_write(path, cause) from cause

    def _read(self, feed: str) -> Sequence[Post]:
        path = self._places.posts_of(feed)
        try:
            posts = [post_of(each) for each in read_documents(path, TABLE, self._notice)]
            return tuple(sorted(posts, key=attrgetter("shown", "uid"), reverse=True))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            unreadable(path, self._notice)
            return ()


def document_of(post: Post) -> Doc:
    """The document of a post, its blocks in the short form.

    A block is ``[kind, level, span...]``; a span is its text, ``[text, style]`` or
    ``[text, style, href]``. The general form of the records takes four times the time.
    """
    document = to_doc(replace(post, entry=replace(post.entry, blocks=())))
    document["entry"]["blocks"] = [_short(block) for block in post.entry.blocks]
    return document


def post_of(document: Mapping[str, Any]) -> Post:
    """The post of a document. Raises ValueError, TypeError, KeyError or AttributeError."""
    entry = document["entry"]
    post = from_doc(Post, {**document, "entry": {**entry, "blocks": ()}})
    blocks = tuple(_block(*short) for short in entry["blocks"])
    return replace(post, entry=replace(post.entry, blocks=blocks))


def _documents(posts: Iterable[Post]) -> Iterator[tuple[str, Doc]]:
    kept: dict[str, Doc] = {}
    for post in posts:
        document = document_of(post)
        number = slot(kept.get, TABLE, post.uid, "uid")
        kept[number] = document
    return iter(kept.items())


def _short(block: Block) -> list[Any]:
    return [block.kind, block.level, *[_short_span(span) for span in block.spans]]


def _short_span(span: Span) -> str | list[str]:
    if span.href is not None:
        return [span.text, span.style, span.href]
    return [span.text, span.style] if span.style else span.text


def _block(kind: str, level: int, *spans: Any) -> Block:
    return Block(
        kind,
        tuple([Span(span) if type(span) is str else Span(*span) for span in spans]),
        level,
    )

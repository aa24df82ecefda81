"""The writer who works engage's inbox from the top.

The inbox is opened once a day. On the screen a row that was acted on stays where it is until the
view is refreshed, so the list of that moment is worked down.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tests.simulation.village import Piece
from tests.simulation.year import Book, Year

#: The reason of new work from somebody due or drifting: the row asks for words, not only reading.
DUE_WORK = 3


@dataclass(frozen=True)
class Row:
    """An open task, with the numbers of its person's posts."""

    kind: str
    who: int
    reason: int
    posts: tuple[int, ...]


class Inbox(Book, Protocol):
    """A book that also says what is worth doing."""

    def rows(self, when: datetime) -> Sequence[Row]: ...


def inbox_first(inbox: Inbox) -> Callable[[Year], None]:
    """A session with the inbox: answer, look, read and (if they are due or it moves) write."""

    def session(year: Year) -> None:
        written: set[int] = set()
        rows = inbox.rows(year.now)
        reads = {row.who: row for row in rows if row.kind == "read"}
        for row in rows:
            if not year.time_left:
                return
            if row.who in written:
                continue  # one exchange a day with anybody is enough
            if _attend(year, row, reads.get(row.who)):
                written.add(row.who)

    return session


def _attend(year: Year, row: Row, read: Row | None) -> bool:
    """Work a row; whether words were written. ``read``: the row of that person's new work."""
    if row.kind == "welcome":
        year.look(row.who)
        if not year.known[row.who].circle:
            return False
        if read:  # whom the writer chooses gets first words, as in every way of working
            year.read(_piece(year, read))
    elif row.kind == "read":
        piece = _piece(year, row)
        year.read(piece)
        if row.reason != DUE_WORK and not piece.moves:
            return False
    year.write(row.who)
    return True


def _piece(year: Year, row: Row) -> Piece:
    """The newest post of the row; the older ones are settled with it."""
    known = year.known[row.who]
    newest = max(row.posts)
    known.unread = [piece for piece in known.unread if piece.number >= newest]
    return next(piece for piece in known.unread if piece.number == newest)

"""Three other ways to spend the same twenty minutes, in the same world, with the same draws.

Each sees what there is: comments not answered, people not looked at, unread posts of the last 30
days, and who is in a circle. They differ in what comes first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from tests.simulation.village import Piece
from tests.simulation.year import Known, Year

RECENT = timedelta(days=30)


def newest_first(year: Year) -> None:
    """A chronological reader: comments, newcomers and posts in one stream, the newest on top.

    Posts are read, and answered where they move the writer.
    """
    stream: list[tuple[datetime, int, Callable[[], None]]] = []
    for who, known in year.known.items():
        if known.open_comments:
            stream.append((known.open_comments[-1].when, who, partial(year.write, who)))
        if known.looked is None:
            stream.append((known.came, who, partial(_welcome, year, known)))
        for piece in recent(year, known):
            stream.append((piece.at, who, partial(_read, year, piece)))
    for _, _, attend in sorted(stream, key=lambda item: item[:2], reverse=True):
        if not year.time_left:
            return
        attend()


def at_random(seed: int) -> Callable[[Year], None]:
    """Somebody drawn from all with whom there is something to do, or who are in a circle."""
    dice = Random(f"{seed}/random choice")

    def session(year: Year) -> None:
        waiting = [
            known
            for known in year.known.values()
            if known.circle or known.looked is None or known.open_comments or recent(year, known)
        ]
        dice.shuffle(waiting)
        for known in waiting:
            if not year.time_left:
                return
            _attend(year, known)

    return session


def longest_ago_first(year: Year) -> None:
    """Of the people in circles, the newcomers and those who wrote: who had the last exchange the
    longest ago; never counts as longest, and of those who came first."""
    begin = datetime.min.replace(tzinfo=year.now.tzinfo)
    waiting = [
        known
        for known in year.known.values()
        if known.circle or known.looked is None or known.open_comments
    ]
    waiting.sort(key=lambda known: (known.last_exchange or begin, known.came))
    for known in waiting:
        if not year.time_left:
            return
        _attend(year, known)


def recent(year: Year, known: Known) -> list[Piece]:
    """The unread posts of somebody that a reader still shows, oldest first."""
    return [piece for piece in known.unread if piece.at >= year.now - RECENT]


def _attend(year: Year, known: Known) -> None:
    """All there is to do with one person: answer; or look if new, read their newest, and write
    where they are in a circle or the post moves the writer."""
    who = known.villager.number
    if known.open_comments:
        year.write(who)
        return
    if known.looked is None:
        year.look(who)
    posts = recent(year, known)
    if posts:
        year.read(posts[-1])
    if known.circle or (posts and posts[-1].moves):
        year.write(who)


def _welcome(year: Year, known: Known) -> None:
    """Whom the writer chooses gets first words."""
    year.look(known.villager.number)
    if known.circle:
        _attend(year, known)


def _read(year: Year, piece: Piece) -> None:
    if piece not in year.known[piece.who].unread:
        return
    year.read(piece)
    if piece.moves:
        year.write(piece.who)

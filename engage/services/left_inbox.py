"""The inbox as engage left it, for opening engage again: what is known is not worked out anew.

With 2,000 people and 20,000 touches that takes a third of the time. It is the very inbox that would
be worked out: the same ledger to the byte, the same day, time zone, settings and engage.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import engage
from engage.clock import time_zone
from engage.domain.days import local_day
from engage.domain.records import World
from engage.services.inbox_outcomes import Inbox

if TYPE_CHECKING:
    from engage.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Left:
    """An inbox, and when engage had last written down what the writer said, did or decided."""

    inbox: Inbox
    stamped: datetime


class LeftInbox:
    """Gives the inbox as it was left, once, and leaves the last one that was worked out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._asked = False
        self._latest: tuple[World, Inbox] | None = None

    def take(self) -> Inbox | None:
        """The inbox as it was left, if that is what it still is; None from the second time on,
        when working it out costs little."""
        if self._asked:
            return None
        self._asked = True
        key = self._key()
        left = self._desk.store.recall(Left, key) if key else None
        if left is None or self._desk.clock.now() < left.inbox.now:
            return None
        return replace(left.inbox, now=self._desk.now(left.stamped))

    def note(self, world: World, inbox: Inbox) -> None:
        """An inbox was worked out of a world."""
        self._asked, self._latest = True, (world, inbox)

    def leave(self) -> None:
        """Keep the inbox for the next opening, if this engage had to do with tasks.

        After a decision little of it has to be worked out.
        """
        from engage.services.triage import inbox  # here: it is what asks for the inbox as left

        desk = self._desk
        if not desk.knows_tasks:
            return
        if self._latest is None or desk.world() is not self._latest[0]:
            self._asked = True
            inbox(desk)
        assert self._latest is not None
        stamped = desk.last_stamp()
        desk.store.settle()
        if key := self._key():
            desk.store.keep(key, Left(self._latest[1], stamped))

    def _key(self) -> str | None:
        """All that an inbox depends on; None where the ledger cannot tell what it holds."""
        ledger = self._desk.store.fingerprint()
        if ledger is None:
            return None
        day = local_day(self._desk.clock.now())
        # A folder's time changes with the files that are put into it: another engage.
        rules = (Path(engage.__file__).parent / "domain").stat().st_mtime_ns
        told = (ledger, day, time_zone(), self._desk.rules, engage.__version__, rules)
        return hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()

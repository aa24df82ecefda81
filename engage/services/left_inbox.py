"""The inbox as engage left it, for opening engage again: what is known is not worked out anew.

With 2,000 people and 20,000 touches that takes a third of the time. It is the very inbox that would
be worked out: the same ledger to the byte, the same day, time zone, settings and engage.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import engage
from engage.clock import Clock, time_zone
from engage.domain.days import local_day
from engage.domain.records import Rules
from engage.services.inbox_outcomes import Inbox
from engage.store.api import StoreApi


@dataclass(frozen=True, slots=True)
class Left:
    """An inbox, and when engage had last written down what the writer said, did or decided."""

    inbox: Inbox
    stamped: datetime


def take(store: StoreApi, clock: Clock, rules: Rules) -> Left | None:
    """The inbox as it was left, if that is what it still is."""
    key = _key(store, clock, rules)
    left = store.recall(Left, key) if key else None
    return left if left is not None and left.inbox.now <= clock.now() else None


def leave(store: StoreApi, clock: Clock, rules: Rules, left: Left) -> None:
    """Keep the inbox of the ledger as the store has it now for the next opening."""
    store.settle()
    if key := _key(store, clock, rules):
        store.keep(key, left)


def _key(store: StoreApi, clock: Clock, rules: Rules) -> str | None:
    """All that an inbox depends on; None where the ledger cannot tell what it holds."""
    ledger = store.fingerprint()
    if ledger is None:
        return None
    # A folder's time changes with the files that are put into it: another engage.
    code = (Path(engage.__file__).parent / "domain").stat().st_mtime_ns
    told = (ledger, local_day(clock.now()), time_zone(), rules, engage.__version__, code)
    return hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()

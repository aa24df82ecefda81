"""Messages that have several senders."""

from __future__ import annotations

from textual.message import Message


class LedgerChanged(Message):
    """Another process, or a service called from another screen, has changed the ledger."""

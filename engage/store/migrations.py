"""Schemas of the ledger, and the pure steps from each to the next.

A ledger of an older schema is read through the steps and written in the newest at the first
change, after its file was copied to the backups. One of a newer schema is only read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engage.store.documents import Tables

#: For each older schema the step to the next: tables in, new tables out, the old ones untouched.
STEPS: Mapping[int, Callable[[Tables], Tables]] = {}


def schema() -> int:
    """The schema that this engage writes."""
    return 1 + len(STEPS)


def migrated(tables: Tables, old: int) -> Tables:
    """The tables of an older schema, or of this one, in this one."""
    for number in range(old, schema()):
        tables = STEPS[number](tables)
    return tables

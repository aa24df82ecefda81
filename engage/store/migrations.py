"""Schemas of the ledger, and the pure steps from each to the next.

A ledger of an older schema is read through the steps and written in the newest at the first
change, after its file was copied to the backups. One of a newer schema is only read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engage.store.documents import PlainTables
from engage.store.packed import Tables, packed_tables

#: For each older schema the step to the next: tables in, new tables out, the old ones untouched.
STEPS: Mapping[int, Callable[[PlainTables], PlainTables]] = {}


def schema() -> int:
    """The schema that this engage writes."""
    return 1 + len(STEPS)


def migrated(tables: Tables, old: int) -> Tables:
    """The tables of an older schema, or of this one, in this one."""
    if old >= schema():
        return tables
    plain: PlainTables = {name: dict(table) for name, table in tables.items()}
    for number in range(old, schema()):
        plain = STEPS[number](plain)
    return packed_tables(plain)

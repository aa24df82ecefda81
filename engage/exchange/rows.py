"""Tables in text: CSV with whatever separator, its header found by what is in it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engage.errors import EngageError

#: A list of more people than that is no list of people a writer can know; and it would be slow.
ROW_LIMIT = 50_000
#: Preambles are two or three lines long.
HEADER_WITHIN = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One line, its cells by the lower-case name of their column; ``number`` of the line, from 1
    for the first after the header."""

    number: int
    cells: dict[str, str]

    def get(self, *columns: str) -> str:
        """The first of these columns that holds something, trimmed."""
        for column in columns:
            if value := self.cells.get(column, "").strip():
                return value
        return ""

    @property
    def empty(self) -> bool:
        return not any(cell.strip() for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a file, in lower case, and its rows; blank lines are no rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(text: str, *needed: str) -> Table:
    """The table whose header has all of these columns.

    EngageError with the rest of a sentence where there is none, or too much.
    """
    records = list(_records(text))
    heads = [tuple(map(_column, record)) for record in records[:HEADER_WITHIN]]
    above = next((n for n, columns in enumerate(heads) if set(needed) <= set(columns)), None)
    if above is None:
        raise EngageError(f"it has no line with the columns {', '.join(needed)}.")
    if len(records) - above - 1 > ROW_LIMIT:
        raise EngageError(f"it has more than {ROW_LIMIT} rows; split it.")
    rows = (
        Row(number, dict(zip(heads[above], record, strict=False)))
        for number, record in enumerate(records[above + 1 :], 1)
    )
    return Table(heads[above], tuple(row for row in rows if row.cells))


def header_of(text: str) -> frozenset[str]:
    """All that stands in the cells of the first lines, in lower case: enough to tell tables by."""
    head = "\n".join(text[:20_000].split("\n")[:HEADER_WITHIN])
    try:
        return frozenset(_column(cell) for record in _records(head) for cell in record)
    except EngageError:
        return frozenset()


def _records(text: str) -> Iterator[Sequence[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    except csv.Error as cause:
        raise EngageError("it is no table that engage can read; export it again as CSV.") from cause


def _separator(text: str) -> str:
    """The one of comma, semicolon and tab that stands in most of the first lines' text."""
    head = re.sub(r'"[^"]*"', "", "\n".join(text[:20_000].split("\n")[:HEADER_WITHIN]))
    return max(",;\t", key=lambda separator: (head.count(separator), separator == ","))


def _column(cell: str) -> str:
    return " ".join(cell.strip().lstrip("\ufeff").lower().replace("_", " ").split())

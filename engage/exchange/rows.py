"""Tables in text: CSV with whatever separator, its header found by what is in it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from engage.errors import EngageError
from engage.exchange.columns import column_key

#: A list of more people than that is no list of people a writer can know; and it would be slow.
ROW_LIMIT = 50_000
#: As sentences have it.
ROW_LIMIT_SAID = f"{ROW_LIMIT:,}"
#: Preambles are two or three lines long.
HEADER_WITHIN = 12


_ADDRESS = re.compile(r"://|@|\w\.\w{2,}(/|$)")
_BROKEN_OFF = "it breaks off in its last line; download it again."


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
    records = _records(text, whole=True)
    heads = [tuple(map(column_key, record)) for record in records[:HEADER_WITHIN]]
    above = next((n for n, columns in enumerate(heads) if set(needed) <= set(columns)), None)
    if above is None:
        raise EngageError(f"it has no line with the columns {', '.join(needed)}.")
    if len(records) - above - 1 > ROW_LIMIT:
        raise EngageError(
            f"it has more than {ROW_LIMIT_SAID} rows, which is more people than anybody writes to; "
            "split it, or keep the rows of those who matter."
        )
    _whole(text, heads[above], records[above + 1 :])
    rows = (
        Row(number, dict(zip(heads[above], record, strict=False)))
        for number, record in enumerate(records[above + 1 :], 1)
    )
    return Table(heads[above], tuple(row for row in rows if row.cells))


def header_of(text: str) -> frozenset[str]:
    """All that stands in the cells of the first lines, in lower case: enough to tell tables by."""
    try:
        return frozenset(
            column_key(cell) for record in _records(_head(text, HEADER_WITHIN)) for cell in record
        )
    except EngageError:
        return frozenset()


def head_of(name: str, text: str) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """The columns of what is a table, whatever they are called, and its first rows; none of either
    where it is no table.

    A table's first line names as many columns as the lines below have, and holds no address.
    """
    try:
        records = [record for record in _records(_head(text, 20)) if any(record)]
    except EngageError:
        return (), ()
    few = 2 if name.lower().endswith((".csv", ".tsv")) else 3
    if len(records) < 2 or len(records[0]) < few:
        return (), ()
    head = [" ".join(cell.split()) for cell in records[0]]
    alike = all(len(record) == len(head) for record in records[:-1])
    named = all(head) and not any(_ADDRESS.search(cell) or len(cell) > 60 for cell in head)
    if alike and named and len(set(map(column_key, head))) == len(head):
        return head, records[1:]
    return (), ()


def _whole(text: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Refuse a table that breaks off: half an address would be somebody else's."""
    *before, last = [row for row in rows if row] or [[]]
    short = not text.endswith("\n") and len(last) < len(head)
    if before and short and all(len(row) == len(head) for row in before):
        raise EngageError(_BROKEN_OFF)


def _records(text: str, *, whole: bool = False) -> Sequence[Sequence[str]]:
    """The cells of each line. ``whole``: the text is all of a file, so a quotation mark that is
    never closed says that the file breaks off."""
    separator = _separator(text)

    def read(*, strict: bool) -> list[list[str]]:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict))

    try:
        return read(strict=whole)
    except csv.Error as cause:
        if "unexpected end of data" in str(cause):
            raise EngageError(_BROKEN_OFF) from cause
    try:
        return read(strict=False)
    except csv.Error as cause:
        raise EngageError("it is no table that engage can read; export it again as CSV.") from cause


def _head(text: str, lines: int) -> str:
    return "\n".join(text[:20_000].split("\n")[:lines])


def _separator(text: str) -> str:
    """The one of comma, semicolon and tab that stands in most of the first lines' text."""
    head = re.sub(r'"[^"]*"', "", _head(text, HEADER_WITHIN))
    return max(",;\t", key=lambda separator: (head.count(separator), separator == ","))

"""The weekly review as rows: a title for each section, and what there is to look at below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from engage.services.weekly_review import Point, Section
from engage.tui.widgets.row_list import Row
from engage.tui.widgets.said import emphasised

#: The widest column of names, in cells.
_WIDEST = 24


@dataclass(frozen=True, slots=True)
class Line:
    """Words that the cursor passes over."""

    text: str
    title: bool = False


def review_rows(sections: Iterable[Section]) -> list[Row]:
    """Rows for sections; who can be looked at can be chosen."""
    rows: list[Row] = []
    for section in sections:
        if rows:
            rows.append(Row(f"before {section.title}", Line(""), choosable=False))
        title = Line(section.title, title=True)
        rows.append(Row(f"section {section.title}", title, choosable=False, section=True))
        rows += [Row(point.key, point, choosable=bool(point.person)) for point in section.points]
        if not section.points:
            rows.append(Row(f"none {section.title}", Line(section.none), choosable=False))
        elif section.more:
            more = Line(f"and {section.more:,} more")
            rows.append(Row(f"more {section.title}", more, choosable=False))
    return rows


def name_width(rows: Sequence[Row]) -> int:
    """The cells for names beside sentences."""
    names = (row.item.name for row in rows if isinstance(row.item, Point) and row.item.person)
    return min(max(map(cell_len, names), default=0), _WIDEST)


def review_row(row: Row, width: int, names: int) -> Content:
    """One line."""
    item: Point | Line = row.item
    if isinstance(item, Line):
        style = ".row--strong" if item.title else ".row--muted"
        return Content.styled(f" {'' if item.title else '  '}{item.text}", style).truncate(
            width, ellipsis=True
        )
    sentence = emphasised(item.sentence).stylize(".row--muted")
    if not item.person:
        gap = "  " if item.name else ""
        return Content.assemble("   ", item.name, gap, sentence).truncate(width, ellipsis=True)
    name = Content(item.name).truncate(names, ellipsis=True)
    name = name.pad_right(max(0, names - name.cell_length))
    return Content.assemble("   ", name, "  ", sentence).truncate(width, ellipsis=True)

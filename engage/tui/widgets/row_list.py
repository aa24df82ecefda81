"""A list of one-line rows of which only those in sight are ever rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, ClassVar

from textual import events
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``key`` names it for good; the cursor passes over rows that are not ``choosable``.
    ``section``: a section begins with it."""

    key: str
    item: Any
    choosable: bool = True
    section: bool = False


#: A row's line, given the width in cells and whether the cursor is on it.
RenderRow = Callable[[Row, int, bool], Content]


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows with a cursor. What keys do is the screen's: it calls the ``action_`` methods."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row--cursor",
        "row--strong",
        "row--muted",
        "row--faint",
        "row--accent",
        "row--owed",
    }

    DEFAULT_CSS = """
    RowList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        text-wrap: nowrap;
        text-overflow: clip;
        & > .row--cursor { background: $engage-cursor-away; }
        &:focus > .row--cursor { background: $engage-cursor; }
        & > .row--strong { text-style: bold; }
        & > .row--muted { color: $text-muted; }
        & > .row--faint { color: $text-disabled; }
        & > .row--accent { color: $accent; }
        & > .row--owed { color: $warning; }
    }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor came to a row."""

        row_list: RowList
        key: str

        @property
        def control(self) -> RowList:
            return self.row_list

    @dataclass
    class Chosen(Message):
        """A row was clicked twice."""

        row_list: RowList
        key: str

        @property
        def control(self) -> RowList:
            return self.row_list

    def __init__(
        self, render_row: RenderRow, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._render_row = render_row
        self._rows: Sequence[Row] = ()
        self._index: dict[str, int] = {}
        self._cursor = 0
        self._strips: LRUCache[tuple[str, int, bool, bool], Strip] = LRUCache(500)

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    @property
    def cursor(self) -> Row | None:
        """The row under the cursor; None where no row can be chosen."""
        row = self._rows[self._cursor] if self._cursor < len(self._rows) else None
        return row if row is not None and row.choosable else None

    @property
    def width(self) -> int:
        """The cells a row has."""
        return self.scrollable_content_region.width

    @property
    def page(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def set_rows(
        self, rows: Sequence[Row], *, cursor: str | None = None, same_look: bool = False
    ) -> None:
        """Replace the rows. The cursor goes to the row of that key; else it stays on its row, or
        takes the one that comes to stand in its place. ``same_look``: an equal row is drawn as
        before, so that only what changed is drawn anew."""
        before = self.cursor
        wanted = cursor or (before.key if before else None)
        drawn, places = self._rows, self._index
        self._rows = rows
        self._index = {row.key: at for at, row in enumerate(rows)}
        if same_look:
            self._forget_changed(drawn, places)
        else:
            self._strips.clear()
        self.virtual_size = Size(self.width, len(rows))
        at = self._index.get(wanted) if wanted is not None else None
        self._cursor = self._nearest(self._cursor if at is None else at)
        self.refresh()
        self._show_cursor()
        after = self.cursor
        if after is not None and (before is None or after.key != before.key or after != before):
            self.post_message(self.Highlighted(self, after.key))

    def _forget_changed(self, drawn: Sequence[Row], places: Mapping[str, int]) -> None:
        for known in list(self._strips.keys()):
            was, now = places.get(known[0]), self._index.get(known[0])
            if was is None or now is None or drawn[was] != self._rows[now]:
                self._strips.discard(known)

    def go(self, key: str) -> None:
        """Put the cursor on a row."""
        if (at := self._index.get(key)) is not None:
            self._move_to(at)

    def action_row_next(self) -> None:
        self._step(1)

    def action_row_previous(self) -> None:
        self._step(-1)

    def action_row_first(self) -> None:
        self._move_to(self._nearest(0))

    def action_row_last(self) -> None:
        self._move_to(self._nearest(len(self._rows) - 1))

    def action_page_next(self) -> None:
        self._move_to(self._nearest(min(self._cursor + self.page - 1, len(self._rows) - 1)))

    def action_page_previous(self) -> None:
        self._move_to(self._nearest(max(self._cursor - self.page + 1, 0)))

    def action_section_next(self) -> None:
        self._to_section(range(self._cursor + 1, len(self._rows)))

    def action_section_previous(self) -> None:
        begun = self._section_start(self._cursor)
        self._to_section(range(begun - 1, -1, -1))

    def on_click(self, event: events.Click) -> None:
        at = event.y + self.scroll_offset.y
        if at >= len(self._rows) or not self._rows[at].choosable:
            return
        self._move_to(at)
        if event.chain == 2:
            self.post_message(self.Chosen(self, self._rows[at].key))

    def on_resize(self, _event: events.Resize) -> None:
        self._strips.clear()
        self.virtual_size = Size(self.width, len(self._rows))
        self.refresh()
        self._show_cursor()

    def notify_style_update(self) -> None:
        self._strips.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        at, width = y + self.scroll_offset.y, self.width
        if at >= len(self._rows):
            return Strip.blank(width, self.visual_style.rich_style)
        row, current = self._rows[at], at == self._cursor and self._rows[at].choosable
        known = (row.key, width, current, self.has_focus)
        if (strip := self._strips.get(known)) is None:
            style = self.get_visual_style("row--cursor") if current else self.visual_style
            content = self._render_row(row, width, current)
            strips = Visual.to_strips(self, content, width, 1, style) or [Strip([])]
            strip = strips[0].adjust_cell_length(width, style.rich_style)
            self._strips[known] = strip
        return strip

    def _step(self, by: int) -> None:
        at = self._cursor + by
        while 0 <= at < len(self._rows):
            if self._rows[at].choosable:
                self._move_to(at)
                return
            at += by

    def _move_to(self, at: int) -> None:
        if at == self._cursor or not 0 <= at < len(self._rows):
            self._show_cursor()
            return
        self.refresh_line(self._cursor)
        self._cursor = at
        self.refresh_line(at)
        self._show_cursor()
        self.post_message(self.Highlighted(self, self._rows[at].key))

    def _nearest(self, at: int) -> int:
        """The choosable row nearest to a place, by preference after it."""
        at = max(0, min(at, len(self._rows) - 1))
        for candidate in chain(range(at, len(self._rows)), range(at - 1, -1, -1)):
            if self._rows[candidate].choosable:
                return candidate
        return at

    def _section_start(self, at: int) -> int:
        while at > 0 and not self._rows[at].section:
            at -= 1
        return at

    def _to_section(self, places: range) -> None:
        for at in places:
            if self._rows[at].section:
                self._move_to(self._nearest(at))
                return

    def _show_cursor(self) -> None:
        """Scroll to the cursor; where only a heading is above it, to that as well."""
        if not self._rows:
            return
        top = self._cursor
        while top > 0 and not self._rows[top - 1].choosable and self._cursor - top < 2:
            top -= 1
        bottom = self._cursor
        while bottom + 1 < len(self._rows) and not self._rows[bottom + 1].choosable:
            bottom += 1
            if bottom - self._cursor == 2:
                break
        height = min(bottom - top + 1, self.page)
        region = Region(0, top, self.width, max(1, height))
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

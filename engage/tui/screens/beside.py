"""A list, and beside or below it the text of the row under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from engage.domain.days import local_day
from engage.tui.screens.desk_screen import DeskScreen
from engage.tui.widgets.row_list import Row, RowList
from engage.tui.widgets.status_line import StatusLine
from engage.tui.widgets.text_lines import TextLines, Wraps


class Beside(DeskScreen):
    """What the pages with a list and a text have in common."""

    CSS_PATH = "beside.tcss"

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield Static(id="empty")
        with Horizontal(id="panes"):
            yield RowList(lambda row, width, _: self.row_line(row, width), id="rows")
            yield TextLines(id="text")
        yield from self.below()

    def below(self) -> Iterable[Widget]:
        """What stands below the two."""
        return ()

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.reload_soon()

    def reload_soon(self) -> None:
        """`reload`, from where nothing can be awaited."""
        self._load()

    @work(group="load", exclusive=True)
    async def _load(self) -> None:
        await self.reload()

    async def ledger_changed(self) -> None:
        await self.reload()

    async def reload(self) -> None:
        """Show things as they are now."""
        raise NotImplementedError

    def row_line(self, row: Row, width: int) -> Content:
        """The line of a row."""
        raise NotImplementedError

    def text_lines(self) -> Sequence[Wraps]:
        """The text about the row under the cursor."""
        raise NotImplementedError

    @property
    def today(self) -> date:
        return local_day(self.app.desk.clock.now())

    @property
    def chosen(self) -> Any:
        """What the row under the cursor is about; None where there is none."""
        row = self.query_one(RowList).cursor
        return row.item if row is not None else None

    def show_rows(self, rows: Sequence[Row], none: str, cursor: str | None = None) -> None:
        """Show these rows; where there are none, the sentence ``none``."""
        self.query_one(RowList).set_rows(rows, cursor=cursor)
        self.query_one("#empty").display = not rows
        self.query_one("#panes").display = bool(rows)
        self.query_one("#empty", Static).update(Content(none))
        self.show_text()
        self.show_keys()

    def show_text(self) -> None:
        """Show the text of the row from its beginning."""
        self.query_one(TextLines).show(self.text_lines() if self.chosen is not None else ())

    def on_row_list_highlighted(self) -> None:
        self.show_text()
        self.show_keys()

    def action_text_on(self) -> None:
        """A page on in the text."""
        self.query_one(TextLines).action_text_on()

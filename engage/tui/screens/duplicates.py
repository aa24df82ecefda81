"""People who may be one: the writer alone says so."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from engage.domain.derived import Standing
from engage.domain.merging import Likely
from engage.domain.records import Person
from engage.services.desk import Desk
from engage.services.merging import duplicates, merge_people
from engage.tui.screens.about_somebody import AboutSomebody
from engage.tui.screens.person import PersonScreen
from engage.tui.widgets.row_list import Row, RowList
from engage.tui.widgets.status_line import StatusLine


class DuplicatesScreen(AboutSomebody):
    """A row for each pair, with what speaks for it. The one who was known first stays."""

    CSS_PATH = "pages.tcss"
    PLACES: ClassVar[tuple[str, ...]] = ("duplicates", "list", "everywhere")

    def __init__(self) -> None:
        super().__init__()
        self._standings: dict[str, Standing] = {}

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield Static(Content("Nobody seems to be here twice."), id="empty")
        yield RowList(lambda row, width, _: pair_row(row.item, width), id="pairs")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.load()

    def on_screen_resume(self) -> None:
        self.load()

    @property
    def pair(self) -> Likely | None:
        """The pair under the cursor."""
        row = self.query_one(RowList).cursor
        return row.item if row is not None else None

    @property
    def subject(self) -> tuple[Person, Standing] | None:
        one = self.pair.one if self.pair is not None else None
        return (one, self._standings[one.id]) if one is not None else None

    async def reload(self) -> None:
        pairs, self._standings = await self.app.desk(_look)
        rows = [Row(f"{pair.one.id} {pair.other.id}", pair) for pair in pairs]
        self.query_one(RowList).set_rows(rows)
        self.query_one("#empty").display = not rows
        title = Content.styled("One person, or two?", "bold")
        count = f"{len(rows):,} {'pair' if len(rows) == 1 else 'pairs'}"
        self.query_one(StatusLine).show(title, [(count,)])

    def on_row_list_chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """The page of the one; it points at the other."""
        if self.pair is not None:
            self.app.push_screen(PersonScreen(self.pair.one.id))

    async def action_merge_people(self) -> None:
        """They are one."""
        if self.pair is not None:
            await self.attempt(merge_people, self.pair.one.id, self.pair.other.id)


def pair_row(pair: Likely, width: int) -> Content:
    """``Mara Quill · Mara Q.   both call themselves mara``: the reason yields first."""
    return Content.assemble(
        f" {pair.one.name} · {pair.other.name}   ", (pair.why, ".row--muted")
    ).truncate(width, ellipsis=True)


def _look(desk: Desk) -> tuple[tuple[Likely, ...], dict[str, Standing]]:
    return duplicates(desk), dict(desk.standings())

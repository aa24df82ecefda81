"""Everybody the writer knows."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from engage.domain.derived import Standing
from engage.domain.records import Person
from engage.errors import EngageError
from engage.services.people import people
from engage.tui.screens.about_somebody import AboutSomebody
from engage.tui.screens.person import PersonScreen
from engage.tui.screens.prompts import FilterPrompt
from engage.tui.widgets.people_rows import SORTS, people_rows, person_row
from engage.tui.widgets.row_list import Row, RowList
from engage.tui.widgets.status_line import StatusLine


class PeopleScreen(AboutSomebody):
    """A row for each person. Keys are about the person under the cursor."""

    CSS_PATH = "pages.tcss"
    PLACES: ClassVar[tuple[str, ...]] = ("people", "list", "everywhere")

    def __init__(self) -> None:
        super().__init__()
        self._query = ""
        self._sort = SORTS[0]
        self._found: tuple[tuple[Person, Standing], ...] = ()

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield Static(id="empty")
        yield RowList(lambda row, width, _: person_row(row, width, self.today), id="people")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.load()

    def on_screen_resume(self) -> None:
        self.load()

    @property
    def subject(self) -> tuple[Person, Standing] | None:
        row = self.query_one(RowList).cursor
        return row.item if row is not None else None

    async def reload(self) -> None:
        try:
            found, snapshot = await self.app.desk(people, self._query)
        except EngageError as refusal:
            self._say(str(refusal))
            return
        self._found = tuple((person, snapshot.standings[person.id]) for person in found)
        self._draw()

    def on_row_list_chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        if self.subject is not None:
            self.app.push_screen(PersonScreen(self.subject[0].id))

    def action_conversation(self) -> None:
        from engage.tui.screens.conversation import ConversationScreen

        if self.subject is not None:
            self.app.push_screen(ConversationScreen(self.subject[0].id))

    def action_filter(self) -> None:
        self.app.push_screen(FilterPrompt(self._query, self._filter))

    def action_sort(self) -> None:
        self._sort = SORTS[(SORTS.index(self._sort) + 1) % len(SORTS)]
        self._draw()

    def action_sort_people(self) -> None:
        from engage.tui.screens.sorting import SortingScreen

        self.app.push_screen(SortingScreen())

    def action_seek(self) -> None:
        """Of everybody who is shown."""
        names = [person.id for person, _ in self._found] if self._query else []
        self.app.seeking.toggle(names)

    def action_duplicates(self) -> None:
        from engage.tui.screens.duplicates import DuplicatesScreen

        self.app.push_screen(DuplicatesScreen())

    def action_back(self) -> None:
        if self._query:
            self._filter("")
        else:
            self.dismiss()

    def _filter(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self.load()

    def _draw(self) -> None:
        rows: list[Row] = people_rows(self._found, self._sort)
        self.query_one(RowList).set_rows(rows)
        none = (
            "Nobody matches; Esc clears the filter."
            if self._query
            else f"Nobody yet. {self.app.keymap.shown('add')} adds people by their addresses, "
            f"{self.app.keymap.shown('bring')} brings whole lists along."
        )
        self._say("" if rows else none)

    def _say(self, sentence: str) -> None:
        self.query_one("#empty", Static).update(Content(sentence))
        self.query_one("#empty").display = bool(sentence)
        self.show_status()

    def show_status(self) -> None:
        how = f"/{self._query} · {self._sort}" if self._query else self._sort
        title = Content.styled(f"People {len(self._found):,}", "bold")
        self.query_one(StatusLine).show(title, [(how,)], self.app.seeking.words)

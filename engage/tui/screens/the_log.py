"""What happened with one person, touch by touch, to put right what is not so."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from engage.domain.changes import Change
from engage.domain.derived import Standing
from engage.domain.records import Person
from engage.errors import EngageError
from engage.services.amend import amend, strike
from engage.services.desk import Desk
from engage.services.outcomes import PersonPage
from engage.services.people import person_page
from engage.tui.screens.about_somebody import AboutSomebody
from engage.tui.screens.person_prompts import Corrected, correct_prompt
from engage.tui.widgets.row_list import Row, RowList
from engage.tui.widgets.status_line import StatusLine
from engage.tui.widgets.timeline_lines import touch_row


class LogScreen(AboutSomebody):
    """A row for each touch. Everything that is derived from it follows a correction."""

    CSS_PATH = "pages.tcss"
    PLACES: ClassVar[tuple[str, ...]] = ("log", "list", "everywhere")

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self._person_id = person_id
        self._page: PersonPage | None = None

    @property
    def subject(self) -> tuple[Person, Standing] | None:
        return (self._page.person, self._page.standing) if self._page is not None else None

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield Static(Content("Nothing yet."), id="empty")
        yield RowList(lambda row, width, _: touch_row(row.item, width, self.today), id="touches")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.load()

    async def reload(self) -> None:
        try:
            self._page = await self.app.desk(person_page, self._person_id)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        events = [event for event in self._page.timeline if event.what == "touch"]
        self.query_one(RowList).set_rows([Row(event.id, event) for event in events])
        self.query_one("#empty").display = not events
        title = Content.styled(f"What happened with {self._page.person.name}", "bold")
        self.query_one(StatusLine).show(title, [(self._page.standing.stage,)])

    def on_row_list_chosen(self) -> None:
        self.action_correct()

    def action_correct(self) -> None:
        """Say what the touch under the cursor was, when, and a note."""
        row = self.query_one(RowList).cursor
        if row is None or self._page is None:
            return
        touch = next(each for each in self._page.touches if each.id == row.key)

        async def take(right: Corrected) -> None:
            def put_right(desk: Desk) -> Change | None:
                return amend(
                    desk,
                    touch.id,
                    at=right.at,
                    kind=right.kind,
                    direction=right.direction,
                    note=right.note,
                )

            await self.change(put_right)

        self.app.push_screen(correct_prompt(touch, self.app.desk.clock.now(), take))

    async def action_strike(self) -> None:
        """The touch under the cursor did not happen."""
        row = self.query_one(RowList).cursor
        if row is not None:
            await self.attempt(strike, row.key)

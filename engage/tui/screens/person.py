"""Everything about one person."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from engage.domain.records import Person, Standing
from engage.errors import EngageError
from engage.services.outcomes import PersonPage
from engage.services.people import person_page
from engage.tui.screens.about_somebody import AboutSomebody
from engage.tui.widgets.person_lines import page_lines
from engage.tui.widgets.text_lines import TextLines


class PersonScreen(AboutSomebody):
    """How the two stand, what happened, what they write; and what the writer says of them."""

    PLACES: ClassVar[tuple[str, ...]] = ("person", "text", "everywhere")

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self._person_id = person_id
        self._page: PersonPage | None = None
        self._why = False

    @property
    def subject(self) -> tuple[Person, Standing] | None:
        return (self._page.person, self._page.standing) if self._page is not None else None

    def compose(self) -> ComposeResult:
        yield TextLines(id="page")

    async def on_mount(self) -> None:
        self.query_one(TextLines).focus()
        self.run_worker(self.reload(), group="load")

    async def reload(self) -> None:
        try:
            self._page = await self.app.desk(person_page, self._person_id)
        except EngageError as refusal:
            self.notify(str(refusal), markup=False, severity="warning")
            return
        self._draw()

    def action_why(self) -> None:
        self._why = not self._why
        self._draw()

    def _draw(self) -> None:
        if self._page is not None:
            lines = page_lines(self._page, self.today, why=self._why)
            self.query_one(TextLines).update(lines)

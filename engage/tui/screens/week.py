"""The writer's week: what they control, in figures and in their own words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from engage.domain.days import week_of
from engage.errors import EngageError
from engage.services.desk import Desk
from engage.services.notes import write_notes
from engage.services.review import say
from engage.tui.screens.about_somebody import AboutSomebody
from engage.tui.widgets.status_line import StatusLine
from engage.tui.widgets.text_lines import TextLines
from engage.tui.widgets.week_lines import WeekView, look_at_week, title_of, week_lines


class OwnWords(Input):
    """The line about the week; Esc goes back to the page, and what was typed stays."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "screen.leave_line", show=False)]


class WeekScreen(AboutSomebody):
    """One week; ``name`` is its ISO form, None for the week that is going on."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["pages.tcss", "week.tcss"]
    PLACES: ClassVar[tuple[str, ...]] = ("week", "text", "everywhere")

    def __init__(self, name: str | None = None) -> None:
        super().__init__()
        self._wanted = name
        self._view: WeekView | None = None
        self._unsaved: dict[str, str] = {}

    @property
    def subject(self) -> None:
        """Nobody: what is logged here may be about anybody."""
        return None

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield TextLines(id="page")
        with Horizontal(id="own-words"):
            yield Static(Content("In your own words: "))
            yield OwnWords(compact=True, id="line")

    def on_mount(self) -> None:
        self.query_one(TextLines).focus()
        self.load()

    async def reload(self) -> None:
        view = await self.app.desk(look_at_week, self._wanted)
        entry = self.query_one("#line", Input)
        another = self._view is None or self._view.week.week != view.week.week
        self._view = view
        title = Content.styled(title_of(view.week), "bold")
        going_on = view.week.start <= view.today <= view.week.end
        self.query_one(StatusLine).show(title, [("this week",)] if going_on else [])
        self.query_one(TextLines).update(week_lines(view))
        if another:
            entry.value = self._unsaved.get(view.week.week, view.week.line)

    def action_week_before(self) -> None:
        self._turn(-7)

    def action_week_after(self) -> None:
        self._turn(7)

    def action_say(self) -> None:
        self.query_one("#line", Input).focus()

    def action_leave_line(self) -> None:
        self.query_one(TextLines).focus()

    async def action_notes(self) -> None:
        """Write the weekly notes, and say where they are."""
        if self._view is None:
            return
        try:
            path = await self.app.desk(_write_notes, self._view.week.week)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
        else:
            self.app.say(f"The notes are in {path}")

    @on(Input.Changed, "#line")
    def _typed(self, event: Input.Changed) -> None:
        if self._view is None:
            return
        if event.value == self._view.week.line:
            self._unsaved.pop(self._view.week.week, None)
        else:
            self._unsaved[self._view.week.week] = event.value

    @on(Input.Submitted, "#line")
    async def _save(self, event: Input.Submitted) -> None:
        if self._view is None:
            return
        week = self._view.week.week
        try:
            await self.change(say, week, event.value)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        self._unsaved.pop(week, None)
        self.query_one(TextLines).focus()

    def _turn(self, days: int) -> None:
        if self._view is None:
            return
        day = self._view.week.start + timedelta(days=days)
        if day > self._view.today:
            self.app.say("The next week has not come yet.")
            return
        self._wanted = week_of(day)
        self.load()


def _write_notes(desk: Desk, week: str) -> str:
    folder = desk.paths.data / "notes"
    folder.mkdir(parents=True, exist_ok=True)
    return str(write_notes(desk, folder, week))

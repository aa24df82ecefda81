"""The writer's week: what they control, in figures and in their own words."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from engage.domain.days import week_of
from engage.errors import EngageError
from engage.services.review import say
from engage.tui.screens.about_somebody import AboutSomebody
from engage.tui.weekly_notes import write_them
from engage.tui.widgets.own_words import OwnWords
from engage.tui.widgets.status_line import StatusLine
from engage.tui.widgets.text_lines import TextLines
from engage.tui.widgets.week_lines import WeekView, look_at_week, title_of, week_lines


class WeekScreen(AboutSomebody):
    """One week; ``name`` is its ISO form, None for the week that is going on."""

    CSS_PATH = "pages.tcss"
    PLACES: ClassVar[tuple[str, ...]] = ("week", "text", "everywhere")

    def __init__(self, name: str | None = None) -> None:
        super().__init__()
        self._wanted = name
        self._view: WeekView | None = None

    @property
    def subject(self) -> None:
        """Nobody: what is logged here may be about anybody."""
        return None

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield TextLines(id="page")
        yield OwnWords()

    def on_mount(self) -> None:
        self.query_one(TextLines).focus()
        self.load()

    async def reload(self) -> None:
        view = await self.app.desk(look_at_week, self._wanted)
        self._view = view
        title = Content.styled(title_of(view.week), "bold")
        going_on = view.week.start <= view.today <= view.week.end
        self.query_one(StatusLine).show(title, [("this week",)] if going_on else [])
        self.query_one(TextLines).update(week_lines(view))
        self.query_one(OwnWords).show(view.week.week, view.week.line)

    def action_week_before(self) -> None:
        self._turn(-7)

    def action_week_after(self) -> None:
        self._turn(7)

    def action_say(self) -> None:
        self.query_one(OwnWords).write()

    def action_leave_line(self) -> None:
        self.query_one(TextLines).focus()

    async def action_notes(self) -> None:
        if self._view is not None:
            await write_them(self.app, self._view.week.week)

    async def on_own_words_said(self, message: OwnWords.Said) -> None:
        try:
            await self.change(say, message.week, message.text)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        self.query_one(OwnWords).said(message.week)
        self.query_one(TextLines).focus()

    def action_review(self) -> None:
        """Go through the week, one step after the other."""
        from engage.tui.screens.review import ReviewScreen

        if self._view is not None:
            self.app.push_screen(ReviewScreen(self._view.week.week))

    def on_screen_resume(self) -> None:
        if self._view is not None:
            self.load()

    def _turn(self, days: int) -> None:
        if self._view is None:
            return
        day = self._view.week.start + timedelta(days=days)
        if day > self._view.today:
            self.app.say("The next week has not come yet.")
            return
        self._wanted = week_of(day)
        self.load()

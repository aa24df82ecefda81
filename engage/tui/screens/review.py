"""The weekly review as a pass of about ten minutes, one screen at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from engage.domain.changes import Change
from engage.domain.derived import Standing
from engage.domain.records import Outcome, Person
from engage.errors import EngageError
from engage.services.desk import Desk
from engage.services.review import say
from engage.services.triage import decide
from engage.services.weekly_review import Point, Review, Section, look_back
from engage.tui.actions import Action
from engage.tui.screens.about_somebody import AboutSomebody
from engage.tui.screens.person import PersonScreen
from engage.tui.screens.prompts import snooze_prompt
from engage.tui.weekly_notes import write_them
from engage.tui.widgets.own_words import OwnWords
from engage.tui.widgets.review_rows import name_width, review_row, review_rows
from engage.tui.widgets.row_list import Row, RowList
from engage.tui.widgets.said import emphasised
from engage.tui.widgets.status_line import StatusLine

#: The steps, and what each asks for.
STEPS = (
    (
        "Get clear",
        "Answer what you owe, or give it a day; look at who is new; finish your drafts.",
    ),
    (
        "Get current",
        "What you wrote, what came back, who is next. Waiting asks nothing of you.",
    ),
    ("Get creative", "One person, one thing to write, one cadence that you would rather keep."),
    ("In your own words", "What moved you this week? One line, and then the notes."),
)
_DECIDING = ("done", "snooze", "drop")


class ReviewScreen(AboutSomebody):
    """One week. What is decided on the way leaves the page; each change can be taken back."""

    CSS_PATH = "pages.tcss"
    PLACES: ClassVar[tuple[str, ...]] = ("review", "list", "everywhere")

    def __init__(self, week: str | None = None) -> None:
        super().__init__()
        self._week = week
        self._step = 0
        self._names = 0
        self._review: Review | None = None
        self._people: dict[str, tuple[Person, Standing]] = {}

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield Static(id="asked")
        yield RowList(self._render_row, id="points")
        yield Static(id="why")
        yield OwnWords()

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.load()

    def on_screen_resume(self) -> None:
        if self._review is not None:
            self.load()

    @property
    def point(self) -> Point | None:
        """What the cursor is on."""
        row = self.query_one(RowList).cursor
        return row.item if row is not None else None

    @property
    def subject(self) -> tuple[Person, Standing] | None:
        return self._people.get(self.point.person) if self.point is not None else None

    def available(self, action: Action) -> bool:
        if action.id in _DECIDING:
            return self.point is not None and bool(self.point.task)
        return super().available(action)

    async def reload(self) -> None:
        self._review, self._people = await self.app.desk(_look, self._week)
        self._draw()

    # The steps.

    def action_step_on(self) -> None:
        self._go(self._step + 1)

    def action_step_back(self) -> None:
        self._go(self._step - 1)

    def _go(self, step: int) -> None:
        if not 0 <= step < len(STEPS):
            self.app.say("That was all of it. Esc goes back." if step > 0 else "This is the first.")
            return
        self._step = step
        self._draw()
        if step == len(STEPS) - 1:
            self.query_one(OwnWords).write()
        else:
            self.query_one(RowList).focus()
            self.query_one(RowList).action_row_first()

    # What is done on the way.

    def action_open(self) -> None:
        """Everything about who is under the cursor; at the end, the line."""
        if self._step == len(STEPS) - 1:
            self.query_one(OwnWords).write()
        elif self.subject is not None:
            self.app.push_screen(PersonScreen(self.subject[0].id))

    def on_row_list_chosen(self) -> None:
        self.action_open()

    async def action_done(self) -> None:
        await self._decide("done")

    async def action_drop(self) -> None:
        await self._decide("drop")

    def action_snooze(self) -> None:
        async def take(until: date) -> None:
            await self._decide("snooze", until)

        if self.point is not None and self.point.task:
            self.app.push_screen(snooze_prompt(self.app.desk.clock.now(), take))

    async def _decide(self, outcome: Outcome, until: date | None = None) -> None:
        task = self.point.task if self.point is not None else ""

        def decided(desk: Desk) -> Change | None:
            return decide(desk, [task], outcome, until=until).change

        if task:
            await self.attempt(decided)

    async def action_notes(self) -> None:
        if self._review is not None:
            await write_them(self.app, self._review.week.week)

    # The line.

    def action_leave_line(self) -> None:
        self.query_one(RowList).focus()

    async def on_own_words_said(self, message: OwnWords.Said) -> None:
        try:
            await self.change(say, message.week, message.text)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        self.query_one(OwnWords).said(message.week)
        self.query_one(RowList).focus()

    # Drawing.

    def on_row_list_highlighted(self) -> None:
        self._show_why()
        self.show_keys()

    def _draw(self) -> None:
        if self._review is None:
            return
        name, asked = STEPS[self._step]
        week = int(self._review.week.week[-2:])
        title = Content.styled(f"Review of week {week} · {name.lower()}", "bold")
        self.query_one(StatusLine).show(title, [(f"{self._step + 1} of {len(STEPS)}",)])
        self.query_one("#asked", Static).update(Content(asked))
        rows = review_rows(self._sections(self._review))
        self._names = name_width(rows)
        self.query_one(RowList).set_rows(rows)
        line = self.query_one(OwnWords)
        line.show(self._review.week.week, self._review.week.line)
        last = self._step == len(STEPS) - 1
        line.display, self.query_one("#why").display = last, not last
        self._show_why()
        self.show_keys()

    def _sections(self, found: Review) -> Sequence[Section]:
        last = Section("Then the notes", (), f"{self.app.keymap.shown('notes')} writes them.")
        return (found.clear, found.current, found.creative, (last,))[self._step]

    def _show_why(self) -> None:
        """The whole sentence of the row under the cursor."""
        sentence = emphasised(self.point.sentence) if self.point is not None else Content("")
        self.query_one("#why", Static).update(sentence)

    def _render_row(self, row: Row, width: int, _current: bool) -> Content:
        return review_row(row, width, self._names)


def _look(desk: Desk, week: str | None) -> tuple[Review, dict[str, tuple[Person, Standing]]]:
    found, standings, people = look_back(desk, week), desk.standings(), desk.world().people
    meant = {
        point.person
        for section in (*found.clear, *found.current, *found.creative)
        for point in section.points
        if point.person in people
    }
    return found, {id: (people[id], standings[id]) for id in meant}

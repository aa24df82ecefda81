"""The inbox: what is worth doing today, and what each of it is about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from engage.domain.days import local_day
from engage.domain.derived import Task
from engage.errors import EngageError
from engage.tui import calls
from engage.tui.actions import Action
from engage.tui.inbox_layout import LATER, Heading, items_of
from engage.tui.inbox_state import InboxState
from engage.tui.inbox_words import inbox_status, nothing_here, reading_status
from engage.tui.screens.deciding import Deciding
from engage.tui.widgets.about_pane import AboutPane
from engage.tui.widgets.footer import KeyBar
from engage.tui.widgets.inbox_rows import name_column, render, rows_of
from engage.tui.widgets.row_list import Row, RowList
from engage.tui.widgets.said import emphasised
from engage.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from engage.services.outcomes import Inbox

#: Widths in cells, and the class of a screen from each.
BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
#: Seconds the cursor rests on a row before the pane beside the list shows it.
REST = 0.15
#: Seconds between the last key of a filter and its answer.
PAUSE = 0.05


class InboxScreen(Deciding):
    """The list, and beside or instead of it the pane to read in."""

    PLACES: ClassVar[tuple[str, ...]] = ("inbox", "list", "everywhere")
    READING: ClassVar[tuple[str, ...]] = ("reading", "text", "everywhere")

    def __init__(self) -> None:
        super().__init__()
        self._name_width = 16
        self._resting: Timer | None = None
        self._filtering: Timer | None = None
        self._was_away = False
        self._why = ""

    def compose(self) -> ComposeResult:
        # Before the first frame, which would otherwise be laid out a second time.
        reached = (name for least, name in BREAKPOINTS if self.app.size.width >= least)
        self.add_class(*list(reached)[-1:])
        yield StatusLine(id="status")
        with Horizontal(id="panes"):
            yield RowList(self._render_row, id="rows")
            yield AboutPane(id="about")
        yield Static(id="empty")
        yield Static(id="why")
        yield KeyBar()

    def on_mount(self) -> None:
        self.rows.focus()
        self.show_status()
        # On the desk's thread while the first frame is drawn.
        self.call_later(self.load)

    @property
    def rows(self) -> RowList:
        return self.query_one("#rows", RowList)

    @property
    def pane(self) -> AboutPane:
        return self.query_one("#about", AboutPane)

    @property
    def today(self) -> date:
        return local_day(self.app.desk.clock.now())

    @property
    def places(self) -> tuple[str, ...]:
        return self.READING if self.reading is not None else self.PLACES

    # Loading and laying out.

    @work(group="load", exclusive=True)
    async def load(self) -> None:
        """`reload`, behind what the writer does."""
        await self.reload()

    async def reload(self) -> None:
        """The inbox as it is now; what was decided leaves it."""
        query = self.state.query if self.state else ""
        try:
            inbox = await self.app.desk(calls.inbox, query)
        except EngageError as error:
            self.app.say(str(error), warning=True)
            return
        self._take(inbox)

    def _take(self, inbox: Inbox) -> None:
        if self.state is None:
            self.state = InboxState(inbox, self.app.desk.settings.minutes_per_day)
            self.call_after_refresh(self._bring_texts)  # the rows first
        else:
            self.state.show(inbox)
            if self.reading is not None and self.state.task(self.reading.task.id) is None:
                self.close_reading()  # it was decided on the page from which the writer comes
        self.lay_out()

    def _bring_texts(self) -> None:
        if self.pane.is_attached:  # else the app is ending already
            self.pane.mount_texts()

    async def ledger_changed(self) -> None:
        """Rows say what is true of them now; what is new waits until it is asked for."""
        if self.state is None:
            return
        try:
            fresh = await self.app.desk(calls.inbox, self.state.query)
        except EngageError:
            return
        if not self.state.tasks:
            self._take(fresh)
        else:
            self.state.follow(fresh)
            self.lay_out()

    def on_screen_suspend(self) -> None:
        self._was_away = not self.app.screen.is_modal

    def on_screen_resume(self) -> None:
        if self._was_away and self.state is not None:
            self._was_away = False
            self.load()

    def lay_out(self, cursor: str | None = None) -> None:
        """Draw the rows anew; the cursor goes to a row, or stays."""
        if self.state is None:
            return
        items = items_of(self.state, self.current_id)
        before = self._name_width
        self._name_width = name_column(items, self.rows.width or self.size.width)
        same = self._name_width == before
        self.rows.set_rows(rows_of(items), cursor=cursor, same_look=same)
        self.set_class(not items, "-nothing")
        if not items:
            self.query_one("#empty", Static).update(
                Content(nothing_here(self.state, self.app.keymap.shown))
            )
            self.pane.clear()
        self.show_status()
        self.show_why()
        self.show_keys()

    def _render_row(self, row: Row, width: int, current: bool) -> Content:
        shown = self.app.keymap.shown
        keys = (shown("yes"), shown("undo"), shown("later"))
        return render(row, width, current, self._name_width, *keys)

    def on_resize(self, _event: events.Resize) -> None:
        if self.state is not None:
            self.call_after_refresh(self.lay_out)
            self._rest()

    # Saying how things stand.

    def show_status(self) -> None:
        """The line at the top."""
        line = self.query_one("#status", StatusLine)
        if self.reading is not None and self.state is not None:
            line.show(*reading_status(self.state, self.reading.task, self.reading.at))
        else:
            now = self.app.desk.clock.now().astimezone()
            shown = self.app.keymap.shown
            keys = (shown("show-new"), shown("go-questions"))
            line.show(*inbox_status(self.state, now, self.app.freshness, *keys))

    def show_why(self) -> None:
        """The current row's whole reason."""
        task = self.current_task
        why = task.why if task else ""
        if why != self._why:
            self._why = why
            self.query_one("#why", Static).update(emphasised(why), layout=False)

    def available(self, action: Action) -> bool:
        state = self.state
        if action.id == "back":
            away = state is not None and bool(state.selected or state.query)
            return self.reading is not None or away
        if state is None or not state.tasks:
            return action.where == ("everywhere",) or action.id in ("log", "filter")
        match action.id:
            case "undo":
                return bool(state.steps)
            case "yes":
                return bool(state.questions)
            case "yes-at":
                return any(question.answering is not None for question in state.questions)
            case "show-new":
                return bool(state.new_count)
            case "links":
                return bool(self.links)
            case "read-first":
                return self.can_begin
        return super().available(action)

    # Moving.

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        if self.state is not None and len(self.state.questions) > 1:
            self.lay_out(message.key)
        self.show_why()
        self.show_keys()
        self._rest()

    def perform(self, action: Action | str) -> None:
        """The same frame that moves the cursor shows the row's reason."""
        super().perform(action)
        self.show_why()

    def on_row_list_chosen(self) -> None:
        self.action_open()

    def _rest(self) -> None:
        """Show the row in the pane once the cursor rests on it."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._rested)

    def _rested(self) -> None:
        if self.reading is None and self.pane.display and (task := self.current_task) is not None:
            self.show_about(task, self.current_uid or _first_post(task))

    def go_later(self) -> None:
        """To the pile *Reply later*."""
        self.close_reading()
        for at, row in enumerate(self.rows.rows):
            if isinstance(row.item, Heading) and row.item.text == LATER:
                self.rows.go(self.rows.rows[at + 1].key)
                return
        self.app.say("Nothing waits in Reply later.")

    def action_unfold(self) -> None:
        task = self.current_task
        if self.state is not None and task is not None and task.posts:
            self.state.unfolded.add(task.id)
            self.lay_out()

    def action_fold(self) -> None:
        task = self.current_task
        if self.state is not None and task is not None:
            self.state.unfolded.discard(task.id)
            self.lay_out(task.id)

    def action_select(self) -> None:
        task = self.current_task
        if self.state is not None and task is not None and task.id not in self.state.marks:
            self.state.selected ^= {task.id}
            self.lay_out()
            self.rows.action_row_next()

    def action_select_all(self) -> None:
        if self.state is not None:
            open_ones = {task.id for task in self.state.tasks if task.id not in self.state.marks}
            self.state.selected = set() if self.state.selected >= open_ones else open_ones
            self.lay_out()

    def action_why(self) -> None:
        if (task := self.current_task) is not None:
            self.app.say(task.rule or task.why)

    async def action_show_new(self) -> None:
        await self.reload()

    # Filtering.

    def action_filter(self) -> None:
        from engage.tui.screens.prompts import FilterPrompt  # here: inputs are not for first paint

        query = self.state.query if self.state is not None else ""
        self.app.push_screen(FilterPrompt(query, self.filter))

    def filter(self, query: str) -> None:
        """Show only what matches."""
        if self.state is None or query.strip() == self.state.query:
            return
        self.state.query = query.strip()
        if self._filtering is not None:
            self._filtering.stop()
        self._filtering = self.set_timer(PAUSE, self._filter)

    def _filter(self) -> None:
        self.load()

    # Back.

    def action_back(self) -> None:
        """Out of reading; then the selection, the filter, the question are put away."""
        state = self.state
        if self.reading is not None:
            self.close_reading()
        elif state is None:
            return
        elif state.selected:
            state.selected.clear()
            self.lay_out()
        elif state.query:
            self.filter("")
        elif (question := state.question(self.current_id)) is not None:
            state.questions.remove(question)
            self.lay_out()

    def action_quit(self) -> None:
        if self.reading is not None:
            self.close_reading()
        else:
            self.app.exit(0)


def _first_post(task: Task) -> str | None:
    return task.posts[0].uid if task.posts else None

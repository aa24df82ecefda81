"""What the inbox does about its rows: deciding, answering, reading, and taking it back.

Rows change at once; the change is written behind them, and a refusal brings them back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from engage.domain.changes import Change
from engage.domain.records import Outcome, Task
from engage.errors import EngageError
from engage.tui import calls
from engage.tui.about import About, addresses, gather
from engage.tui.inbox_state import InboxState, Mark, PostRow
from engage.tui.outside import may_open, open_page
from engage.tui.screens.desk_screen import DeskScreen
from engage.tui.widgets.about_pane import AboutPane
from engage.tui.widgets.row_list import RowList

Service = Callable[..., Change | None]

if TYPE_CHECKING:
    from engage.tui.widgets.article import Link

_DONE = {"read": "read", "reply": "done", "welcome": "looked at", "reconnect": "done"}


class Reading(NamedTuple):
    """The row that is open, and which of its posts."""

    task: Task
    at: int = 0

    @property
    def uid(self) -> str | None:
        return self.task.posts[self.at].uid if self.task.posts else None


class Deciding(DeskScreen):
    """A screen with rows of tasks and a pane to read in."""

    def __init__(self) -> None:
        super().__init__()
        self.state: InboxState | None = None
        self.reading: Reading | None = None

    @property
    def rows(self) -> RowList:
        raise NotImplementedError

    @property
    def pane(self) -> AboutPane:
        raise NotImplementedError

    @property
    def today(self) -> date:
        raise NotImplementedError

    def lay_out(self, cursor: str | None = None) -> None:
        raise NotImplementedError

    def show_status(self) -> None:
        raise NotImplementedError

    async def reload(self) -> None:
        raise NotImplementedError

    @property
    def current_task(self) -> Task | None:
        """The task of the row under the cursor, also where that is one of its posts."""
        row = self.rows.cursor
        if row is None:
            return None
        task: Task = row.item.task
        return task

    @property
    def current_id(self) -> str | None:
        task = self.current_task
        return task.id if task is not None else None

    @property
    def current_uid(self) -> str | None:
        """The post that is open or under the cursor."""
        if self.reading is not None:
            return self.reading.uid
        row = self.rows.cursor
        return row.item.post.uid if row is not None and isinstance(row.item, PostRow) else None

    @property
    def links(self) -> tuple[Link, ...]:
        return self.pane.links

    # Deciding.

    def action_done(self) -> None:
        self.decide("done", lambda task: Mark(_DONE[task.kind]))

    def action_drop(self) -> None:
        self.decide("drop", lambda _: Mark("dropped", "–"))

    def action_later(self) -> None:
        self.decide("later", lambda _: Mark("in Reply later", "→"))

    def action_snooze(self) -> None:
        from engage.tui.screens.prompts import snooze_prompt  # here: inputs are not for first paint

        if self.targets():
            self.app.push_screen(snooze_prompt(self.app.desk.clock.now(), self._snooze))

    async def _snooze(self, until: date) -> None:
        from engage.domain.wording import calendar_day

        words = "tomorrow" if until == self.today + timedelta(days=1) else None
        said = words or calendar_day(until, self.today)
        self.decide("snooze", lambda _: Mark(f"until {said}", "→"), until=until)

    def targets(self) -> list[Task]:
        """The undecided rows that a key acts on."""
        if self.state is None:
            return []
        if self.reading is not None:
            tasks = [self.reading.task]
        else:
            tasks = self.state.targets(self.current_id)
        return [task for task in tasks if task.id not in self.state.marks]

    def decide(
        self, outcome: Outcome, mark: Callable[[Task], Mark], *, until: date | None = None
    ) -> None:
        """Decide the rows meant; the next open row is next."""
        state, tasks = self.state, self.targets()
        if state is None or not tasks:
            return
        uid = self.current_uid
        alone = (
            uid is not None
            and self.reading is None
            and not state.selected
            and outcome in ("done", "drop")
            and len(state.left_of(tasks[0])) > 1
        )
        if alone and uid is not None:
            if uid in state.marks:
                return
            step = state.mark({uid: mark(tasks[0])})
            given: Sequence[str] = [uid]
            self.lay_out()
            self.rows.action_row_next()
        else:
            step = state.mark({task.id: mark(task) for task in tasks})
            given = step
            if outcome == "done":
                state.ask([task for task in tasks if task.kind in ("reply", "reconnect")])
            self.go_on(tasks[-1])
        self.run_worker(self._write(step, given, outcome, until, uid), group="decide")

    async def _write(
        self,
        step: tuple[str, ...],
        given: Sequence[str],
        outcome: Outcome,
        until: date | None,
        uid: str | None,
    ) -> None:
        assert self.state is not None
        try:
            decided = await self.app.desk(calls.decide, given, outcome, until=until, post=uid)
        except EngageError as error:
            self._refused(step, str(error))
            return
        if decided.refused:
            self.state.refused(step, [refusal.given for refusal in decided.refused])
            self.app.say(decided.refused[0].sentence, warning=True)
        self.state.written(step, decided.change.id if decided.change else None)
        self._tell(decided.change)
        self.lay_out()

    def _refused(self, step: tuple[str, ...], sentence: str) -> None:
        assert self.state is not None
        self.state.refused(step, step)
        self.app.say(sentence, warning=True)
        self.lay_out()

    def _tell(self, change: Change | None) -> None:
        if change is not None:
            key = self.app.keymap.shown("undo")
            self.app.say(f"{change.label} · {key} takes it back" if key else change.label)

    def go_on(self, task: Task) -> None:
        """To the next row that is not decided: opened, where the writer is reading."""
        assert self.state is not None
        following = self._next_open(task)
        self.lay_out(following.id if following else None)
        if self.reading is None:
            return
        if following is None:
            self.close_reading()
        else:
            self.open(following)

    def _next_open(self, task: Task) -> Task | None:
        """Below if there is one, else above."""
        assert self.state is not None
        tasks = self.state.tasks
        at = next((i for i, each in enumerate(tasks) if each.id == task.id), 0)
        for each in (*tasks[at + 1 :], *reversed(tasks[:at])):
            if each.id not in self.state.marks:
                return each
        return None

    # People.

    def action_circle(self, circle: int) -> None:
        words = f"circle {circle}" if circle else "no circle"
        self._place(words, calls.place, circle or None)

    def action_leave(self) -> None:
        self._place("left in peace", calls.leave)

    def _place(self, words: str, service: Service, *args: object) -> None:
        """Say something of the people of the rows meant; a welcome is finished by it."""
        tasks = self.targets()
        if self.state is None or not tasks:
            return
        left = service is calls.leave
        finished = [task.id for task in tasks if left or task.kind == "welcome"]
        step = self.state.mark(dict.fromkeys(finished, Mark(words))) if finished else ()
        if finished:
            self.go_on(tasks[-1])
        self.run_worker(self._write_place(step, service, tasks, *args), group="decide")

    async def _write_place(
        self, step: tuple[str, ...], service: Service, tasks: list[Task], *args: object
    ) -> None:
        assert self.state is not None
        try:
            change = await self.app.desk(service, tasks, *args)
        except EngageError as error:
            self._refused(step, str(error))
            return
        self.state.written(step, change.id if change else None)
        self._tell(change)
        self.lay_out()

    def action_person(self) -> None:
        from engage.tui.screens.person import PersonScreen

        if (task := self.current_task) is not None:
            self.app.push_screen(PersonScreen(task.person))

    def action_log(self) -> None:
        from engage.tui.screens.prompts import Happened, log_prompt

        task = self.current_task
        name = self.state.name(task) if self.state and task else ""

        async def take(what: Happened) -> None:
            whom = task.person if task is not None and what.name == name else what.name
            logged = await self.app.desk(
                calls.log, whom, what.kind, direction=what.direction, note=what.note
            )
            self._tell(logged.change)
            await self.app.look()

        self.app.push_screen(log_prompt(take, name=name))

    # Questions and undo.

    async def action_yes(self) -> None:
        """They did write to them."""
        state = self.state
        question = state.question(self.current_id) if state else None
        if state is None or question is None:
            return
        state.answer(question)
        self.lay_out()
        try:
            decided = await self.app.desk(calls.wrote_to, question.tasks)
        except EngageError as error:
            state.unanswer(question)
            self.app.say(str(error), warning=True)
        else:
            state.answered(question, decided.change.id if decided.change else None)
            self._tell(decided.change)
        self.lay_out()

    async def action_undo(self) -> None:
        try:
            change = await self.app.desk(calls.undo)
        except EngageError as error:
            self.app.say(str(error), warning=True)
            return
        if change is None:
            self.app.say("There is nothing to take back.")
            return
        self.app.say(f"Taken back: {change.label}")
        back = self.state.undone(change.id) if self.state else None
        if back is None:
            await self.app.look()
        self.lay_out(back)

    # Reading.

    def action_open(self) -> None:
        task = self.current_task
        if task is not None:
            uid = self.current_uid
            at = next((i for i, post in enumerate(task.posts) if post.uid == uid), 0)
            self.open(task, at)

    def open(self, task: Task, at: int = 0) -> None:
        """Read what a row is about, from its oldest post."""
        self.reading = Reading(task, at)
        self.add_class("-reading")
        self.show_about(task, self.reading.uid)
        self.pane.text.focus()
        self.show_status()
        self.show_keys()

    def close_reading(self) -> None:
        """Back to the list."""
        if self.reading is None:
            return
        self.reading = None
        self.remove_class("-reading")
        self.rows.focus()
        self.show_status()
        self.show_keys()

    def show_about(self, task: Task, uid: str | None) -> None:
        self.run_worker(self._show_about(task, uid), group="about", exclusive=True)

    async def _show_about(self, task: Task, uid: str | None) -> None:
        try:
            about: About = await self.app.desk(gather, task, uid)
        except EngageError as error:
            self.app.say(str(error), warning=True)
            return
        state = self.state
        if state is None or task.person not in state.people:
            return
        person, standing = state.people[task.person], state.inbox.standings[task.person]
        self.pane.show(about, person, standing, self.today)
        if self.reading is not None:
            self.pane.text.focus()
            self.show_keys()

    def action_text_on(self) -> None:
        """A page on; at the end the next post of the row."""
        text = self.pane.text
        if self.reading is None or not text.at_end:
            text.action_text_page_down()
        elif self.reading.at + 1 < len(self.reading.task.posts):
            self.open(self.reading.task, self.reading.at + 1)
        else:
            shown = self.app.keymap.shown
            self.app.say(f"The end. {shown('done')} done, {shown('snooze')} snooze.")

    def action_links(self) -> None:
        from engage.tui.screens.links import LinkChooser

        def chosen(address: str | None) -> None:
            if address:
                self.run_worker(self.browse(address), group="browse")

        if self.links:
            self.app.push_screen(LinkChooser(self.links), chosen)

    # Out of the terminal.

    async def action_browse(self) -> None:
        task = self.current_task if self.reading is None else self.reading.task
        if task is None or self.state is None:
            return
        address = addresses(task, self.state.people.get(task.person), self.current_uid)
        if address is None:
            self.app.say(f"No address is known for {self.state.name(task)}.")
        else:
            await self.browse(address)

    async def action_answer_place(self) -> None:
        await self._open_place()

    async def action_reply(self) -> None:
        """Open the place to answer, and ask afterwards whether they did write."""
        if (task := await self._open_place()) is not None and self.state is not None:
            if all(task not in question.tasks for question in self.state.questions):
                self.state.ask([task])
            self.lay_out()

    async def _open_place(self) -> Task | None:
        task = self.current_task if self.reading is None else self.reading.task
        if task is None or self.state is None:
            return None
        try:
            place = await self.app.desk(calls.place_to_answer, task, self.current_uid)
        except EngageError as error:
            self.app.say(str(error), warning=True)
            return None
        if place is None:
            self.app.say(f"No place to answer {self.state.name(task)} is known.")
        else:
            await self.browse(place.url, place.rule)
        return task

    async def browse(self, address: str, rule: str = "") -> None:
        """Open a page; where no browser answers, show and copy its address."""
        why = f" ({rule})" if rule else ""
        if not may_open(address):
            self.app.say(f"{address} is no page of the web.", warning=True)
        elif await open_page(address):
            self.app.say(f"Opened {address}{why}")
        else:
            self.app.copy_to_clipboard(address)
            self.app.say(f"No browser here; copied: {address}{why}")

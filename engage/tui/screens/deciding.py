"""What the inbox does about its rows: deciding, answering, and taking it back.

Rows change at once; the change is written behind them, and a refusal brings them back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from textual import events

from engage.domain.changes import Change
from engage.domain.derived import Task
from engage.domain.records import Outcome
from engage.errors import EngageError
from engage.text import safe_url
from engage.tui import calls
from engage.tui.inbox_state import Mark, Question
from engage.tui.screens.opening import Opening

Service = Callable[..., Change | None]

_DONE = {"read": "read", "reply": "done", "welcome": "looked at", "reconnect": "done"}


class Deciding(Opening):
    """A screen whose rows can be decided."""

    def action_done(self) -> None:
        self.decide("done", lambda task: Mark(_DONE[task.kind]))

    def action_drop(self) -> None:
        self.decide("drop", lambda _: Mark("dropped", "–"))

    def action_later(self) -> None:
        """Into the pile; asked whether a reply is posted, that says "not yet"."""
        if self.state is not None:
            self.state.not_yet(self.targets())
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

    def action_conversation(self) -> None:
        from engage.tui.screens.conversation import ConversationScreen

        if (task := self.current_task) is not None:
            posts = [post.uid for post in task.posts]
            about = [key for touch in task.touches for key in (touch.id, touch.post) if key]
            self.app.push_screen(ConversationScreen(task.person, [*about, *posts]))

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
        """They did write to them, or it is posted."""
        if self.state is not None and (asked := self.state.question(self.current_id)) is not None:
            await self._yes(asked)

    def action_yes_at(self) -> None:
        """It is posted, and this is where it can be read."""
        from engage.services.replying import check_address
        from engage.tui.screens.reply_prompts import posted_prompt

        asked = self.state.question(self.current_id) if self.state is not None else None
        if asked is None or asked.answering is None:
            return

        async def take(url: str) -> None:
            check_address(url or None)
            await self._yes(asked, url or None)

        self.app.push_screen(posted_prompt(take))

    def on_paste(self, event: events.Paste) -> None:
        """An address that is pasted while it is asked whether a reply is posted is the reply's."""
        asked = self.state.question(self.current_id) if self.state is not None else None
        url = safe_url(event.text)
        if asked is not None and asked.answering is not None and url is not None:
            event.stop()
            self.run_worker(self._yes(asked, url), group="decide")

    async def _yes(self, question: Question, url: str | None = None) -> None:
        state = self.state
        assert state is not None
        state.answer(question)
        self.lay_out()
        try:
            change = await self._logged(question, url)
        except EngageError as error:
            state.unanswer(question)
            self.app.say(str(error), warning=True)
        else:
            state.answered(question, change.id if change else None)
            self._tell(change)
        self.lay_out()

    async def _logged(self, question: Question, url: str | None) -> Change | None:
        if question.answering is not None:
            return await self.app.desk(calls.posted, question.answering, url)
        return (await self.app.desk(calls.wrote_to, question.tasks)).change

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

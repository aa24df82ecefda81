"""What the inbox shows of its rows: reading them, and opening them outside of the terminal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from engage.domain.derived import Task
from engage.errors import EngageError
from engage.tui import calls
from engage.tui.about import About, addresses, gather
from engage.tui.inbox_layout import PostRow
from engage.tui.inbox_state import InboxState
from engage.tui.outside import visit
from engage.tui.screens.desk_screen import DeskScreen
from engage.tui.widgets.about_pane import AboutPane
from engage.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from engage.tui.widgets.article import Link


class Reading(NamedTuple):
    """The row that is open, and which of its posts."""

    task: Task
    at: int = 0

    @property
    def uid(self) -> str | None:
        return self.task.posts[self.at].uid if self.task.posts else None


class Opening(DeskScreen):
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
        elif self.can_begin:
            self.action_read_first()
        else:
            shown = self.app.keymap.shown
            self.app.say(f"The end. {shown('done')} done, {shown('snooze')} snooze.")

    @property
    def can_begin(self) -> bool:
        """Whether what is open is somebody, of whose work something is known."""
        about = self.pane.about
        return bool(about and about.page and about.page.posts and about.task.kind == "welcome")

    def action_read_first(self) -> None:
        """From the card of a new person to their work: where to begin, then the rest."""
        from engage.domain.welcomes import read_first
        from engage.tui.screens.reading import ReadingScreen

        about = self.pane.about
        if self.reading is None or not self.can_begin or about is None or about.page is None:
            return
        page = about.page
        first = read_first(page.posts, page.touches)
        begin = [first[0]] if first is not None else []
        rest = [post for post in page.posts if post not in begin]
        self.app.push_screen(ReadingScreen(page.person, [*begin, *rest]))

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
        """Draft the reply, copy it, open the place to answer, and ask whether it was posted."""
        from engage.tui.replying import reply

        task = self.current_task if self.reading is None else self.reading.task
        if task is None or self.state is None:
            return
        uid = self.current_uid
        answering = await reply(self.app, lambda desk: calls.begin_draft(desk, task, uid))
        if answering is not None:
            self.state.ask_posted(task, answering)
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
        await visit(self.app, address, rule)

"""Reading somebody's posts, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from engage.domain.days import local_day
from engage.domain.posts import Post
from engage.domain.records import Person
from engage.errors import EngageError
from engage.services.remember import mark_read, undo
from engage.tui.outside import visit
from engage.tui.screens.desk_screen import DeskScreen
from engage.tui.screens.links import choose_link
from engage.tui.widgets.article import Article
from engage.tui.widgets.status_line import StatusLine


class ReadingScreen(DeskScreen):
    """Posts of one person over the whole screen; at the end of one the next begins."""

    CSS_PATH = "pages.tcss"
    PLACES: ClassVar[tuple[str, ...]] = ("reading", "text", "everywhere")

    def __init__(self, person: Person, posts: Sequence[Post]) -> None:
        super().__init__()
        self._person, self._posts, self._at = person, tuple(posts), 0

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield Article(id="article")

    def on_mount(self) -> None:
        self.query_one(Article).focus()
        self._show()

    @on(Article.PageEnd)
    def _on_to_the_next(self) -> None:
        if self._at + 1 < len(self._posts):
            self._at += 1
            self._show()
        else:
            self.action_back()

    async def action_done(self) -> None:
        """It is read: logged, and off the inbox if it stands there; the next one begins."""
        try:
            change = await self.app.desk(mark_read, self._person.id, self._posts[self._at])
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        if change is not None:
            self.app.say(f"{change.label} · {self.app.keymap.shown('undo')} takes it back")
        self._on_to_the_next()

    async def action_undo(self) -> None:
        try:
            taken_back = await self.app.desk(undo)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        said = f"taken back: {taken_back.label}" if taken_back else "There is nothing to take back."
        self.app.say(said)

    def action_person(self) -> None:
        self.action_back()

    def action_links(self) -> None:
        choose_link(self.app, self.query_one(Article).links)

    async def action_browse(self) -> None:
        address = self._posts[self._at].entry.url
        if address is None:
            self.app.say("The feed gives no address for this one.")
        else:
            await visit(self.app, address)

    def _show(self) -> None:
        today = local_day(self.app.desk.clock.now())
        self.query_one(Article).show(self._posts[self._at], today=today)
        place = f"{self._at + 1} of {len(self._posts)}" if len(self._posts) > 1 else ""
        self.query_one(StatusLine).show(Content.styled(self._person.name, "bold"), [(place,)])

"""Replies from the pages beside the inbox, and the question that follows: did you post it?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, work
from textual.content import Content
from textual.widgets import Static

from engage.errors import EngageError
from engage.services.drafting import Answering, Editing
from engage.services.replying import not_yet, posted
from engage.text import safe_url
from engage.tui.actions import Action
from engage.tui.replying import reply
from engage.tui.screens.desk_screen import DeskScreen
from engage.tui.screens.reply_prompts import posted_prompt

if TYPE_CHECKING:
    from engage.services.desk import Desk

#: What only a question gives a meaning.
_ANSWERS = frozenset({"yes", "yes-at", "not-yet"})


class AsksWhetherPosted(DeskScreen):
    """A page with a line, ``#asked``, for one question, about the draft written on last. Any other
    key does its own work, and the question stays; an address that is pasted is the reply's."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: Answering | None = None

    async def reload(self) -> None:
        """Show things as they are now."""
        raise NotImplementedError

    @work(group="reply", exclusive=True)
    async def reply_to(self, begin: Callable[[Desk], Editing]) -> None:
        """Write on a draft, and ask whether it is out."""
        self.ask(await reply(self.app, begin) or self.asked)
        await self.reload()

    def ask(self, answering: Answering | None) -> None:
        """Ask about a draft; None: nothing is asked any more."""
        self.asked = answering
        line = self.query_one("#asked", Static)
        line.display = answering is not None
        if answering is not None:
            about = f" ({answering.about.title})" if answering.about.title else ""
            shown = self.app.keymap.shown
            keys = (
                f"{shown('yes')} yes · {shown('yes-at')} yes, at… · {shown('not-yet')} not yet"
                f" · {shown('back')} no"
            )
            line.update(Content.assemble(f"Did you post it?{about}  ", (keys, "dim")))
        self.show_keys()

    def available(self, action: Action) -> bool:
        if action.id in _ANSWERS:
            return self.asked is not None
        return super().available(action)

    async def action_yes(self) -> None:
        if self.asked is not None:
            await self._posted(self.asked, None)

    def action_yes_at(self) -> None:
        """Yes, and where the reply can be read."""
        answering = self.asked
        if answering is None:
            return

        async def take(url: str) -> None:
            await self._log(answering, url or None)

        self.app.push_screen(posted_prompt(take))

    async def action_not_yet(self) -> None:
        """The draft waits, and the task with it under Reply later."""
        if self.asked is None:
            return
        try:
            change = await self.app.desk(not_yet, self.asked)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        self.ask(None)
        waits = " and waits under Reply later" if change is not None else ""
        self.app.say(f"The draft is kept{waits}.")
        await self.reload()

    def action_back(self) -> None:
        """No: the draft is kept. Then back."""
        if self.asked is not None:
            self.ask(None)
        else:
            super().action_back()

    def on_paste(self, event: events.Paste) -> None:
        if self.asked is not None and (url := safe_url(event.text)) is not None:
            event.stop()
            self.run_worker(self._posted(self.asked, url), group="reply")

    async def _posted(self, answering: Answering, url: str | None) -> None:
        self.ask(None)  # at once: a second key is no second answer
        try:
            await self._log(answering, url)
        except EngageError as refusal:
            self.ask(answering)
            self.app.say(str(refusal), warning=True)

    async def _log(self, answering: Answering, url: str | None) -> None:
        change = await self.app.desk(posted, answering, url)
        self.ask(None)
        undo = self.app.keymap.shown("undo")
        said = f"{change.label} · {undo} takes it back" if change else "It was seen already."
        self.app.say(said)
        await self.reload()

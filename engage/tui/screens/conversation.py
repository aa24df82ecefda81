"""What was said with somebody, post by post: their words, yours, theirs again, and what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from engage.domain.derived import Standing
from engage.domain.records import Person
from engage.errors import EngageError
from engage.services import drafting
from engage.services.conversations import Conversations, Talk, conversations
from engage.services.desk import Desk
from engage.services.drafting import Editing
from engage.tui.actions import Action
from engage.tui.outside import visit
from engage.tui.screens.about_somebody import AboutSomebody
from engage.tui.screens.asking import AsksWhetherPosted
from engage.tui.widgets.person_card import place_words
from engage.tui.widgets.status_line import StatusLine
from engage.tui.widgets.talk_lines import draft_lines, talk_lines
from engage.tui.widgets.text_lines import TextLines, Wraps, lines_of


class ConversationScreen(AsksWhetherPosted, AboutSomebody):
    """All conversations with one person; keys are about the one that is marked. ``about``: uids of
    posts and ids of touches, whose conversation comes first."""

    CSS_PATH = "conversation.tcss"
    PLACES: ClassVar[tuple[str, ...]] = ("conversation", "text", "everywhere")

    def __init__(self, person_id: str, about: Sequence[str] = ()) -> None:
        super().__init__()
        self._person_id, self._about = person_id, tuple(about)
        self._page: Conversations | None = None
        self._at = 0
        self._begins: list[int] = []

    @property
    def subject(self) -> tuple[Person, Standing] | None:
        return (self._page.person, self._page.standing) if self._page is not None else None

    @property
    def talk(self) -> Talk | None:
        """The conversation that is meant."""
        found = self._page.talks if self._page is not None else ()
        return found[self._at] if self._at < len(found) else None

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield TextLines(id="page")
        yield Static(id="asked")

    def on_mount(self) -> None:
        self.query_one(TextLines).focus()
        self.load()

    async def reload(self) -> None:
        try:
            self._page = await self.app.desk(conversations, self._person_id, self._about)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        self._at = min(self._at, max(0, len(self._page.talks) - 1))
        self._draw()

    def available(self, action: Action) -> bool:
        if action.id == "talk-next":
            return self._page is not None and len(self._page.talks) > 1
        return super().available(action)

    def action_talk_next(self) -> None:
        self._move(1)

    def action_talk_previous(self) -> None:
        self._move(-1)

    def action_reply(self) -> None:
        """Answer what is owed in the conversation meant, else what they said last."""
        if (given := self._to_answer()) is None:
            self.app.say("There is nothing of theirs to answer here.")
            return

        def begin(desk: Desk) -> Editing:
            return drafting.begin(desk, drafting.answering(desk, given))

        self.reply_to(begin)

    async def action_browse(self) -> None:
        """Open the post that the conversation is about, else where they are to be found."""
        if self.talk is not None and self.talk.url is not None:
            await visit(self.app, self.talk.url)
        else:
            await super().action_browse()

    def _to_answer(self) -> str | None:
        talk = self.talk
        if talk is None or self._page is None:
            return None
        if drafts := self._page.drafts.get(self._at):
            return drafts[0].about.key
        theirs = [touch for touch in talk.touches if touch.direction == "in"]
        owed = [touch for touch in theirs if touch.id in talk.owed]
        if owed or theirs:
            return (owed or theirs)[-1].id
        return talk.touches[-1].post if talk.whose == "theirs" else None

    def _move(self, by: int) -> None:
        if self._page is not None and self._page.talks:
            self._at = (self._at + by) % len(self._page.talks)
            self._draw()
            self.query_one(TextLines).jump(self._begins[self._at])

    def _draw(self) -> None:
        if self._page is None:
            return
        person, standing, text = self._page.person, self._page.standing, self.query_one(TextLines)
        title = Content.assemble((person.name, "bold"), "   Conversations")
        self.query_one(StatusLine).show(title, [(place_words(standing), standing.stage)])
        lines: list[Wraps] = []
        self._begins = []
        for at, talk in enumerate(self._page.talks):
            self._begins.append(len(lines_of(lines, text.measure)))
            drafts = self._page.drafts.get(at, ())
            current = at == self._at if len(self._page.talks) > 1 else None
            lines += [*talk_lines(talk, person, self.today, drafts, current=current), Content("")]
        for draft in self._page.drafts.get(-1, ()):
            lines += draft_lines(draft, self.today)
        if not lines:
            key = self.app.keymap.shown("log")
            lines = [Content(f"Nothing was said yet. {key} notes what happened elsewhere.")]
        text.update(lines)
        self.show_keys()

"""The replies that are not out yet, also those whose row is closed: written on, copied, posted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from engage.domain.days import local_day
from engage.domain.derived import Standing
from engage.domain.records import Person
from engage.errors import EngageError
from engage.services import drafting
from engage.services.desk import Desk
from engage.services.drafting import Editing
from engage.services.drafts import Draft, DraftList, draft_list
from engage.tui.actions import Action
from engage.tui.outside import visit
from engage.tui.replying import hand_over
from engage.tui.screens.about_somebody import AboutSomebody
from engage.tui.screens.asking import AsksWhetherPosted
from engage.tui.screens.beside import Beside
from engage.tui.widgets.article import without_scheme
from engage.tui.widgets.people_rows import fitted
from engage.tui.widgets.row_list import Row
from engage.tui.widgets.said import day_said
from engage.tui.widgets.status_line import StatusLine
from engage.tui.widgets.text_lines import Wraps

_WIDE = 60


class DraftsScreen(AsksWhetherPosted, Beside, AboutSomebody):
    """A row for each draft, and its text; keys are about the one under the cursor."""

    PLACES: ClassVar[tuple[str, ...]] = ("drafts", "list", "everywhere")

    def __init__(self) -> None:
        super().__init__()
        self._listed = DraftList()
        self._back = 0
        self._versions: tuple[str, ...] = ()

    def below(self) -> Iterable[Widget]:
        yield Static(id="asked")

    def on_screen_resume(self) -> None:
        self.reload_soon()

    @property
    def draft(self) -> Draft | None:
        """The draft under the cursor."""
        draft: Draft | None = self.chosen
        return draft

    @property
    def subject(self) -> tuple[Person, Standing] | None:
        draft = self.draft
        if draft is None:
            return None
        person = self._listed.people[draft.about.person]
        return person, self._listed.standings[person.id]

    async def reload(self) -> None:
        try:
            self._listed = await self.app.desk(draft_list)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        drafts = self._listed.drafts
        title = Content.styled(f"Drafts {len(drafts):,}", "bold")
        self.query_one(StatusLine).show(title, [("not out yet" if drafts else "",)])
        rows = [Row(draft.about.key, draft) for draft in drafts]
        key = self.app.keymap.shown("reply")
        self.show_rows(rows, f"No drafts. {key} on a row of the inbox begins one.")

    def available(self, action: Action) -> bool:
        if action.id == "earlier":
            return self.draft is not None and self.draft.versions > 1
        return super().available(action)

    def on_row_list_highlighted(self) -> None:
        self._back = 0
        super().on_row_list_highlighted()

    def on_row_list_chosen(self) -> None:
        self.action_reply()

    def action_reply(self) -> None:
        """Write on."""
        if (draft := self.draft) is None:
            return
        key = draft.about.key

        def begin(desk: Desk) -> Editing:
            return drafting.begin(desk, drafting.answering(desk, key))

        self.reply_to(begin)

    async def action_hand_over(self) -> None:
        """Copy it, open the place to answer, and ask."""
        if (draft := self.draft) is None:
            return
        answering = await self.app.desk(drafting.answering, draft.about.key)
        await hand_over(self.app, draft, answering.place)
        self.ask(answering)

    async def action_browse(self) -> None:
        """What the draft answers."""
        draft = self.draft
        if draft is not None and draft.about.url:
            await visit(self.app, draft.about.url)
        else:
            await super().action_browse()

    def action_conversation(self) -> None:
        from engage.tui.screens.conversation import ConversationScreen

        if (draft := self.draft) is not None:
            self.app.push_screen(ConversationScreen(draft.about.person, [draft.about.key]))

    async def action_earlier(self) -> None:
        """The version before, and after the first the newest again."""
        if (draft := self.draft) is not None:
            self._versions = await self.app.desk(drafting.versions, draft.about.key)
            self._back = (self._back + 1) % len(self._versions)
            self.show_text()

    def text_lines(self) -> list[Wraps]:
        draft = self.draft
        if draft is None:
            return []
        about, person = draft.about, self._listed.people[draft.about.person]
        title = f", on {about.title}" if about.title else ""
        lines: list[Wraps] = [Content.styled(f"To {person.name}{title}", ".text--strong")]
        lines += [Content.styled(without_scheme(about.url), ".text--muted")] if about.url else []
        if draft.versions > 1:
            key = self.app.keymap.shown("earlier")
            at = f"version {draft.versions - self._back} of {draft.versions}"
            lines.append(Content.styled(f"{at} · {key} the one before", ".text--muted"))
        text = self._versions[-1 - self._back] if self._back else draft.text
        return [*lines, Content(""), *map(Content, text.split("\n")), Content("")]

    def row_line(self, row: Row, width: int) -> Content:
        return draft_row(row.item, self._listed.people[row.item.about.person], width, self.today)


def draft_row(draft: Draft, person: Person, width: int, today: date) -> Content:
    """Person, title, words, day: where there is little room the words go first."""
    day = day_said(local_day(draft.changed), today)
    words = f"{draft.words:,} word{'s' if draft.words != 1 else ''}" if width >= _WIDE else ""
    right = f"{words}  {day}"
    room = max(8, width - 3 - len(right))
    name = min(20, room)
    title = fitted(draft.about.title, max(0, room - name - 1), ".row--muted")
    who, told = fitted(person.name, name), Content.styled(right, ".row--muted")
    return Content.assemble(" ", who, " ", title, " ", told)

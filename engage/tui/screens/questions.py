"""What only the writer can tell: whose words those are, and whether these are theirs."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.content import Content

from engage.domain.days import local_day
from engage.domain.wording import what_they_did
from engage.errors import EngageError
from engage.services.questions import Asked, answer, asked
from engage.services.remember import undo
from engage.tui.actions import Action
from engage.tui.outside import visit
from engage.tui.screens.beside import Beside
from engage.tui.widgets.article import without_scheme
from engage.tui.widgets.people_rows import fitted
from engage.tui.widgets.person_card import quote
from engage.tui.widgets.row_list import Row
from engage.tui.widgets.said import day_said, emphasised
from engage.tui.widgets.status_line import StatusLine
from engage.tui.widgets.text_lines import Wraps

_DAY = 11
_BY_NAME = "Matched by name alone"


class QuestionsScreen(Beside):
    """A row for each; the words, and what may be answered, stand beside it."""

    PLACES: ClassVar[tuple[str, ...]] = ("questions", "list", "everywhere")

    @property
    def current(self) -> Asked | None:
        """What is asked in the row under the cursor."""
        asked: Asked | None = self.chosen
        return asked

    async def reload(self) -> None:
        try:
            found = await self.app.desk(asked)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        rows = [Row(each.id, each) for each in found if not each.by_name]
        matched = [Row(each.id, each) for each in found if each.by_name]
        title = Content.styled(f"Questions {len(rows):,}", "bold")
        by_name = f"{len(matched):,} by name alone" if matched else ""
        self.query_one(StatusLine).show(title, [(by_name,)])
        if matched:
            rows += [Row(_BY_NAME, _BY_NAME, choosable=False, section=True), *matched]
        self.show_rows(rows, "Nothing is asked.")

    def row_line(self, row: Row, width: int) -> Content:
        return question_row(row, width, self.today)

    def text_lines(self) -> list[Wraps]:
        return question_lines(self.current, self.today) if self.current is not None else []

    def available(self, action: Action) -> bool:
        if action.id in ("answer-yes", "answer-no"):
            current = self.current
            answers = [choice.answer for choice in current.choices] if current else []
            return action.argument in answers
        return super().available(action)

    async def action_answer(self, said: str) -> None:
        current = self.current
        if current is None:
            return
        if said not in [choice.answer for choice in current.choices]:
            self.app.say("Give the number of an answer.")
            return
        await self._give(current, said)

    async def action_choose(self, number: int) -> None:
        current = self.current
        for choice in current.choices if current is not None else ():
            if current is not None and choice.key == str(number):
                await self._give(current, choice.answer)

    async def action_undo(self) -> None:
        try:
            back = await self.app.desk(undo)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        self.app.say(f"Taken back: {back.label}" if back else "There is nothing to take back.")
        await self.reload()

    async def action_browse(self) -> None:
        if self.current is not None and self.current.touch.url:
            await visit(self.app, self.current.touch.url)
        else:
            self.app.say("No address of this is known.")

    async def _give(self, current: Asked, said: str) -> None:
        try:
            change = await self.app.desk(answer, current.id, said)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        if change is not None:
            self.app.say(f"{change.label} · {self.app.keymap.shown('undo')} takes it back")
        await self.reload()


def question_row(row: Row, width: int, today: date) -> Content:
    """The sentence and the day; a heading above what was matched by name."""
    if isinstance(row.item, str):
        return Content.styled(f" {row.item}", ".row--muted")
    each: Asked = row.item
    day = day_said(local_day(each.touch.at), today)
    sentence = fitted(each.sentence, max(8, width - 3 - _DAY))
    return Content("").join(
        [Content(" "), sentence, Content(" "), fitted(day, _DAY, ".row--muted")]
    )


def question_lines(each: Asked, today: date) -> list[Wraps]:
    """What was written, where it was seen, and what may be answered."""
    touch = each.touch
    lines: list[Wraps] = [Content.styled(each.sentence, ".text--strong"), Content("")]
    if touch.direction == "in":
        lines.append(emphasised(what_they_did(touch, today)))
    elif touch.about:
        lines.append(emphasised(f"on *{touch.about}*"))
    if touch.text:
        lines.append(quote(touch.text))
    seen = " · ".join(
        part
        for part in (
            f"seen in {touch.source}" if touch.source else "",
            without_scheme(touch.url) if touch.url else "",
        )
        if part
    )
    lines += [Content.styled(seen, ".text--muted"), Content("")]
    for choice in each.choices:
        lines.append(Content.assemble((choice.key, ".text--accent"), f"  {choice.words}"))
    return [*lines, Content("")]

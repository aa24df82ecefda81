"""Bringing people along: a file or a pasted list, what it would do, and one key to do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from engage.domain.days import local_day
from engage.errors import EngageError
from engage.services.importing.offer import Offer, offered
from engage.services.outcomes import Column, Preview
from engage.services.transfer import Bring
from engage.tui.screens.desk_screen import DeskScreen
from engage.tui.widgets.bringing_rows import (
    MEANINGS,
    Decision,
    about_column,
    about_line,
    column_row,
    column_rows,
    file_row,
    file_rows,
    open_after,
    plan_row,
    plan_rows,
    summary,
)
from engage.tui.widgets.row_list import Row, RowList
from engage.tui.widgets.source_input import Source, unquoted
from engage.tui.widgets.status_line import StatusLine
from engage.tui.widgets.text_lines import TextLines, Wraps

#: What the screen shows: files to choose from, nothing while it reads, the columns of a table, or
#: what the import would do.
Stage = Literal["choosing", "waiting", "columns", "plan"]

_ASKED = (
    "An export as the platform delivered it: a file, a folder or the ZIP. Or paste a list here, "
    "one person a line."
)
_KEYS = "Enter reads it   ↑↓ choose   Tab completes   Esc back"


class BringingScreen(DeskScreen):
    """Nothing is written before the writer says so; Esc leaves, and everything is as it was.

    ``path`` or ``pasted``: what to read at once.
    """

    CSS_PATH = ["pages.tcss", "bringing.tcss"]  # noqa: RUF012  as Textual declares it

    def __init__(self, path: str = "", pasted: str = "") -> None:
        super().__init__()
        self._path, self._pasted = unquoted(path), pasted
        self._stage: Stage = "choosing"
        self._asked = Bring()
        self._shown: Preview | None = None
        self._answers: dict[str, str] = {}
        self._said: dict[str, str] = {}
        self._refused = ""
        self._writing = False

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield Static(Content(_ASKED), id="asked")
        yield Source(self._path, id="source", compact=True, placeholder="~/Downloads/")
        yield RowList(self._row, id="rows")
        yield TextLines(id="about")

    def on_mount(self) -> None:
        self.query_one(TextLines).can_focus = False
        self._go("choosing")
        if self._path or self._pasted:
            self._begin(Bring(path=self._path, pasted=self._pasted))

    @property
    def places(self) -> tuple[str, ...]:
        if self._stage == "choosing":  # what is typed is the input's
            return ()
        return (*({self._stage} & {"plan", "columns"}), "list", "everywhere")

    def available(self, action: object) -> bool:
        if getattr(action, "id", "") == "columns":
            return bool(self._columns)
        return super().available(action)  # type: ignore[arg-type]

    def on_descendant_focus(self) -> None:
        """While a file is chosen, keys are the input's, also after a click on a row."""
        super().on_descendant_focus()
        if self._stage == "choosing":
            self.query_one(Source).focus()

    # Choosing.

    @on(Input.Changed)
    def _typed(self) -> None:
        self._say("")
        self._offer()

    @on(Source.Pasted)
    def _took(self, event: Source.Pasted) -> None:
        self._begin(Bring(pasted=event.text))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        offer = self._offer_chosen
        if offer is None:
            self._say("There is no such file; give its path, or paste the list itself.")
        elif offer.folder and not offer.whole:
            self.action_complete()
        else:
            self._begin(Bring(path=str(offer.path)))

    def on_row_list_chosen(self) -> None:
        if self._stage == "choosing":
            self._submitted()

    def action_complete(self) -> None:
        """The file under the cursor into the input."""
        if (offer := self._offer_chosen) is not None:
            source = self.query_one(Source)
            source.value = str(offer.path) + ("/" if offer.folder else "")
            source.action_end()

    def action_pick(self, by: int) -> None:
        rows = self.query_one(RowList)
        if by > 0:
            rows.action_row_next()
        else:
            rows.action_row_previous()

    @work(group="offer", exclusive=True)
    async def _offer(self) -> None:
        found = await self.app.desk(offered, self.query_one(Source).value)
        if self._stage == "choosing":
            self.query_one(RowList).set_rows(file_rows(found))

    # The plan.

    def action_bring_in(self) -> None:
        """Write it, as one step."""
        if self._stage == "plan":
            self._start(replace(self._asked, answers=self._answers, write=True))

    def action_answer(self) -> None:
        """Decide the row under the cursor by the key that was pressed, and go on to the next."""
        row = self.query_one(RowList).cursor
        if row is None or not isinstance(row.item, Decision):
            return
        for choice in row.item.doubt.choices:
            if choice.key == self.pressed:
                self._answers[row.item.doubt.key] = choice.answer
                self._draw_plan(after=row.key)

    def action_columns(self) -> None:
        """Say what is in the columns."""
        if self._columns:
            self._go("columns")

    # The columns.

    def action_column(self) -> None:
        """Take the column under the cursor for what the key that was pressed stands for."""
        rows = self.query_one(RowList)
        meaning = {key: meaning for key, meaning, _ in MEANINGS}.get(self.pressed)
        if rows.cursor is not None and meaning is not None:
            self._said[rows.cursor.key] = meaning
            rows.set_rows(column_rows(self._columns, self._said))
            rows.action_row_next()

    def action_read_columns(self) -> None:
        """Read the table so."""
        meanings = {each.name: self._said.get(each.name, each.meaning) for each in self._columns}
        self._start(replace(self._asked, meanings=meanings))

    def action_back(self) -> None:
        """Out of the columns to the plan, else out; nothing is written."""
        if self._stage == "columns" and self._shown is not None and self._shown.plan.format:
            self._go("plan")
        elif self._writing:
            self.app.say("It is being written; afterwards one undo takes it back.")
        else:
            self.dismiss()

    # Reading, and what is on the screen.

    def _begin(self, asked: Bring) -> None:
        self._answers, self._said = {}, {}
        self._start(asked)

    def _start(self, asked: Bring) -> None:
        """Keys do nothing more until there is an answer."""
        before = self._stage
        self._stage, self._refused, self._writing = "waiting", "", asked.write
        self._head("writing" if asked.write else "reading")
        self._read(asked, before)

    @work(group="bring", exclusive=True)
    async def _read(self, asked: Bring, before: Stage) -> None:
        try:
            shown = await self.app.background.bring(asked)
        except EngageError as refusal:
            self._go(before)
            self._say(str(refusal))
            return
        finally:
            self._writing = False
        if asked.write and shown.plan.written:
            self._written(shown)
            return
        self._asked, self._shown = replace(asked, write=False), shown
        refused = " ".join(each.sentence for each in shown.plan.refused)
        stage: Stage = "columns" if self._columns else "choosing"
        stage = "plan" if shown.plan.format else stage
        self._go(stage)
        if refused and (stage != "columns" or asked.meanings is not None):
            self._say(refused)
        elif asked.write:
            self._say("Everybody in it is known already, so nothing is written.")

    def _written(self, shown: Preview) -> None:
        counts = shown.counts
        said = [f"{counts[kind]:,} {kind}" for kind in ("new", "changed") if counts.get(kind)]
        undo = self.app.keymap.shown("undo")
        self.app.say(
            f"Brought along: {', '.join(said) or shown.plan.format} · {undo} takes it back"
        )
        self.app.run_worker(self.app.look(), group="look", exclusive=True)
        self.dismiss()

    @property
    def _columns(self) -> Sequence[Column]:
        return self._shown.plan.columns if self._shown is not None else ()

    @property
    def _offer_chosen(self) -> Offer | None:
        row = self.query_one(RowList).cursor
        return row.item if row is not None and isinstance(row.item, Offer) else None

    def _go(self, stage: Stage) -> None:
        self._stage = stage
        choosing, rows = stage == "choosing", self.query_one(RowList)
        self.query_one("#asked").display = choosing
        self.query_one(Source).display = choosing
        if choosing:
            self.query_one(Source).focus()
            self._offer()
        else:
            rows.focus()
        if stage == "plan":
            self._draw_plan()
            rows.action_row_first()
        elif stage == "columns":
            rows.set_rows(column_rows(self._columns, self._said))
        self._head()
        self._about()
        self.show_keys()

    def _draw_plan(self, *, after: str = "") -> None:
        """The rows; ``after``: a row that was decided, from which the cursor goes on."""
        if self._shown is None:
            return
        rows = self.query_one(RowList)
        drawn = plan_rows(self._shown, self._answers)
        rows.set_rows(drawn, cursor=open_after(drawn, after) if after else None)
        self._head()

    def _head(self, doing: str = "") -> None:
        given = Path(self._asked.path).name if self._stage in ("plan", "columns") else ""
        title = Content.assemble(("Bring people along", "bold"), f"  {given}" if given else "")
        note = doing
        if not doing and self._stage == "plan" and self._shown is not None:
            note = summary(self._shown, self._answers)
        elif not doing and self._stage == "columns":
            note = "what is in the columns?"
        self.query_one(StatusLine).show(title, [(note, note.partition(" · ")[2])])

    def on_row_list_highlighted(self) -> None:
        if self._stage != "choosing":
            self._refused = ""
        self._about()

    def _about(self) -> None:
        """What was refused, else all of the row under the cursor, else the keys of the input."""
        row = self.query_one(RowList).cursor
        item = row.item if row is not None else None
        lines: list[Wraps] = [Content.styled(_KEYS, ".text--muted")]
        if self._refused:
            lines = [Content(self._refused)]
        elif self._stage != "choosing":
            lines = about_column(item[0]) if isinstance(item, tuple) else about_line(item)
        self.query_one(TextLines).update(lines)

    def _say(self, sentence: str) -> None:
        """A sentence in place of what is about the row, until something else is done."""
        self._refused = sentence
        self._about()

    def _row(self, row: Row, width: int, _current: bool) -> Content:
        if isinstance(row.item, Offer):
            return file_row(row, width, self._today)
        return column_row(row, width) if isinstance(row.item, tuple) else plan_row(row, width)

    @property
    def _today(self) -> date:
        return local_day(self.app.desk.clock.now())

"""One person at a time: who has no place yet, the most active first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from engage.domain.derived import Standing
from engage.domain.records import Person
from engage.errors import EngageError
from engage.services.people import person_page
from engage.services.sorting import ToSort, to_sort
from engage.tui.screens.about_somebody import AboutSomebody
from engage.tui.screens.person import PersonScreen
from engage.tui.widgets.person_card import card_lines, head_lines
from engage.tui.widgets.status_line import StatusLine
from engage.tui.widgets.text_lines import TextLines, Wraps

_BLANK = Content("")


class SortingScreen(AboutSomebody):
    """A circle, peace, or not now: each is one key, and the next person stands there."""

    CSS_PATH = "pages.tcss"
    PLACES: ClassVar[tuple[str, ...]] = ("sorting", "everywhere")

    def __init__(self) -> None:
        super().__init__()
        self._waiting: tuple[ToSort, ...] = ()
        self._skipped: set[str] = set()
        self._busy = False

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield TextLines(id="page")

    def on_mount(self) -> None:
        self.query_one(TextLines).focus()
        self.load()

    @property
    def subject(self) -> tuple[Person, Standing] | None:
        first = self._waiting[0] if self._waiting else None
        return (first.person, first.standing) if first is not None else None

    async def reload(self) -> None:
        waiting = await self.app.desk(to_sort)
        self._waiting = tuple(each for each in waiting if each.person.id not in self._skipped)
        await self._draw()

    async def action_circle(self, circle: int) -> None:
        if not self._busy:
            with self._placing():
                await super().action_circle(circle)

    async def action_leave(self) -> None:
        if not self._busy:
            with self._placing():
                await super().action_leave()

    @contextmanager
    def _placing(self) -> Iterator[None]:
        """A key that comes before the next person stands here would place one not yet seen."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    async def action_skip(self) -> None:
        """Not now: they are here again the next time."""
        if self.subject is not None:
            self._skipped.add(self.subject[0].id)
            self._waiting = self._waiting[1:]
            await self._draw()

    def action_open(self) -> None:
        if self.subject is not None:
            self.app.push_screen(PersonScreen(self.subject[0].id))

    async def _draw(self) -> None:
        title = Content.styled("Who are they to you?", "bold")
        self.query_one(StatusLine).show(title, [(f"{len(self._waiting):,} to sort",)])
        self.query_one(TextLines).update(await self._lines())

    async def _lines(self) -> list[Wraps]:
        if self.subject is None:
            return [Content("Everybody has a place. Esc goes back.")]
        person, standing = self.subject
        try:
            page = await self.app.desk(person_page, person.id)
        except EngageError as refusal:
            return [Content(str(refusal))]
        keys = "1 closest to 5 widest · m leave in peace · space not now"
        card = card_lines(
            person,
            today=self.today,
            posts=page.posts,
            feeds=page.feeds,
            events=page.timeline,
            touches=page.touches,
        )
        return [
            *head_lines(person, standing, self.today),
            Content.styled(keys, ".text--muted"),
            _BLANK,
            *card,
        ]

"""Everything about one person."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from engage.domain.derived import Standing
from engage.domain.merging import Likely
from engage.domain.records import Person
from engage.errors import EngageError
from engage.services.merging import likely_for
from engage.services.outcomes import PersonPage
from engage.services.people import person_page
from engage.tui.screens.about_somebody import AboutSomebody
from engage.tui.screens.reading import ReadingScreen
from engage.tui.widgets.person_card import place_words
from engage.tui.widgets.person_lines import page_lines
from engage.tui.widgets.status_line import StatusLine
from engage.tui.widgets.text_lines import TextLines


class PersonScreen(AboutSomebody):
    """How the two stand, what happened, what they write; and what the writer says of them."""

    CSS_PATH = "pages.tcss"
    PLACES: ClassVar[tuple[str, ...]] = ("person", "text", "everywhere")

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self._person_id = person_id
        self._page: PersonPage | None = None
        self._why = False
        self._likely: tuple[Likely, ...] = ()

    @property
    def subject(self) -> tuple[Person, Standing] | None:
        return (self._page.person, self._page.standing) if self._page is not None else None

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield TextLines(id="page")

    def on_mount(self) -> None:
        self.query_one(TextLines).focus()
        self.load()

    async def reload(self) -> None:
        try:
            self._page = await self.app.desk(person_page, self._person_id)
            self._likely = await self.app.desk(likely_for, self._page.person.id)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        self._draw()

    @property
    def address(self) -> str | None:
        sites = [feed.site for feed in self._page.feeds if feed.site] if self._page else []
        return super().address or (sites[0] if sites else None)

    def action_read_posts(self) -> None:
        if self._page is not None and self._page.posts:
            self.app.push_screen(ReadingScreen(self._page.person, self._page.posts))
        else:
            self.app.say("No posts of theirs are known.")

    def action_what_happened(self) -> None:
        """The log, touch by touch, to correct it."""
        if self._page is not None:
            from engage.tui.screens.the_log import LogScreen

            self.app.push_screen(LogScreen(self._person_id))

    def on_screen_resume(self) -> None:
        if self._page is not None:
            self.load()

    def action_seek(self) -> None:
        self.app.seeking.toggle([self._person_id])

    def action_conversation(self) -> None:
        from engage.tui.screens.conversation import ConversationScreen

        self.app.push_screen(ConversationScreen(self._person_id))

    def action_why(self) -> None:
        self._why = not self._why
        self._draw()

    def _draw(self) -> None:
        if self._page is not None:
            person, standing = self._page.person, self._page.standing
            place = (place_words(standing), standing.stage)
            self.query_one(StatusLine).show(Content.styled(person.name, "bold"), [place])
            lines = page_lines(self._page, self.today, why=self._why, likely=self._maybe(person))
            self.query_one(TextLines).update(lines)

    def _maybe(self, person: Person) -> list[str]:
        """Who may be the same; only the writer says so."""
        key = self.app.keymap.shown("merge-people")
        return [
            f"Perhaps also {other.name}: {pair.why}.{f' {key} makes them one.' if key else ''}"
            for pair in self._likely
            for other in (pair.one, pair.other)
            if other.id != person.id
        ]

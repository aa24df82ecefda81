"""The links of an article, to open one by its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from engage.tui.outside import visit
from engage.tui.widgets.article import Link, without_scheme
from engage.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from engage.tui.app import EngageApp


def choose_link(app: EngageApp, links: Sequence[Link]) -> None:
    """Let the writer choose one of these links, and open it."""

    def chosen(url: str | None) -> None:
        if url is not None:
            app.run_worker(visit(app, url), group="visit")

    if links:
        app.push_screen(LinkChooser(links), chosen)
    else:
        app.say("There are no links in this one.")


class LinkChooser(ModalScreen[str | None]):
    """Numbered links; a number that can mean one only opens it, Enter ends a shorter one.

    Dismissed with the address, or with None.
    """

    CSS_PATH = "links.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter", "take", show=False),
        Binding("backspace", "rub_out", show=False),
        Binding("down,j,space", "down", show=False),
        Binding("up,k", "up", show=False),
    ]

    def __init__(self, links: Sequence[Link]) -> None:
        super().__init__()
        self._links = {link.number: link for link in links}
        self._typed = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="strip"):
            yield TextLines(id="links")
            yield Static(id="typed")

    def on_mount(self) -> None:
        lines = []
        for link in self._links.values():
            number = Content.styled(f"[{link.number}] ", ".text--accent")
            where = Content.styled(f"  {without_scheme(link.href)}", ".text--muted")
            lines.append(number + Content(link.text) + where)
        self.query_one("#strip").styles.height = min(len(lines), max(3, self.size.height // 2)) + 2
        self.query_one(TextLines).show([_Clipped(line) for line in lines])
        self._say()

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character.isascii() and event.character.isdigit():
            event.stop()
            self._type(self._typed + event.character)

    def action_rub_out(self) -> None:
        self._typed = self._typed[:-1]
        self._say()

    def action_take(self) -> None:
        if self._typed and int(self._typed) in self._links:
            self.dismiss(self._links[int(self._typed)].href)

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_down(self) -> None:
        self.query_one(TextLines).action_text_down()

    def action_up(self) -> None:
        self.query_one(TextLines).action_text_up()

    def _type(self, typed: str) -> None:
        meant = [number for number in self._links if str(number).startswith(typed)]
        if not meant:
            self._say(f"There is no link {typed}.")
            return
        self._typed = typed
        if len(meant) == 1:
            self.dismiss(self._links[meant[0]].href)
        else:
            self._say()

    def _say(self, sentence: str = "") -> None:
        said = sentence or f"Which number? {self._typed}"
        self.query_one("#typed", Static).update(Content(said))


class _Clipped:
    """A line that is cut at the width, not broken."""

    def __init__(self, line: Content) -> None:
        self._line = line

    def wrap(self, width: int) -> list[Content]:
        return [self._line.truncate(width, ellipsis=True)]

"""Looking for feeds on people's sites, beside everything else: one search at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.worker import Worker

from engage.domain.wording import counted
from engage.errors import EngageError

if TYPE_CHECKING:
    from engage.services.outcomes import Progress, Sought
    from engage.tui.app import EngageApp


class Seeking:
    """The search that is under way, if one is. ``words``: how far it is, for a status line."""

    def __init__(self, app: EngageApp) -> None:
        self._app = app
        self._worker: Worker[None] | None = None
        self.words = ""

    def toggle(self, names: Sequence[str]) -> None:
        """Begin to look, for these people or for everybody; or stop looking."""
        if self._worker is not None and self._worker.is_running:
            self._worker.cancel()
            self._show("")
            key = self._app.keymap.shown("seek")
            self._app.say(f"Stopped looking; what was found is kept. {key} goes on from here.")
            return
        self._show("looking for feeds")
        self._worker = self._app.run_worker(self._seek(names), group="seek")

    async def _seek(self, names: Sequence[str]) -> None:
        try:
            sought = await self._app.background.seek(names, self._tell)
        except EngageError as refusal:
            self._app.say(str(refusal), warning=True)
        else:
            self._app.say(said(sought))
        self._show("")
        await self._app.look()

    def _tell(self, progress: Progress) -> None:
        self._show(f"looking for feeds: {progress.done:,} of {progress.due:,}")

    def _show(self, words: str) -> None:
        from engage.tui.screens.people import PeopleScreen

        self.words = words
        if isinstance(self._app.screen, PeopleScreen):
            self._app.screen.show_status()


def said(sought: Sought) -> str:
    """What came of a search, in a sentence."""
    if sought.refused:
        return sought.refused[0].sentence
    if not sought.asked:
        return "Nobody without a feed has a site that was not looked at lately."
    if not sought.added and len(sought.without) == 1:
        return sought.without[0].sentence
    sites = counted(sought.asked, "site")
    return f"{counted(len(sought.added), 'feed')} found on {sites}."

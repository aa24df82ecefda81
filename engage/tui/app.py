"""The app: wiring only."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.screen import Screen

from engage.errors import EngageError
from engage.services.desk import Desk
from engage.tui import refreshing, themes
from engage.tui.actions import ACTIONS
from engage.tui.desk_thread import DeskThread
from engage.tui.keymap import load_keymap
from engage.tui.outside import on_terminal
from engage.tui.refreshing import Apart, Background
from engage.tui.screens.desk_screen import DeskScreen
from engage.tui.screens.inbox import BREAKPOINTS, InboxScreen
from engage.tui.seeking import Seeking

if TYPE_CHECKING:
    from datetime import datetime

    from engage.services.outcomes import Added, Progress

#: Seconds between looks at what other processes wrote.
LOOK_EVERY = 1.0
#: Seconds a toast stays.
TOAST = 5.0


class EngageApp(App[int]):
    """engage on the screen. ``desk`` runs services on a thread of their own."""

    # The default screen's own stylesheet is not loaded by itself.
    CSS_PATH: ClassVar = ["styles/base.tcss", "screens/inbox.tcss"]
    TITLE = "engage"
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = TOAST
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    def __init__(self, desk: Desk, *, background: Background) -> None:
        super().__init__()
        self.desk = DeskThread(desk)
        self.background = background
        self.keymap = load_keymap(desk.settings.keys)
        self.freshness = ""
        self.seeking = Seeking(self)
        self.failure: Exception | None = None
        self.offline = desk.offline
        self._own_themes = desk.paths.themes
        self._seen: refreshing.Seen | None = None
        self._next: datetime | None = None
        self._findings = list(desk.settings.findings)
        self._use_theme(desk.settings.theme)

    def get_default_screen(self) -> InboxScreen:
        return InboxScreen()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.FALLBACK_VARIABLES

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            try:
                loop.add_signal_handler(number, partial(self.exit, 128 + number))
            except (NotImplementedError, ValueError, RuntimeError):
                break  # not the main thread, or a system without signals
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        """After first paint: what need not stand in its way."""
        gc.enable()
        gc.freeze()
        if findings := [*self._findings, *self.keymap.findings]:
            self.say("\n".join(findings), warning=True)
        self.set_interval(LOOK_EVERY, self.tick)
        self.run_worker(self._start(), group="start")

    async def _start(self) -> None:
        seen = await self.desk(refreshing.look, None)
        self._seen = self._seen or seen
        if seen is not None and not seen[0].people and not seen[0].feeds:
            await self.action_add()
        else:
            self.action_refresh()

    def action_bring(self) -> None:
        from engage.tui.screens.bringing import BringingScreen

        if not isinstance(self.screen, BringingScreen):
            self.push_screen(BringingScreen())

    async def action_add(self) -> None:
        """Ask for addresses; afterwards what they brought is asked for."""
        from engage.tui.screens.first_run import FirstRunScreen, knows_own, knows_somebody

        known, begun = await self.desk(knows_own), await self.desk(knows_somebody)
        screen = FirstRunScreen(self._add, knows_own=known, begun=begun)
        self.push_screen(screen, lambda _: self.action_refresh())

    async def _add(self, targets: Sequence[str], own: bool) -> Added:
        return await self.background.add(targets, lambda _: None, own=own)

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """A toast, in place of the one before; what a feed wrote is never markup."""
        self.clear_notifications()
        self.notify(sentence, markup=False, severity="warning" if warning else "information")

    # Freshness.

    def tick(self) -> None:
        """Every moment: a refresh when one is due, and what others wrote."""
        if self._next is not None and self._next <= self.desk.clock.now() and not self._refreshing:
            self.action_refresh()
        self.run_worker(self.look(), group="look", exclusive=True)

    async def look(self) -> None:
        """Tell the screen if the ledger has changed."""
        try:
            seen = await self.desk(refreshing.look, self._seen)
        except EngageError:
            return  # a file that is being replaced: the next look finds it
        if seen is not None:
            self._seen = seen
            if isinstance(self.screen, DeskScreen):
                await self.screen.ledger_changed()

    def action_refresh(self) -> None:
        if self.offline:
            self._fresh("a made-up world, offline")
            return
        if self._refreshing:
            self.say("A refresh is under way.")
            return
        self.run_worker(self._refresh(), group="refresh")

    @property
    def _refreshing(self) -> bool:
        return any(w.group == "refresh" and w.is_running for w in self.workers)

    async def _refresh(self) -> None:
        def progress(done: Progress) -> None:
            self._fresh(f"asking {done.done} of {done.due}")

        self._fresh("asking")
        try:
            done = await self.background.refresh(progress)
            due = await self.desk(refreshing.next_fetch)
            needing = await self.desk(refreshing.needing)
        except EngageError as error:
            now = self.desk.clock.now()
            self._next = refreshing.next_turn(now, now)
            self._fresh("not refreshed")
            self.say(str(error), warning=True)
            return
        self._next = refreshing.next_turn(due, self.desk.clock.now())
        now, key = self.desk.clock.now(), self.keymap.shown("go-feeds")
        self._fresh(refreshing.summary(done, due, now, needing, key))
        await self.look()
        if isinstance(self.screen, DeskScreen):
            await self.screen.feeds_asked()

    def _fresh(self, words: str) -> None:
        self.freshness = words
        for screen in self.screen_stack:
            if isinstance(screen, InboxScreen):
                screen.show_status()

    # Going places.

    def action_go_inbox(self) -> None:
        self._go(None)

    def action_go_people(self) -> None:
        from engage.tui.screens.people import PeopleScreen

        self._go(PeopleScreen)

    def action_go_week(self) -> None:
        from engage.tui.screens.week import WeekScreen

        self._go(WeekScreen)

    def action_go_feeds(self) -> None:
        from engage.tui.screens.feeds import FeedsScreen

        self._go(FeedsScreen)

    async def action_go_later(self) -> None:
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if isinstance(self.screen, InboxScreen):
            self.screen.go_later()

    def action_go_drafts(self) -> None:
        from engage.tui.screens.drafts import DraftsScreen

        self._go(DraftsScreen)

    def action_go_questions(self) -> None:
        from engage.tui.screens.questions import QuestionsScreen

        self._go(QuestionsScreen)

    def action_go_mentions(self) -> None:
        from engage.tui.screens.mentions import MentionsScreen

        self._go(MentionsScreen)

    def _go(self, screen: Callable[[], Screen[None]] | None) -> None:
        """To a screen right above the inbox, whatever was open; None: to the inbox."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if screen is not None:
            self.push_screen(screen())

    def action_help(self) -> None:
        from engage.tui.screens.help import HelpScreen

        if isinstance(self.screen, DeskScreen):
            self.push_screen(HelpScreen(self.screen.places))

    def action_palette(self) -> None:
        self.action_command_palette()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: what can be done here, and the themes."""
        if isinstance(screen, DeskScreen):
            for action in ACTIONS:
                here = set(action.where) & set(screen.places)
                if action.palette and here and screen.available(action):
                    key = self.keymap.shown(action.id)
                    title = action.text.capitalize() + (f"  {key}" if key else "")
                    yield SystemCommand(title, action.sentence, partial(screen.perform, action))
        for file in themes.available(self._own_themes):
            apply = partial(self._use_theme, file.name)
            yield SystemCommand(f"Theme {file.name}", "Until engage ends", apply)

    async def action_wrote_today(self) -> None:
        from engage.services.remember import wrote

        try:
            change = await self.desk(wrote)
        except EngageError as error:
            self.say(str(error), warning=True)
            return
        key = self.keymap.shown("undo")
        self.say(f"{change.label} · {key} takes it back" if change else "Today is marked already.")

    def _use_theme(self, name: str) -> None:
        """Apply a theme of a file, or one of Textual's own; else say so and take the default."""
        found = {file.name: file for file in themes.available(self._own_themes)}
        try:
            if name in found:
                self.register_theme(themes.load_theme(found[name]))
            elif name not in self.available_themes:
                raise EngageError(f"There is no theme {name!r}; `engage themes` lists them.")
            self.theme = name
        except EngageError as error:
            if self.is_running:
                self.say(str(error), warning=True)
            else:
                self._findings.append(str(error))
            if name != themes.DEFAULT and themes.DEFAULT in found:
                self._use_theme(themes.DEFAULT)

    # Ending.

    def _handle_exception(self, error: Exception) -> None:
        # Textual has no public way to end without a traceback on the writer's screen.
        cause = getattr(error, "error", error)
        self.failure = self.failure or (cause if isinstance(cause, Exception) else error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()


def run(desk: Desk) -> int:
    """Open the screen; the exit status. An unexpected error is raised when it has closed."""
    # The desk's thread must not hold back a key for the usual 5 ms.
    sys.setswitchinterval(0.001)
    app = EngageApp(desk, background=Apart(desk.paths))
    try:
        with on_terminal():
            status = app.run()
    finally:
        gc.enable()
        app.desk.stop()
    if app.failure is not None:
        raise app.failure
    return status or 0

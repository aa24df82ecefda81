"""Adding by address: in the first minutes the writer's own, then those of people."""

from __future__ import annotations

import re
from asyncio import Lock, Semaphore, sleep
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from engage.domain.wording import counted
from engage.errors import EngageError
from engage.services.desk import Desk
from engage.services.outcomes import Added, AddedFeed
from engage.tui.widgets.text_lines import Paragraph, TextLines, Wraps

#: Follows addresses, the writer's ``own`` or people's, away from the event loop.
Add = Callable[[Sequence[str], bool], Awaitable[Added]]

_GREETING = "Welcome. engage keeps you close to the people who read you, a little every day."
_AGAIN = "Who else is there?"
_OWN = (
    "Where do you write? Your blog, your @name on Medium, or any page with a feed. "
    "Enter on an empty line goes on without."
)
_THEIRS = (
    "Who reads you, and whom do you read? Paste their addresses, one or many, a line each, or the "
    "path of an export. Enter on an empty line opens your inbox."
)
#: How the path of a file begins, typed or dropped on the terminal.
_PATH = re.compile(r"['\"]?(/|~/|\./|\.\./|file://|[A-Za-z]:\\)")
#: Addresses looked at at the same time: each is a process of its own.
AT_ONCE = 2
#: Real seconds of rest between two addresses of one server.
REST = 1.0

_TITLES = 3


class Addresses(Input):
    """An input that takes several pasted lines at once."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "screen.skip", show=False)]

    @dataclass
    class Pasted(Message):
        """Several addresses were pasted."""

        addresses: tuple[str, ...]
        text: str

    def _on_paste(self, event: events.Paste) -> None:
        addresses = addresses_in(event.text)
        if len(addresses) > 1:
            event.prevent_default()
            event.stop()
            self.post_message(self.Pasted(addresses, event.text))


@dataclass
class Attempt:
    """An address, whom it asks, and what became of it. ``state``: "looking", "added" or
    "refused"."""

    address: str
    own: bool
    server: str = ""
    state: str = "looking"
    sentence: str = ""
    titles: tuple[str, ...] = field(default=())


class FirstRunScreen(Screen[None]):
    """Asks for addresses and shows what is found at each; Esc goes on to the inbox.

    ``add`` follows them. ``knows_own``: the writer's own address is known already; ``begun``:
    somebody is. An address that is refused keeps its line, and comes back into the input
    with the up key.
    """

    CSS_PATH = "first_run.tcss"

    def __init__(self, add: Add, *, knows_own: bool = False, begun: bool = False) -> None:
        super().__init__()
        self._add = add
        self._asks_own = not knows_own
        self._greeting = _AGAIN if begun else _GREETING
        self._attempts: dict[int, Attempt] = {}
        self._numbers = count()
        self._room = Semaphore(AT_ONCE)
        # Those of one server wait for each other here, and fill no room meanwhile.
        self._turns: dict[str, Lock] = {}

    def compose(self) -> ComposeResult:
        yield TextLines(id="page")
        yield Static(id="asked")
        yield Addresses(id="address", compact=True, placeholder="mara.example")
        yield Static(id="keys")

    def on_mount(self) -> None:
        self.query_one(Addresses).focus()
        self._draw()

    @property
    def asks_own(self) -> bool:
        """Whether the writer's own address is what is asked for."""
        found = any(each.own and each.state == "added" for each in self._attempts.values())
        return self._asks_own and not found

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        addresses = addresses_in(event.value)
        if _PATH.match(event.value.strip()):
            self._bring(event.value)
            event.input.value = ""
        elif addresses:
            event.input.value = ""
            self._try(addresses)
        elif self.asks_own:
            self._asks_own = False
            self._draw()
        else:
            self.action_skip()

    @on(Addresses.Pasted)
    def _pasted(self, event: Addresses.Pasted) -> None:
        if any(" " in each for each in event.addresses):  # with names: a list of people
            self._bring(pasted=event.text)
        else:
            self._try(event.addresses)

    def _bring(self, path: str = "", pasted: str = "") -> None:
        from engage.tui.screens.bringing import BringingScreen

        self.app.push_screen(BringingScreen(path, pasted))

    def action_skip(self) -> None:
        self.dismiss()

    def on_key(self, event: events.Key) -> None:
        if event.key == "up":
            self._take_back()

    def _take_back(self) -> None:
        """The last refused address, into the empty input."""
        entry = self.query_one(Addresses)
        refused = [key for key, each in self._attempts.items() if each.state == "refused"]
        if refused and not entry.value:
            entry.value = self._attempts.pop(refused[-1]).address
            entry.action_end()
            self._draw()

    def _try(self, addresses: Sequence[str]) -> None:
        from engage.services.adding import server_of  # here: it knows every platform

        for address in addresses:
            asked = any(each.own and each.state != "refused" for each in self._attempts.values())
            own = self.asks_own and not asked
            if any(each.address == address and each.own == own for each in self._attempts.values()):
                continue
            number = next(self._numbers)
            self._attempts[number] = Attempt(address, own, server_of(address))
            # The app's: what was entered is looked at also after Esc.
            self.app.run_worker(self._look(self._attempts[number]), group=f"add-{number}")
        self._draw()

    async def _look(self, attempt: Attempt) -> None:
        """Look at an address, after those of its server that were entered before."""
        async with self._turns.setdefault(attempt.server, Lock()):
            try:
                async with self._room:
                    answer = await self._add([attempt.address], attempt.own)
            except EngageError as refusal:
                attempt.state, attempt.sentence = "refused", str(refusal)
            else:
                await self._note(attempt, answer)
            self._draw()
            others = (each for each in self._attempts.values() if each.server == attempt.server)
            if any(each.state == "looking" for each in others):
                await sleep(REST)

    async def _note(self, attempt: Attempt, answer: Added) -> None:
        found = [*answer.added, *answer.known]
        if not found:
            said = [refusal.sentence for refusal in answer.refused]
            attempt.state = "refused"
            attempt.sentence = said[0] if said else "Nothing was found there."
            return
        attempt.state, attempt.sentence = "added", found_words(found[0], attempt.own)
        feed = found[0].feed
        if feed is not None:
            titles: tuple[str, ...] = await self.app.desk(latest_titles, feed.id)  # type: ignore[attr-defined]
            attempt.titles = titles

    def _draw(self) -> None:
        if not self.is_running:
            return
        lines: list[Wraps] = [Content(""), Content(self._greeting)]
        lines += [Content("")] if self._attempts else []
        for attempt in self._attempts.values():
            lines += attempt_lines(attempt)
        self.query_one(TextLines).update(lines)
        self.query_one(TextLines).action_text_end()
        refused = any(attempt.state == "refused" for attempt in self._attempts.values())
        again = "↑ the refused one again   " if refused else ""
        keys = f"Enter go on   {again}Esc inbox"
        self.query_one("#keys", Static).update(Content(keys))
        self.query_one("#asked", Static).update(Content(_OWN if self.asks_own else _THEIRS))


def addresses_in(text: str) -> tuple[str, ...]:
    """The addresses in what was typed or pasted: apart by spaces, commas or lines. A line with
    words that are no address is taken whole, so that it is refused in one piece."""
    found: list[str] = []
    for line in text.splitlines():
        words = line.replace(",", " ").split()
        whole = all("." in word or "@" in word for word in words)
        found += words if whole else [line.strip()]
    return tuple(dict.fromkeys(found))


def attempt_lines(attempt: Attempt) -> list[Wraps]:
    """An address, and beside it what became of it; below, the latest titles found there."""
    mark = {"looking": "…", "added": "✓", "refused": "–"}[attempt.state]
    words = attempt.sentence.removeprefix(f"{attempt.address}: ") or "looking"
    lines: list[Wraps] = [
        Paragraph(
            Content.styled(f"{mark} ", ".text--accent"),
            Content.assemble(attempt.address, (f"  {words}", ".text--muted")),
        )
    ]
    for title in attempt.titles:
        lines.append(Paragraph(Content("    "), Content.styled(title, ".text--em")))
    return lines


def found_words(found: AddedFeed, own: bool) -> str:
    """``Mara Quill, 12 posts``, and the sentence that there is to say besides."""
    name = found.person.name if found.person is not None else ""
    if not name and found.feed is not None:
        name = found.feed.title
    who = f"You: {name}" if own and name else "You" if own else name
    what = counted(found.posts, "post") if found.feed is not None else "no feed of theirs is known"
    fact = ", ".join(filter(None, (who, what)))
    return f"{fact}. {found.note}" if found.note else fact


def knows_own(desk: Desk) -> bool:
    """Whether the writer's own posts are followed."""
    return any(feed.role == "own" for feed in desk.world().feeds.values())


def knows_somebody(desk: Desk) -> bool:
    """Whether anybody is known."""
    return bool(desk.world().people)


def latest_titles(desk: Desk, feed: str) -> tuple[str, ...]:
    """The titles of a feed's latest posts."""
    return tuple(post.title for post in desk.store.posts(feed)[:_TITLES])

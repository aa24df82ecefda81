"""The feeds and how they are doing: what needs the writer first, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from engage.domain.changes import Change
from engage.domain.feed_health import Health
from engage.domain.wording import counted
from engage.errors import EngageError
from engage.services import follow
from engage.services.desk import Desk
from engage.tui.actions import Action
from engage.tui.outside import visit
from engage.tui.screens.about_somebody import AboutSomebody
from engage.tui.screens.person import PersonScreen
from engage.tui.screens.prompts import Field, FilterPrompt, Prompt, Values
from engage.tui.widgets.feed_rows import ListedFeed, feed_row, feed_rows
from engage.tui.widgets.row_list import RowList
from engage.tui.widgets.status_line import StatusLine


class FeedsScreen(AboutSomebody):
    """A row for each feed, and under the list the one under the cursor in a sentence. Servers are
    asked in a process of its own, as a refresh is."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["pages.tcss", "feeds.tcss"]
    PLACES: ClassVar[tuple[str, ...]] = ("feeds", "list", "everywhere")

    def __init__(self) -> None:
        super().__init__()
        self._query = ""
        self._found: tuple[ListedFeed, ...] = ()
        self._asking = ""

    @property
    def subject(self) -> None:
        """Nobody: the keys are about a feed."""
        return None

    @property
    def listed(self) -> ListedFeed | None:
        """The feed under the cursor."""
        row = self.query_one(RowList).cursor
        return row.item if row is not None else None

    def available(self, action: Action) -> bool:
        if action.id == "successor":
            return self.listed is not None and self.listed.known.health.lost
        return super().available(action)

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield Static(id="empty")
        yield RowList(lambda row, width, _: feed_row(row, width), id="feeds")
        yield Static(id="detail")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.load()

    def on_screen_resume(self) -> None:
        self.load()

    async def reload(self) -> None:
        self._found = await self.app.desk(_look)
        rows = feed_rows(self._found, self._query)
        self.query_one(RowList).set_rows(rows)
        none = (
            "No feed matches; Esc clears the filter."
            if self._query
            else f"No feeds yet. {self.app.keymap.shown('add')} adds people by their addresses."
        )
        self.query_one("#empty", Static).update(Content("" if rows else none))
        self.query_one("#empty").display = not rows
        self._draw()

    async def feeds_asked(self) -> None:
        await self.reload()

    def on_row_list_highlighted(self) -> None:
        self._draw()

    def on_row_list_chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        person = self.listed.known.feed.person if self.listed is not None else None
        if person is not None:
            self.app.push_screen(PersonScreen(person))
        elif self.listed is not None:
            self.app.say(f"{self.listed.title} is nobody else's: it is about your own writing.")

    def action_filter(self) -> None:
        self.app.push_screen(FilterPrompt(self._query, self._filter, "a title, a name, failing"))

    def action_back(self) -> None:
        if self._query:
            self._filter("")
        else:
            self.dismiss()

    @property
    def address(self) -> str | None:
        feed = self.listed.known.feed if self.listed is not None else None
        return (feed.site or feed.url) if feed is not None else None

    async def action_browse(self) -> None:
        """Open the feed's site."""
        if self.address is not None:
            await visit(self.app, self.address)

    async def action_pause(self) -> None:
        if self.listed is not None:
            await self.attempt(_pause, self.listed.known.feed.id)

    async def action_unfollow(self) -> None:
        if self.listed is not None:
            await self.attempt(follow.remove, self.listed.known.feed.id)

    async def action_undo(self) -> None:
        await super().action_undo()
        self.app.action_refresh()  # the posts of a feed that is followed again are fetched anew

    @work(group="asking", exclusive=True)
    async def action_ask_again(self) -> None:
        """Ask the feed now, unless that would be too soon; say what came of it."""
        if self.listed is None:
            return
        feed, keys = self.listed.known.feed, self.app.keymap
        if self.listed.known.health.state == "gone":
            self.app.say(f"It is gone for good; {keys.shown('successor')} looks for its successor.")
            return
        if feed.paused:
            self.app.say(f"It is paused; {keys.shown('pause')} resumes it.")
            return
        self._ask(f"asking {self.listed.title}")
        try:
            done = await self.app.background.refresh(lambda _: None, names=[feed.id], again=True)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
        else:
            said = [*(error.message for error in done.errors), *done.notes]
            new = counted(done.new_posts, "new post") if done.new_posts else "nothing new"
            self.app.say(said[0] if said else f"{self.listed.title}: {new}.")
        self._ask("")
        await self.reload()

    @work(group="asking", exclusive=True)
    async def action_successor(self) -> None:
        """Look on the feed's site for where it is now."""
        if self.listed is None:
            return
        self._ask(f"looking for {self.listed.title}")
        try:
            await self._move(self.listed.known.feed.id, None)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
        self._ask("")

    def action_move_feed(self) -> None:
        if self.listed is None:
            return
        id, title, url = self.listed.known.feed.id, self.listed.title, self.listed.known.feed.url

        async def take(values: Values) -> None:
            await self._move(id, values["url"].strip())

        address = Field("url", "mara.example/feed", url)
        self.app.push_screen(Prompt(f"{title} is now at", [address], take))

    async def _move(self, id: str, url: str | None) -> None:
        change = await self.app.background.move(id, url)
        if change is None:
            self.app.say("It answers again at the address it has.")
        else:
            self.app.say(f"{change.label} · {self.app.keymap.shown('undo')} takes it back")
        await self.reload()

    def _ask(self, what: str) -> None:
        self._asking = what
        self._draw()

    def _filter(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self.load()

    def _draw(self) -> None:
        how = in_short([each.known.health for each in self._found])
        notes = [(self._asking,) if self._asking else (how if self._found else "",)]
        if self._query:
            notes = [(f"/{self._query}",), *notes]
        title = Content.styled(f"Feeds {len(self._found):,}", "bold")
        self.query_one(StatusLine).show(title, notes)
        self.query_one("#detail", Static).update(self._detail())
        self.show_keys()

    def _detail(self) -> Content:
        """The feed under the cursor: how it is, what can be done, and where it is."""
        if self.listed is None:
            return Content("")
        feed, health = self.listed.known.feed, self.listed.known.health
        keys = self.app.keymap
        advice = ""
        if health.lost:
            advice = (
                f"{keys.shown('successor')} looks on its site for its successor, "
                f"{keys.shown('unfollow')} follows it no longer."
            )
        elif health.state == "paused":
            advice = f"{keys.shown('pause')} resumes it."
        posts = counted(self.listed.known.fetch.posts, "post")
        return Content("\n").join(
            [
                Content(f"{health.fact} {advice}".rstrip()),
                Content.styled(f"{feed.url} · {posts}", "$text-muted"),
            ]
        )


def _look(desk: Desk) -> tuple[ListedFeed, ...]:
    people = desk.world().people
    found = follow.feeds(desk)
    names = {id: person.name for id, person in people.items()}
    return tuple(ListedFeed(each, names.get(each.feed.person or "", "")) for each in found)


def _pause(desk: Desk, feed: str) -> Change | None:
    return follow.pause(desk, feed)[0]


def in_short(found: Sequence[Health]) -> str:
    """How all feeds are doing, for the status line."""
    need = sum(each.attention for each in found)
    failing = sum(each.state == "failing" for each in found)
    if need:
        return f"{need} {'needs' if need == 1 else 'need'} attention"
    return f"{failing} failing for now" if failing else "all in order"

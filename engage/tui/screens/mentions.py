"""Webmentions: which answers on the writer's own site may be told to whom, and what was sent."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.content import Content

from engage.domain.days import local_day
from engage.errors import Ambiguous, EngageError
from engage.services.outcomes import Mentioned
from engage.services.webmentions import Mention, mentions
from engage.tui.actions import Action
from engage.tui.outside import visit
from engage.tui.screens.beside import Beside
from engage.tui.screens.reply_prompts import mention_prompt
from engage.tui.widgets.article import without_scheme
from engage.tui.widgets.people_rows import fitted
from engage.tui.widgets.row_list import Row
from engage.tui.widgets.said import day_said
from engage.tui.widgets.status_line import StatusLine
from engage.tui.widgets.text_lines import Paragraph, Wraps

_STATE = 12


class MentionsScreen(Beside):
    """A row for each pair of pages. Nothing is sent before it was shown, and nothing twice unless
    the writer asks for an update."""

    PLACES: ClassVar[tuple[str, ...]] = ("mentions", "list", "everywhere")

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Mention, ...] = ()
        self._shown: Mentioned | None = None
        self._typed: set[str] = set()
        self._asked_for: list[Mention] = []  # pairs that only this page knows yet
        self._sending = False
        self._said = ""

    @property
    def current(self) -> Mention | None:
        """The pair in the row under the cursor."""
        mention: Mention | None = self.chosen
        return mention

    async def reload(self) -> None:
        try:
            found = await self.app.desk(mentions)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        known = {(each.source, each.target) for each in found}
        new = [each for each in self._asked_for if (each.source, each.target) not in known]
        self._found = (*new, *found)
        self._draw()

    def on_row_list_highlighted(self) -> None:
        if self._shown is not None and not self._shows(self.current):
            self._shown, self._said = None, ""
        super().on_row_list_highlighted()

    def on_row_list_chosen(self) -> None:
        self.action_preview()

    def available(self, action: Action) -> bool:
        shown, current = self._shown, self.current
        sent = current is not None and current.sent is not None
        match action.id:
            case "send":
                return shown is not None and not shown.sent and not (sent and _taken(current))
            case "send-again":
                return shown is not None and not shown.sent and sent and _taken(current)
            case "preview":
                return current is not None
        return super().available(action)

    def action_preview(self) -> None:
        """Ask both pages, and show exactly what would be sent."""
        if (current := self.current) is not None:
            self._ask(current.source, current.target)

    def action_send(self) -> None:
        """Send what is shown."""
        self._send(again=False)

    def action_send_again(self) -> None:
        """Send what is shown as an update."""
        self._send(again=True)

    def action_other_pages(self) -> None:
        """Any other page of the writer's, and what it answers."""

        async def take(source: str, target: str | None) -> None:
            self._typed.add(source)
            await self._work(source, target)

        self.app.push_screen(mention_prompt(take))

    async def action_browse(self) -> None:
        if self.current is not None:
            await visit(self.app, self.current.target)

    def _send(self, *, again: bool) -> None:
        """Send, also where the page is left meanwhile: a request that is broken off may have been
        taken, and nobody would know."""
        shown = self._shown
        if self._sending:
            self.app.say("It is being sent.")
        elif shown is None or not self._shows(self.current):
            self.app.say(f"{self.app.keymap.shown('preview')} shows first what would be sent.")
        elif not shown.sent:
            self._sending = True
            self.app.run_worker(
                self._asked(shown.source, shown.target, send=True, again=again), group="send"
            )

    def _shows(self, mention: Mention | None) -> bool:
        """Whether what is shown is about that pair."""
        shown = self._shown
        return (
            shown is not None
            and mention is not None
            and (shown.source, shown.target) == (mention.source, mention.target)
        )

    @work(group="webmention", exclusive=True)
    async def _ask(self, source: str, target: str | None) -> None:
        await self._asked(source, target)

    async def _asked(
        self, source: str, target: str | None, *, send: bool = False, again: bool = False
    ) -> None:
        try:
            await self._work(source, target, send=send, again=again)
        except Ambiguous as refusal:
            self._refused("\n".join([str(refusal), *refusal.candidates]))
        except EngageError as refusal:
            self._refused(str(refusal))
        finally:
            self._sending = self._sending and not send

    async def _work(
        self, source: str, target: str | None, *, send: bool = False, again: bool = False
    ) -> None:
        self._said = f"{'Sending to' if send else 'Asking'} {without_scheme(target or source)} …"
        self.show_text()
        # What stands in the list came from feeds; only what was typed may lead to private hosts.
        answer = await self.app.background.webmention(
            source, target, send=send, again=again, typed=source in self._typed
        )
        if send:
            self.app.say(answer.message)
        if not self.is_attached:
            return
        self._shown, self._said = answer, ""
        known = {(each.source, each.target) for each in self._found}
        if (answer.source, answer.target) not in known:
            self._asked_for.append(Mention(answer.source, answer.target))
            self._found = (self._asked_for[-1], *self._found)
        self._draw(f"{answer.source} {answer.target}")
        if send:
            await self.reload()

    def _refused(self, sentence: str) -> None:
        self.app.say(sentence, warning=True)
        if self.is_attached:
            self._said = sentence
            self.reload_soon()

    def _draw(self, cursor: str | None = None) -> None:
        waiting = sum(each.sent is None for each in self._found)
        title = Content.styled("Webmentions", "bold")
        self.query_one(StatusLine).show(title, [(f"{waiting:,} not sent" if waiting else "",)])
        rows = [Row(f"{each.source} {each.target}", each) for each in self._found]
        key = self.app.keymap.shown("other-pages")
        none = (
            "No page of yours is known to answer a post. What your own site links to comes here "
            f"by itself; {key} takes any other page."
        )
        self.show_rows(rows, none, cursor)

    def text_lines(self) -> list[Wraps]:
        lines = self._lines(self.current) if self.current is not None else []
        return [*lines, Content(self._said)] if self._said else lines

    def _lines(self, current: Mention) -> list[Wraps]:
        shown = self.app.keymap.shown
        about = ", ".join(part for part in (current.person, current.title) if part)
        lines: list[Wraps] = [Content.styled(about, ".text--strong")] if about else []
        lines += [
            _labelled("your page  ", current.source),
            _labelled("answers    ", current.target),
        ]
        lines.append(Content(""))
        if current.sent is not None:
            day = day_said(local_day(current.sent.at), self.today)
            lines += [_labelled(f"Sent {day}: ", current.sent.message)]
            lines += [_labelled("more at    ", current.sent.place)] if current.sent.place else []
            lines.append(Content(""))
        preview = self._shown
        if preview is None or not self._shows(current):
            return [*lines, Content.styled(f"{shown('preview')} shows what would be sent.", "dim")]
        if preview.sent:
            return lines
        key = "send-again" if current.sent is not None and _taken(current) else "send"
        what = "sends an update" if key == "send-again" else "sends it, once"
        return [
            *lines,
            Content("This would be sent, and nothing else:"),
            Content(""),
            Content(f"POST {preview.endpoint}"),
            Content(f"source={preview.source}"),
            Content(f"target={preview.target}"),
            Content(""),
            Content.assemble((shown(key), ".text--accent"), f" {what}"),
        ]

    def row_line(self, row: Row, width: int) -> Content:
        each: Mention = row.item
        state = "not sent" if each.sent is None else "sent" if _taken(each) else "refused"
        about = each.title or without_scheme(each.target)
        name = f"{each.person}  " if each.person else ""
        return Content("").join(
            [
                Content(" "),
                fitted(f"{name}{about}", max(8, width - 3 - _STATE)),
                Content(" "),
                fitted(state, _STATE, ".row--muted"),
            ]
        )


def _taken(mention: Mention | None) -> bool:
    """Whether the receiver took it."""
    return mention is not None and mention.sent is not None and 200 <= mention.sent.status < 300


def _labelled(label: str, text: str) -> Wraps:
    return Paragraph(Content.styled(label, ".text--muted"), Content(text))

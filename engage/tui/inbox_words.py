"""What the inbox says of itself: the line at the top, and what stands where no rows are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual.content import Content

from engage.domain.days import week_of
from engage.domain.derived import Task
from engage.domain.wording import counted
from engage.tui.inbox_state import InboxState
from engage.tui.widgets.said import day_said

#: The words at the left, the notes at the right in their forms, and what stands out.
Status = tuple[Content, Sequence[Sequence[str]], str]

#: The key of an action, as it is shown.
Shown = Callable[[str], str]

_NOTHING = (
    "Nobody waits for you today.\n\nA good day to write something of your own. "
    "{week} shows your week, {people} the people you know, {log} notes what happened elsewhere."
)
_NOBODY = (
    "Nobody is here yet.\n\n{add} adds the people who read you and those whom you read: a blog, "
    "a name such as @mara on Medium, a profile, one or many at once. From then on engage brings "
    "you what they write, and keeps in mind whom you have not answered."
)


def inbox_status(
    state: InboxState | None, now: datetime, fresh: str, key: str, ask: str = ""
) -> Status:
    """The line above the rows. ``now`` is local; ``key`` shows what is new."""
    week = int(week_of(now.date())[-2:])
    day = day_said(now.date(), now.date())
    dates = (f"{day} · week {week}", f"{day} · w{week}", "")
    left = [("engage", "bold"), ("   Inbox", "")]
    new = 0
    if state is not None:
        left.append((f" {state.open_count}", ""))
        new = state.new_count
        if state.query:
            left.append((f"  /{state.query}", ""))
    news = f"{new} new, press {key} to show" if new else ""
    short = fresh.partition(";")[0]
    notes: list[Sequence[str]] = [dates, (fresh, short, short, "")]
    if state is not None and state.inbox.questions:
        asked = counted(state.inbox.questions, "question")
        notes.insert(0, (f"{asked}: {ask}", f"{state.inbox.questions}? {ask}"))
    return Content.assemble(*left), notes, news


def reading_status(state: InboxState, task: Task, at: int) -> Status:
    """The line above a row that is open at one of its posts."""
    standing = state.inbox.standings.get(task.person)
    circle = f" · circle {standing.circle}" if standing and standing.circle else ""
    left = Content.assemble((state.name(task), "bold"), (circle, "dim"))
    place = f"{at + 1} of {len(task.posts)}" if len(task.posts) > 1 else ""
    return left, [(task.short, "")], place


def nothing_here(state: InboxState, shown: Shown) -> str:
    """What stands in place of rows: nobody matches, waits, or is known yet."""
    if state.query:
        return f"Nothing matches {state.query!r}. Esc shows everything again."
    if not state.people:
        return _NOBODY.format(add=shown("add"))
    return _NOTHING.format(week=shown("go-week"), people=shown("go-people"), log=shown("log"))

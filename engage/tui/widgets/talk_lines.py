"""A conversation as lines of text: the post, their words, yours, in order, and what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from engage.domain.days import local_day
from engage.domain.records import Person, Touch
from engage.domain.wording import known_how
from engage.services.conversations import Talk
from engage.services.drafts import Draft
from engage.tui.widgets.article import without_scheme
from engage.tui.widgets.person_card import quote
from engage.tui.widgets.said import day_said
from engage.tui.widgets.text_lines import Paragraph, Wraps

#: The words of one conversation that are shown, the latest: no thread is without end.
_MOST = 200
_BLANK = Content("")
_SAID = {
    "comment": "commented",
    "reply": "answered",
    "letter": "wrote a letter",
    "mention": "linked to it",
    "talk": "talked",
}


def talk_lines(
    talk: Talk,
    person: Person,
    today: date,
    drafts: Sequence[Draft] = (),
    *,
    current: bool | None = None,
) -> list[Wraps]:
    """One conversation. ``current``: whether it is the one that keys are about, of several."""
    lines: list[Wraps] = [*_heading(talk, today, current), _BLANK]
    if (more := len(talk.touches) - _MOST) > 0:
        lines += [Content.styled(f"{more:,} earlier ones are not shown.", ".text--muted"), _BLANK]
    for touch in talk.touches[-_MOST:]:
        lines += _words(touch, person, today, owed=touch.id in talk.owed)
    for draft in drafts:
        lines += draft_lines(draft, today)
    if talk.owed:
        count = "One answer" if len(talk.owed) == 1 else f"{len(talk.owed)} answers"
        lines += [Content.styled(f"{count} owed.", ".text--owed"), _BLANK]
    return lines


def draft_lines(draft: Draft, today: date) -> list[Wraps]:
    """A draft that is not out yet."""
    day = day_said(local_day(draft.changed), today)
    first = Content.assemble((f"{day:<11}", ".text--muted"), "your draft, not out yet")
    return [first, quote(draft.text), _BLANK]


def _heading(talk: Talk, today: date, current: bool | None) -> list[Wraps]:
    mark = ({True: "› ", False: "  ", None: ""}[current], ".text--accent")
    title = talk.title or "Letters, and what was said elsewhere"
    whose = {"yours": "your post", "theirs": "their post", "": ""}[talk.whose]
    day = day_said(local_day(talk.published), today) if talk.published else ""
    about = ", ".join(part for part in (whose, day) if part)
    first = Content.assemble(mark, (title, ".text--heading"), (f"  {about}", ".text--muted"))
    indent = "  " if current is not None else ""
    where = (
        Content.styled(f"{indent}{without_scheme(talk.url)}", ".text--muted") if talk.url else None
    )
    return [first, where] if where is not None else [first]


def _words(touch: Touch, person: Person, today: date, *, owed: bool) -> list[Wraps]:
    day = day_said(local_day(touch.at), today)
    theirs = touch.direction == "in"
    by_name = " (by name)" if touch.by_name else ""
    who = f"{person.name}{by_name}" if theirs else "you"
    known = known_how(touch.how_known, touch.source)
    first = Paragraph(
        Content.styled(f"{day:<11}", ".text--muted"),
        Content.assemble(
            (who, ".text--strong"),
            f" {_SAID.get(touch.kind, touch.kind)}",
            (f"  {known}", ".text--muted"),
            ("  not answered", ".text--owed") if owed else "",
        ),
    )
    said = touch.text or touch.note
    place = [_where(touch.url)] if touch.url else []
    return [first, *([quote(said)] if said else []), *place, _BLANK]


def _where(url: str) -> Wraps:
    return Paragraph(Content("  "), Content.styled(without_scheme(url), ".text--muted"))

"""What happened with one person, as lines of text and as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from textual.content import Content

from engage.domain.days import local_day
from engage.domain.wording import counted, known_how
from engage.services.outcomes import Event
from engage.tui.widgets.said import day_said, emphasised
from engage.tui.widgets.text_lines import Paragraph, Wraps

#: Cells for the day and for who it was.
_DAY, _WHO = 11, 6


def timeline_lines(events: Sequence[Event], today: date) -> list[Wraps]:
    """What happened, newest first; several posts of theirs in a row are one line."""
    if not events:
        return [Content.styled("Nothing yet.", ".text--muted")]
    lines: list[Wraps] = []
    for is_post, group in groupby(events, key=lambda event: event.what == "post"):
        some = list(group)
        if is_post and len(some) > 2:
            said = f"published {counted(len(some), 'post')}, the last {some[0].sentence[10:]}"
            lines.append(_event_line(some[0], said, today))
            continue
        for event in some:
            lines.append(_event_line(event, event.sentence, today))
            if event.note and event.what == "touch":
                lines.append(_note_line(event.note))
    return lines


def touch_row(event: Event, width: int, today: date) -> Content:
    """One touch in one line; a note yields first."""
    note = Content.styled(f"  {' '.join(event.note.split())}", ".row--muted") if event.note else ""
    line = Content.assemble(
        " ",
        (f"{day_said(local_day(event.at), today):<{_DAY}} ", ".row--muted"),
        f"{_who(event):<{_WHO}}",
        emphasised(event.sentence),
        (_known(event), ".row--muted"),
        note,
    )
    return line.truncate(width, ellipsis=True)


def _event_line(event: Event, sentence: str, today: date) -> Wraps:
    day = day_said(local_day(event.at), today)
    return Paragraph(
        Content.assemble((f"{day:<{_DAY}} ", ".text--muted"), f"{_who(event):<{_WHO}}"),
        emphasised(sentence) + Content.styled(_known(event), ".text--muted"),
    )


def _note_line(note: str) -> Wraps:
    bar = " " * (_DAY + _WHO + 1) + "│ "
    return Paragraph(Content.styled(bar, ".text--muted"), Content(note), repeat=True)


def _who(event: Event) -> str:
    return "you" if event.direction == "out" else "they"


def _known(event: Event) -> str:
    said = known_how(event.how_known or "", event.source)
    return f"  {said}" if said else ""

"""The weekly notes as plain text, to be read or mailed."""

from __future__ import annotations

from engage.exchange.notes_outline import (
    NOTHING,
    OWN_WORDS,
    QUESTIONS,
    Item,
    Page,
    Part,
    outline,
    title,
)
from engage.exchange.notes_story import WeekStory

BEGIN = "-- engage:begin --"
END = "-- engage:end --"


def render_text(story: WeekStory) -> str:
    """The whole page; what is between the markers can be written again."""
    head, line = title(story), story.figures.line
    lines = [head, "=" * len(head), "", BEGIN]
    for section in outline(story):
        lines += [section.title, "-" * len(section.title)]
        lines += [_line(item) for item in section.items] or [NOTHING]
        lines.append("")
    lines[-1:] = [END, "", OWN_WORDS, "-" * len(OWN_WORDS), " ".join(line.split()) or QUESTIONS]
    return "\n".join(lines) + "\n"


def plain(item: Item) -> str:
    """The words of a line, without any markup."""
    return " ".join("".join(part.text for part in item.parts).split())


def _line(item: Item) -> str:
    text = " ".join("".join(map(_part, item.parts)).split())
    if item.done is None:
        return f"* {text}"
    day = f" ({'' if item.done else 'by '}{item.day.isoformat()})" if item.day else ""
    return f"[{'x' if item.done else ' '}] {text}{day}"


def _part(part: Part) -> str:
    if isinstance(part, Page) and part.url:
        return f"{part.text} <{part.url}>"
    return part.text

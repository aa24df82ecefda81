"""The weekly notes for Org mode (https://orgmode.org/manual): tasks as headings with their days."""

from __future__ import annotations

import re

from engage.exchange.notes_markdown import KEYS, figures_of
from engage.exchange.notes_outline import (
    DAYS,
    NOTHING,
    OWN_WORDS,
    QUESTIONS,
    Foreign,
    Item,
    Name,
    Page,
    Part,
    Section,
    outline,
    title,
)
from engage.exchange.notes_story import WeekStory
from engage.exchange.page_names import page_name

BEGIN = "# engage:begin"
END = "# engage:end"

#: What would begin emphasis, a link, a time stamp, a macro or an entity inside a line.
_SPECIAL = re.compile(
    r"(?<![^\s\-('\"{\u200b])[*/_=~+](?=\S)|\[(?=\[|fn:)|<(?=[\d<])|\\(?=\w)|\{(?=\{)"
)
#: The manual's own way to take a character's meaning away ("Escape Character").
_APART = "\u200b"


def render_org(story: WeekStory) -> str:
    """The whole file; what is between the markers can be written again."""
    line = story.figures.line
    properties = zip(KEYS[:-1], figures_of(story), strict=True)
    lines = [
        ":PROPERTIES:",
        *(f":{key.upper()}: {value}" for key, value in list(properties)[:3]),
        ":END:",
        f"#+TITLE: {title(story)}",
        "#+FILETAGS: :engage:weekly:",
        "",
        BEGIN,
        *(line for each in outline(story) for line in section_lines(each)),
        END,
        "",
        f"* {OWN_WORDS}",
        _literal(line) if line else QUESTIONS,
    ]
    return "\n".join(lines) + "\n"


def section_lines(section: Section) -> list[str]:
    """A heading and what stands below it."""
    lines = [f"* {section.title}"]
    for item in section.items:
        lines += item_lines(item)
    return lines if section.items else [*lines, NOTHING]


def item_lines(item: Item) -> list[str]:
    """A line of a list, or a task with its day."""
    text = "".join(map(_part, item.parts))
    if item.done is None:
        return [f"- {text}"]
    lines = [f"** {'DONE' if item.done else 'TODO'} {text}"]
    if item.day is not None:
        stamp = f"{item.day.isoformat()} {DAYS[item.day.weekday()]}"
        lines.append(f"CLOSED: [{stamp}]" if item.done else f"SCHEDULED: <{stamp}>")
    return lines


def _part(part: Part) -> str:
    if isinstance(part, Name):
        return _link(f"file:people/{page_name(part.text)}.org", part.text)
    if isinstance(part, Page):
        return _link(part.url, part.text) if part.url else _literal(part.text)
    return _literal(part.text) if isinstance(part, Foreign) else part.text


def _link(target: str, text: str) -> str:
    target = target.replace("[", "%5B").replace("]", "%5D").replace("\\", "%5C")
    shown = re.sub(r"[\[\]]", rf"\g<0>{_APART}", " ".join(text.split()))
    return f"[[{target}][{shown}]]"


def _literal(text: str) -> str:
    return _SPECIAL.sub(rf"{_APART}\g<0>", " ".join(text.split()))

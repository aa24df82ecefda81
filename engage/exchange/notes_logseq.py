"""The weekly notes as a page for Logseq: an outline of blocks, tasks with their markers."""

from __future__ import annotations

from collections.abc import Iterator

from engage.exchange.markdown import escaped, without_links
from engage.exchange.notes_markdown import KEYS, figures_of, written
from engage.exchange.notes_outline import (
    DAYS,
    NOTHING,
    OWN_WORDS,
    QUESTIONS,
    Item,
    Name,
    Section,
    outline,
    title,
)
from engage.exchange.notes_story import WeekStory

BEGIN = "- <!-- engage:begin -->"
END = "- <!-- engage:end -->"


def render_logseq(story: WeekStory) -> str:
    """The whole page; what is between the markers can be written again."""
    line = story.figures.line
    properties = list(zip(KEYS[:-1], figures_of(story), strict=True))[:3]
    lines = [
        "type:: engage-week",
        *(f"{key}:: {value}" for key, value in properties),
        "tags:: engage, weekly",
        "",
        f"- # {title(story)}",
        BEGIN,
        *(line for each in outline(story) for line in section_lines(each)),
        END,
        f"- ## {OWN_WORDS}",
        f"\t- {escaped(line) if line else QUESTIONS}",
    ]
    return "\n".join(lines) + "\n"


def section_lines(section: Section) -> Iterator[str]:
    """A heading and the blocks below it."""
    yield f"- ## {section.title}"
    for item in section.items:
        yield from _item(item)
    if not section.items:
        yield f"\t- {NOTHING}"


def words(item: Item) -> str:
    """A line as Logseq reads it: it has no links with other words than the page's."""
    return "".join(
        f"[[{without_links(part.text)}]]" if isinstance(part, Name) else written(part)
        for part in item.parts
    )


def _item(item: Item) -> Iterator[str]:
    state = {True: "DONE ", False: "TODO ", None: ""}[item.done]
    yield f"\t- {state}{words(item)}"
    if item.day is not None:
        day = f"{item.day.isoformat()} {DAYS[item.day.weekday()]}"
        yield f"\t  {'completed:: ' + item.day.isoformat() if item.done else f'DEADLINE: <{day}>'}"

"""The weekly notes as a Markdown page for Obsidian and its Tasks plugin."""

from __future__ import annotations

from collections.abc import Iterable

from engage.exchange.markdown import escaped, link, quoted, wikilink
from engage.exchange.notes_outline import (
    NOTHING,
    OWN_WORDS,
    QUESTIONS,
    Foreign,
    Item,
    Name,
    Page,
    Part,
    outline,
    title,
)
from engage.exchange.notes_story import WeekStory

BEGIN = "<!-- engage:begin -->"
END = "<!-- engage:end -->"

#: The keys of the front matter that are engage's own, in their order.
KEYS = (
    "week",
    "start",
    "end",
    "days_written",
    "published",
    "people_read",
    "replies_written",
    "new_people_met",
    "owed_open",
    "kept",
    "kept_of",
    "people",
)


def render_markdown(story: WeekStory) -> str:
    """The whole page: front matter, the part between the markers, room for the writer's words."""
    line = story.figures.line
    sections = (
        "\n".join((f"## {each.title}", *(map(item_line, each.items) if each.items else (NOTHING,))))
        for each in outline(story)
    )
    lines = [
        "---",
        "type: engage-week",
        *_front_matter(story),
        "tags: [engage, weekly]",
        "---",
        f"# {title(story)}",
        "",
        BEGIN,
        *"\n\n".join(sections).split("\n"),
        END,
        "",
        f"## {OWN_WORDS}",
        escaped(line) if line else QUESTIONS,
    ]
    return "\n".join(lines) + "\n"


def figures_of(story: WeekStory) -> tuple[object, ...]:
    """The values of `KEYS`, all but the people."""
    figures = story.figures
    return (
        figures.week,
        figures.start,
        figures.end,
        figures.days_written,
        figures.published,
        figures.people_read,
        figures.replies_written,
        figures.new_people[0],
        figures.owed_open,
        *figures.kept,
    )


def written(part: Part) -> str:
    """A part of a line as Markdown."""
    if isinstance(part, Name):
        return wikilink(part.text)
    if isinstance(part, Page):
        return link(part.text, part.url)
    return escaped(part.text) if isinstance(part, Foreign) else part.text


def _front_matter(story: WeekStory) -> Iterable[str]:
    people = ", ".join(quoted(wikilink(name)) for name in story.people)
    values = (*figures_of(story), f"[{people}]")
    return (f"{key}: {value}" for key, value in zip(KEYS, values, strict=True))


def item_line(item: Item) -> str:
    """A line of a list; a task with its box and day, as the Tasks plugin has it."""
    text = "".join(map(written, item.parts))
    if item.done is None:
        return f"- {text}"
    day = f" {'✅' if item.done else '📅'} {item.day.isoformat()}" if item.day else ""
    return f"- [{'x' if item.done else ' '}] {text}{day}"

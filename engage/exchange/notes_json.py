"""The weekly notes as JSON, for scripts. See docs/json.md."""

from __future__ import annotations

import json

from engage.exchange.notes_markdown import KEYS, figures_of
from engage.exchange.notes_outline import Item, Name, Page, outline, title
from engage.exchange.notes_story import WeekStory
from engage.exchange.notes_text import plain

SCHEMA = 1


def render_json(story: WeekStory) -> str:
    """The figures of the front matter, then each section with its lines as words."""
    figures = dict(zip(KEYS[:-1], figures_of(story), strict=True))
    form = {
        "schema": SCHEMA,
        "title": title(story),
        **{
            key: value if isinstance(value, int | str) else str(value)
            for key, value in figures.items()
        },
        "people": list(story.people),
        "line": story.figures.line or None,
        "sections": [
            {"title": each.title, "items": [_item(item) for item in each.items]}
            for each in outline(story)
        ],
    }
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"


def _item(item: Item) -> dict[str, object]:
    return {
        "text": plain(item),
        "people": [part.text for part in item.parts if isinstance(part, Name)],
        "url": next((part.url for part in item.parts if isinstance(part, Page)), None),
        "done": item.done,
        "day": item.day.isoformat() if item.day else None,
    }

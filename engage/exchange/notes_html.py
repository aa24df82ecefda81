"""The weekly notes as one HTML page, which asks nothing of any server."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from engage.exchange.notes_markdown import BEGIN, END
from engage.exchange.notes_outline import (
    NOTHING,
    OWN_WORDS,
    QUESTIONS,
    Item,
    Page,
    Part,
    Section,
    outline,
    title,
)
from engage.exchange.notes_story import WeekStory

_STYLE = (
    "body{font:17px/1.6 Georgia,serif;max-width:38em;margin:3em auto;padding:0 1em}"
    "h2{font-size:1.1em;margin-top:2em}li.done{list-style:'✓ '}li.open{list-style:'○ '}"
    "@media(prefers-color-scheme:dark){body{background:#1b1a18;color:#e8e4dc}a{color:#9ec1d9}}"
)


def render_html(story: WeekStory) -> str:
    """The whole page; what is between the markers can be written again."""
    head, line = escape(title(story)), story.figures.line
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{head}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{head}</h1>",
        BEGIN,
        *(line for each in outline(story) for line in _section(each)),
        END,
        f"<h2>{OWN_WORDS}</h2>",
        f"<p>{escape(' '.join(line.split())) if line else QUESTIONS}</p>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _section(section: Section) -> list[str]:
    heading = f"<h2>{escape(section.title)}</h2>"
    if not section.items:
        return [heading, f"<p>{NOTHING}</p>"]
    return [heading, "<ul>", *map(_item, section.items), "</ul>"]


def _item(item: Item) -> str:
    state = {True: ' class="done"', False: ' class="open"', None: ""}[item.done]
    day = ""
    if item.day is not None:
        moment = item.day.isoformat()
        day = f' <time datetime="{moment}">{"" if item.done else "by "}{moment}</time>'
    return f"<li{state}>{''.join(map(_part, item.parts))}{day}</li>"


def _part(part: Part) -> str:
    text = " ".join(part.text.split()) if isinstance(part, Page) else part.text.replace("\n", " ")
    shown = escape(text)
    if isinstance(part, Page) and part.url and urlsplit(part.url).scheme in ("http", "https"):
        return f'<a href="{escape(part.url)}" rel="noopener noreferrer">{shown}</a>'
    return shown

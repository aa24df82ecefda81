"""The weekly notes as an outline that every format writes in its own way.

What other people wrote (titles, names) is kept apart from engage's own words, for each format
escapes it in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engage.domain.directions import direction_words
from engage.exchange.notes_story import Carried, Exchanged, Met, Quiet, WeekStory, Written
from engage.exchange.tokens import without_tokens

NOTHING = "Nothing this week."
QUESTIONS = "What moved me this week? Who would I like to know better? What will I write next?"
OWN_WORDS = "In my own words"

# not strftime's: those follow the locale
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

#: What the writer did, and what they did, by the kind of touch; the second where it has no title.
_DONE = {
    "reply": ("replied to", "replied"),
    "comment": ("commented on", "commented"),
    "letter": ("wrote a letter about", "wrote a letter"),
    "mention": ("wrote about", "wrote about them"),
    "talk": ("talked about", "talked"),
}
_CAME = {
    **_DONE,
    "reply": ("answered on", "answered"),
    "mention": ("mentioned", "mentioned my work"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """Engage's own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """What somebody wrote: shown literally."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A person, who may have a page of their own."""

    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A title with its address, if it has one."""

    text: str
    url: str | None


Part = Words | Foreign | Name | Page


@dataclass(frozen=True, slots=True)
class Item:
    """One line. ``done``: it is a task, done (on ``day``) or open (until ``day``, if any)."""

    parts: tuple[Part, ...]
    done: bool | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    title: str
    items: tuple[Item, ...]


def outline(story: WeekStory) -> tuple[Section, ...]:
    """The sections of a week, in the order in which they are told."""
    start = story.figures.start
    return (
        Section("What I wrote", tuple(map(_written, story.written))),
        Section("Who I answered", tuple(map(_answered, story.answered))),
        Section("New people I looked at", tuple(map(_met, story.met))),
        Section("They wrote to me", tuple(_came(each, start) for each in story.wrote_to_me)),
        Section("Carried over", tuple(map(_carried, story.carried))),
        Section("Gone quiet", tuple(map(_quiet, story.quiet))),
    )


def linked_names(story: WeekStory) -> frozenset[str]:
    """Everybody whom the notes of a week link to."""
    items = (item for section in outline(story) for item in section.items)
    parts = (part.text for item in items for part in item.parts if isinstance(part, Name))
    return frozenset((*parts, *story.people))


def title(story: WeekStory) -> str:
    """``Week 47, 16–22 November 2026``."""
    figures = story.figures
    return f"Week {int(figures.week.partition('W')[2])}, {_range(figures.start, figures.end)}"


def _written(each: Written) -> Item:
    page = Page(each.title, without_tokens(each.url) if each.url else None)
    return Item((page, Words(f" ({DAYS[each.day.weekday()]})")))


def _answered(each: Exchanged) -> Item:
    return Item((Name(each.name), Words(": "), *_said(_DONE, each)), True, each.day)


def _met(each: Met) -> Item:
    facts: list[Part] = [Foreign(direction_words(direction)) for direction in each.directions]
    if each.read:
        facts.append(Words(f"read {each.read}"))
    if each.circle is not None:
        facts.append(Words(f"in circle {each.circle}"))
    parts: list[Part] = [Name(each.name)]
    for number, fact in enumerate(facts):
        parts += (Words("; " if number else ": "), fact)
    return Item(tuple(parts))


def _came(each: Exchanged, start: date) -> Item:
    day = f" ({DAYS[each.day.weekday()]})"
    if each.answered is not None:
        near = (each.answered - start).days < 7
        then = DAYS[each.answered.weekday()] if near else each.answered.isoformat()
        day = f"{day}, answered {then}"
    return Item((Name(each.name), Words(" "), *_said(_CAME, each), Words(day)))


def _carried(each: Carried) -> Item:
    verb = "answer " if each.what == "answer" else "write to "
    text: tuple[Part, ...] = (Words(": "), Foreign(each.text)) if each.text else ()
    return Item((Words(verb), Name(each.name), *text), False, each.due)


def _quiet(each: Quiet) -> Item:
    words = f": usually every {_days(each.usual)}, {_days(each.now)} now"
    return Item((Name(each.name), Words(words)))


def _said(words: dict[str, tuple[str, str]], each: Exchanged) -> tuple[Part, ...]:
    about, alone = words.get(each.kind, ("wrote about", "wrote"))
    if not each.about:
        return (Words(alone),)
    return Words(f'{about} "'), Foreign(each.about), Words('"')


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _range(start: date, end: date) -> str:
    """``16–22 November 2026``, ``30 November – 6 December 2026``, or with both years."""
    last = f"{end.day} {_MONTHS[end.month - 1]} {end.year}"
    if start.month == end.month:
        return f"{start.day}–{last}"
    year = "" if start.year == end.year else f" {start.year}"
    return f"{start.day} {_MONTHS[start.month - 1]}{year} – {last}"

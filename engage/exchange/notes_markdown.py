"""The weekly notes as a Markdown page for Obsidian and its Tasks plugin."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from engage.exchange.markdown import escaped, link, quoted, wikilink
from engage.exchange.notes_story import Carried, Exchanged, Met, WeekStory

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

# not strftime's: those follow the locale
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
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
_QUESTIONS = "What moved me this week? Who would I like to know better? What will I write next?"
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


def render_markdown(story: WeekStory) -> str:
    """The whole page: front matter, the part between the markers, room for the writer's words."""
    figures = story.figures
    sections = (
        ("What I wrote", [_written(each.title, each.url, each.day) for each in story.written]),
        ("Who I answered", [_answered(each) for each in story.answered]),
        ("New people I looked at", [_met(each) for each in story.met]),
        ("They wrote to me", [_came(each, figures.start) for each in story.wrote_to_me]),
        ("Carried over", [_carried(each) for each in story.carried]),
        (
            "Gone quiet",
            [
                f"- {wikilink(each.name)}: usually every {_days(each.usual)}, {_days(each.now)} now"
                for each in story.quiet
            ],
        ),
    )
    number = int(figures.week.partition("W")[2])
    lines = [
        "---",
        "type: engage-week",
        *_front_matter(story),
        "tags: [engage, weekly]",
        "---",
        f"# Week {number}, {_range(figures.start, figures.end)}",
        "",
        BEGIN,
        *"\n\n".join(_section(title, items) for title, items in sections).split("\n"),
        END,
        "",
        "## In my own words",
        escaped(figures.line) if figures.line else _QUESTIONS,
    ]
    return "\n".join(lines) + "\n"


def _front_matter(story: WeekStory) -> Iterable[str]:
    figures = story.figures
    people = ", ".join(quoted(wikilink(name)) for name in story.people)
    values = (
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
        f"[{people}]",
    )
    return (f"{key}: {value}" for key, value in zip(KEYS, values, strict=True))


def _section(title: str, items: list[str]) -> str:
    return "\n".join((f"## {title}", *(items or ["Nothing this week."])))


def _written(title: str, url: str | None, day: date) -> str:
    return f"- {link(title, url)} ({_DAYS[day.weekday()]})"


def _answered(each: Exchanged) -> str:
    what = _said(_DONE, each)
    return f"- [x] {wikilink(each.name)}: {what} ✅ {each.day.isoformat()}"


def _came(each: Exchanged, start: date) -> str:
    line = f"- {wikilink(each.name)} {_said(_CAME, each)} ({_DAYS[each.day.weekday()]})"
    if each.answered is None:
        return line
    near = (each.answered - start).days < 7
    day = _DAYS[each.answered.weekday()] if near else each.answered.isoformat()
    return f"{line}, answered {day}"


def _met(each: Met) -> str:
    facts = [escaped(direction) for direction in each.directions]
    if each.read:
        facts.append(f"read {each.read}")
    if each.circle is not None:
        facts.append(f"in circle {each.circle}")
    return f"- {wikilink(each.name)}{': ' if facts else ''}{'; '.join(facts)}"


def _carried(each: Carried) -> str:
    text = f": {escaped(each.text)}" if each.text else ""
    verb = "answer" if each.what == "answer" else "write to"
    due = f" 📅 {each.due.isoformat()}" if each.due else ""
    return f"- [ ] {verb} {wikilink(each.name)}{text}{due}"


def _said(words: dict[str, tuple[str, str]], each: Exchanged) -> str:
    about, alone = words.get(each.kind, ("wrote about", "wrote"))
    return f'{about} "{escaped(each.about)}"' if each.about else alone


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _range(start: date, end: date) -> str:
    """``16–22 November 2026``, ``30 November – 6 December 2026``, or with both years."""
    last = f"{end.day} {_MONTHS[end.month - 1]} {end.year}"
    if start.month == end.month:
        return f"{start.day}–{last}"
    year = "" if start.year == end.year else f" {start.year}"
    return f"{start.day} {_MONTHS[start.month - 1]}{year} – {last}"

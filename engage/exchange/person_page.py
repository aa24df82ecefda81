"""A page for each person, for Obsidian and Logseq: who they are and what was exchanged.

Rewriting changes only what is between engage's markers; below them is room for the writer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engage.domain.derived import Standing
from engage.domain.records import Feed, Person, Touch
from engage.exchange.imported import standing_words
from engage.exchange.markdown import escaped, link, quoted
from engage.exchange.notes_markdown import BEGIN, END
from engage.exchange.tokens import without_tokens

#: How many exchanges a page tells of, the newest.
TOLD = 200
_OUT = {
    "reply": "you answered",
    "comment": "you commented",
    "letter": "you wrote a letter",
    "mention": "you wrote about their work",
    "talk": "you talked",
}
_IN = {
    "reply": "they answered you",
    "comment": "they commented",
    "letter": "they wrote you a letter",
    "mention": "they wrote about your work",
    "talk": "you talked",
}


def render_person(
    person: Person, standing: Standing, feeds: Iterable[Feed], touches: Sequence[Touch]
) -> str:
    """The whole page; ``touches`` are theirs, oldest first."""
    exchanges = [touch for touch in touches if touch.exchange][-TOLD:]
    lines = [
        "---",
        "type: engage-person",
        f"person: {quoted(person.id)}",
        *([f"aliases: [{', '.join(map(quoted, person.names))}]"] if person.names else []),
        "tags: [engage]",
        "---",
        f"# {escaped(person.name)}",
        "",
        BEGIN,
        *_standing(person, standing),
        "",
        "## Where they are",
        *(_places(person, feeds) or ["Nothing known."]),
        "",
        "## What was written",
        *([_exchange(touch) for touch in reversed(exchanges)] or ["Nothing yet."]),
        END,
        "",
        "## My notes",
    ]
    return "\n".join(lines) + "\n"


def _standing(person: Person, standing: Standing) -> list[str]:
    facts = [standing.stage]
    if standing.circle is not None:
        facts.append(f"circle {standing.circle}, every {standing.cadence} days")
    if standing.last_exchange is not None:
        facts.append(f"last exchange {standing.last_exchange.astimezone().date().isoformat()}")
    if standing.due is not None:
        facts.append(f"due {standing.due.isoformat()}")
    lines = [f"- {'; '.join(facts)}"]
    for origin in person.origins:
        words = standing_words(origin.direction) or "in a list of yours"
        since = f" since {origin.since.isoformat()}" if origin.since else ""
        lines.append(f"- {escaped(words)}{since} ({escaped(origin.source)})")
    lines += [f"- {escaped(note)}" for note in person.notes.split("\n") if note.strip()]
    return lines


def _places(person: Person, feeds: Iterable[Feed]) -> list[str]:
    profiles = [without_tokens(profile) for profile in person.profiles]
    pages = dict(zip(profiles, profiles, strict=True))
    for feed in feeds:
        place = without_tokens(feed.site or feed.url)
        pages.setdefault(place, feed.title or place)
    return [f"- {link(text, url)}" for url, text in pages.items()]


def _exchange(touch: Touch) -> str:
    words = (_OUT if touch.direction == "out" else _IN)[touch.kind]
    about = touch.about or touch.note.partition("\n")[0]
    told = f": {link(about, without_tokens(touch.url or '') or None)}" if about else ""
    return f"- {touch.at.astimezone().date().isoformat()} {words}{told}"

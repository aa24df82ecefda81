"""A page for each person, for Obsidian, Org and Logseq: who they are and what was exchanged.

Rewriting changes only what is between engage's markers; below them is room for the writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from engage.domain.derived import Standing
from engage.domain.directions import direction_words
from engage.domain.records import Feed, Person, Touch
from engage.exchange import notes_logseq, notes_markdown, notes_org
from engage.exchange.markdown import escaped, quoted, without_links
from engage.exchange.notes_outline import Foreign, Item, Page, Part, Section, Words
from engage.exchange.page_names import page_name
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
_MINE = "My notes"


@dataclass(frozen=True, slots=True)
class Somebody:
    """What a page tells: the first section stands without a title."""

    id: str
    name: str
    aliases: tuple[str, ...]
    sections: tuple[Section, ...]


def somebody(
    person: Person, standing: Standing, feeds: Iterable[Feed], touches: Sequence[Touch]
) -> Somebody:
    """What the page of a person tells; ``touches`` are theirs, oldest first."""
    exchanges = [touch for touch in touches if touch.exchange][-TOLD:]
    places = _places(person, feeds) or [Item((Words("Nothing known."),))]
    written = [_exchange(touch) for touch in reversed(exchanges)]
    return Somebody(
        person.id,
        person.name,
        tuple(name for name in person.names if name != person.name),
        (
            Section("", tuple(_standing(person, standing))),
            Section("Where they are", tuple(places)),
            Section("What was written", tuple(written) or (Item((Words("Nothing yet."),)),)),
        ),
    )


def render_person(told: Somebody, format: str) -> str:
    """The whole page as notes of that format have it."""
    return RENDERERS[format](told)


def _markdown(told: Somebody) -> str:
    called = without_links(told.name)
    aliases = [*([called] if called != page_name(told.name) else []), *told.aliases]
    sections = ("\n".join(_markdown_section(section)) for section in told.sections)
    lines = [
        "---",
        "type: engage-person",
        f"person: {quoted(told.id)}",
        *([f"aliases: [{', '.join(map(quoted, aliases))}]"] if aliases else []),
        "tags: [engage]",
        "---",
        f"# {escaped(told.name)}",
        "",
        notes_markdown.BEGIN,
        "\n\n".join(sections),
        notes_markdown.END,
        "",
        f"## {_MINE}",
    ]
    return "\n".join(lines) + "\n"


def _markdown_section(section: Section) -> list[str]:
    heading = [f"## {section.title}"] if section.title else []
    return [*heading, *map(notes_markdown.item_line, section.items)]


def _org(told: Somebody) -> str:
    facts, *sections = told.sections
    lines = [
        ":PROPERTIES:",
        ":TYPE: engage-person",
        f":PERSON: {told.id}",
        ":END:",
        f"#+TITLE: {' '.join(told.name.split())}",
        "#+FILETAGS: :engage:",
        "",
        notes_org.BEGIN,
        *(line for item in facts.items for line in notes_org.item_lines(item)),
        *(line for section in sections for line in notes_org.section_lines(section)),
        notes_org.END,
        "",
        f"* {_MINE}",
    ]
    return "\n".join(lines) + "\n"


def _logseq(told: Somebody) -> str:
    facts, *sections = told.sections
    called = without_links(told.name)  # as links say it, also where no file can be called so
    lines = [
        "type:: engage-person",
        *([f"title:: {called}"] if called != page_name(told.name) else []),
        *([f"alias:: {', '.join(map(without_links, told.aliases))}"] if told.aliases else []),
        f"person:: {told.id}",
        "tags:: engage",
        "",
        f"- # {escaped(told.name)}",
        notes_logseq.BEGIN,
        *(f"- {notes_logseq.words(item)}" for item in facts.items),
        *(line for section in sections for line in notes_logseq.section_lines(section)),
        notes_logseq.END,
        f"- ## {_MINE}",
    ]
    return "\n".join(lines) + "\n"


#: How pages are written beside notes of each format; those that are no notebook get Markdown.
RENDERERS: Mapping[str, Callable[[Somebody], str]] = {
    "markdown": _markdown,
    "org": _org,
    "logseq": _logseq,
}


def _standing(person: Person, standing: Standing) -> list[Item]:
    facts = [standing.stage]
    if standing.circle is not None:
        facts.append(f"circle {standing.circle}, every {standing.cadence} days")
    if standing.last_exchange is not None:
        facts.append(f"last exchange {standing.last_exchange.astimezone().date().isoformat()}")
    if standing.due is not None:
        facts.append(f"due {standing.due.isoformat()}")
    items = [Item((Words("; ".join(facts)),))]
    for origin in person.origins:
        words = direction_words(origin.direction) or "in a list of yours"
        since = f" since {origin.since.isoformat()}" if origin.since else ""
        items.append(
            Item((Foreign(words), Words(f"{since} ("), Foreign(origin.source), Words(")")))
        )
    items += [Item((Foreign(note),)) for note in person.notes.split("\n") if note.strip()]
    return items


def _places(person: Person, feeds: Iterable[Feed]) -> list[Item]:
    profiles = [without_tokens(profile) for profile in person.profiles]
    pages = dict(zip(profiles, profiles, strict=True))
    for feed in feeds:
        place = without_tokens(feed.site or feed.url)
        pages.setdefault(place, feed.title or place)
    return [Item((Page(text, url),)) for url, text in pages.items()]


def _exchange(touch: Touch) -> Item:
    words = (_OUT if touch.direction == "out" else _IN)[touch.kind]
    parts: list[Part] = [Words(f"{touch.at.astimezone().date().isoformat()} {words}")]
    if about := touch.about or touch.note.partition("\n")[0]:
        url = without_tokens(touch.url) if touch.url else None
        parts += [Words(": "), Page(about, url)]
    return Item(tuple(parts))

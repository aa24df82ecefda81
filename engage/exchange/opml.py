"""OPML, the one file that every feed reader takes and gives: reading it with suspicion, writing it.

Read: OPML 1.0 and 2.0 (http://opml.org/spec2.opml) and what programs make of them: attributes in
any case, ``title`` without ``text``, no ``type``, HTML's entities, a bare ``&``. Nothing outside
the file is ever asked for, and a file that declares entities is refused.

Written: what the writer knows of a feed and its person is in attributes that begin with ``engage``,
which other programs pass over.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import cast, get_args
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from engage.domain.records import Feed, Person, Role
from engage.errors import EngageError
from engage.exchange.opml_text import repaired, text_of
from engage.exchange.tokens import without_tokens
from engage.text import clip, one_line, safe_url

TITLE_LIMIT = 300
FOLDER_LIMIT = 200
CADENCE_LIMIT = 3660


@dataclass(frozen=True, slots=True)
class OpmlPerson:
    """What engage's own attributes say of a person; all but the name may be missing.

    ``id`` keeps two people of one name apart.
    """

    name: str
    id: str = ""
    circle: int | None = None
    cadence: int | None = None
    friend: bool = False
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A row of the file. ``folder``: the names of the outlines around it, joined by ``/``.
    ``wanted``: False where engage wrote that nobody has asked for it yet."""

    url: str
    title: str = ""
    site: str | None = None
    folder: str = ""
    role: Role = "theirs"
    person: OpmlPerson | None = None
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class OpmlDocument:
    """What a file holds: its feeds, and the people without one that engage wrote down.

    ``problems``: a sentence for each row that is no feed engage can follow. ``mended``: the file
    was no XML and had to be repaired.
    """

    title: str = ""
    feeds: tuple[OpmlFeed, ...] = ()
    people: tuple[OpmlPerson, ...] = ()
    problems: tuple[str, ...] = ()
    mended: bool = False


def read_opml(data: bytes) -> OpmlDocument:
    """The feeds and people of an OPML file; EngageError with one sentence where it is none."""
    text = text_of(data)
    try:
        return _Reader().read(text)
    except expat.ExpatError:
        reader = _Reader(mended=True)
        try:
            return reader.read(repaired(text))
        except expat.ExpatError as cause:
            raise EngageError(
                f"This is no OPML file that engage can read: line {cause.lineno} is not XML "
                f"({expat.ErrorString(cause.code)}); export the feeds again."
            ) from cause


def write_opml(
    feeds: Iterable[Feed], people: Mapping[str, Person], titles: Mapping[str, str], now: datetime
) -> str:
    """An OPML 2.0 file of the feeds, and of the people who have none.

    ``titles``: what to call feeds, by their ids; else their own title. Tokens in addresses are
    left out.
    """
    listed = list(feeds)
    with_feed = {feed.person for feed in listed}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0" engage="1">',
        "  <head>",
        "    <title>People I read</title>",
        f"    <dateCreated>{format_datetime(now)}</dateCreated>",
        "  </head>",
        "  <body>",
    ]
    open_folder: list[str] = []
    for feed in sorted(listed, key=lambda feed: feed.folder.split("/")):
        _move(lines, open_folder, feed.folder.split("/") if feed.folder else [])
        attributes = _of_feed(feed, titles.get(feed.id, feed.title))
        if person := people.get(feed.person or ""):
            attributes |= _of_person(person)
        lines.append(_outline(attributes, len(open_folder), "/"))
    _move(lines, open_folder, [])
    lines += (
        _outline({"text": person.name} | _of_person(person), 0, "/")
        for person in people.values()
        if person.id not in with_feed
    )
    lines += ["  </body>", "</opml>", ""]
    return "\n".join(lines)


class _Reader:
    """One pass over the elements of a file."""

    def __init__(self, *, mended: bool = False) -> None:
        self._mended = mended
        self._ours = False
        self._feeds: dict[str, OpmlFeed] = {}
        self._people: list[OpmlPerson] = []
        self._problems: list[str] = []
        self._title: list[str] = []
        self._path: list[str] = []
        self._folders: list[str] = []

    def read(self, text: str) -> OpmlDocument:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.EntityDeclHandler = _refuse_entities
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(text.encode("utf-8", "replace"), True)
        return OpmlDocument(
            title=clip(one_line(html.unescape("".join(self._title))), TITLE_LIMIT),
            feeds=tuple(self._feeds.values()),
            people=tuple(self._people),
            problems=tuple(self._problems),
            mended=self._mended,
        )

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = name.lower()
        if not self._path and name != "opml":
            raise EngageError(
                f"This is no OPML file: it begins with <{clip(one_line(name), 40)}>, not <opml>."
            )
        if not self._path:
            self._ours = "engage" in attributes
        self._path.append(name)
        if name == "outline":
            self._row({key.lower(): value for key, value in attributes.items()})

    def _end(self, _name: str) -> None:
        if self._path.pop() == "outline":
            self._folders.pop()

    def _text(self, text: str) -> None:
        if self._path[-2:] == ["head", "title"]:
            self._title.append(text)

    def _row(self, row: Mapping[str, str]) -> None:
        # others escape twice; in engage's own files a title that reads "&amp;" is meant so
        shown = row.get("text") or row.get("title") or ""
        label = clip(one_line(shown if self._ours else html.unescape(shown)), TITLE_LIMIT)
        kind = row.get("type", "").strip().lower()
        address = row.get("xmlurl") or (row.get("url") if kind in ("rss", "atom") else None)
        person = _person(row)
        if address is not None:
            self._feed(address, label, person, row)
        elif person is not None:
            self._people.append(person)
        self._folders.append(label.replace("/", "-") if address is None else "")

    def _feed(
        self, address: str, label: str, person: OpmlPerson | None, row: Mapping[str, str]
    ) -> None:
        url = _web_address(address)
        if url is None:
            self._problems.append(
                f"{label or 'A row'} has {clip(one_line(address), 200)!r}, "
                "which is no address of a feed."
            )
        elif url not in self._feeds:
            role = row.get("engagerole", "")
            self._feeds[url] = OpmlFeed(
                url=url,
                title=label,
                site=_web_address(row.get("htmlurl", "")),
                folder=clip("/".join(filter(None, self._folders)), FOLDER_LIMIT),
                role=cast(Role, role) if role in get_args(Role) else "theirs",
                person=person,
                wanted=row.get("engagewanted", "").lower() != "false",
            )


def _refuse_entities(*_: object) -> None:
    raise EngageError(
        "This OPML file declares entities of its own, which can be used to do harm, "
        "so engage does not read it; export it again from the program it came from."
    )


def _person(row: Mapping[str, str]) -> OpmlPerson | None:
    name = clip(one_line(row.get("engageperson", "")), TITLE_LIMIT)
    if not name:
        return None
    profiles = (_web_address(each) for each in row.get("engageprofiles", "").split())
    return OpmlPerson(
        name=name,
        id=clip(one_line(row.get("engagepersonid", "")), 80),
        circle=_number(row.get("engagecircle", ""), 5),
        cadence=_number(row.get("engagecadence", ""), CADENCE_LIMIT),
        friend=row.get("engagefriend", "").lower() == "true",
        profiles=tuple(profile for profile in profiles if profile),
    )


def _number(text: str, most: int) -> int | None:
    value = int(text) if re.fullmatch(r"[0-9]{1,5}", text) else 0
    return value if 1 <= value <= most else None


def _web_address(text: str) -> str | None:
    """The http address that a text is; ``feed:`` in front of it means nothing else."""
    url = one_line(text)
    if url.lower().startswith("feed:"):
        rest = url[5:]
        url = f"https:{rest}" if rest.startswith("//") else rest
    return safe_url(url)


def _of_feed(feed: Feed, title: str) -> dict[str, str]:
    url = without_tokens(feed.url)
    attributes = {
        "type": "rss",
        "text": title if title and title != feed.url else url,
        "xmlUrl": url,
        "engageRole": feed.role,
    }
    if not feed.wanted:
        attributes["engageWanted"] = "false"
    if feed.site:
        attributes["htmlUrl"] = without_tokens(feed.site)
    return attributes


def _of_person(person: Person) -> dict[str, str]:
    attributes = {"engagePerson": person.name, "engagePersonId": person.id}
    if person.circles and (circle := person.circles[-1].value):
        attributes["engageCircle"] = str(circle)
    if person.cadences and (cadence := person.cadences[-1].value):
        attributes["engageCadence"] = str(cadence)
    if person.friend:
        attributes["engageFriend"] = "true"
    if person.profiles:
        attributes["engageProfiles"] = " ".join(without_tokens(each) for each in person.profiles)
    return attributes


def _outline(attributes: Mapping[str, str], depth: int, close: str = "") -> str:
    inside = " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items())
    return f"{'  ' * (depth + 2)}<outline {inside}{close}>"


def _move(lines: list[str], now: list[str], wanted: list[str]) -> None:
    """Close and open folders until the open ones are those wanted."""
    while now != wanted[: len(now)]:
        now.pop()
        lines.append(f"{'  ' * (len(now) + 2)}</outline>")
    for name in wanted[len(now) :]:
        lines.append(_outline({"text": name}, len(now)))
        now.append(name)

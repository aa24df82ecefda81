"""Instagram's export as JSON, of every year: who follows the writer and whom they follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from engage.errors import EngageError
from engage.exchange.bundle import File
from engage.exchange.imported import Import, ImportedPerson, Way, called
from engage.exchange.sources.meta import dicts, is_html, json_of, texts_in
from engage.exchange.texts import day_at, text_from

FILES = re.compile(
    r"(^|/)followers_and_following/(followers|following)(_\d+)?\.(json|html)$"
    r"|^[^/]*/?(followers|following)(_\d+)?\.(json|html)$",
    re.I,
)
AS_JSON = (
    "it is an HTML export, and engage reads JSON: in Instagram ask for your information again "
    "(Accounts Centre, Your information and permissions, Download your information, followers and "
    "following) and choose JSON as the format."
)
_HANDLE = re.compile(r"[A-Za-z0-9._]{1,60}")


def recognises(name: str, text: str) -> bool:
    if is_html(text):
        return bool(FILES.search(name)) and "instagram" in text[:200_000].lower()
    head = text.lstrip()[:1]
    return head in ("[", "{") and (
        "relationships_follow" in text[:4000]
        or ("string_list_data" in text[:4000] and "instagram.com" in text[:200_000])
    )


def read(files: Sequence[File]) -> Import:
    people: list[ImportedPerson] = []
    unclear = 0
    for file in files:
        if is_html(text_from(file.data)):
            raise EngageError(AS_JSON)
        document = json_of(file.data)
        for direction, entries in _lists(file.stem.lower(), document):
            for entry in entries:
                person = _person(entry, direction)
                if person is None:
                    unclear += 1
                else:
                    people.append(person)
    return Import(
        "instagram",
        "instagram",
        tuple(people),
        complete=True,
        unclear=(f"Entries without a name and an address: {unclear}.",) if unclear else (),
        skipped=(
            "Messages, close friends, requests and everything but followers and following are "
            "never opened.",
        ),
    )


def _lists(name: str, document: Any) -> Iterator[tuple[Way, list[dict[str, Any]]]]:
    """The lists of a file: bare, or wrapped under a key that says which it is."""
    if isinstance(document, list):
        yield ("i_follow" if name.startswith("following") else "follows_me"), dicts(document)
    elif isinstance(document, dict):
        for key, value in document.items():
            if key == "relationships_followers":
                yield "follows_me", dicts(value)
            elif key == "relationships_following":
                yield "i_follow", dicts(value)


def _person(entry: dict[str, Any], direction: Way) -> ImportedPerson | None:
    """The handle is in ``value``, since 2025 in the title, else in the address behind ``/_u/``."""
    for item in dicts(entry.get("string_list_data")) or [{}]:
        handle = texts_in(item, "value") or texts_in(entry, "title")
        if not _HANDLE.fullmatch(handle):
            handle = _handle_in(texts_in(item, "href"))
        if handle:
            return ImportedPerson(
                name=called(handle),
                profiles=(f"https://www.instagram.com/{handle.lower()}",),
                direction=direction,
                since=day_at(item.get("timestamp")),
            )
    return None


def _handle_in(href: str) -> str:
    try:
        words = [word for word in urlsplit(href).path.split("/") if word and word != "_u"]
    except ValueError:
        return ""
    return words[0] if words and _HANDLE.fullmatch(words[0]) else ""

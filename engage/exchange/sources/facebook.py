"""Facebook's export as JSON, since 2018: friends, followers and whom the writer follows.

It gives names and nothing else: no address, no id. So two of one name stay two people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from engage.errors import EngageError
from engage.exchange.bundle import File
from engage.exchange.imported import Import, ImportedPerson, Way, called
from engage.exchange.sources.meta import dicts, is_html, json_of, texts_in
from engage.exchange.texts import day_at, text_from

FILES = re.compile(
    r"(^|/)(your_friends|friends|following|followers|people_who_followed_you|who_you.{1,3}ve_followed)"
    r"(_\d+)?\.(json|html)$",
    re.I,
)
AS_JSON = (
    "it is an HTML export, and engage reads JSON: in Facebook ask for your information again "
    "(Accounts Centre, Your information and permissions, Download your information, friends and "
    "followers) and choose JSON as the format."
)
_KEYS = re.compile(r"(friends|following|followers)(_v\d+)?")
_WAYS: dict[str, Way] = {
    "friends": "mutual",
    "following": "i_follow",
    "followers": "follows_me",
}


def recognises(name: str, text: str) -> bool:
    if is_html(text):
        return bool(FILES.search(name)) and "facebook" in text[:200_000].lower()
    head = text.lstrip()[:1]
    if head == "[":
        return bool(FILES.search(name)) and "string_list_data" in text[:4000]
    return head == "{" and bool(re.match(r'\s*\{\s*"' + _KEYS.pattern + r'"\s*:', text))


def read(files: Sequence[File]) -> Import:
    people: list[ImportedPerson] = []
    nameless = 0
    for file in files:
        if is_html(text_from(file.data)):
            raise EngageError(AS_JSON)
        for direction, entries in _lists(file.stem.lower(), json_of(file.data)):
            for entry in entries:
                person = _person(entry, direction)
                if person is None:
                    nameless += 1
                else:
                    people.append(person)
    skipped = [
        "Messages, requests, posts and everything but friends, followers and following are never "
        "opened."
    ]
    if nameless:
        skipped.append(f"Entries without a name, of accounts that were closed: {nameless}.")
    return Import("facebook", "facebook", tuple(people), complete=True, skipped=tuple(skipped))


def _lists(name: str, document: Any) -> Iterator[tuple[Way, list[dict[str, Any]]]]:
    if isinstance(document, list):
        if "who_you" in name or name.startswith("following"):
            yield "i_follow", dicts(document)
        else:
            yield ("mutual" if "friends" in name else "follows_me"), dicts(document)
    elif isinstance(document, dict):
        for key, value in document.items():
            if found := _KEYS.fullmatch(key):
                yield _WAYS[found[1]], dicts(value)


def _person(entry: dict[str, Any], direction: Way) -> ImportedPerson | None:
    stamp = entry.get("timestamp")
    name = called(texts_in(entry, "name") or texts_in(entry, "title"))
    for item in dicts(entry.get("string_list_data")):
        name = name or called(texts_in(item, "value"))
        stamp = stamp or item.get("timestamp")
    if not name:
        return None
    since = day_at(stamp)
    # The second in which they became friends tells two of one name apart, also next time.
    ref = f"{direction}:{name.casefold()}:{stamp}" if since else ""
    return ImportedPerson(name=name, direction=direction, since=since, ref=ref)

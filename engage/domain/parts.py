"""Fields that hold several things: each comes and goes by itself, whoever changes the others.

A person's lists are such, and the lines of the notes about them. What one window or machine adds
stays when another one adds something too, and an undo takes out only what was put in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

#: Histories: every entry has its moment, and the latest one holds.
HISTORIES = frozenset({"circles", "cadences", "leaves"})
_LISTS = frozenset({"keys", "names", "profiles", "directions", "origins", *HISTORIES})
#: The field whose parts are lines.
LINES = "notes"


def parts(table: str, field: str, value: Any) -> dict[str, Any] | None:
    """The parts of a field's value in their order, by what tells them apart; None where the field
    holds one thing."""
    if table != "people":
        return None
    if field in _LISTS and isinstance(value, list | tuple):
        return {_name(part): part for part in value}
    if field == LINES and isinstance(value, str):
        return {_name(line): line for line in _lines(value)}
    return None


def whole(field: str, listed: Mapping[str, Any]) -> Any:
    """The value that has these parts."""
    return "\n".join(listed.values()) if field == LINES else list(listed.values())


def patched(table: str, field: str, current: Any, before: Any, after: Any) -> Any:
    """What a field becomes that a change found ``before`` and left ``after``, if it is ``current``
    now: of a field with parts only those that the change put in or took out."""
    if current == before:
        return after
    now, new = parts(table, field, current), parts(table, field, after)
    old = parts(table, field, before) if before is not None else {}
    if now is None or old is None or new is None:
        return after
    kept = {name: part for name, part in now.items() if name in new or name not in old}
    return whole(field, kept | {name: part for name, part in new.items() if name not in old})


def canonical(value: Any) -> str:
    """One text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _lines(text: str) -> Iterator[str]:
    """Each line with the blank ones before it. The same line twice is one part."""
    blank = ""
    for line in text.split("\n"):
        if line.strip():
            yield blank + line
            blank = ""
        else:
            blank += line + "\n"


def _name(part: Any) -> str:
    text = canonical(part).encode(errors="surrogatepass")
    return hashlib.blake2b(text, digest_size=6).hexdigest()

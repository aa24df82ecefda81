"""People and feeds that two machines made apart and that are one, and what follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from engage.domain.addresses import normalise, profile_key
from engage.domain.codec import Doc, moment_text
from engage.domain.joining import Side, joined
from engage.domain.parts import parts
from engage.domain.stamps import moment_of, uid_of

Found = Mapping[str, Any]

#: Keys that several people may share.
_SHARED = ("name:",)


def people_twins(ours: Sequence[Found], theirs: Sequence[Found]) -> list[tuple[str, str]]:
    """Who of ours and of theirs is one person, as (id that stays, id that goes): those with a key
    in common. People of one side stay apart, unless somebody of the other one is both."""
    return _twins(ours, theirs, _keys)


def feed_twins(ours: Sequence[Found], theirs: Sequence[Found]) -> list[tuple[str, str]]:
    """Which feeds of ours and of theirs are one: those with the same role and address."""
    return _twins(ours, theirs, lambda feed: [f"{feed.get('role')} {normalise(str(feed['url']))}"])


def one_of(table: str, stays: Side, goes: Side) -> tuple[Doc, Doc]:
    """The document and the marks of the one that two are."""
    assert stays.doc is not None and goes.doc is not None
    id = stays.doc["id"]
    marks = {name: it for name, it in goes.marks.items() if name in ("at", "base")}
    same = Side({**goes.doc, "id": id}, {**marks, "uid": uid_of(table, id)})
    doc, made = joined(table, stays, same)
    assert doc is not None
    if table == "people":
        called = (str(stays.doc["name"]), str(goes.doc["name"]))
        others = [name for name in sorted(called) if name not in (doc["name"], *doc["names"])]
        listed = parts(table, "names", [*doc["names"], *others]) or {}
        cells = dict(made.get("at", {}))
        for name, called_so in listed.items():
            if called_so in others:
                cells[f"names/{name}"] = f"{str(goes.doc['added'])[:26]}Z+000"
        order = sorted(listed, key=lambda name: cells.get(f"names/{name}", ""))
        doc["names"] = [listed[name] for name in order]
        if cells:
            made["at"] = cells
    return doc, made


class Into:
    """Who has become a part of whom, and what that makes of what is about them.

    A touch is never changed: an amendment of its own says whose it is now.
    """

    def __init__(self, parts: Mapping[str, Found], amendments: Iterable[Found]) -> None:
        """``parts``: the marks of those who are a part of another one, by their ids."""
        self._parts = parts
        self._said: dict[str, Found] = {}
        for amendment in amendments:
            touch = str(amendment.get("touch"))
            if "person" in amendment.get("fields", {}) and amendment["id"] != _amendment_id(touch):
                known = self._said.get(touch)
                if known is None or _order(known) < _order(amendment):
                    self._said[touch] = amendment

    def root(self, id: str) -> str:
        """The one whom somebody is a part of, at last; else they themselves."""
        seen = {id}
        while id in self._parts and (into := str(self._parts[id]["into"])) not in seen:
            id = into
            seen.add(id)
        return id

    def asked(self, question: Found) -> Doc:
        """A question with those whom it names."""
        return {
            **question,
            "candidates": list(dict.fromkeys(map(self.root, question.get("candidates", ())))),
            "answer": self.root(str(question.get("answer", ""))),
            "touch": {**question["touch"], "person": self.root(str(question["touch"]["person"]))},
        }

    def amendment(self, touch: str, doc: Found) -> tuple[str, Doc | None]:
        """The id of the amendment that says whose a touch is now; and it, if there is a need."""
        id, said = _amendment_id(touch), self._said.get(touch)
        person = str(said["fields"]["person"] if said else doc.get("person"))
        if person not in self._parts:
            return id, None
        at = moment_of(str(self._parts[person]["gone"]))
        if said:
            at = max(at, datetime.fromisoformat(said["at"]) + timedelta(microseconds=1))
        fields = {"person": self.root(person)}
        return id, {"id": id, "touch": touch, "at": moment_text(at), "fields": fields}


def _amendment_id(touch: str) -> str:
    return hashlib.blake2b(f"into\n{touch}".encode(), digest_size=10).hexdigest()


def _order(amendment: Found) -> tuple[str, str]:
    return str(amendment["at"]), str(amendment["id"])


def _keys(person: Found) -> Iterable[str]:
    made = (profile_key(str(profile)) for profile in person.get("profiles", ()))
    listed = (*person.get("keys", ()), *(key for key in made if key))
    return [key for key in dict.fromkeys(listed) if not key.startswith(_SHARED)]


def _twins(
    ours: Sequence[Found], theirs: Sequence[Found], keys: Callable[[Found], Iterable[str]]
) -> list[tuple[str, str]]:
    holders: dict[str, list[Found]] = {}
    for doc in ours:
        for key in keys(doc):
            holders.setdefault(key, []).append(doc)
    groups: dict[str, dict[str, Found]] = {}
    for doc in theirs:
        met = [each for key in keys(doc) for each in holders.get(key, ())]
        group = {str(each["id"]): each for each in (doc, *met)}
        for id in list(group):
            group |= groups.get(id, {})
        groups.update(dict.fromkeys(group, group))
    pairs = []
    for members in sorted({tuple(sorted(group)) for group in groups.values()}):
        group = groups[members[0]]
        first, *rest = sorted(group.values(), key=lambda doc: (str(doc["added"]), str(doc["id"])))
        pairs += [(str(first["id"]), str(doc["id"])) for doc in rest]
    return pairs

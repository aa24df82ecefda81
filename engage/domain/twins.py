"""People and feeds that two machines made apart and that are one, and what follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from engage.domain.addresses import normalise, profile_key
from engage.domain.codec import Doc, moment_text
from engage.domain.joining import Side, joined
from engage.domain.parts import HISTORIES, parts, whole
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
    one, other = dict(stays.doc), {**goes.doc, "id": id}
    if table == "people":  # both names are theirs
        for doc in (one, other):
            called = (str(stays.doc["name"]), str(goes.doc["name"]))
            doc["names"] = list(dict.fromkeys([*doc["names"], *called]))
    both, made = joined(
        table, Side(one, stays.marks), Side(other, {**marks, "uid": uid_of(table, id)})
    )
    assert both is not None
    return both, made


def decided_since(side: Side, gone: str) -> Side:
    """What was decided about somebody after they had become a part of another one, alone."""
    assert side.doc is not None
    cells = {name: stamp for name, stamp in side.marks.get("at", {}).items() if stamp > gone}
    doc: Doc = {}
    for field, value in side.doc.items():
        listed = parts("people", field, value)
        if field in HISTORIES and listed is not None:
            late = {name: part for name, part in listed.items() if part["at"][:26] > gone[:26]}
            doc[field] = whole(field, late)
        elif listed is not None:
            late = {name: part for name, part in listed.items() if f"{field}/{name}" in cells}
            doc[field] = whole(field, late)
        elif field in cells:
            doc[field] = value
    return Side(doc, {"uid": side.marks.get("uid"), "at": cells})


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
    holders: dict[str, list[str]] = {}
    for doc in ours:
        for key in keys(doc):
            holders.setdefault(key, []).append(str(doc["id"]))
    groups: dict[str, set[str]] = {}
    for doc in theirs:
        group = {str(doc["id"]), *(id for key in keys(doc) for id in holders.get(key, ()))}
        group.update(*(groups.get(id, ()) for id in set(group)))
        groups.update(dict.fromkeys(group, group))
    pairs = []
    for members in sorted({tuple(sorted(group)) for group in groups.values()}):
        # By the id alone: the same whatever else a side knows of them.
        pairs += [(members[0], id) for id in members[1:]]
    return pairs

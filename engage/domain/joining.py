"""One record as two ledgers have it, made one: the same whichever side does it, and in any order.

What was decided later holds, field by field, by the stamps of `domain.stamps`; where two stamps
are one, the content decides. What comes and goes by itself (`domain.parts`) is united.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engage.domain.codec import Doc
from engage.domain.parts import HISTORIES, LINES, canonical, parts, whole
from engage.domain.stamps import BORN, LATER_HOLDS

#: Fields of those that belong to the older one nevertheless: how it began.
_FIRST = ("added", "how")


@dataclass(frozen=True, slots=True)
class Side:
    """A record on one side: its document (also one out of sight), if there is one, and marks."""

    doc: Mapping[str, Any] | None
    marks: Mapping[str, Any]

    def cell(self, name: str) -> str | None:
        """The stamp that a field or part is marked with."""
        found: str | None = self.marks.get("at", {}).get(name)
        return found


def joined(table: str, one: Side, other: Side) -> tuple[Doc | None, Doc]:
    """The document and the marks of a record; whether it is to be seen is `domain.presence`'s."""
    marks = _presence(one.marks, other.marks)
    if one.doc is None or other.doc is None:
        # Marks of fields say nothing where the fields are not at hand.
        known = one if one.doc is not None else other
        if known.doc is not None and "base" in known.marks:
            marks["base"] = known.marks["base"]
        return (None if known.doc is None else dict(known.doc)), _with(marks, _cells(known))
    cells: dict[str, str] = {**_cells(one), **_cells(other)}
    for name in _cells(one).keys() & _cells(other).keys():
        cells[name] = max(_cells(one)[name], _cells(other)[name])
    doc: Doc = {}
    for field in {**one.doc, **other.doc}:
        held = _parts(table, field, one, other, cells)
        if held is None:
            doc[field] = _latest(table, field, one, other, cells)
        else:
            doc[field] = held
    if table in LATER_HOLDS:
        base = max(_base(table, one), _base(table, other))
        if base != doc[BORN[table]]:
            marks["base"] = base
    return doc, _with(marks, cells)


def _latest(table: str, field: str, one: Side, other: Side, cells: dict[str, str]) -> Any:
    assert one.doc is not None and other.doc is not None
    mine, theirs = one.doc.get(field), other.doc.get(field)
    if field not in one.doc or field not in other.doc:
        return mine if field in one.doc else theirs
    if table in LATER_HOLDS and field in _FIRST:
        return min(one, other, key=_beginning).doc[field]  # type: ignore[index]
    ours, stamps = _claim(table, field, one), _claim(table, field, other)
    if max(ours, stamps)[0] is False or max(ours, stamps)[1] != cells.get(field):
        cells.pop(field, None)
    if mine == theirs:
        return mine
    return max((ours, _said(mine), mine), (stamps, _said(theirs), theirs), key=lambda it: it[:2])[2]


def _claim(table: str, field: str, side: Side) -> tuple[bool, Any]:
    """What a side's value is put forward with: a stamp of its own, else the record's beginning."""
    stamp = side.cell(field)
    if stamp is not None:
        return True, stamp
    base = _base(table, side)
    return (True, base) if table in LATER_HOLDS else (False, tuple(-ord(sign) for sign in base))


def _parts(table: str, field: str, one: Side, other: Side, cells: dict[str, str]) -> Any:
    """A field with parts, its own ``cells`` brought up to date; None for another one."""
    assert one.doc is not None and other.doc is not None
    mine = parts(table, field, one.doc.get(field))
    theirs = parts(table, field, other.doc.get(field))
    if mine is None or theirs is None:
        return None
    found = {
        name: part
        for name, part in {**mine, **theirs}.items()
        if not cells.get(f"{field}/{name}", "+").endswith("-")
    }
    if one.doc[field] == other.doc[field] and list(found) == list(mine):
        return one.doc[field]
    if field in HISTORIES:
        at = {name: str(part.get("at")) for name, part in found.items()}
        return whole(field, {name: found[name] for name in sorted(found, key=lambda n: (at[n], n))})
    loose = [[name for name in side if f"{field}/{name}" not in cells] for side in (mine, theirs)]
    if loose[0] != loose[1] and field == LINES:  # made on both sides: each line keeps its place
        for listed, side in zip(loose, (one, other), strict=True):
            for place, name in enumerate(listed):
                cell, stamp = f"{field}/{name}", f"{_base(table, side)[:26]}Z+{place:03}"
                cells[cell] = min(cells.get(cell, stamp), stamp)
    elif loose[0] != loose[1]:
        loose[0] = sorted({*loose[0], *loose[1]})
    places = {name: place for place, name in enumerate(loose[0])}
    stamped = {name: cells.get(f"{field}/{name}", "") for name in found}
    order = sorted(found, key=lambda name: (stamped[name], places.get(name, 0), name))
    return whole(field, {name: found[name] for name in order})


def _presence(one: Mapping[str, Any], other: Mapping[str, Any]) -> Doc:
    marks = {"uid": one.get("uid") or other.get("uid")}
    for name in ("gone", "here", "with", "back"):
        found = [side[name] for side in (one, other) if name in side]
        if found:
            marks[name] = max(found)
    # Whose part somebody became belongs to that removal; one that came later is another one.
    into = max((str(side.get("gone", "")), str(side.get("into", ""))) for side in (one, other))[1]
    if into:
        marks["into"] = into
    return marks


def _base(table: str, side: Side) -> str:
    assert side.doc is not None
    return str(side.marks.get("base") or side.doc.get(BORN[table]) or "")


def _beginning(side: Side) -> tuple[str, str]:
    assert side.doc is not None
    return str(side.doc.get("added")), canonical(side.doc.get("how"))


def _cells(side: Side) -> Mapping[str, str]:
    found: Mapping[str, str] = side.marks.get("at", {})
    return found


def _with(marks: Doc, cells: Mapping[str, str]) -> Doc:
    return {**marks, "at": dict(cells)} if cells else marks


def _said(value: Any) -> tuple[bool, str]:
    """Where nothing else decides, something said comes before nothing."""
    return value is not None, canonical(value)

"""Two ledgers made one: every record joined, then who is one, who is gone, and whose is whose.

Uniting is commutative, associative and idempotent: machines that each unite what they see of the
others come to hold the same, in whatever order the files arrive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from engage.domain.codec import Doc
from engage.domain.joining import Side, joined
from engage.domain.parts import HISTORIES
from engage.domain.stamps import (
    KEY,
    UNMARKED,
    gone_along,
    present_since,
    record_of,
    removed,
    uid_of,
)
from engage.domain.twins import Into, decided_since, feed_twins, one_of, people_twins

#: Tables whose records concern one person.
_THEIRS = ("touches", "decisions", "news", "feeds", "questions")


class Holding(Protocol):
    """What a ledger holds: documents by table and id, and marks by uid (see `domain.stamps`)."""

    def get(self, table: str, key: str) -> Mapping[str, Any] | None: ...

    def all(self, table: str) -> Iterable[tuple[str, Mapping[str, Any]]]: ...

    def marks(self, uid: str) -> Mapping[str, Any] | None: ...

    def all_marks(self) -> Iterable[Mapping[str, Any]]: ...


@dataclass
class United:
    """What uniting makes of a ledger: documents (None: out of sight) and marks (None: none left)
    that change."""

    docs: dict[tuple[str, str], Doc | None] = field(default_factory=dict)
    marks: dict[str, Doc | None] = field(default_factory=dict)


def united(mine: Holding, theirs: Holding, differing: Iterable[str]) -> United:
    """What a ledger becomes with what another one holds.

    ``differing``: the uids of the records, and of the marks, that the other one has and that are
    not the same here.
    """
    work = _Work(mine, theirs)
    work.join(differing)
    work.make_twins_one()
    work.settle_presence()
    work.redirect()
    return work.result()


class _Work:
    """Records as they will be; what is not in `_sides` yet is as it is in ``mine``."""

    def __init__(self, mine: Holding, theirs: Holding) -> None:
        self._mine = mine
        self._theirs = theirs
        self._sides: dict[str, Side] = {}
        self._arrived: set[str] = set()
        self._decided: dict[str, list[str]] = {}
        self._about = {marks[KEY]: marks["about"] for marks in mine.all_marks() if "about" in marks}

    def join(self, differing: Iterable[str]) -> None:
        for uid in differing:
            table, _ = record_of(uid)
            doc, marks = joined(table, _side(self._mine, uid), _side(self._theirs, uid))
            self._set(uid, doc, marks)
        self._arrived = set(self._sides)

    def make_twins_one(self) -> None:
        """A person, or a feed, that each side has made by itself is one."""
        for table, find in (("people", people_twins), ("feeds", feed_twins)):
            fresh = [doc for uid in self._arrived if (doc := self._only_in(table, uid)) is not None]
            if not fresh:
                continue
            ours = [
                doc
                for key, doc in self._mine.all(table)
                if not _knows(self._theirs, uid_of(table, key))
            ]
            for stays, goes in find(ours, fresh):
                self._make_one(table, stays, goes)

    def settle_presence(self) -> None:
        """See anew who is in sight: somebody forgotten on one side comes back, with all that went
        along, if the writer decided something about them on another one after that."""
        people = {id for uid in self._arrived for id in self._people_of(uid)}
        people.update(each for id in set(people) for each in self._chain(id))
        concerned = {id for id in people if "gone" in self._get(uid_of("people", id)).marks}
        for id in concerned:
            self._look_at(uid_of("people", id))
        for marks in list(self._all_marks()) if concerned else ():
            doc = self._get(marks[KEY]).doc
            if "with" in marks and doc is not None and doc.get("person") in concerned:
                self._look_at(marks[KEY])

    def redirect(self) -> None:
        """What is about somebody who has become a part of another one is about that one."""
        parts = {
            record_of(marks[KEY])[1]: marks
            for marks in self._all_marks()
            if "into" in marks and marks[KEY].startswith("people/") and self._hidden(marks[KEY])
        }
        uids = {uid for uid in self._arrived if record_of(uid)[0] in (*_THEIRS, "amendments")}
        if any("into" in marks for marks in self._marks_of_people()):
            uids.update(uid_of(table, key) for table in _THEIRS for key, _ in self._all(table))
        elif not parts:
            return
        into = Into(parts, (doc for _, doc in self._all("amendments")))
        for id in sorted(parts):
            self._pass_on(id, into.root(id))
        for uid in sorted(uids):
            table, key = record_of(uid)
            side = self._get(uid)
            if table == "amendments" and side.doc is not None:
                table, key = "touches", str(side.doc.get("touch"))
                side = self._get(uid_of(table, key))
            if side.doc is None:
                continue
            if table == "touches":
                id, amendment = into.amendment(key, side.doc)
                marks = self._get(uid_of("amendments", id)).marks
                self._set(uid_of("amendments", id), amendment, marks)
            elif table == "questions":
                self._set(uid, into.asked(side.doc), side.marks)
            elif (person := side.doc.get("person")) is not None:
                root = into.root(str(person))
                marks = {**side.marks, "about": person} if root != person else side.marks
                self._set(uid, {**side.doc, "person": root}, marks)

    def result(self) -> United:
        found = United()
        for uid, side in self._sides.items():
            table, key = record_of(uid)
            before = self._mine.marks(uid)
            out_of_sight = self._hidden(uid)
            doc = None if side.doc is None or out_of_sight else dict(side.doc)
            if doc != self._mine.get(table, key):
                found.docs[table, key] = doc
            marks = {name: value for name, value in side.marks.items() if name != "doc"}
            if out_of_sight and side.doc is not None:
                marks["doc"] = dict(side.doc)
            marked = marks.keys() != {KEY} and (table not in UNMARKED or "about" in marks)
            after = marks if marked else None
            if after != before:
                found.marks[uid] = after
        return found

    def _pass_on(self, id: str, root: str) -> None:
        """What was decided about somebody who is a part of another one holds for that one."""
        uid, to = uid_of("people", id), self._get(uid_of("people", root))
        late = decided_since(self._get(uid), str(self._get(uid).marks["gone"]))
        if uid in self._sides and to.doc is not None and id != root:
            doc, marks = joined("people", to, late)
            kept = {name: it for name, it in to.marks.items() if name not in ("at", "base")}
            self._set(uid_of("people", root), doc, {**marks, **kept})

    def _marks_of_people(self) -> Iterator[Mapping[str, Any]]:
        """The marks of those who may have changed, as either side has them and as they will be."""
        for uid in list(self._sides):
            if uid.startswith("people/"):
                yield self._sides[uid].marks
                yield self._mine.marks(uid) or {}
                yield self._theirs.marks(uid) or {}

    def _make_one(self, table: str, stays: str, goes: str) -> None:
        root, lost = self._get(uid_of(table, stays)), self._get(uid_of(table, goes))
        assert root.doc is not None and lost.doc is not None
        doc, marks = one_of(table, root, lost)
        self._set(uid_of(table, stays), doc, marks)
        began = lost.marks.get("base") or str(lost.doc["added"])
        gone = max(began, *(lost.marks.get(name, "") for name in ("here", "back")))
        self._set(uid_of(table, goes), lost.doc, {**lost.marks, "gone": gone, "into": stays})
        for other in list(self._all_marks()):
            if other.get("into") == goes and other[KEY].startswith(f"{table}/"):
                self._set(other[KEY], self._get(other[KEY]).doc, {**other, "into": stays})

    def _people_of(self, uid: str) -> Iterator[str]:
        table, key = record_of(uid)
        if table == "people":
            yield key
        elif table in ("touches", "decisions"):
            doc = self._get(uid).doc
            if doc is not None:
                yield str(doc.get("person"))

    def _decided_about(self, id: str) -> list[str]:
        """The stamps of what the writer decided, or said happened, about somebody."""
        if id not in self._decided:
            side = self._get(uid_of("people", id))
            cells = side.marks.get("at", {}).values()
            dated = (entry["at"] for name in HISTORIES for entry in (side.doc or {}).get(name, ()))
            said = (
                touch["recorded"]
                for _, touch in self._all("touches")
                if touch.get("person") == id and touch.get("how_known") == "said"
            )
            decided = (
                decision["at"]
                for _, decision in self._all("decisions")
                if decision.get("person") == id
            )
            own = (stamp for stamp in cells if stamp[26:27] == "Z")
            self._decided[id] = [str(stamp)[:26] for stamp in (*own, *dated, *said, *decided)]
        return self._decided[id]

    def _only_in(self, table: str, uid: str) -> Mapping[str, Any] | None:
        """The document of a record that only the other side has, and that is to be seen."""
        if not uid.startswith(f"{table}/") or _knows(self._mine, uid):
            return None
        return None if self._hidden(uid) else self._get(uid).doc

    def _hidden(self, uid: str) -> bool:
        table, key = record_of(uid)
        side = self._get(uid)
        if gone := removed(table, side.doc, side.marks):
            if table == "people" and "into" in side.marks:
                return not self._heads_circle(key)
            return table != "people" or not self._wanted(key, gone)
        if gone := gone_along(table, side.doc, side.marks):
            return side.doc is None or not self._wanted(str(side.doc.get("person")), gone)
        return False

    def _chain(self, id: str) -> list[str]:
        """Somebody, the one whom they are a part of, and so on; a circle once around."""
        found: list[str] = []
        while id not in found:
            found.append(id)
            side = self._get(uid_of("people", id))
            if "into" not in side.marks or not removed("people", side.doc, side.marks):
                break
            id = str(side.marks["into"])
        return found

    def _heads_circle(self, id: str) -> bool:
        """Whether two were made one on two machines, each a part of the other one, and this is who
        stays: by the later of the two decisions."""
        chain = self._chain(id)
        last = self._get(uid_of("people", chain[-1])).marks
        if last.get("into") != id:
            return False
        moved = {each: self._get(uid_of("people", each)).marks["gone"] for each in chain}
        return min(chain, key=lambda each: (moved[each], each)) == id

    def _wanted(self, id: str, gone: str) -> bool:
        """Whether the writer decided something about somebody after they were forgotten, where
        that was not known: after they were made anew it says nothing about what was before."""
        side = self._get(uid_of("people", id))
        here = present_since("people", side.doc, side.marks)[:26]
        gone = gone[:26]
        return any(
            stamp > gone and (here <= gone or stamp < here) for stamp in self._decided_about(id)
        )

    def _look_at(self, uid: str) -> None:
        side = self._get(uid)
        self._set(uid, side.doc, side.marks)

    def _get(self, uid: str) -> Side:
        return self._sides.get(uid) or _side(self._mine, uid)

    def _set(self, uid: str, doc: Mapping[str, Any] | None, marks: Mapping[str, Any]) -> None:
        self._sides[uid] = Side(doc, {name: it for name, it in marks.items() if name != "doc"})

    def _all(self, table: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every document of a table as it will be, also those out of sight."""
        for key, doc in self._mine.all(table):
            uid = uid_of(table, key)
            if uid not in self._sides:
                yield key, {**doc, "person": self._about[uid]} if uid in self._about else doc
        for uid, side in list(self._sides.items()):
            if uid.startswith(f"{table}/") and side.doc is not None:
                yield record_of(uid)[1], side.doc
        for marks in self._mine.all_marks():
            uid = marks[KEY]
            if uid.startswith(f"{table}/") and "doc" in marks and uid not in self._sides:
                yield record_of(uid)[1], marks["doc"]

    def _all_marks(self) -> Iterator[Mapping[str, Any]]:
        for marks in self._mine.all_marks():
            if marks[KEY] not in self._sides:
                yield marks
        for uid, side in list(self._sides.items()):
            yield {**side.marks, KEY: uid}


def _side(holding: Holding, uid: str) -> Side:
    """A record with its document, in sight or not, about whom it was about at first."""
    table, key = record_of(uid)
    marks = dict(holding.marks(uid) or {KEY: uid})
    doc = holding.get(table, key) or marks.get("doc")
    about = marks.pop("about", None)
    return Side(doc if doc is None or about is None else {**doc, "person": about}, marks)


def _knows(holding: Holding, uid: str) -> bool:
    return holding.get(*record_of(uid)) is not None or holding.marks(uid) is not None

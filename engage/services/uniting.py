"""Uniting with another machine's data, a backup, or an export: what came of it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engage.domain.codec import Doc
from engage.domain.records import Person, World
from engage.errors import EngageError
from engage.exchange.everything import read_documents, recognises
from engage.exchange.tokens import without_tokens
from engage.services.desk import Desk

#: How much of a file is looked at to see whether it is an export, in bytes.
_HEAD = 4096

#: The export in a folder that `export all` wrote.
_IN_FOLDER = "engage.json"

#: Names that a sentence lists before it only counts.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge brought: sentences, and whether it is a step that undo takes back."""

    sentences: tuple[str, ...]
    changed: bool


def merge(desk: Desk, path: Path) -> Merged:
    """Unite with what lies at a path, as one step. Raises EngageError where that is nothing."""
    name = str(path)
    documents = _exported(path)
    before = desk.world()
    source = path if documents is None else _with_own_tokens(documents, before)
    if not desk.store.merge(source, name, desk.stamp()):
        return Merged((f"Everything in {name} is here already.",), changed=False)
    return Merged(tuple(_sentences(before, desk.world(), name)), changed=True)


def _exported(path: Path) -> dict[str, list[Doc]] | None:
    """The documents of what `export json` wrote; None where the path is something else."""
    file = path / _IN_FOLDER if path.is_dir() else path
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
            if not recognises(file.name, head.decode("utf-8", "replace")):
                return None
            data = head + opened.read()
    except FileNotFoundError:
        return None
    except OSError as cause:
        if path.is_dir():  # whether there is a ledger in it is another question
            return None
        raise EngageError(f"{file} could not be read: {cause.strerror or cause}.") from cause
    try:
        return read_documents(data)
    except EngageError as refused:
        raise EngageError(f"{file}: {refused}") from refused


def _with_own_tokens(documents: dict[str, list[Doc]], world: World) -> dict[str, list[Doc]]:
    """Addresses as they are here: an export leaves the tokens out of them."""
    for feed in documents.get("feeds", ()):
        known = world.feeds.get(str(feed.get("id")))
        for field in ("url", "typed", "site"):
            mine = getattr(known, field, None)
            if mine is not None and without_tokens(mine) == feed.get(field):
                feed[field] = mine
    for person in documents.get("people", ()):
        here = world.people.get(str(person.get("id")))
        own = {without_tokens(each): each for each in here.profiles} if here else {}
        person["profiles"] = [own.get(each, each) for each in person.get("profiles", ())]
    return documents


def _sentences(before: World, after: World, name: str) -> Iterable[str]:
    came = [
        _counted(len(_ids(after, table) - _ids(before, table)), one, many)
        for table, one, many in (
            ("people", "person", "people"),
            ("feeds", "feed", "feeds"),
            ("touches", "touch", "touches"),
            ("decisions", "decision", "decisions"),
            ("own_posts", "piece of your own", "pieces of your own"),
            ("written_days", "day marked as written", "days marked as written"),
        )
    ]
    changed = [
        person.name
        for id, person in after.people.items()
        if id in before.people and before.people[id] != person
    ]
    gone = [person.name for id, person in before.people.items() if id not in after.people]
    listed = _listed([each for each in came if each])
    yield f"From {name} came {listed}." if listed else f"{name} held what was decided later."
    if changed:
        yield f"Brought up to date: {_names(changed)}."
    if gone:
        yield f"No longer here, as was decided there: {_names(gone)}."


def _ids(world: World, table: str) -> set[str]:
    found: Mapping[str, Person] | Sequence[object] = getattr(world, table)
    if isinstance(found, Mapping):
        return set(found)
    return {str(getattr(each, "uid", None) or getattr(each, "id", "")) for each in found}


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _names(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    shown = sorted(names)[:_NAMED]
    return _listed([*shown, f"{more} more"]) if more > 0 else _listed(shown)

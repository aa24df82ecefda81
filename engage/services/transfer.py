"""People and feeds from other systems: what would be done, then the doing, as one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engage.errors import EngageError
from engage.exchange.bundle import TOTAL_LIMIT, Bundle, bundle_at, bundle_of
from engage.exchange.columns import Meanings, column_key
from engage.exchange.formats import ALIASES, BY_NAME, columns_in, read_bundle
from engage.exchange.imported import Import
from engage.services.desk import Desk
from engage.services.importing.asking import with_direction
from engage.services.importing.book import Book
from engage.services.importing.draft import Draft
from engage.services.importing.history import take_history
from engage.services.importing.lists import FeedLists
from engage.services.importing.rows import PeopleRows
from engage.services.importing.whole import take_everything
from engage.services.outcomes import ImportPlan, Preview, Refusal

#: Bytes that are read of standard input: what never ends is refused as too large.
STDIN_LIMIT = TOTAL_LIMIT
#: The kinds of lines of a plan.
KINDS = ("new", "known", "changed", "unclear", "gone", "skipped")
#: Lines of each kind that a preview has: nobody reads more of them.
SHOWN = 3000
#: What a pasted list is called in sentences.
PASTED = "What you pasted"

#: A file, folder or ZIP on the disk; or what standard input gave, with a name for it.
Given = Path | tuple[str, bytes]


def import_files(
    desk: Desk,
    given: Sequence[Given],
    *,
    format: str | None = None,
    write: bool = False,
    answers: Mapping[str, str] | None = None,
    meanings: Meanings | None = None,
) -> ImportPlan:
    """Bring in files, folders and ZIPs. Without ``write`` only the plan. Asks no server.

    ``format`` None: each file is recognised by what is in it. ``answers``: what the writer says of
    the doubts of the plan, by their keys. ``meanings``: what is in the columns of a table.
    """
    if format is not None and ALIASES.get(format, format) not in BY_NAME:
        raise EngageError(f"engage cannot import {format!r}; it reads {', '.join(BY_NAME)}.")
    book = Book(desk.world())
    draft = Draft(book, desk.now(), desk.settings.match_by_email, answers=answers or {})
    lists, rows = FeedLists(draft), PeopleRows(draft)
    for each in given:
        name = each[0] if isinstance(each, tuple) else str(each)
        try:
            bundle = _opened(each)
            draft.columns += columns_in(bundle)
            found = read_bundle(bundle, format, meanings)
        except EngageError as error:
            draft.refused.append(Refusal(name, f"{name}: {error}"))
            continue
        for imported in found:
            _take(desk, draft, (lists, rows), imported, name)
    rows.finish()
    puts = draft.puts()
    change = None
    if write:
        change = desk.commit(f"imported: {', '.join(draft.formats)}", puts)
    return ImportPlan(
        format=", ".join(draft.formats),
        new=tuple(draft.new),
        known=tuple(draft.known),
        unclear=tuple(draft.unclear),
        refused=tuple(draft.refused),
        written=change is not None,
        change=change,
        changed=tuple(draft.changed),
        gone=tuple(draft.gone),
        skipped=tuple(dict.fromkeys(draft.skipped)),
        records=len(puts),
        doubts=tuple(draft.doubts),
        columns=tuple(draft.columns),
    )


@dataclass(frozen=True, slots=True)
class Bring:
    """An import asked for from afar: of a file, or of a list that was pasted; with what the writer
    says of its doubts, and of its columns by their names. ``write``: not only the plan."""

    path: str = ""
    pasted: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] | None = None
    write: bool = False


def preview(desk: Desk, asked: Bring) -> Preview:
    """`import_files`, answered in a form that a screen can show at once."""
    given: list[Given] = [Path(asked.path).expanduser()] if asked.path else []
    if asked.pasted:
        given.append((PASTED, asked.pasted.encode("utf-8", "replace")))
    meanings = asked.meanings and {column_key(name): kind for name, kind in asked.meanings.items()}
    plan = import_files(desk, given, write=asked.write, answers=asked.answers, meanings=meanings)
    lines = {kind: getattr(plan, kind) for kind in KINDS}
    cut = {kind: found[:SHOWN] for kind, found in lines.items()}
    return Preview(
        replace(plan, change=None, doubts=plan.doubts[:SHOWN], **cut),
        {kind: len(found) for kind, found in lines.items()},
    )


def _opened(given: Given) -> Bundle:
    return bundle_of(*given) if isinstance(given, tuple) else bundle_at(given)


def _take(
    desk: Desk, draft: Draft, takers: tuple[FeedLists, PeopleRows], imported: Import, name: str
) -> None:
    lists, rows = takers
    draft.formats[imported.format] = None
    imported = with_direction(draft, imported, name)
    draft.unclear += [f"{name}: {problem}" for problem in imported.unclear]
    draft.skipped += imported.skipped
    lists.take(imported.feeds, imported.said)
    rows.take(imported)
    take_history(desk, draft, imported)
    if imported.everything is not None:
        take_everything(draft, imported.everything)

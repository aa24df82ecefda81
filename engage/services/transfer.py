"""People and feeds from other systems: what would be done, then the doing, as one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from engage.errors import EngageError
from engage.exchange.bundle import Bundle, bundle_at, bundle_of
from engage.exchange.columns import Meanings
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
from engage.services.outcomes import ImportPlan, Refusal

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

"""The other machines' ledgers in the data folder, brought there by a file synchroniser.

Each machine writes its own subfolder alone and reads the others'. What was united already is known
by the stamps of its files, which are kept outside the data folder.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from engage.errors import EngageError
from engage.store.api import Finding
from engage.store.files import read_file, replace_file
from engage.store.places import LEDGER, Places
from engage.store.sources import Source, Stamps, conflicts_in, read_source, stamps_in

#: How long uniting rests after it was refused.
_REST = timedelta(minutes=1)


class Neighbours:
    """What of the others is new since it was united last."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._file = places.united
        #: By folder or conflict copy: the stamps of what was united, or could not be.
        self._known: dict[str, Stamps] | None = None
        self._rest_until: datetime | None = None
        #: What is not whole yet, with the reason, by its path.
        self.put_off: dict[Path, str] = {}

    def unite_new(self, unite: Callable[[list[Source]], object], now: datetime) -> bool:
        """Unite what changed since the last time; whether there was something.

        What is not whole yet is put off until its files change again. What ``unite`` refuses, for
        a lock that is held or a full disk, is tried again after a while.
        """
        if self._rest_until is not None and now < self._rest_until:
            return False
        new = {path: stamps for path, stamps in self._found() if self._stamps_of(path) != stamps}
        if not new:
            return False
        sources: list[Source] = []
        whole: dict[Path, Stamps] = {}
        for path, stamps in new.items():
            try:
                sources.append(read_source(path / LEDGER if path.is_dir() else path))
            except EngageError as reason:
                self.put_off[path] = str(reason)
                self._keep(path, stamps)
                continue
            self.put_off.pop(path, None)
            whole[path] = stamps
        if sources:
            try:
                unite(sources)
            except EngageError:
                self._rest_until = now + _REST
                return False
            for path, stamps in whole.items():
                self._keep(path, stamps)
            self._write()
        return bool(sources)

    def check(self) -> Iterator[Finding]:
        """What is to be said of the other machines' ledgers, each of which is opened."""
        for path, _ in self._found():
            copy = not path.is_dir()
            try:
                read_source(path if copy else path / LEDGER)
            except EngageError as reason:
                yield Finding(
                    f"{path} is not united yet: {reason}",
                    ok=False,
                    remedy="Let the synchroniser finish, or remove it.",
                )
                continue
            if copy:
                yield Finding(
                    f"{path} was left by a file synchroniser.",
                    ok=False,
                    remedy=f"Unite it with engage merge {path}, then remove it.",
                )
            else:
                yield Finding(f"The other machine's ledger in {path} is whole.", ok=True)

    def _found(self) -> Iterator[tuple[Path, Stamps]]:
        own = self._places.ledger_folder()
        for folder in self._places.machine_folders():
            if folder != own and (stamps := stamps_in(folder)):
                yield folder, tuple(each for each in stamps if not _is_conflict(each[0]))
            for copy in conflicts_in(folder):
                yield copy, tuple(each for each in stamps_in(folder) if each[0] == copy.name)

    def _stamps_of(self, path: Path) -> Stamps | None:
        if self._known is None:
            self._known = self._read()
        return self._known.get(str(path))

    def _keep(self, path: Path, stamps: Stamps) -> None:
        assert self._known is not None
        self._known[str(path)] = stamps

    def _read(self) -> dict[str, Stamps]:
        with contextlib.suppress(EngageError, ValueError, TypeError, AttributeError):
            found = read_file(self._file)
            kept = json.loads(found[0]) if found else {}
            return {
                path: tuple((name, (stamp[0], stamp[1], stamp[2])) for name, stamp in stamps)
                for path, stamps in kept.items()
            }
        return {}

    def _write(self) -> None:
        """Keep what was united; lost, it is united again, which changes nothing."""
        off = set(map(str, self.put_off))
        kept = {path: stamps for path, stamps in (self._known or {}).items() if path not in off}
        with contextlib.suppress(OSError):
            replace_file(self._file, json.dumps(kept).encode(), durable=False)


def _is_conflict(name: str) -> bool:
    return "sync-conflict-" in name or "conflicted copy" in name

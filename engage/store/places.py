"""Where each of the store's files lies, and which machine's ledger this is."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from engage.paths import Paths
from engage.store.files import cannot_write, make_folder, read_file, replace_file

LEDGER = "ledger.json"
PREVIOUS = "ledger.prev.json"

_MACHINE = re.compile(r"[0-9a-f]{8}")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")


class Places:
    """The store's files under the writer's folders; none needs to exist yet.

    Each machine writes its own subfolder of ``data``, so that a synchronised folder never sees two
    writers. The machine's id lies outside that folder.
    """

    def __init__(self, paths: Paths) -> None:
        self._data = paths.data
        self._machine_file = paths.state / "machine"
        self._machine: str | None = None
        self._new: str | None = None
        self.lock = paths.state / "lock"
        self.fetch_lock = paths.state / "fetch.lock"
        self.refresh_lock = paths.state / "refresh.lock"
        self.united = paths.state / "united.json"
        self.fetch_states = paths.cache / "fetch.json"
        self.posts = paths.cache / "posts"
        self.worked_out = paths.cache / "inbox.json"

    def posts_of(self, feed: str) -> Path:
        """The file of a feed's posts."""
        return self.posts / posts_name(feed)

    @property
    def settled(self) -> bool:
        """Whether this machine has an id, and so has written a ledger before."""
        return self._known_machine() is not None

    def ledger_folder(self) -> Path | None:
        """The folder of this machine's ledger; None where nothing was ever written."""
        machine = self._known_machine() or self._only_machine()
        return self._data / machine if machine else None

    def make_ledger_folder(self) -> Path:
        """The folder of this machine's ledger, made if missing. To be called under the lock.

        Raises EngageError where the disk refuses.
        """
        self._new = self._new or secrets.token_hex(4)
        folder = self.ledger_folder() or self._data / self._new
        try:
            make_folder(folder)
        except OSError as cause:
            raise cannot_write(folder, cause) from cause
        return folder

    def machine_folders(self) -> list[Path]:
        """The folders of all machines whose ledgers lie in the data folder."""
        try:
            with os.scandir(self._data) as entries:
                folders = [Path(entry.path) for entry in entries if entry.is_dir()]
        except OSError:
            return []
        ledgers = (LEDGER, PREVIOUS)
        return sorted(each for each in folders if any((each / name).exists() for name in ledgers))

    def settle(self, folder: Path) -> None:
        """Remember the folder as this machine's, once it holds a ledger: from then on a missing
        ledger is a lost one. To be called under the lock. Raises EngageError."""
        if self.settled:
            return
        try:
            make_folder(self._machine_file.parent)
            replace_file(self._machine_file, f"{folder.name}\n".encode(), durable=True)
        except OSError as cause:
            raise cannot_write(self._machine_file, cause) from cause

    def _known_machine(self) -> str | None:
        if self._machine is None and (found := read_file(self._machine_file)):
            text = found[0].decode("ascii", "replace").strip()
            self._machine = text if _MACHINE.fullmatch(text) else None
        return self._machine

    def _only_machine(self) -> str | None:
        """The one ledger there is, where it was this machine's: its id can be read no more."""
        if not self._machine_file.exists():
            return None
        found = [folder.name for folder in self.machine_folders()]
        return found[0] if len(found) == 1 else None


def posts_name(feed: str) -> str:
    """The name of the file of a feed's posts."""
    return f"{file_name(feed)}.json"


def file_name(feed: str) -> str:
    """A name for a file that no feed's id can lead out of its folder."""
    if _PLAIN_NAME.fullmatch(feed):
        return feed
    return "x" + hashlib.blake2b(feed.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

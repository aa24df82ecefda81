"""Files that may be imported, to choose one: what the downloads hold, or the folder being typed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from engage.services.desk import Desk

#: What platforms, readers and address books deliver.
_KINDS = (
    ".zip", ".csv", ".tsv", ".json", ".opml", ".xml", ".vcf", ".vcard", ".txt", ".md", ".html",
)  # fmt: skip
_DOWNLOADS = ("Downloads", "downloads", "Desktop")
#: Files that are offered at once.
MOST = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """A file or folder. ``whole``: the folder that was typed itself, to be read as an export."""

    path: Path
    folder: bool
    size: int
    changed: datetime
    whole: bool = False


def offered(_desk: Desk, typed: str) -> tuple[Offer, ...]:
    """What fits what was typed: the newest first; where nothing was typed, the downloads."""
    try:
        return tuple(_offers(typed.strip()))[:MOST]
    except (OSError, RuntimeError, ValueError):
        return ()


def _offers(typed: str) -> list[Offer]:
    if not typed:
        home = Path.home()
        return [each for name in _DOWNLOADS for each in _within(home / name, "") if not each.folder]
    path = Path(typed).expanduser()
    if typed.endswith(os.sep):
        whole = _offer(path, whole=True)
        return [*([whole] if whole and whole.folder else []), *_within(path, "")]
    exact = _offer(path)
    if exact is not None and not exact.folder:
        return [exact]
    return _within(path.parent, path.name)


def _within(folder: Path, beginning: str) -> list[Offer]:
    """The folders and likely files in a folder whose names begin so."""
    if not folder.is_dir():
        return []
    low = beginning.casefold()
    found = [
        offer
        for path in folder.iterdir()
        if path.name.casefold().startswith(low) and (low or not path.name.startswith("."))
        if (offer := _offer(path)) is not None
        if offer.folder or path.suffix.lower() in _KINDS or path.name == "urls"
    ]
    return sorted(found, key=lambda each: each.changed, reverse=True)


def _offer(path: Path, *, whole: bool = False) -> Offer | None:
    try:
        about = path.stat()
    except (OSError, ValueError):
        return None
    changed = datetime.fromtimestamp(about.st_mtime, UTC)
    return Offer(path, path.is_dir(), about.st_size, changed, whole)

"""Drafts: one folder for each post that is answered, every version a file of its own.

Nothing the writer typed is ever overwritten: a version is written beside the earlier ones, synced,
and only then has its name. While an editor is open its file lies in the same folder, so that what
was saved in it survives a crash of everything else; the next look takes it in.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from engage.errors import EngageError
from engage.text import clean

ABOUT = "about.json"
VERSION_LIMIT = 1_000_000

_VERSION = re.compile(r"(\d{4,})\.txt")
_EDITING = re.compile(r"editing-(\d+)\.md")
_KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")


@dataclass(frozen=True, slots=True)
class About:
    """What a draft answers. ``key`` names it: a post's uid, or a person's id. ``task`` is the task
    it was begun from, ``place`` where to answer. ``touch``: the id of the touch that was logged
    when the writer said that it is out."""

    key: str
    person: str
    begun: datetime
    task: str | None = None
    post: str | None = None
    title: str = ""
    url: str | None = None
    place: str | None = None
    touch: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with its newest text; ``versions`` counts them, ``changed`` is the newest's time."""

    about: About
    text: str
    versions: int
    changed: datetime

    @property
    def words(self) -> int:
        return len(self.text.split())


def uncommented(text: str) -> str:
    """What a reply says: without the lines that begin with ``# `` (or are ``#``), and trimmed.

    Hashtags and deeper headings stay. Lines that only hold white space inside stay empty lines.
    """
    cleaned = clean(text.replace("\ufeff", ""))
    kept = [line.rstrip() for line in cleaned.split("\n") if not _is_comment(line)]
    return "\n".join(kept).strip()


def commented(lines: Sequence[str]) -> str:
    """Lines as comment lines, which never reach the reply."""
    split = [part for line in lines for part in clean(line).split("\n")]
    return "".join(f"# {line}".rstrip() + "\n" for line in split)


class Drafts:
    """The drafts in a folder, which need not exist. Raises EngageError where the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> tuple[Draft, ...]:
        """Every draft that has words, also those that are out, the newest first."""
        try:
            folders = [each for each in self._folder.iterdir() if each.is_dir()]
        except FileNotFoundError:
            return ()
        except OSError as cause:
            raise _refused(self._folder, cause) from cause
        found = [draft for folder in folders if (draft := self._read(folder)) is not None]
        return tuple(sorted(found, key=lambda draft: (draft.changed, draft.about.key))[::-1])

    def get(self, key: str) -> Draft | None:
        """The draft of that key."""
        return self._read(self._of(key))

    def keep(self, about: About, text: str, now: datetime) -> Draft:
        """Keep a text as the newest version; one that says the same as the newest adds none."""
        folder = self._of(about.key)
        known = self.get(about.key)
        said = uncommented(text)[:VERSION_LIMIT]
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            if known is None or known.about != about:
                _replace(folder / ABOUT, _to_json(about))
            if known is None or known.text != said:
                _add_version(folder, said, now)
        return self.get(about.key) or Draft(about, said, 1, now)

    def mark(self, key: str, touch: str) -> None:
        """Keep the id of the touch by which the writer said that a draft is out."""
        folder, known = self._of(key), self.get(key)
        if known is not None:
            with _writing(folder):
                _replace(folder / ABOUT, _to_json(replace(known.about, touch=touch)))

    def begin(self, about: About, header: str) -> Path:
        """A file for an editor, with the newest text above the comment lines. Whoever has taken its
        text in removes it; what a crash leaves is for `recover`."""
        folder = self._of(about.key)
        path = folder / f"editing-{os.getpid()}.md"
        known = self.get(about.key)
        text = known.text if known else ""
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            if known is None:
                _replace(folder / ABOUT, _to_json(about))
            _replace(path, f"{text}\n\n{header}".encode())
        return path

    def recover(self, key: str, now: datetime) -> int:
        """Take in what a crash left in editors' files; how many versions that made."""
        folder, taken = self._of(key), 0
        for path in _left(folder):
            said = uncommented(read(path))
            with _writing(folder):
                if said and said not in self.texts(key):
                    _add_version(folder, said, now)
                    taken += 1
                path.unlink(missing_ok=True)
        return taken

    def texts(self, key: str) -> tuple[str, ...]:
        """All versions, the oldest first."""
        return tuple(read(path) for path in _versions(self._of(key)))

    def _of(self, key: str) -> Path:
        plain = _KEY.fullmatch(key) is not None
        name = key if plain else "x" + hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
        return self._folder / name

    def _read(self, folder: Path) -> Draft | None:
        """The newest version; what a crash left in an editor's file is newer, and a version that
        `recover` will make."""
        versions = _versions(folder)
        known = {read(path) for path in versions}
        left = [path for path in _left(folder) if uncommented(read(path)) not in (known | {""})]
        if not versions and not left:
            return None
        newest = (left or versions)[-1]
        text = uncommented(read(newest)) if left else read(newest)
        if not text:
            return None
        about = _from_json(folder / ABOUT, folder.name)
        with contextlib.suppress(FileNotFoundError):  # else it was taken in meanwhile
            moment = newest.stat().st_mtime
            changed = datetime.fromtimestamp(moment, about.begun.tzinfo)
            return Draft(about, text, len(versions) + len(left), changed)
        return Draft(about, text, len(versions) + len(left), about.begun)


def read(path: Path) -> str:
    """The text of a file that an editor may have written; "" where there is none."""
    try:
        return clean(path.read_bytes()[: 4 * VERSION_LIMIT].decode("utf-8", "replace"))
    except FileNotFoundError:
        return ""
    except OSError as cause:
        raise _refused(path, cause) from cause


def save(path: Path, text: str) -> None:
    """Save what is being written, so that it survives a crash."""
    with _writing(path.parent):
        _replace(path, text.encode("utf-8", "replace"))


def _left(folder: Path) -> list[Path]:
    """The editors' files of processes that have ended, without having taken them in."""
    try:
        names = sorted(path for path in folder.iterdir() if _EDITING.fullmatch(path.name))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as cause:
        raise _refused(folder, cause) from cause
    return [path for path in names if not _runs(int(path.stem.partition("-")[2]))]


def _is_comment(line: str) -> bool:
    return line.startswith("# ") or line.rstrip() == "#"


def _versions(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.iterdir() if _VERSION.fullmatch(path.name)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as cause:
        raise _refused(folder, cause) from cause
    return sorted(found, key=lambda path: (len(path.name), path.name))


def _add_version(folder: Path, text: str, now: datetime) -> None:
    """Write the next version; another process that takes the number first loses nothing."""
    number = len(_versions(folder))
    temporary = folder / f".new-{os.getpid()}"
    _write(temporary, text.encode())
    os.utime(temporary, (now.timestamp(), now.timestamp()))
    while True:
        number += 1
        try:
            os.link(temporary, folder / f"{number:04d}.txt")
        except FileExistsError:
            continue
        break
    temporary.unlink()
    _sync(folder)


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}-{os.getpid()}")
    _write(temporary, data)
    temporary.replace(path)
    _sync(path.parent)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    with contextlib.suppress(OSError):  # some file systems sync no folders
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _to_json(about: About) -> bytes:
    said = asdict(about) | {"begun": about.begun.isoformat()}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _from_json(path: Path, key: str) -> About:
    """What the file says; a damaged one costs the title, never the text."""
    try:
        said: Any = json.loads(path.read_bytes())
        names = {name: said[name] for name in About.__slots__ if name in said}
        return About(**names | {"begun": datetime.fromisoformat(said["begun"])})
    except (OSError, ValueError, TypeError, KeyError):
        begun = datetime.fromtimestamp(path.parent.stat().st_mtime).astimezone()
        return About(key, "", begun)


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        raise _refused(folder, cause) from cause


def _refused(path: Path, cause: OSError) -> EngageError:
    return EngageError(f"{path} cannot be used for drafts: {cause.strerror}.")

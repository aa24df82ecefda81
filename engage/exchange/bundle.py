"""What the writer gives to be imported: a file, a folder or a ZIP, read only where it is asked for.

Nothing is ever unpacked to the disk. Of an archive only the files that an importer names are read,
and no more of them than the limits here allow.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from engage.errors import EngageError

MIB = 1024 * 1024
#: The most of one file that is read, and of all files of one archive or folder.
FILE_LIMIT = 64 * MIB
TOTAL_LIMIT = 256 * MIB
#: Photographs included, a large export has some ten thousand files.
COUNT_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class File:
    """A file and what is in it. ``name`` is its path in the archive or folder, with slashes."""

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).name


@dataclass
class Bundle:
    """One thing that was given. ``many``: it is a folder or an archive."""

    name: str
    many: bool
    _readers: Mapping[str, Callable[[], bytes]]
    _left: int = TOTAL_LIMIT

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of its files, in order."""
        return tuple(sorted(self._readers))

    def read(self, name: str) -> File:
        """One of its files; EngageError with the rest of a sentence where that cannot be."""
        try:
            data = self._readers[name]()
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as cause:
            raise EngageError(f"{name} in it is damaged; download the archive again.") from cause
        except OSError as cause:
            raise EngageError(f"{name} cannot be read: {cause.strerror or cause}.") from cause
        self._left -= len(data)
        if self._left < 0:
            raise EngageError(
                f"it holds more than {TOTAL_LIMIT // MIB} MiB of lists, which no export does; "
                "unpack it and give only the files named in the documentation."
            )
        return File(name, data)


def bundle_at(path: Path) -> Bundle:
    """The file, folder or ZIP at a path; EngageError with the rest of a sentence."""
    try:
        if path.is_dir():
            return _folder(path)
        with path.open("rb") as file:
            beginning = file.read(4)
            if beginning[:2] == b"PK" and beginning[2:] in (b"\x03\x04", b"\x05\x06"):
                # Not read into memory: an export with photographs may have gigabytes.
                return _archive(str(path), zipfile.ZipFile(path))
            return _single(path.name, beginning + file.read(FILE_LIMIT))
    except (zipfile.BadZipFile, EOFError, ValueError) as cause:
        raise _damaged() from cause
    except OSError as cause:
        raise EngageError(f"it cannot be read: {cause.strerror or cause}.") from cause


def bundle_of(name: str, data: bytes) -> Bundle:
    """What standard input gave, or a test."""
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        try:
            return _archive(name, zipfile.ZipFile(io.BytesIO(data)))
        except (zipfile.BadZipFile, EOFError, ValueError) as cause:
            raise _damaged() from cause
    return _single(name, data)


def _single(name: str, data: bytes) -> Bundle:
    if len(data) > FILE_LIMIT:
        raise EngageError(f"it is larger than {FILE_LIMIT // MIB} MiB; split it.")
    if not data.strip():
        raise EngageError("it is empty; export it again.")
    return Bundle(name, False, {name: lambda: data})


def _folder(path: Path) -> Bundle:
    readers: dict[str, Callable[[], bytes]] = {}
    for folder, inside, files in os.walk(path, followlinks=False):
        inside[:] = sorted(each for each in inside if each not in _NOT_OURS)
        for file in files:
            place = Path(folder, file)
            name = place.relative_to(path).as_posix()
            if _is_wanted(name) and not place.is_symlink() and place.is_file():
                readers[name] = _reader_of(place)
        _count(len(readers))
    if not readers:
        raise EngageError("it holds no files.")
    return Bundle(str(path), True, readers)


def _reader_of(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        with path.open("rb") as file:
            return _capped(path.name, file.read(FILE_LIMIT + 1))

    return read


def _archive(name: str, archive: zipfile.ZipFile) -> Bundle:
    entries = archive.infolist()
    _count(len(entries))
    readers: dict[str, Callable[[], bytes]] = {}
    for entry in entries:
        inside = entry.filename.replace("\\", "/")
        parts = PurePosixPath(inside).parts
        if inside.startswith("/") or ".." in parts or (parts and parts[0].endswith(":")):
            raise EngageError(
                "it holds paths that lead out of it, which no platform's export does, "
                "so it is not read; download it again from the platform itself."
            )
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise EngageError(
                "it holds links instead of files, which no platform's export does, "
                "so it is not read; download it again from the platform itself."
            )
        if entry.flag_bits & 0x1:
            raise EngageError("it is encrypted; unpack it with its password and give the folder.")
        if not entry.is_dir() and _is_wanted(inside):
            readers[inside] = _reader_in(archive, entry)
    if not readers:
        raise EngageError("it is an archive without files; download it again.")
    return Bundle(name, True, readers)


def _reader_in(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        # The size that the archive claims may be wrong: what is inflated is what counts.
        with archive.open(entry) as file:
            return _capped(entry.filename, file.read(FILE_LIMIT + 1))

    return read


_NOT_OURS = frozenset({"__MACOSX", ".git"})


def _is_wanted(name: str) -> bool:
    path = PurePosixPath(name)
    return not (_NOT_OURS & set(path.parts) or path.name.startswith("._") or not path.name)


def _capped(name: str, data: bytes) -> bytes:
    if len(data) > FILE_LIMIT:
        raise EngageError(
            f"{name} in it is larger than {FILE_LIMIT // MIB} MiB, which no list of people is; "
            "give the list itself."
        )
    return data


def _count(files: int) -> None:
    if files > COUNT_LIMIT:
        raise EngageError(
            f"it holds more than {COUNT_LIMIT} files; give the folder that has the lists in it."
        )


def _damaged() -> EngageError:
    return EngageError("it is a damaged or incomplete ZIP; download it again.")

"""Archives and folders: only what is asked for is read, and nothing that means harm."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from engage.errors import EngageError
from engage.exchange import bundle as bundles
from engage.exchange.bundle import bundle_at, bundle_of
from engage.exchange.formats import read_bundle

from . import samples as S


def archive(*entries: zipfile.ZipInfo | str, data: bytes = b"x") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for entry in entries:
            file.writestr(entry, data)
    return made.getvalue()


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("Connections.csv")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def encrypted() -> bytes:
    """An archive whose entry says that it is encrypted, here and in the directory."""
    data = bytearray(archive("Connections.csv"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


HOSTILE: dict[str, tuple[bytes, str]] = {
    "a path upwards": (archive("../../etc/Connections.csv"), "lead out"),
    "a path upwards, the other way": (archive("a\\..\\..\\Connections.csv"), "lead out"),
    "an absolute path": (archive("/etc/Connections.csv"), "lead out"),
    "a drive": (archive("C:\\Connections.csv"), "lead out"),
    "a link": (archive(link(), data=b"/etc/passwd"), "links"),
    "encrypted": (encrypted(), "encrypted"),
    "cut off": (S.zipped({"Connections.csv": S.LINKEDIN * 50})[:200], "damaged"),
    "an archive in it": (archive("export.zip"), "another archive"),
    "no files": (archive("folder/"), "without files"),
    "only what macOS adds": (archive("__MACOSX/._Connections.csv"), "without files"),
    "nothing of use": (archive("photos/1.jpg", "posts.html"), "no list of people"),
    "a damaged file in it": (
        S.zipped({"Connections.csv": S.LINKEDIN * 50}).replace(S.LINKEDIN[:4].encode(), b"x")[:-300]
        + b"",
        "damaged",
    ),
}


@pytest.mark.parametrize(("data", "says"), HOSTILE.values(), ids=HOSTILE.keys())
def test_an_archive_that_is_not_read_says_why(data: bytes, says: str) -> None:
    with pytest.raises(EngageError, match=says):
        read_bundle(bundle_of("export.zip", data))


def test_a_bomb_is_not_inflated_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "FILE_LIMIT", 1024 * 1024)
    bomb = archive("Connections.csv", data=b"a,b\n" * 5_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(EngageError, match="larger than"):
        read_bundle(bundle_of("export.zip", bomb))


def test_many_files_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "TOTAL_LIMIT", 100)
    files = {f"followers_{number}.json": S.INSTAGRAM_FOLLOWERS for number in range(5)}
    bundle = bundle_of("export.zip", S.zipped(files))
    bundle._left = 100
    with pytest.raises(EngageError, match="more than"):
        read_bundle(bundle)


def test_too_many_files_are_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bundles, "COUNT_LIMIT", 3)
    with pytest.raises(EngageError, match="more than 3 files"):
        bundle_of("export.zip", archive(*"abcd"))
    for name in "abcd":
        (tmp_path / name).write_text("x")
    with pytest.raises(EngageError, match="more than 3 files"):
        bundle_at(tmp_path)


def test_what_macos_adds_is_passed_over() -> None:
    data = S.zipped({"Connections.csv": S.LINKEDIN, "__MACOSX/._Connections.csv": b"\x00\x05\x16"})
    (found,) = read_bundle(bundle_of("export.zip", data))
    assert len(found.people) == 1


def test_a_folder_is_read_without_following_links(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(S.LINKEDIN.replace("Mara", "Secret"))
    export = tmp_path / "export"
    export.mkdir()
    (export / "Connections.csv").write_text(S.LINKEDIN)
    (export / "Member_Follows.csv").symlink_to(secret)
    (found,) = read_bundle(bundle_at(export))
    assert [each.name for each in found.people] == ["Mara Quill"]


def test_private_folders_are_never_opened(tmp_path: Path) -> None:
    inbox = tmp_path / "messages" / "inbox"
    inbox.mkdir(parents=True)
    private = inbox / "followers_1.json"
    private.write_text(S.INSTAGRAM_FOLLOWERS)
    private.chmod(0)
    (tmp_path / "followers_1.json").write_text(S.INSTAGRAM_FOLLOWERS)
    opened: list[str] = []
    bundle = bundle_at(tmp_path)
    read = bundle.read
    bundle.read = lambda name: (opened.append(name), read(name))[1]  # type: ignore[method-assign]
    assert len(read_bundle(bundle)) == 1
    assert opened == ["followers_1.json"]


def test_a_zip_on_the_disk_and_one_in_memory_are_the_same(tmp_path: Path) -> None:
    data = S.zipped(S.MEDIUM)
    path = tmp_path / "medium.zip"
    path.write_bytes(data)
    assert read_bundle(bundle_at(path)) == read_bundle(bundle_of("medium.zip", data))


@pytest.mark.parametrize("data", [b"", b"\n  \n"], ids=["nothing", "blanks"])
def test_an_empty_file_is_a_sentence(data: bytes) -> None:
    with pytest.raises(EngageError, match="empty"):
        bundle_of("x.csv", data)


def test_what_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EngageError, match="cannot be read"):
        bundle_at(tmp_path / "none.csv")

"""Files that cannot be read: one sentence with what was expected, and nothing written."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
from pathlib import Path

import pytest

from engage.exchange.bundle import FILE_LIMIT
from tests.exchange import samples as S

from .conftest import Run, people

ZIPPED = S.zipped({"Connections.csv": S.LINKEDIN * 40})
PROSE = """Dear Mara,

thank you for the letter. It was good to hear
from you again.

Yours,
Ines
"""


def _linked() -> bytes:
    entry = zipfile.ZipInfo("Connections.csv")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    return made.getvalue()


def _encrypted() -> bytes:
    data = bytearray(S.zipped({"Connections.csv": S.LINKEDIN}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _damaged() -> bytes:
    data = bytearray(ZIPPED)
    data[60] ^= 0xFF
    return bytes(data)


def _rows(count: int) -> str:
    return "First Name,Last Name,URL,Connected On\n" + "".join(
        f"Mara,Quill {n},https://www.linkedin.com/in/m{n},12 Mar 2026\n" for n in range(count)
    )


#: What is given, and what the sentence must say.
BAD: dict[str, tuple[str, str | bytes, str]] = {
    "empty": ("x.csv", b"", "empty; export it again"),
    "blank": ("x.csv", b"\n \n", "empty; export it again"),
    "an archive cut off": ("x.zip", ZIPPED[: len(ZIPPED) // 2], "download it again"),
    "a damaged file in an archive": ("x.zip", _damaged(), "Connections.csv in it is damaged"),
    "an encrypted archive": ("x.zip", _encrypted(), "unpack it with its password"),
    "an archive in an archive": ("x.zip", S.zipped({"a.zip": ZIPPED}), "unpack it and give that"),
    "an archive that leads out": ("x.zip", S.zipped({"../x.csv": S.CSV}), "lead out of it"),
    "an archive with a drive": ("x.zip", S.zipped({"C:/x.csv": S.CSV}), "lead out of it"),
    "an archive of links": ("x.zip", _linked(), "links instead of files"),
    "an archive without files": ("x.zip", S.zipped({}), "without files"),
    "an archive of something else": ("x.zip", S.zipped({"a.txt": "x"}), "docs/importing.md"),
    "a workbook": ("x.xlsx", S.zipped({"[Content_Types].xml": "<x/>"}), "save it as CSV"),
    "gzip": ("x.gz", gzip.compress(S.CSV.encode()), "unpack it"),
    "7z": ("x.7z", b"7z\xbc\xaf\x27\x1c" + b"\x01" * 50, "unpack it"),
    "RAR": ("x.rar", b"Rar!\x1a\x07" + b"\x01" * 50, "unpack it"),
    "tar": ("x.tar", b"a" * 257 + b"ustar" + b"b" * 250, "unpack it"),
    "PDF": ("x.pdf", b"%PDF-1.4 stream", "CSV or JSON"),
    "a picture": ("x.jpg", b"\xff\xd8\xff\xe0 JFIF", "picture"),
    "a database": ("x.db", b"SQLite format 3\x00", "as CSV"),
    "bytes": ("x.csv", bytes(range(256)) * 4, "no text file"),
    "Instagram as HTML": ("followers_1.html", "<html>instagram.com</html>", "choose JSON"),
    "Instagram as HTML, zipped": (
        "x.zip",
        S.zipped({"connections/followers_and_following/following.html": "<html>instagram</html>"}),
        "choose JSON",
    ),
    "Facebook as HTML, zipped": (
        "x.zip",
        S.zipped({"connections/friends/your_friends.html": "<html>Facebook</html>"}),
        "choose JSON",
    ),
    "a web page": ("x.html", "<html><body>hello</body></html>", "a web page"),
    "a feed": ("x.xml", "<rss version='2.0'><channel/></rss>", "engage add"),
    "other XML": ("x.xml", "<svg/>", "no OPML"),
    "OPML cut off": ("x.opml", S.OPML_2[:90], "export the feeds again"),
    "OPML that is none": ("x.opml", "hello", "export the feeds again"),
    "a card cut off": ("x.vcf", S.VCARD_4[:-20], "breaks off"),
    "no card": ("x.vcf", "hello", "BEGIN:VCARD"),
    "JSON cut off": ("followers_1.json", S.INSTAGRAM_FOLLOWERS[:-9], "no whole JSON"),
    "JSON cut off early": ("x.json", S.INSTAGRAM_FOLLOWERS[:20], "no whole JSON"),
    "JSON without end": ("x.json", "[" * 100_000, "no whole JSON"),
    "other JSON": ("x.json", '{"a": 1}', "no list of people"),
    "null": ("x.json", "null", "no list of people"),
    "messages of LinkedIn": ("messages.csv", "CONVERSATION ID,FROM\n1,Mara\n", "private messages"),
    "messages of Instagram": (
        "message_1.json",
        '{"participants":[{"name":"Mara"}],"messages":[]}',
        "private messages",
    ),
    "unknown columns": ("x.csv", "Vorname,Seite\nMara,mara.example\n", "Vorname, Seite"),
    "a table cut off": ("x.csv", _rows(9)[:-20], "breaks off"),
    "a quotation that is never closed": (
        "x.csv",
        'name,url\nMara,https://mara.example\n"Tomasz,https://t.exam',
        "breaks off",
    ),
    "a header alone": ("Connections.csv", _rows(0), "nobody is in it"),
    "a hundred thousand rows": ("Connections.csv", _rows(100_000), "more than 50,000 rows"),
    "a hundred thousand lines": ("x.txt", "@mara\n" * 100_000, "more than 50,000 lines"),
    "a letter": ("x.txt", PROSE, "one person a line"),
    "a program": ("x.py", "import sys\n", "one person a line"),
    "a diary": ("x.md", "# 2026-11-20\n\nRain again. I read all day.\n", "one person a line"),
    "nobody left": ("x.txt", "ma***@example.org\n", "starred out"),
}


@pytest.mark.parametrize(("name", "data", "says"), BAD.values(), ids=BAD.keys())
def test_one_sentence_with_what_was_expected(
    engage: Run, tmp_path: Path, name: str, data: str | bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    ran = engage("import", str(path), "--yes")
    assert (ran.status, ran.out) == (1, "")
    (sentence,) = ran.err.splitlines()
    assert sentence.startswith(f"{path}: ")
    assert says in sentence
    assert people(engage) == []


def test_the_good_ones_of_several_come_in(engage: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "good.csv").write_text(S.CSV)
    ran = engage("import", str(tmp_path / "bad.json"), str(tmp_path / "good.csv"), "--yes")
    assert ran.status == 1
    assert "bad.json" in ran.err
    assert [each["name"] for each in people(engage)] == ["Mara Quill"]


def test_a_wrong_date_is_said_and_the_person_comes_without_it(engage: Run, tmp_path: Path) -> None:
    path = tmp_path / "Connections.csv"
    dates = ("32 Foo 2026", "31 Feb 2024", "12 Mar 3026", "12 Mar 2027", "12 Mar 2026", "")
    path.write_text(
        "First Name,Last Name,URL,Connected On\n"
        + "".join(
            f"Mara,Q{n},https://www.linkedin.com/in/m{n},{day}\n" for n, day in enumerate(dates)
        )
    )
    form = engage("import", str(path), "--yes", "--json").json
    assert len(form["new"]) == 6
    (said,) = form["unclear"]
    assert "4 dates" in said
    assert "32 Foo 2026" in said


def test_the_bytes_make_no_difference(engage: Run, tmp_path: Path) -> None:
    """UTF-16 with and without its mark, and lines that end in every way at once."""
    mixed = S.LINKEDIN.replace("\n", "\r\n", 2)
    for name, encoding in (("a.csv", "utf-16"), ("b.csv", "utf-16-le"), ("c.csv", "utf-8-sig")):
        (tmp_path / name).write_bytes(mixed.encode(encoding))
        form = engage("import", str(tmp_path / name), "--json").json
        assert (form["format"], len(form["new"]), form["errors"]) == ("linkedin", 1, [])


def test_a_standard_input_that_never_ends_is_refused(engage: Run) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engage.services.transfer.STDIN_LIMIT", FILE_LIMIT)
        patch.setattr("sys.stdin", Endless())
        ran = engage("import", "-", "--yes")
    assert (ran.status, ran.err) == (1, "stdin: it is larger than 64 MiB; split it.\n")


class Endless:
    """A standard input that has always more."""

    @property
    def buffer(self) -> Endless:
        return self

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "all of it would be read"
        return b"@mara\n" * (size // 6 + 1)

    def isatty(self) -> bool:
        return False

    closed = False

"""Importing and exporting as a writer calls it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engage.cli.table import IMPORT_FORMATS, NOTES_FORMATS
from engage.exchange.formats import ALIASES, BY_NAME
from engage.exchange.notes import FORMATS as NOTES
from tests.exchange import samples as S
from tests.support.feedserver import FeedServer, Reply, rss

from .conftest import Run, people


def test_the_words_are_the_formats() -> None:
    assert set(BY_NAME) <= set(IMPORT_FORMATS.words) <= {*BY_NAME, *ALIASES}
    assert set(NOTES_FORMATS.words) == set(NOTES)


def test_an_archive_is_planned_then_written_then_taken_back(engage: Run, tmp_path: Path) -> None:
    path = tmp_path / "medium.zip"
    path.write_bytes(S.zipped(S.MEDIUM))
    planned = engage("import", str(path), "--dry-run")
    assert planned.status == 0
    assert "mara.quill  https://medium.com/@mara.quill  you follow them" in planned.out.lower()
    assert "followers" in planned.err
    assert people(engage) == []
    assert engage("import", str(path), "--yes").status == 0
    assert {tuple(each["directions"]) for each in people(engage)} == {("i_follow",)}
    feeds = engage("feeds", "--json").json["feeds"]
    theirs = [feed for feed in feeds if feed["role"] == "theirs"]
    assert theirs
    assert all(feed["next_fetch"] is None and feed["state"] == "ok" for feed in theirs)
    (own,) = (feed for feed in feeds if feed["role"] == "own")
    assert own["next_fetch"] is not None
    assert engage("undo").status == 0
    assert people(engage) == []


def test_the_json_form_has_every_kind_of_line(engage: Run, tmp_path: Path) -> None:
    path = tmp_path / "following_accounts.csv"
    path.write_text(S.MASTODON)
    form = engage("import", str(path), "--json").json
    assert (form["schema"], form["format"], form["written"]) == (1, "mastodon", False)
    assert len(form["new"]) == 2
    for key in ("known", "changed", "unclear", "gone", "skipped", "errors"):
        assert form[key] == []


def test_pasted_on_stdin(engage: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pasted = io.TextIOWrapper(io.BytesIO(S.PASTED.encode()))
    monkeypatch.setattr(sys, "stdin", pasted)
    assert engage("import", "-", "--yes").status == 0
    assert {each["name"] for each in people(engage)} == {
        "Mara Quill", "tomasz_z", "Odile", "Pia Lund", "Bo Berg", "Sami Brandt",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.zip", b"PK\x03\x04", "ZIP"),
        ("x.zip", S.zipped({"../x.csv": S.CSV}), "lead out"),
        ("followers_1.html", b"<html>instagram</html>", "JSON"),
        ("x.csv", b"", "empty"),
    ],
    ids=["cut off", "hostile", "HTML", "empty"],
)
def test_bad_input_is_one_sentence_that_names_the_file(
    engage: Run, tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    ran = engage("import", str(path), "--yes")
    assert (ran.status, ran.out) == (1, "")
    assert str(path) in ran.err
    assert says in ran.err
    assert ran.err.count("\n") == 1
    assert people(engage) == []


@pytest.mark.usefixtures("full_home")
def test_everything_into_a_folder(engage: Run, tmp_path: Path) -> None:
    ran = engage("export", "all", "--out", str(tmp_path / "out"))
    assert ran.status == 0
    assert {"engage.json", "engage.opml", "people.csv"} <= {
        Path(line).name for line in ran.out.splitlines()
    }
    again = engage("import", str(tmp_path / "out" / "engage.json"), "--yes", "--json").json
    assert (again["new"], again["written"]) == ([], False)


def test_all_needs_a_folder(engage: Run) -> None:
    ran = engage("export", "all")
    assert (ran.status, ran.out) == (2, "")
    assert "--out" in ran.err


@pytest.mark.usefixtures("full_home")
@pytest.mark.parametrize("format", NOTES_FORMATS.words)
def test_notes_in_every_format(engage: Run, format: str) -> None:
    ran = engage("notes", "--format", format)
    assert ran.status == 0
    assert "16–22 November 2026" in ran.out
    if format == "json":
        assert json.loads(ran.out)["week"] == "2026-W47"


@pytest.mark.usefixtures("full_home")
def test_pages_for_the_people_of_the_week(engage: Run, tmp_path: Path) -> None:
    ran = engage("notes", "--people", "--out", str(tmp_path))
    first, *pages = map(Path, ran.out.splitlines())
    assert first == tmp_path / "2026-W47.md"
    assert pages
    assert all(page.parent == tmp_path / "people" and page.is_file() for page in pages)
    assert engage("notes", "--people").status == 2


def at_a_terminal(typed: str, *words: str) -> tuple[int, str]:
    """The exit status and the talk of a command on a real terminal on which this is typed."""
    master, slave = os.openpty()
    try:
        os.write(master, typed.encode())
        ran = subprocess.run(
            [sys.executable, "-m", "engage", *words],
            stdin=slave, stderr=slave, stdout=subprocess.DEVNULL, timeout=60, check=False,
        )  # fmt: skip
        return ran.returncode, os.read(master, 100_000).decode()
    finally:
        os.close(master)
        os.close(slave)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals here")
@pytest.mark.parametrize(
    ("typed", "left", "directions", "said"),
    [
        ("1\ny\n", 1, ["mutual"], "1 changed. Bring"),
        ("n\ny\n", 2, [], "1 new. Bring"),
        ("q\ny\n", 1, [], "Bring"),
        ("\nn\n", 1, [], "Bring"),
    ],
    ids=["the one who is known", "somebody new", "left to be", "the first, then no"],
)
def test_on_a_terminal_it_asks_about_what_is_unclear(
    engage: Run, tmp_path: Path, typed: str, left: int, directions: list[str], said: str
) -> None:
    assert engage("add", "--person", "Mara Quill").status == 0
    path = tmp_path / "friends.json"
    path.write_text('{"friends_v2":[{"name":"Mara Quill","timestamp":0}]}')
    status, talk = at_a_terminal(typed, "import", str(path))
    assert status == 0
    assert "1 row to decide" in talk
    assert f"{said} these in? [y/N]" in talk
    known = people(engage)
    assert len(known) == left
    assert directions in [each["directions"] for each in known]


def test_without_a_terminal_what_is_unclear_is_listed(engage: Run, tmp_path: Path) -> None:
    assert engage("add", "--person", "Mara Quill").status == 0
    path = tmp_path / "friends.json"
    path.write_text('{"friends_v2":[{"name":"Mara Quill"}]}')
    ran = engage("import", str(path))
    assert ran.out.startswith("unclear  Mara Quill")
    assert "to decide" not in ran.err


def test_feeds_are_looked_for_on_sites_only_on_request(engage: Run) -> None:
    page = b"<html><head><link rel='alternate' type='application/rss+xml' href='/f'></head></html>"
    with FeedServer() as server:
        server.serve("/", Reply(200, page, {"Content-Type": "text/html"}))
        server.feed("/f", rss(["First"]))
        site = server.url("/")
        assert engage("add", "--guess").err.startswith("Nobody without a feed has a site")
        assert engage("add", "--person", "Mara Quill").status == 0
        with_site = io.TextIOWrapper(io.BytesIO(f"Followers\nTomasz {site}\n".encode()))
        monkey = pytest.MonkeyPatch()
        monkey.setattr(sys, "stdin", with_site)
        assert engage("import", "-", "--yes").status == 0
        monkey.undo()
        assert server.paths() == []
        ran = engage("add", "--guess", "--json")
        assert (ran.status, ran.json["errors"]) == (0, [])
        assert [each["posts"] for each in ran.json["added"]] == [1]
        named = engage("add", "--guess", "--person", "Mara Quill")
        assert (named.status, named.err) == (
            1,
            "Mara Quill has no site to look at; give one with `engage add`.\n",
        )
        assert engage("add", "--guess", "--circle", "1").status == 2

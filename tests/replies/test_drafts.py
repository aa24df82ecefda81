"""Drafts on a real disk: versions, comment lines, crashes, two editors at once."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import EngageError
from engage.replies.drafts import About, Drafts, commented, read, uncommented
from engage.replies.editor import editor_command, run_editor

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ABOUT = About("post1", "mara", NOW, title="Ink", post="post1")


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafts")


def test_none_yet(drafts: Drafts) -> None:
    assert drafts.all() == ()
    assert drafts.get("post1") is None


def test_every_version_is_kept(drafts: Drafts) -> None:
    for hours, text in enumerate(("One", "Two", "Two", "Three")):
        drafts.keep(ABOUT, text, NOW + timedelta(hours=hours))
    draft = drafts.get("post1")
    assert draft is not None
    assert (draft.text, draft.versions, draft.about) == ("Three", 3, ABOUT)
    assert draft.changed == NOW + timedelta(hours=3)
    assert drafts.texts("post1") == ("One", "Two", "Three")


def test_the_newest_comes_first(drafts: Drafts) -> None:
    drafts.keep(ABOUT, "Old", NOW)
    drafts.keep(About("post2", "tomasz", NOW), "New", NOW + timedelta(hours=1))
    assert [draft.text for draft in drafts.all()] == ["New", "Old"]


def test_an_emptied_draft_is_listed_no_more_and_its_words_are_still_there(drafts: Drafts) -> None:
    drafts.keep(ABOUT, "Words", NOW)
    drafts.keep(ABOUT, "", NOW)
    assert drafts.all() == ()
    assert drafts.texts("post1") == ("Words", "")


@given(st.lists(st.text(max_size=60), max_size=8), st.text(max_size=200))
def test_comment_lines_never_reach_the_reply(lines: list[str], said: str) -> None:
    text = uncommented(said)
    assert uncommented(f"{text}\n\n{commented(lines)}") == text


@pytest.mark.parametrize(
    ("line", "kept"),
    [("# a title", False), ("#", False), ("#  ", False), ("#weaving", True), ("## Two", True),
     (" # indented", True)],
)  # fmt: skip
def test_what_is_a_comment_line(line: str, kept: bool) -> None:
    assert (line.strip() in uncommented(f"a\n{line}\nb")) is kept


def test_what_an_editor_saved_before_a_crash_is_taken_in(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep(ABOUT, "First", NOW)
    child = (
        "import sys, os, pathlib\n"
        "from datetime import datetime, UTC\n"
        "from engage.replies.drafts import About, Drafts\n"
        "drafts = Drafts(pathlib.Path(sys.argv[1]))\n"
        "path = drafts.begin(About('post1', 'mara', datetime.now(UTC)), '# Ink\\n')\n"
        "path.write_text('Saved, then the light went out.\\n' + path.read_text())\n"
        "os._exit(9)\n"
    )
    ran = subprocess.run([sys.executable, "-c", child, tmp_path / "drafts"], check=False)
    assert ran.returncode == 9
    left = drafts.get("post1")
    assert left is not None and left.versions == 2, "listed before anybody takes it in"
    assert left.text.startswith("Saved, then the light went out.")
    assert drafts.recover("post1", NOW) == 1
    assert drafts.texts("post1")[1].startswith("Saved, then the light went out.")
    assert drafts.recover("post1", NOW) == 0
    assert not list((tmp_path / "drafts").rglob("editing-*"))


def test_an_editor_that_is_open_is_left_alone(drafts: Drafts) -> None:
    path = drafts.begin(ABOUT, "# Ink\n")
    path.write_text("Being written")
    assert drafts.recover("post1", NOW) == 0
    assert path.exists()


def test_the_file_for_an_editor_holds_the_text_and_the_comment_lines(drafts: Drafts) -> None:
    drafts.keep(ABOUT, "Words", NOW)
    path = drafts.begin(ABOUT, commented(["Ink", "> quoted"]))
    assert read(path) == "Words\n\n# Ink\n# > quoted\n"


def test_a_damaged_description_costs_no_text(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep(ABOUT, "Words", NOW)
    (tmp_path / "drafts" / "post1" / "about.json").write_text("{")
    assert drafts.get("post1").text == "Words"  # type: ignore[union-attr]


@pytest.mark.parametrize("key", ["../../etc", "a/b", "", "ä" * 40, "x" * 200])
def test_no_key_leads_out_of_the_folder(drafts: Drafts, tmp_path: Path, key: str) -> None:
    drafts.keep(About(key, "mara", NOW), "Words", NOW)
    assert drafts.get(key).text == "Words"  # type: ignore[union-attr]
    assert [path.name for path in tmp_path.iterdir()] == ["drafts"]


def test_text_from_an_editor_is_cleaned_and_need_not_be_utf8(drafts: Drafts) -> None:
    path = drafts.begin(ABOUT, "")
    path.write_bytes(b"\xef\xbb\xbfCaf\xe9 \x1b[2J\r\nnext")
    assert uncommented(read(path)) == "Caf\ufffd [2J\nnext"


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "vi"}, ["code", "--wait"]),
        ({"VISUAL": " ", "EDITOR": "'/my apps/ed' -x"}, ["/my apps/ed", "-x"]),
        ({}, None),
    ],
)
def test_which_editor(environ: dict[str, str], command: list[str] | None) -> None:
    assert editor_command(environ) == command


def test_an_editor_that_cannot_be_read_as_a_command() -> None:
    with pytest.raises(EngageError, match="VISUAL"):
        editor_command({"VISUAL": "code '--wait"})


@pytest.mark.parametrize("command", [["/no/such/editor"], ["false"], [sys.executable, "-c", "x"]])
def test_an_editor_that_fails_is_a_sentence(command: list[str], tmp_path: Path) -> None:
    with pytest.raises(EngageError, match=os.path.basename(command[0])):  # noqa: PTH119
        run_editor(command, tmp_path / "a")

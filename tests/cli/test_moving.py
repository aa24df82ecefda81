"""Files in and out, and the demo."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from .conftest import Run


class TestMoving:
    """OPML in and out."""

    OPML = (
        '<opml version="2.0"><body><outline text="Weavers">'
        '<outline type="rss" text="Mara Quill" xmlUrl="https://mara.example/feed"/>'
        "</outline></body></opml>"
    )

    def test_without_yes_it_only_says_what_it_would_do(self, engage: Run, tmp_path: Path) -> None:
        (tmp_path / "list.opml").write_text(self.OPML)
        ran = engage("import", str(tmp_path / "list.opml"))
        assert ran.status == 0
        assert "Mara Quill" in ran.out
        assert "--yes" in ran.err
        assert engage("feeds", "--json").json["feeds"] == []

    def test_with_yes_it_is_one_step(self, engage: Run, tmp_path: Path) -> None:
        (tmp_path / "list.opml").write_text(self.OPML)
        form = engage("import", str(tmp_path / "list.opml"), "--yes", "--json").json
        assert (form["written"], len(form["new"]), form["errors"]) == (True, 1, [])
        (feed,) = engage("feeds", "--json").json["feeds"]
        assert (feed["url"], feed["last_fetch"]) == ("https://mara.example/feed", None)
        assert engage("undo").status == 0
        assert engage("feeds", "--json").json["feeds"] == []

    def test_from_stdin(self, engage: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(self.OPML.encode())))
        assert engage("import", "-", "--yes", "--json").json["written"] is True

    def test_a_closed_stdin_is_a_sentence(
        self, engage: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stdin", None)
        ran = engage("import", "-", "--yes")
        assert (ran.status, ran.out) == (1, "")
        assert "'-'" in ran.err

    def test_a_folder_is_read_whole(self, engage: Run, tmp_path: Path) -> None:
        (tmp_path / "lists" / "deep").mkdir(parents=True)
        (tmp_path / "lists" / "deep" / "list.opml").write_text(self.OPML)
        form = engage("import", str(tmp_path / "lists"), "--yes", "--json").json
        assert (form["written"], len(form["new"])) == (True, 1)

    def test_what_is_missing_is_named(self, engage: Run, tmp_path: Path) -> None:
        (tmp_path / "list.opml").write_text(self.OPML)
        ran = engage("import", str(tmp_path / "list.opml"), str(tmp_path / "no.opml"), "--yes")
        assert ran.status == 1
        assert str(tmp_path / "no.opml") in ran.err
        assert len(engage("feeds", "--json").json["feeds"]) == 1

    @pytest.mark.usefixtures("full_home")
    def test_what_goes_out_comes_in_as_known(self, engage: Run, tmp_path: Path) -> None:
        out = tmp_path / "all.opml"
        assert engage("export", "opml", "--out", str(out)).status == 0
        assert out.read_text(encoding="utf-8").strip() == engage("export", "opml").out.strip()
        form = engage("import", str(out), "--dry-run", "--json").json
        assert (form["new"], form["written"]) == ([], False)
        assert len(form["known"]) > 0


class TestDemo:
    """A made-up world that touches nothing of the writer's."""

    def test_a_demo_can_be_kept_and_opened_again(
        self, engage: Run, home: Path, tmp_path: Path
    ) -> None:
        first = engage("demo", "--home", str(tmp_path / "demo"))
        assert first.status == 0
        assert len(first.out.splitlines()) > 5
        assert engage("demo", "--home", str(tmp_path / "demo")) == first
        assert not home.exists()

    def test_a_folder_with_something_else_is_refused(self, engage: Run, tmp_path: Path) -> None:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "novel.txt").write_text("Chapter one")
        ran = engage("demo", "--home", str(tmp_path / "mine"))
        assert (ran.status, ran.out) == (1, "")
        assert str(tmp_path / "mine") in ran.err
        assert [item.name for item in (tmp_path / "mine").iterdir()] == ["novel.txt"]

    def test_without_a_folder_nothing_is_left(
        self, engage: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        assert engage("demo").status == 0
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.usefixtures("full_home")
    def test_it_asks_no_server(self, engage: Run) -> None:
        ran = engage("refresh")
        assert ran.status == 0
        assert "no server is asked" in ran.err

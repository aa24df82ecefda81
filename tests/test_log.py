"""The log of unexpected errors."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engage import log

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def an_error(text: str = "no such thing") -> Exception:
    try:
        raise RuntimeError(text)
    except RuntimeError as error:
        return error


def test_an_error_leaves_its_traceback(tmp_path: Path) -> None:
    path = tmp_path / "state" / "engage.log"
    assert log.log_error(path, NOW, "engage inbox", an_error("one"))
    assert log.log_error(path, NOW, "engage week", an_error("two\ud800"))
    text = path.read_text(encoding="utf-8")
    assert text.index("engage inbox") < text.index("RuntimeError: one") < text.index("engage week")
    assert NOW.astimezone().isoformat() in text


def test_the_log_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LIMIT", 2000)
    path = tmp_path / "engage.log"
    for number in range(40):
        log.log_error(path, NOW, f"engage {number}", an_error())
    assert sorted(item.name for item in tmp_path.iterdir()) == ["engage.log", "engage.log.1"]
    assert sum(item.stat().st_size for item in tmp_path.iterdir()) < 3 * 2000
    assert "engage 39\n" in path.read_text(encoding="utf-8")


def test_where_no_log_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in the folder's place")
    assert not log.log_error(tmp_path / "state" / "engage.log", NOW, "engage", an_error())

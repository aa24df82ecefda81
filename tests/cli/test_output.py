"""What is printed holds nothing that could drive a terminal, and no more than a line holds."""

from __future__ import annotations

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.cli import output
from engage.errors import EngageError

ESCAPES = "a\x1b]52;c;aGk=\x1b\\b\x07\x9b2Jc\u202ed\x7f\ud800e\x00"


def unsafe(text: str) -> list[str]:
    return [
        character
        for character in text
        if (ord(character) < 32 and character not in "\t\n")
        or 0x7F <= ord(character) < 0xA0
        or 0xD800 <= ord(character) < 0xE000
        or character in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    ]


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_lines_hold_no_controls(capsys: pytest.CaptureFixture[str]) -> None:
    output.lines([ESCAPES])
    text = printed(capsys)
    assert unsafe(text) == []
    assert text.count("\n") == 1


def test_a_row_is_one_line_whatever_its_cells_hold(capsys: pytest.CaptureFixture[str]) -> None:
    output.table([("1", f"two\nlines\t{ESCAPES}", "end"), ("22", "x", "")])
    first, second, end = printed(capsys).split("\n")
    assert unsafe(first) == []
    assert first.startswith("1   two lines a") and first.endswith("end")
    assert second == "22  x"
    assert end == ""


def test_columns_count_cells_not_characters(capsys: pytest.CaptureFixture[str]) -> None:
    output.table([("紙", "a"), ("ab", "b"), ("é", "c"), ("e\u0301", "d")])
    assert printed(capsys) == "紙  a\nab  b\né   c\ne\u0301   d\n"


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("1 of 2", "1 of 2"),
        ("1 of 31, slow", "1 of 31,…"),
        ("紙の手紙", "紙の手紙"),
        ("紙の手紙 and more", "紙の手紙…"),
        ("1紙の手紙紙", "1紙の手…"),
        ("two\nlines", "two lines"),
    ],
)
def test_progress_is_one_row_of_a_narrow_terminal(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    sentence: str,
    shown: str,
) -> None:
    monkeypatch.setattr(output, "_columns", lambda: 10)
    output.progress(sentence)
    assert capsys.readouterr().err == f"\r\x1b[K{shown}"


@pytest.mark.parametrize("show", [lambda t: output.lines([t]), lambda t: output.table([("a", t)])])
def test_no_line_is_longer_than_ten_thousand(
    show: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(show)
    show("x" * 50_000)
    assert len(printed(capsys)) == output.LINE_LIMIT + 1


def test_no_rows_are_no_output(capsys: pytest.CaptureFixture[str]) -> None:
    output.table([])
    assert printed(capsys) == ""


@given(
    st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.just("k"), inner))
)
def test_json_is_clean_and_reads_back(form: object) -> None:
    stream, before = io.TextIOWrapper(io.BytesIO(), encoding="ascii"), sys.stdout
    sys.stdout = stream
    try:
        output.json_form(form)
    finally:
        sys.stdout = before
    text = stream.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    assert unsafe(text) == []
    assert all(unsafe(string) == [] for string in strings(json.loads(text)))


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value
    return [each for item in items for each in strings(item)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "Zieliński 紙 — é"),
        ("latin-1", "Zieli\\u0144ski \\u7d19 \\u2014 é"),
        ("ascii", "Zieli\\u0144ski \\u7d19 \\u2014 \\xe9"),
    ],
)
def test_what_the_terminal_cannot_show_is_escaped(
    encoding: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    output.lines(["Zieliński 紙 — é"])
    assert raw.getvalue().decode(encoding) == f"{shown}\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "no_color", "coloured"),
    [(Terminal, "", True), (Terminal, "1", False), (io.StringIO, "", False)],
    ids=["a terminal", "a terminal with NO_COLOR", "a pipe"],
)
def test_colour_is_for_terminals(
    stream: type[io.StringIO], no_color: str, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr(sys, "stdout", stream())
    output.table([("id", "name")])
    assert ("\x1b[" in sys.stdout.getvalue()) is coloured  # type: ignore[attr-defined]


def test_a_closed_stdout_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    output.lines(["x"])
    output.json_form({})


def test_a_full_disk_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(EngageError, match="No space left on device"):
        output.lines(["x"])
    monkeypatch.setattr(sys, "stderr", Full())
    output.say("nobody can hear this, and that is no error")

"""How commands are called: help, wrong usage, and the sentence that repeats the value."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from engage import __version__
from engage.cli.completion import script
from engage.cli.table import COMMANDS

from .conftest import Ran, Run


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(engage: Run, command: str) -> None:
    ran = engage(command, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: engage {command} ")
    options = (flag for arg in COMMANDS[command].arguments for flag in arg.flags if flag[0] == "-")
    assert all(flag in ran.out for flag in options)


def test_the_overview_names_every_command(engage: Run) -> None:
    ran = engage("--help")
    assert ran.status == 0
    assert all(f"\n  {name} " in ran.out for name in COMMANDS)


def test_the_version_is_data(engage: Run) -> None:
    assert engage("--version") == Ran(0, f"engage {__version__}\n", "")


WRONG = [
    (("frobnicate",), "'frobnicate'"),
    (("inbx",), "`engage inbox`"),
    (("--frob",), "'--frob'"),
    (("inbox", "--frob"), "--frob"),
    (("person",), "NAME"),
    (("person", ""), "no name"),
    (("person", "Mara", "Quill"), "'Quill'"),
    (("done",), "ID"),
    (("snooze", "t1"), "--until"),
    (("snooze", "t1", "--until"), "--until needs a value"),
    (("snooze", "t1", "--until", "whenever"), "'whenever'"),
    (("snooze", "t1", "--until", "2026-02-30"), "'2026-02-30'"),
    (("snooze", "t1", "--until", "2026-11-22"), "'2026-11-22'"),
    (("log", "Mara", "shout"), "'shout'"),
    (("log", "Mara", "--at", "2026-13-01"), "'2026-13-01'"),
    (("log", "Mara", "--at", "2026-12-24"), "'2026-12-24'"),
    (("log", "Mara", "--at", "-3d"), "-3d"),
    (("wrote", "--at", "2026-12-24"), "'2026-12-24'"),
    (("circle", "Mara"), "N is missing"),
    (("circle", "Mara", "6"), "'6'"),
    (("circle", "Mara", "0"), "'0'"),
    (("circle", "Mara", "inner"), "'inner'"),
    (("circle", "Mara", "-1"), "'-1'"),
    (("cadence", "Mara", "0"), "'0'"),
    (("cadence", "Mara", "10000"), "'10000'"),
    (("cadence", "Mara", "-5"), "'-5'"),
    (("cadence", "Mara", "1.5"), "'1.5'"),
    (("cadence", "Mara", "9" * 5000), "'999"),
    (("cadence", "Mara", "٣"), "'٣'"),
    (("leave", "Mara", "--until", "soon"), "'soon'"),
    (("leave", "Mara", "--until", "3d", "--not"), "exclude each other"),
    (("next", "Mara", "soonish"), "'soonish'"),
    (("next", "Mara"), "WHEN"),
    (("leave", "Mara", "--until", "2026-11-22"), "'2026-11-22'"),
    (("week", "2026-W54"), "'2026-W54'"),
    (("week", "47"), "'47'"),
    (("week", "2026-W00"), "'2026-W00'"),
    (("notes", "last"), "'last'"),
    (("notes", "--format", "pdf"), "'pdf'"),
    (("export", "xls"), "'xls'"),
    (("export",), "FORMAT"),
    (("import",), "FILE"),
    (("import", "x", "--from", "orkut"), "'orkut'"),
    (("import", "x", "--yes", "--dry-run"), "exclude each other"),
    (("completion", "tcsh"), "'tcsh'"),
    (("completion",), "SHELL"),
    (("config", "edit"), "'edit'"),
    (("add",), "TARGET"),
    (("add", "https://a.example/", "--circle", "7"), "'7'"),
    (("add", "https://a.example/", "--own", "--responses"), "exclude each other"),
    (("add", "https://a.example/", "--own", "--circle", "2"), "--circle 2"),
    (("inbox", "colour:red"), "colour:"),
    (("people", "is:blue"), "'blue'"),
    (("posts", "since:whenever"), "'whenever'"),
    (("undo", "--list=3"), "'3'"),
]


@pytest.mark.parametrize(("words", "named"), WRONG, ids=[" ".join(w)[:40] for w, _ in WRONG])
def test_wrong_usage_repeats_what_was_wrong(
    engage: Run, home: Path, words: tuple[str, ...], named: str
) -> None:
    ran = engage(*words)
    assert ran.status == 2
    assert ran.out == ""
    sentence, hint, end = ran.err.split("\n")
    assert named in sentence
    assert hint.startswith("See `engage") and hint.endswith("--help`.")
    assert end == ""
    assert not home.exists(), "wrong usage is found before anything is written"


def test_a_clock_that_is_none_is_wrong_usage(engage: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAGE_NOW", "yesterday")
    ran = engage("inbox")
    assert (ran.status, ran.out) == (2, "")
    assert "'yesterday'" in ran.err


@pytest.mark.parametrize("command", ["merge", "serve"])
def test_what_is_not_there_yet_is_not_offered(engage: Run, command: str) -> None:
    assert engage(command).status == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_command(engage: Run, shell: str) -> None:
    ran = engage("completion", shell)
    assert (ran.status, ran.out) == (0, script(shell))
    assert all(name in ran.out for name in COMMANDS)


@pytest.mark.parametrize(
    ("shell", "check"), [("bash", ["-n"]), ("zsh", ["-n"]), ("fish", ["--no-execute"])]
)
def test_completion_is_a_script_its_shell_can_read(
    shell: str, check: list[str], tmp_path: Path
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    file = tmp_path / f"engage.{shell}"
    file.write_text(script(shell), encoding="utf-8")
    subprocess.run([shell, *check, str(file)], check=True, timeout=20)


def test_completion_in_bash_completes() -> None:
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed here")
    ask = "COMP_WORDS=({}); COMP_CWORD={}; _engage; echo ${{COMPREPLY[@]}}\n"
    asked = [("engage inb", 1), ("engage config v", 2), ("engage notes --format m", 3)]
    text = script("bash") + "".join(ask.format(words, at) for words, at in asked)
    ran = subprocess.run(["bash", "-c", text], capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n")[:3] == ["inbox", "validate", "markdown"]

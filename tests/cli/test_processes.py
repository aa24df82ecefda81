"""Commands in processes of their own: exit statuses, pipes, locales, and what is imported."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]

LISTINGS = ["inbox", "posts", "people", "feeds", "week"]
HEAVY = {"textual", "rich", "aiohttp", "feedparser", "selectolax", "asyncio"}


def test_the_package_runs_as_a_module(engage_process: Process) -> None:
    ran = engage_process("--version")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.startswith(b"engage ")


@pytest.mark.parametrize(
    ("words", "status"),
    [(("people",), 0), (("person", "nobody"), 1), (("circle", "nobody", "9"), 2)],
)
def test_exit_statuses(engage_process: Process, words: tuple[str, ...], status: int) -> None:
    assert engage_process(*words).returncode == status


@pytest.mark.usefixtures("full_home")
@pytest.mark.parametrize("words", [("posts",), ("posts", "--json"), ("--help",), ("inbox", "-h")])
def test_a_closed_pipe_ends_a_command_silently(
    engage_process: Process, words: tuple[str, ...]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ran = engage_process(*words, stdout=writing)
    finally:
        os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.usefixtures("full_home")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("words", [("posts",), ("posts", "--json"), ("--help",), ("--version",)])
def test_a_full_disk_is_a_sentence_and_one(engage_process: Process, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = engage_process(*words, stdout=full)
    assert ran.returncode == 1
    assert ran.stderr == b"The output could not be written: No space left on device.\n"


@pytest.mark.usefixtures("full_home")
@pytest.mark.parametrize("listing", LISTINGS)
@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "latin-1:strict"},
    ],
    ids=["locale C", "latin-1"],
)
def test_any_locale_will_do(engage_process: Process, listing: str, environ: dict[str, str]) -> None:
    text = engage_process(listing, environ=environ)
    assert (text.returncode, b"Traceback" in text.stderr) == (0, False)
    form = engage_process(listing, "--json", environ=environ)
    assert form.returncode == 0
    assert json.loads(form.stdout.decode("utf-8"))["schema"] == 1


def test_json_is_utf8_in_every_locale(engage_process: Process) -> None:
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    engage_process("add", "--person", "Tomasz Zieliński 紙")
    assert "Zieliński 紙" in engage_process("people", "--json", environ=plain).stdout.decode()
    assert b"Zieli\\u0144ski \\u7d19" in engage_process("people", environ=plain).stdout


@pytest.mark.usefixtures("home")
def test_bytes_that_are_no_text_are_repeated_safely() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "engage", "person", b"Mara\xff\x1b[2J"],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 1
    assert b"Mara" in ran.stderr and b"\x1b" not in ran.stderr
    ran.stderr.decode("utf-8")


@pytest.mark.usefixtures("full_home")
def test_without_a_terminal_it_prints_the_inbox(engage_process: Process) -> None:
    plain = engage_process()
    assert plain.returncode == 0
    assert plain.stdout == engage_process("inbox").stdout != b""


@pytest.mark.usefixtures("full_home")
@pytest.mark.parametrize(
    ("words", "kept_out"),
    [
        (("--version",), HEAVY | {"tinydb", "argparse", "tomllib", "engage.services.desk"}),
        (("inbox",), HEAVY | {"tomllib", "importlib.metadata"}),
        (("people", "--json"), HEAVY),
        (("feeds",), HEAVY),
        (("pause", "nobody"), HEAVY),
        (("done", "nothing"), HEAVY),
        (("log", "nobody"), HEAVY),
        (("config",), HEAVY | {"tinydb"}),
        (("keys",), HEAVY | {"tinydb"}),
        (("themes",), HEAVY | {"tinydb"}),
        (("completion", "bash"), HEAVY | {"tinydb", "tomllib"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_nothing_heavy_is_imported(words: tuple[str, ...], kept_out: set[str]) -> None:
    code = (
        "import sys; from engage.cli.main import main; main(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    modules = set(ran.stderr.rpartition("\n")[0].rpartition("\n")[2].split())
    assert "engage.cli.main" in modules
    assert kept_out & modules == set()


def test_a_traceback_is_only_in_the_log(
    engage_process: Process, home: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(Path(__file__).parents[2] / "engage", broken / "engage")
    (broken / "engage" / "settings.py").write_text("raise RuntimeError('a\\x1b[2Jb')\n")
    ran = engage_process("inbox", cwd=broken, environ={"PYTHONPATH": str(broken)})
    log = home / "state" / "engage.log"
    assert ran.returncode == 70
    assert ran.stdout == b""
    assert ran.stderr.decode().count("\n") == 1
    assert str(log) in ran.stderr.decode() and b"RuntimeError" not in ran.stderr
    written = log.read_text(encoding="utf-8")
    assert written.startswith("2026-11-22T10:00:00+01:00 engage inbox\nTraceback")
    assert "RuntimeError" in written

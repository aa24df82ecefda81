"""The short form of each benchmark: that it runs and prints a ratio. Figures are no test."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.slow
@pytest.mark.parametrize(
    "program",
    [
        "start.py",
        "paint.py",
        "refresh.py",
        "scale.py",
        "keys.py",
        "memory.py",
        "store.py",
        "relationships.py",
        "moving.py",
        "responses.py",
    ],
)
def test_the_short_form_prints_a_ratio(program: str) -> None:
    if program != "start.py" and not sys.platform.startswith("linux"):
        pytest.skip("measures what only Linux tells")
    if program in ("refresh.py", "memory.py") and shutil.which("newsboat") is None:
        pytest.skip("newsboat is not installed")
    done = subprocess.run(
        [sys.executable, HERE / program, "--short"], capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"\b\d+\.\d\dx", done.stdout), done.stdout

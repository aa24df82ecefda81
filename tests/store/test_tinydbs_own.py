"""TinyDB's own tests of tables, operations and queries, run on the ledger's classes.

They come with TinyDB's source, which pip fetches; `test_tables` is the short form.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest

FIXTURE = """
import pytest
from engage.store.ledger_file import LedgerStorage
from engage.store.ledger_tables import LedgerDatabase


@pytest.fixture
def db(tmp_path):
    with LedgerDatabase(tmp_path, False, print, storage=LedgerStorage) as database:
        database.storage.refresh()
        database.insert_multiple({"int": 1, "char": char} for char in "abc")
        yield database
"""

#: What is meant to differ: the name of the class, and that an empty table is not written.
DIFFER = {"test_tables.py::test_table_repr", "test_tables.py::test_persist_table"}


@pytest.mark.slow
def test_tinydbs_own_tests_pass_on_the_ledger(tmp_path: Path) -> None:
    wanted = f"tinydb=={version('tinydb')}"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "tinydb"]
    fetched = subprocess.run([*pip, "--dest", str(tmp_path), wanted], capture_output=True)
    if fetched.returncode:
        pytest.skip(f"pip cannot fetch the source of {wanted}")
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as source:
        source.extractall(tmp_path / "source", filter="data")
    tests = next((tmp_path / "source").glob("*/tests"))
    (tests / "conftest.py").write_text(FIXTURE)
    (tests / "pytest.ini").write_text("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    names = ["test_tables.py", "test_operations.py", "test_queries.py", "test_tinydb.py"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", *names],
        cwd=tests,
        capture_output=True,
        text=True,
    )
    told = [line.split(" ") for line in ran.stdout.splitlines() if " " in line]
    passed = {line[1] for line in told if line[0] == "PASSED"}
    failed = {line[1] for line in told if line[0] in ("FAILED", "ERROR")}
    assert failed == DIFFER, ran.stdout
    assert len(passed) > 100

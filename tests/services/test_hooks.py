"""The writer's own programs after a refresh and an export."""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engage.clock import FixedClock
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.services.exporting import write_export
from engage.services.hooks import AFTER_EXPORT, run_hook
from engage.services.refresh import refresh
from tests.support.demo import NOW

Hooked = Callable[..., Desk]


@pytest.fixture
def hooked(tmp_path: Path) -> Iterator[Hooked]:
    """A desk whose settings name hooks."""
    made: list[Desk] = []

    def make(**hooks: list[str]) -> Desk:
        lines = [f"{name} = {json.dumps(command)}" for name, command in hooks.items()]
        (tmp_path / "home").mkdir()
        (tmp_path / "home" / "config.toml").write_text("[hooks]\n" + "\n".join(lines))
        made.append(desk_at(paths_under(tmp_path / "home"), FixedClock(NOW)))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


async def test_after_a_refresh_with_what_it_brought(hooked: Hooked, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code = f"import os; open({str(out)!r}, 'w').write(os.environ['ENGAGE_NEW_POSTS'])"
    desk = hooked(after_refresh=python(code))
    done = await refresh(desk)
    assert done.notes == ()
    assert out.read_text() == "0"


def test_after_an_export_with_where_it_went(hooked: Hooked, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code = f"import os; open({str(out)!r}, 'w').write(os.environ['ENGAGE_EXPORT_PATH'])"
    desk = hooked(after_export=python(code))
    done = write_export(desk, "json", tmp_path / "engage.json")
    assert done.notes == ()
    assert out.read_text() == str(tmp_path / "engage.json")


def test_arguments_never_meet_a_shell(hooked: Hooked, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code = f"import sys; open({str(out)!r}, 'w').write(sys.argv[1])"
    desk = hooked(after_export=[*python(code), "$(touch pwned); `x` > y"])
    assert run_hook(desk, AFTER_EXPORT, {}) is None
    assert out.read_text() == "$(touch pwned); `x` > y"


FAILING: dict[str, tuple[list[str], str]] = {
    "a status": (python("import sys; sys.exit('it is raining')"), "status 1: it is raining"),
    "no such program": (["/nowhere/none"], "could not be run"),
    "too slow": (python("import time; time.sleep(60)"), "longer than 0.3 seconds"),
}


@pytest.mark.parametrize(("command", "says"), FAILING.values(), ids=FAILING.keys())
def test_a_failure_is_a_sentence(hooked: Hooked, command: list[str], says: str) -> None:
    desk = hooked(after_export=command)
    started = time.monotonic()
    said = run_hook(
        desk, AFTER_EXPORT, {}, patience=0.3 if "slow" in says or "longer" in says else 10
    )
    assert said is not None
    assert says in said
    assert time.monotonic() - started < 10


def test_a_failed_hook_fails_nothing(hooked: Hooked, tmp_path: Path) -> None:
    desk = hooked(after_export=["/nowhere/none"])
    done = write_export(desk, "opml", tmp_path / "x.opml")
    assert (tmp_path / "x.opml").is_file()
    assert len(done.notes) == 1


def test_a_hook_that_cannot_be_run_says_why(hooked: Hooked, tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text("no program")
    script.chmod(stat.S_IRUSR)
    said = run_hook(hooked(after_export=[str(script)]), AFTER_EXPORT, {})
    assert said is not None
    assert os.strerror(13) in said


def test_the_demo_runs_none(hooked: Hooked) -> None:
    desk = hooked(after_export=["/nowhere/none"])
    desk.paths.demo_mark.parent.mkdir(parents=True, exist_ok=True)
    desk.paths.demo_mark.touch()
    assert run_hook(desk, AFTER_EXPORT, {}) is None

"""Where things are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.paths import find_paths, paths_under


def test_engage_home_puts_everything_under_one_folder(tmp_path: Path) -> None:
    paths = find_paths({"ENGAGE_HOME": str(tmp_path)})
    assert paths == paths_under(tmp_path)
    folders = [paths.config, paths.data, paths.cache, paths.state, paths.themes]
    assert all(folder.is_relative_to(tmp_path) for folder in folders)
    assert paths.config_file == tmp_path / "config.toml"
    assert paths.log_file.is_relative_to(tmp_path)


def test_finding_them_makes_none(tmp_path: Path) -> None:
    find_paths({"ENGAGE_HOME": str(tmp_path / "home")})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("value", "home"),
    [("~/desk", "{user}/desk"), ("desk", "{here}/desk"), (" {here}/desk ", "{here}/desk")],
    ids=["a user's home", "relative to here", "padded"],
)
def test_the_folder_may_be_named_in_short(
    value: str, home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, here = tmp_path / "user", tmp_path / "here"
    here.mkdir()
    monkeypatch.setenv("HOME", str(user))
    monkeypatch.chdir(here)
    paths = find_paths({"ENGAGE_HOME": value.format(here=here)})
    assert paths.config == Path(home.format(user=user, here=here))


@pytest.mark.parametrize("environ", [{}, {"ENGAGE_HOME": ""}])
def test_without_it_they_are_the_platforms(
    environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
    }
    for name, folder in names.items():
        monkeypatch.setenv(name, str(tmp_path / folder))
    paths = find_paths(environ)
    assert paths.data.name == paths.config.name == "engage"
    assert len({paths.config, paths.data, paths.cache, paths.state}) == 4

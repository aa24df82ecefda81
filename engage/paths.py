"""Where engage keeps things: platformdirs' places, or one folder named by ``ENGAGE_HOME``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders engage uses; none of them needs to exist yet.

    ``data`` may lie in a folder that is synchronised between machines; ``cache`` (posts and fetch
    state) and ``state`` (machine id, locks, log) are this machine's alone.
    """

    config: Path
    data: Path
    cache: Path
    state: Path

    @property
    def config_file(self) -> Path:
        return self.config / "config.toml"

    @property
    def themes(self) -> Path:
        return self.config / "themes"

    @property
    def drafts(self) -> Path:
        return self.data / "drafts"

    @property
    def log_file(self) -> Path:
        return self.state / "engage.log"

    @property
    def demo_mark(self) -> Path:
        """The file that says that this is the made-up world of the demo, which asks no server."""
        return self.state / "demo"


def paths_under(home: Path) -> Paths:
    """All folders under one, as ``ENGAGE_HOME`` asks."""
    return Paths(config=home, data=home / "data", cache=home / "cache", state=home / "state")


def find_paths(environ: Mapping[str, str] = os.environ) -> Paths:
    """The folders of this writer on this machine."""
    if home := environ.get("ENGAGE_HOME", "").strip():
        return paths_under(Path(home).expanduser().absolute())
    import platformdirs  # here: 7 ms that ENGAGE_HOME and --version need not pay

    dirs = platformdirs.PlatformDirs("engage", appauthor=False)
    return Paths(
        config=Path(dirs.user_config_dir),
        data=Path(dirs.user_data_dir),
        cache=Path(dirs.user_cache_dir),
        state=Path(dirs.user_state_dir),
    )

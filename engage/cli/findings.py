"""What is wrong in ``config.toml``, with what only the screen's own tables can tell."""

from __future__ import annotations

from collections.abc import Iterator

from engage.paths import Paths
from engage.settings import Settings


def findings(settings: Settings, paths: Paths) -> Iterator[str]:
    """A sentence for each thing that is wrong, naming file, key and remedy."""
    yield from settings.findings
    if settings.keys:
        from engage.tui.keymap import load_keymap

        for finding in load_keymap(settings.keys).findings:
            yield f"{paths.config_file}: {finding}"
    if "theme" in settings.given:
        import difflib

        from engage.tui.themes import available

        names = [theme.name for theme in available(paths.themes)]
        if settings.theme not in names:
            nearest = difflib.get_close_matches(settings.theme, names, n=1, cutoff=0.0)
            near = f"; the nearest is {nearest[0]}" if nearest else ""
            yield f"{paths.config_file}: theme: there is no theme '{settings.theme}'{near}."

"""Settings, keys, themes and shell completion."""

from __future__ import annotations

import os
from argparse import Namespace

from engage.cli import output
from engage.cli.findings import findings
from engage.paths import Paths, find_paths
from engage.settings import Settings, load_settings, shown


def config(arguments: Namespace) -> int:
    paths = find_paths(os.environ)
    path = paths.config_file
    if arguments.action == "path":
        output.lines([str(path)])
        return 0
    settings, wrong = _settings(paths)
    if arguments.action == "validate":
        if not wrong:
            there = "is in order" if path.exists() else "does not exist; the defaults hold"
            output.lines([f"{path} {there}."])
        return 1 if wrong else 0
    output.table(
        (key, _toml(value), str(path) if key in settings.given else "default")
        for key, value in shown(settings)
    )
    return 0


def keys(_arguments: Namespace) -> int:
    from engage.tui.actions import ACTIONS
    from engage.tui.keymap import load_keymap, show_key

    settings, _ = _settings(find_paths(os.environ))
    keymap = load_keymap(settings.keys)
    output.table(
        (
            action.id,
            ", ".join(map(show_key, keymap.keys[action.id])) or "none",
            ", ".join(action.where),
            action.sentence or action.text,
        )
        for action in ACTIONS
    )
    return 0


def themes(_: Namespace) -> int:
    from engage.tui.themes import available

    output.table((theme.name, theme.origin) for theme in available(find_paths(os.environ).themes))
    return 0


def completion(arguments: Namespace) -> int:
    from engage.cli.completion import script

    output.document(script(arguments.shell))
    return 0


def _settings(paths: Paths) -> tuple[Settings, bool]:
    """The settings, and whether something is wrong with them, which is said."""
    settings = load_settings(paths.config_file)
    wrong = list(findings(settings, paths))
    for finding in wrong:
        output.say(finding)
    return settings, bool(wrong)


def _toml(value: object) -> str:
    """A value as the file would write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)

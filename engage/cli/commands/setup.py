"""Settings, keys, themes and shell completion."""

from __future__ import annotations

import os
from argparse import Namespace

from engage.cli import output
from engage.paths import find_paths
from engage.settings import Settings, load_settings, shown


def config(arguments: Namespace) -> int:
    path = find_paths(os.environ).config_file
    if arguments.action == "path":
        output.lines([str(path)])
        return 0
    settings = load_settings(path)
    for finding in settings.findings:
        output.say(finding)
    if arguments.action == "validate":
        if not settings.findings:
            there = "is in order" if path.exists() else "does not exist; the defaults hold"
            output.lines([f"{path} {there}."])
        return 1 if settings.findings else 0
    output.table(
        (key, _toml(value), str(path) if key in settings.given else "default")
        for key, value in shown(settings)
    )
    return 0


def keys(_: Namespace) -> int:
    from engage.tui.actions import ACTIONS

    chosen = _settings().keys
    rows = []
    for action in ACTIONS:
        own = chosen.get(action.id)
        pressed = ", ".join(action.keys) if own is None else own or "none"
        rows.append((action.id, str(pressed), action.where, action.text))
    output.table(rows)
    return 0


def themes(_: Namespace) -> int:
    from engage.tui.themes import available

    output.table(available(find_paths(os.environ).themes))
    return 0


def completion(arguments: Namespace) -> int:
    from engage.cli.completion import script

    output.document(script(arguments.shell))
    return 0


def _settings() -> Settings:
    settings = load_settings(find_paths(os.environ).config_file)
    for finding in settings.findings:
        output.say(finding)
    return settings


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

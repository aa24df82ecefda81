"""Themes: TOML files beside the package and in the writer's own folder.

Listing them reads names only; Textual, which knows what a colour is, is imported when one is
applied.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engage.errors import EngageError

if TYPE_CHECKING:
    from textual.theme import Theme

DEFAULT = "engage-dark"

#: What a theme says beyond what Textual's own say, for themes that do not say it.
FALLBACK_VARIABLES: dict[str, str] = {
    "engage-line": "#7f7f7f 40%",
    "engage-cursor": "#7f7f7f 25%",
    "engage-cursor-away": "#7f7f7f 15%",
}

_COLOURS = (
    "primary", "secondary", "warning", "error", "success", "accent", "foreground", "background",
    "surface", "panel", "boost",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """A theme that may be chosen. ``origin``: "engage", or the folder that it lies in."""

    name: str
    path: Path
    origin: str


def available(own: Path | None = None) -> tuple[ThemeFile, ...]:
    """The themes of engage and those in the writer's folder, by name; the writer's win."""
    found = {path.stem: ThemeFile(path.stem, path, "engage") for path in _files(_shipped())}
    if own is not None:
        found |= {path.stem: ThemeFile(path.stem, path, str(own)) for path in _files(own)}
    return tuple(found[name] for name in sorted(found))


def load_theme(file: ThemeFile) -> Theme:
    """The theme in a file. Raises EngageError with the key that is wrong."""
    from textual.theme import Theme

    try:
        given = tomllib.loads(file.path.read_text(encoding="utf-8"))
    except OSError as cause:
        raise EngageError(f"{file.path} cannot be read: {cause.strerror}.") from cause
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise EngageError(f"{file.path} is no TOML file: {cause}.") from cause
    variables = given.pop("variables", {})
    known = {field.name for field in fields(Theme)} - {"name", "variables", "ansi"}
    for key in given:
        if key not in known:
            raise EngageError(f"{file.path}: {key!r} is nothing a theme says.")
    if not isinstance(variables, dict):
        raise EngageError(f"{file.path}: variables must be a table.")
    if "primary" not in given:
        raise EngageError(f"{file.path}: a theme needs a colour 'primary'.")
    _check(file.path, given, variables)
    return Theme(name=file.name, variables=variables, **given)


def _check(path: Path, given: Mapping[str, Any], variables: Mapping[str, Any]) -> None:
    colours = {key: value for key, value in given.items() if key in _COLOURS}
    for key, value in colours.items():
        if not isinstance(value, str) or not _is_colour(value):
            raise EngageError(f"{path}: {value!r} for {key!r} is no colour; write '#8fb3a5'.")
    for key, value in variables.items():
        style = key.endswith("-style")
        if not isinstance(value, str) or not (style or _is_colour(value)):
            raise EngageError(f"{path}: {value!r} for {key!r} is no colour; write '#8fb3a5'.")
    for key in ("dark",):
        if not isinstance(given.get(key, True), bool):
            raise EngageError(f"{path}: {key!r} is true or false.")
    for key in ("luminosity_spread", "text_alpha"):
        if not isinstance(given.get(key, 0.5), int | float):
            raise EngageError(f"{path}: {key!r} is a number from 0 to 1.")


def _is_colour(text: str) -> bool:
    from textual.color import Color, ColorParseError

    colour, _, share = text.partition(" ")
    try:
        Color.parse(colour)
    except ColorParseError:
        return False
    return not share or (share.endswith("%") and share[:-1].replace(".", "", 1).isdigit())


def _shipped() -> Path:
    """In an installed engage the themes lie in the package, in a checkout beside it."""
    package = Path(__file__).parent.parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.toml"))
    except OSError:
        return []

"""Themes are found in both places, checked when they are applied, and refused in a sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.color import Color

from engage.errors import EngageError
from engage.services.desk import Desk
from engage.tui.app import EngageApp
from engage.tui.themes import ThemeFile, available, load_theme
from tests.tui.conftest import OpenInbox
from tests.tui.worlds import Quiet


def _file(folder: Path, text: str) -> ThemeFile:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return ThemeFile("mine", path, str(folder))


def test_engages_own_themes_are_there() -> None:
    assert {"engage-dark", "engage-light"} <= {file.name for file in available()}
    assert {file.origin for file in available()} == {"engage"}


def test_the_writers_own_are_listed_and_win(tmp_path: Path) -> None:
    _file(tmp_path, 'primary = "red"')
    (tmp_path / "engage-dark.toml").write_text('primary = "blue"', encoding="utf-8")
    found = {file.name: file.origin for file in available(tmp_path)}
    assert found["mine"] == found["engage-dark"] == str(tmp_path)
    assert found["engage-light"] == "engage"


def test_a_folder_that_is_not_there_has_no_themes(tmp_path: Path) -> None:
    assert available(tmp_path / "none") == available()


@pytest.mark.parametrize("name", ["engage-dark", "engage-light"])
@pytest.mark.parametrize("key", ["foreground", "text-muted", "warning", "accent"])
def test_words_can_be_read_on_their_ground(name: str, key: str) -> None:
    """At least 4.5 to 1, WCAG 2.2's contrast for text."""
    theme = load_theme(next(file for file in available() if file.name == name))
    colour = theme.variables.get(key) or getattr(theme, key)
    assert theme.background is not None
    assert _contrast(Color.parse(colour), Color.parse(theme.background)) >= 4.5


@pytest.mark.parametrize("theme", ["engage-dark", "engage-light"])
async def test_every_word_can_be_read(open_inbox: OpenInbox, theme: str) -> None:
    async with open_inbox((120, 40)) as page:
        page.app._use_theme(theme)
        for keys in ([], ["e"], ["j", "j", "j", "enter"], ["escape", "question_mark"]):
            await page.press(*keys)
            assert not _hard_to_read(page.app)


def _hard_to_read(app: EngageApp) -> list[str]:
    """What stands on a ground that is too like its own colour. 3: WCAG 2.1, 1.4.11."""
    return [
        segment.text
        for strip in app.screen._compositor.render_strips()
        for segment in strip
        if segment.text.strip()
        and segment.style is not None
        and (front := segment.style.color) is not None
        and (ground := segment.style.bgcolor) is not None
        and _contrast(Color.from_rich_color(front), Color.from_rich_color(ground)) < 3
        and not set(segment.text) <= set(" │─▁▂▃▄▅▆▇█·")
    ]


def _contrast(one: Color, other: Color) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("primary = ", "is no TOML file", id="no TOML"),
        pytest.param("dark = true", "needs a colour 'primary'", id="no primary"),
        pytest.param('primary = "reddish"', "'reddish' for 'primary' is no colour", id="no colour"),
        pytest.param("primary = 3", "3 for 'primary' is no colour", id="a number"),
        pytest.param('primary = "red"\nprimery = "red"', "'primery' is nothing", id="unknown key"),
        pytest.param('primary = "red"\ndark = "yes"', "'dark' is true or false", id="no boolean"),
        pytest.param(
            'primary = "red"\n[variables]\nborder = "blu"', "'blu' for 'border'", id="a variable"
        ),
        pytest.param('primary = "red"\nvariables = 1', "must be a table", id="no table"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(EngageError) as refusal:
        load_theme(_file(tmp_path, text))
    assert says in str(refusal.value)
    assert "mine.toml" in str(refusal.value)


@pytest.mark.parametrize("name", ["mine", "no-such-theme"])
async def test_a_theme_that_cannot_be_used_is_said_and_the_default_taken(
    desk: Desk, name: str
) -> None:
    desk.paths.themes.mkdir(parents=True, exist_ok=True)
    _file(desk.paths.themes, 'primary = "reddish"')
    desk.settings = replace(desk.settings, theme=name)
    app = EngageApp(desk, background=Quiet())
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.theme == "engage-dark"
        assert any(name in toast.message for toast in app._notifications)
    app.desk.stop()
    desk.close()


@pytest.mark.parametrize("name", ["nord", "mine"])
async def test_a_theme_of_textuals_or_the_writers_own_is_used(desk: Desk, name: str) -> None:
    desk.paths.themes.mkdir(parents=True, exist_ok=True)
    _file(desk.paths.themes, 'primary = "#335577"\ndark = false')
    desk.settings = replace(desk.settings, theme=name)
    app = EngageApp(desk, background=Quiet())
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.theme == name
    app.desk.stop()
    desk.close()

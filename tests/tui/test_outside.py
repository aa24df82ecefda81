"""Only pages of the web are opened, and only where a browser would not take the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engage.replies.browser import has_browser, may_open, open_page


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://mara.example/ink", True),
        ("http://mara.example/", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("mailto:mara@example.org", False),
        ("-version", False),
        ("", False),
    ],
)
def test_only_pages_of_the_web(url: str, may: bool) -> None:
    assert may_open(url) is may


@pytest.mark.parametrize(
    ("environ", "platform", "has"),
    [
        pytest.param({"DISPLAY": ":0"}, "linux", True, id="x11"),
        pytest.param({"WAYLAND_DISPLAY": "w"}, "linux", True, id="wayland"),
        pytest.param({}, "linux", False, id="no display"),
        pytest.param({"DISPLAY": ":0", "SSH_CONNECTION": "x"}, "linux", False, id="over ssh"),
        pytest.param({"SSH_TTY": "x"}, "darwin", False, id="ssh to a mac"),
        pytest.param({}, "darwin", True, id="a mac"),
        pytest.param({"BROWSER": "b", "SSH_TTY": "x"}, "linux", True, id="a browser was named"),
    ],
)
def test_where_a_browser_opens(environ: dict[str, str], platform: str, has: bool) -> None:
    assert has_browser(environ, platform) is has


async def test_the_browser_gets_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    script = tmp_path / "browser"
    script.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(seen)!r}, 'w').write(sys.argv[1])"
    )
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{script} %s")
    assert await open_page("https://mara.example/?q=1%26z")
    assert seen.read_text() == "https://mara.example/?q=1%26z"


async def test_a_browser_that_fails_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "/nonexistent/browser %s")
    monkeypatch.setenv("PATH", "")
    assert not await open_page("https://mara.example/")

"""An inbox on a screen that only the test sees, and pictures to compare screens with."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from engage.clock import FixedClock
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.tui.app import EngageApp
from tests.support.demo import NOW, demo_desk
from tests.tui.worlds import Opened, Quiet

GOLDEN = Path(__file__).parent / "golden"

OpenInbox = Callable[..., AbstractAsyncContextManager[Opened]]


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the terminal that the tests run in shows in them."""
    names = ("NO_COLOR", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY")
    for name in names:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's world, made once; tests get copies."""
    home = tmp_path_factory.mktemp("demo")
    demo_desk(home).close()
    return home


@pytest.fixture
def desk(demo_home: Path, tmp_path: Path) -> Desk:
    """A desk of the test's own on the demo's world; `open_inbox` closes it."""
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    return desk_at(paths_under(home), FixedClock(NOW))


@pytest.fixture
def open_inbox(desk: Desk) -> OpenInbox:
    """``async with open_inbox((80, 24)) as page:`` the app with the inbox loaded."""

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (80, 40), *, toasts: bool = False
    ) -> AsyncIterator[Opened]:
        app = EngageApp(desk, background=Quiet())
        try:
            async with app.run_test(size=size, notifications=toasts) as pilot:
                page = Opened(app, pilot, desk)
                await page.settle()
                await page.settle()
                yield page
        finally:
            app.desk.stop()
            desk.close()

    return opened


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare with a picture; ``ENGAGE_UPDATE_GOLDEN=1`` writes the pictures anew."""

    def check(name: str, seen: str) -> None:
        agreed = GOLDEN / name
        if os.environ.get("ENGAGE_UPDATE_GOLDEN"):
            agreed.parent.mkdir(exist_ok=True)
            agreed.write_text(seen, encoding="utf-8")
        assert seen == agreed.read_text(encoding="utf-8")

    return check


def picture(app: EngageApp) -> str:
    """The screen with its colours, as SVG, without what differs from run to run."""
    return re.sub(r"terminal-\d+", "terminal", app.export_screenshot(title="engage", simplify=True))

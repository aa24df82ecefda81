"""The screen: on the writer's own desk, or on a made-up one."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from engage.cli import output
from engage.cli.session import at_desk
from engage.errors import EngageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from engage.services.desk import Desk


def open_screen() -> int:
    """The inbox on the screen, or as text where there is no terminal."""
    from engage.services.desk import open_desk

    return _show(open_desk)


def demo(arguments: Namespace) -> int:
    if arguments.home is not None:
        return _demo_in(arguments.home.expanduser().absolute())
    with tempfile.TemporaryDirectory(prefix="engage-demo-", ignore_cleanup_errors=True) as home:
        return _demo_in(Path(home))


def _demo_in(home: Path) -> int:
    from engage.clock import clock_from
    from engage.paths import paths_under
    from engage.services.demo import fill
    from engage.services.desk import desk_at

    clock = clock_from(os.environ)

    def demo_desk() -> Desk:
        paths = paths_under(home)
        try:
            if home.exists() and any(home.iterdir()) and not paths.demo_mark.exists():
                raise EngageError(f"{home} holds something else; name an empty folder.")
            paths.state.mkdir(parents=True, exist_ok=True)
            paths.demo_mark.touch()
        except OSError as cause:
            raise EngageError(f"{home} cannot be used: {cause.strerror}.") from cause
        desk = desk_at(paths, clock)
        if not desk.world().people:  # new, or broken off while it was being filled
            fill(desk)
        return desk

    return _show(demo_desk)


def _show(opened: Callable[[], Desk]) -> int:
    with at_desk(opened, united=False) as desk:  # the screen unites after its first paint
        if output.is_terminal(sys.stdin) and output.is_terminal(sys.stdout):
            gc.disable()  # importing Textual is a tenth faster so; `run` enables it again
            from engage.tui.app import run

            return run(desk)
        from engage.cli.commands.looking import print_inbox

        desk.store.unite_neighbours()
        print_inbox(desk)
    return 0

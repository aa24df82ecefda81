"""Regular refreshes without an open window."""

from __future__ import annotations

import sys
from argparse import Namespace

from engage.cli import output


def schedule(arguments: Namespace) -> int:
    """``engage schedule install|remove|status``."""
    actions = {"install": _install, "remove": _remove, "status": _status}
    return actions[arguments.action](arguments)


def _install(arguments: Namespace) -> int:
    from engage.services.scheduling import regular

    planned = regular.plan(regular.here())
    for piece in planned.pieces:
        output.lines([f"{piece.place}:"])
        output.document(piece.text)
    for note in planned.notes:
        output.say(note)
    if planned.scheduler is not None and (arguments.dry_run or not _may_write(arguments)):
        output.say("Nothing is written.")
        return 0
    notes = regular.install(planned)
    output.say(f"Installed: {planned.scheduler.name if planned.scheduler else ''}.")
    for note in notes:
        output.say(note)
    return 0


def _remove(_: Namespace) -> int:
    from engage.services.scheduling import regular

    removed = regular.remove(regular.here())
    output.lines(f"Removed: {name}." for name in removed)
    if not removed:
        output.say("Nothing was installed.")
    return 0


def _status(_: Namespace) -> int:
    from engage.services.scheduling import regular

    said = regular.status(regular.here())
    output.lines(said or ["Nothing is installed; `engage schedule install` does it."])
    return 0


def _may_write(arguments: Namespace) -> bool:
    """Asked where somebody is there to answer; elsewhere the command itself is the answer."""
    if arguments.yes or not (output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)):
        return True
    return output.ask("Write this? [y/N] ")

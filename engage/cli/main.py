"""The command ``engage``: finds the command asked for, and turns errors into exit statuses."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engage.errors import Ambiguous, EngageError, WrongUsage

if TYPE_CHECKING:
    from pathlib import Path

#: An unexpected error: the program's fault (EX_SOFTWARE of sysexits.h).
UNEXPECTED = 70
INTERRUPTED = 128 + 2

_FULL = (errno.ENOSPC, errno.EDQUOT)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status."""
    words = list(sys.argv[1:] if words is None else words)
    try:
        return _run(words)
    except SystemExit as stop:  # argparse, after printing a command's help
        return int(stop.code or 0)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read us has had enough
        _abandon_output()
        return 0
    except EngageError as error:
        return _refuse(error, words)
    except OSError as error:
        if error.errno not in _FULL:
            return _unexpected(error, words)
        return _refuse(
            EngageError(f"The disk is full ({error.filename or error.strerror})."), words
        )
    except Exception as error:  # noqa: BLE001  the last resort: no traceback reaches a writer
        return _unexpected(error, words)


def _run(words: list[str]) -> int:
    from engage.cli import output

    match words:
        case ["--version"]:
            from engage import __version__

            output.lines([f"engage {__version__}"])
            return 0
        case ["--help" | "-h"]:
            from engage.cli.parser import overview

            output.document(overview())
            return 0
        case []:
            from engage.cli.commands.screen import open_screen

            return open_screen()
    from importlib import import_module

    from engage.cli.parser import find_command, parse

    command = find_command(words[0])
    arguments = parse(command, words[1:])
    module, _, function = command.run.partition(":")
    status = getattr(import_module(f"engage.cli.commands.{module}"), function)(arguments)
    return int(status)


def _refuse(error: EngageError, words: Sequence[str]) -> int:
    from engage.cli import output

    _abandon_unless_usable()
    candidates = error.candidates if isinstance(error, Ambiguous) else ()
    output.say_refused(str(error), candidates)
    if isinstance(error, WrongUsage):
        output.say(f"See `{_called(words)} --help`.")
    return error.status


def _unexpected(error: Exception, words: Sequence[str]) -> int:
    from engage.cli import output
    from engage.clock import SystemClock, clock_from
    from engage.log import log_error
    from engage.paths import find_paths

    sentence = "Something went wrong that engage did not expect"
    try:
        path: Path = find_paths(os.environ).log_file
        try:
            moment = clock_from(os.environ).now()
        except WrongUsage:
            moment = SystemClock().now()
        logged = log_error(path, moment, _called(words), error)
        sentence += f"; what it was is in {path}." if logged else f", and {path} is not writable."
    except RuntimeError:  # there is no home folder to find the log's place by
        sentence += "."
    output.say(sentence)
    return UNEXPECTED


def _called(words: Sequence[str]) -> str:
    """The command as it was called, without what it was given: that may be private."""
    from engage.cli.table import COMMANDS

    return f"engage {words[0]}" if words and words[0] in COMMANDS else "engage"


def _abandon_unless_usable() -> None:
    """After an error of stdout itself what is buffered for it would fail again at exit."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        _abandon_output()


def _abandon_output() -> None:
    from engage.cli import output

    output.abandon()

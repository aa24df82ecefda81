"""People and feeds in from other systems, and out again."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engage.cli import output
from engage.cli.session import at_desk, say_refusals
from engage.cli.values import quoted
from engage.errors import EngageError
from engage.services.outcomes import Refusal

if TYPE_CHECKING:
    from engage.services.outcomes import ImportPlan


def bring_in(arguments: Namespace) -> int:
    """``engage import``: says first what it would do, and does it once it may."""
    from engage.services import transfer

    contents, unread = _read(arguments.files)
    with at_desk() as desk:

        def run(*, write: bool) -> ImportPlan:
            return transfer.import_files(desk, contents, format=arguments.format, write=write)

        plan = run(write=arguments.yes and bool(contents))
        if not arguments.json:
            _print(plan)
        if plan.new and not (plan.written or arguments.dry_run):
            if not arguments.json and _may_write():
                plan = run(write=True)
            else:
                output.say("Nothing is written yet; --yes does it.")
        if plan.written and not arguments.json:
            output.say("Written; `engage undo` takes it all back.")
        refused = (*unread, *plan.refused)
        if arguments.json:
            from engage.cli.json_forms import import_form

            output.json_form(import_form(plan, refused))
        return say_refusals(refused)


def export(arguments: Namespace) -> int:
    from engage.services import transfer

    with at_desk() as desk:
        text = transfer.export(desk, arguments.format)
        if arguments.out is None:
            output.document(text, utf8=True)
            return 0
        out: Path = arguments.out
        path = out / f"engage.{arguments.format}" if out.is_dir() else out
        _write(path, text.encode())
        output.lines([str(path)])
    return 0


def _print(plan: ImportPlan) -> None:
    output.lines(f"new      {line}" for line in plan.new)
    output.lines(f"known    {line}" for line in plan.known)
    output.lines(f"unclear  {line}" for line in plan.unclear)


def _may_write() -> bool:
    if not (output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)):
        return False
    return output.ask("Bring these in? [y/N] ")


def _read(given: Sequence[str]) -> tuple[list[tuple[str, bytes]], list[Refusal]]:
    """The files named, also those in a folder, and what could not be read."""
    contents: list[tuple[str, bytes]] = []
    refused: list[Refusal] = []
    for name in dict.fromkeys(given):
        try:
            if name == "-":
                if sys.stdin is None:
                    refused.append(Refusal(name, "There is no standard input to read '-' from."))
                else:
                    contents.append(("stdin", sys.stdin.buffer.read()))
                continue
            path = Path(name).expanduser()
            files = sorted(each for each in path.rglob("*") if each.is_file())
            found = files if path.is_dir() else [path]
            if not found:
                refused.append(Refusal(name, f"{quoted(name)} holds no files."))
            contents += [(str(each), each.read_bytes()) for each in found]
        except (OSError, ValueError) as cause:
            reason = cause.strerror if isinstance(cause, OSError) else "that is no file name"
            refused.append(Refusal(name, f"{quoted(name)} cannot be read: {reason}."))
    return contents, refused


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        try:
            fresh.write_bytes(data)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as cause:
        raise EngageError(f"{path} could not be written: {cause.strerror}.") from cause

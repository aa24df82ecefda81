"""People and feeds in from other systems, and out again."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engage.cli import output
from engage.cli.session import at_desk, say_refusals
from engage.cli.values import quoted
from engage.domain.wording import counted
from engage.errors import WrongUsage
from engage.services.outcomes import Refusal

if TYPE_CHECKING:
    from engage.services.outcomes import Doubt, ImportPlan


def bring_in(arguments: Namespace) -> int:
    """``engage import``: says first what it would do, and does it once it may."""
    from engage.services import transfer

    given, unread = _given(arguments.files, transfer.STDIN_LIMIT)
    with at_desk() as desk:

        def run(*, write: bool, answers: Mapping[str, str] | None = None) -> ImportPlan:
            return transfer.import_files(
                desk, given, format=arguments.format, write=write, answers=answers
            )

        plan = run(write=arguments.yes and bool(given))
        if not arguments.json:
            _print(plan)
        if (plan.records or plan.doubts) and not (plan.written or arguments.dry_run):
            answers = {} if arguments.json else _decide(plan.doubts)
            if answers:
                plan = run(write=False, answers=answers)
            if not arguments.json and _may_write(plan):
                plan = run(write=True, answers=answers)
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
    """``engage export``: to stdout, or into a file or folder."""
    from engage.services import exporting

    if arguments.out is None and arguments.format == "all":
        raise WrongUsage("all is several files; say where with --out DIR.")
    with at_desk() as desk:
        if arguments.out is None:
            output.document(exporting.export(desk, arguments.format), utf8=True)
            return 0
        done = exporting.write_export(desk, arguments.format, Path(arguments.out))
        output.lines(str(path) for path in done.paths)
        for note in done.notes:
            output.say(note)
    return 0


def _print(plan: ImportPlan) -> None:
    for what in ("new", "known", "changed", "unclear", "gone"):
        output.lines(f"{what:<8} {line}" for line in getattr(plan, what))
    for sentence in plan.skipped:
        output.say(sentence)


def _decide(doubts: Sequence[Doubt]) -> dict[str, str]:
    """Ask for each doubt what the writer says; without a terminal nothing."""
    if not (doubts and _somebody_listens()):
        return {}
    output.say(
        f"{counted(len(doubts), 'row')} to decide. Enter takes the first, q leaves the rest."
    )
    answers: dict[str, str] = {}
    for doubt in doubts:
        output.say(f"\n{doubt.sentence}")
        for choice in doubt.choices:
            output.say(f"  {choice.key}  {choice.words}")
        keys = [(choice.key, choice.answer) for choice in doubt.choices]
        answer = output.ask_one_of("? ", [*keys, ("q", ""), ("", doubt.choices[0].answer)])
        if not answer:
            break
        answers[doubt.key] = answer
    return answers


def _may_write(plan: ImportPlan) -> bool:
    counts = ((what, len(getattr(plan, what))) for what in ("new", "changed", "known"))
    said = ", ".join(f"{count:,} {what}" for what, count in counts if count)
    return _somebody_listens() and output.ask(f"{said}. Bring these in? [y/N] ".lstrip(". "))


def _somebody_listens() -> bool:
    return output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)


def _given(files: Sequence[str], most: int) -> tuple[list[Path | tuple[str, bytes]], list[Refusal]]:
    """What was named, standard input read (no more than ``most`` bytes); and what cannot be."""
    given: list[Path | tuple[str, bytes]] = []
    refused: list[Refusal] = []
    for name in dict.fromkeys(files):
        if name != "-":
            try:
                path = Path(name).expanduser()
                path.stat()
                given.append(path)
            except (OSError, ValueError, RuntimeError) as cause:
                reason = cause.strerror if isinstance(cause, OSError) else "that is no file name"
                refused.append(Refusal(name, f"{quoted(name)} cannot be read: {reason}."))
        elif sys.stdin is None:
            refused.append(Refusal(name, "There is no standard input to read '-' from."))
        else:
            given.append(("stdin", sys.stdin.buffer.read(most + 1)))
    return given, refused

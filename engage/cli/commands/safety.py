"""Safe copies, and a check of everything."""

from __future__ import annotations

from argparse import Namespace

from engage.cli import output
from engage.cli.session import at_desk


def backup(arguments: Namespace) -> int:
    from engage.services import safety

    with at_desk() as desk:
        path = arguments.path.expanduser() if arguments.path else None
        output.lines([str(safety.backup(desk, path))])
    return 0


def restore(arguments: Namespace) -> int:
    from engage.services import safety

    with at_desk(safety.unopened_desk, united=False) as desk:
        done = safety.restore(desk, arguments.path.expanduser())
    before = ", ".join(map(str, done.kept))
    sentence = {
        "changed": f"Restored {done.backup}; `engage undo` takes it back, and what there was is "
        f"also in {before}.",
        "replaced": f"Restored {done.backup}.",
        "same": f"The ledger holds the same as {done.backup} already.",
    }[done.how]
    if done.how == "replaced" and before:
        sentence += f" What could not be read lies at {before}."
    output.say(sentence)
    return 0


def merge(arguments: Namespace) -> int:
    """``engage merge``: unites with another machine's data."""
    from engage.services import uniting

    with at_desk() as desk:
        done = uniting.merge(desk, arguments.path.expanduser())
        output.lines(done.sentences)
        if done.changed:
            output.say("`engage undo` takes it back.")
    return 0


def doctor(_: Namespace) -> int:
    from engage.services import safety

    with at_desk(safety.unopened_desk, united=False) as desk:
        findings = safety.doctor(desk)
        output.lines(
            f"{'well' if each.ok else 'look'}  {each.sentence} {each.remedy}".rstrip()
            for each in findings
        )
    return 0 if all(each.ok for each in findings) else 1

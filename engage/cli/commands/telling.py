"""What the writer says: of people, of what happened elsewhere, of days."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from engage.cli import output
from engage.cli.session import at_desk
from engage.errors import Ambiguous, EngageError

if TYPE_CHECKING:
    from engage.domain.changes import Change
    from engage.services.desk import Desk


def log(arguments: Namespace) -> int:
    from engage.services import remember

    with at_desk() as desk:
        try:
            logged = remember.log(
                desk,
                arguments.name,
                arguments.kind,
                direction="in" if arguments.incoming else "out",
                url=arguments.url,
                note=arguments.note,
                at=arguments.at,
            )
        except EngageError as error:
            if arguments.json:
                from engage.cli.json_forms import log_form
                from engage.services.outcomes import Refusal

                candidates = error.candidates if isinstance(error, Ambiguous) else ()
                output.json_form(log_form(None, [Refusal(arguments.name, str(error), candidates)]))
            raise
        if arguments.json:
            from engage.cli.json_forms import log_form

            output.json_form(log_form(logged))
        else:
            new = f" ({logged.person.name} is new)" if logged.made else ""
            output.lines([f"{logged.change.label}{new}"])
    return 0


def wrote(arguments: Namespace) -> int:
    from engage.services import remember

    note = " ".join(arguments.note)
    return _change(
        lambda desk: remember.wrote(desk, note, day=arguments.at), "That day is marked already."
    )


def circle(arguments: Namespace) -> int:
    from engage.services import edit_person

    return _change(lambda desk: edit_person.set_circle(desk, arguments.name, arguments.circle))


def cadence(arguments: Namespace) -> int:
    from engage.services import edit_person

    return _change(lambda desk: edit_person.set_cadence(desk, arguments.name, arguments.days))


def friend(arguments: Namespace) -> int:
    from engage.services import edit_person

    is_friend = not arguments.no_longer
    return _change(lambda desk: edit_person.set_friend(desk, arguments.name, is_friend))


def leave(arguments: Namespace) -> int:
    from engage.services import edit_person

    in_peace, until = not arguments.no_longer, arguments.until
    return _change(
        lambda desk: edit_person.leave(desk, arguments.name, until=until, leave=in_peace)
    )


def next_time(arguments: Namespace) -> int:
    from engage.services import edit_person

    text = " ".join(arguments.text)
    return _change(lambda desk: edit_person.set_next(desk, arguments.name, arguments.due, text))


def note(arguments: Namespace) -> int:
    from engage.services import edit_person

    text = " ".join(arguments.text)
    return _change(lambda desk: edit_person.add_note(desk, arguments.name, text))


def rename(arguments: Namespace) -> int:
    from engage.services import edit_person

    return _change(lambda desk: edit_person.rename(desk, arguments.name, arguments.new))


def merge_people(arguments: Namespace) -> int:
    from engage.services import merging

    return _change(lambda desk: merging.merge_people(desk, arguments.name, arguments.other))


def forget(arguments: Namespace) -> int:
    from engage.services import edit_person

    return _change(lambda desk: edit_person.forget(desk, arguments.name))


def _change(make: Callable[[Desk], Change | None], unchanged: str = "It is so already.") -> int:
    """Make one change and print its label."""
    with at_desk() as desk:
        change = make(desk)
        if change is not None:
            output.lines([change.label])
        else:
            output.say(unchanged)
    return 0

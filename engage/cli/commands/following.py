"""Feeds: following, refreshing, pausing, moving and removing them."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from engage.cli import output
from engage.cli.session import at_desk, run_async, say_refusals
from engage.errors import WrongUsage

if TYPE_CHECKING:
    from engage.services.desk import Desk
    from engage.services.outcomes import Progress


def add(arguments: Namespace) -> int:
    theirs = not (arguments.own or arguments.responses)
    if arguments.guess and theirs and not arguments.targets and arguments.circle is None:
        return _seek(arguments)
    if not arguments.targets and not arguments.person:
        raise WrongUsage("TARGET is missing; to add somebody without a feed give --person NAME.")
    if arguments.circle is not None and not theirs:
        raise WrongUsage(f"--circle {arguments.circle} is for people, not for feeds of your own.")
    from engage.services import follow

    with at_desk() as desk:
        own = arguments.own
        if theirs and not arguments.person and arguments.circle is None:
            own = _is_yours(desk, arguments.targets[0])
        added = run_async(
            follow.add(
                desk,
                arguments.targets,
                own=own,
                responses=arguments.responses,
                person=arguments.person,
                circle=arguments.circle,
                guess=arguments.guess,
            )
        )
        if arguments.json:
            from engage.cli.json_forms import add_form

            output.json_form(add_form(added))
        else:
            from engage.cli.text_forms import added_line

            output.lines(added_line(item, known=False) for item in added.added)
            output.lines(added_line(item, known=True) for item in added.known)
        return say_refusals(added.refused)


def _seek(arguments: Namespace) -> int:
    """``engage add --guess``: look for the feeds of people who have none, on their sites."""
    from engage.services import seek

    with at_desk() as desk:
        shows = output.is_terminal(sys.stderr)
        names = (arguments.person,) if arguments.person else ()
        try:
            work = seek.seek(desk, names, guess=True, progress=_show if shows else _show_nothing)
            sought = run_async(work)
        except KeyboardInterrupt:
            output.say("Stopped; what was found is kept, and the same again goes on from here.")
            raise
        finally:
            if shows:
                output.progress("")
        if arguments.json:
            from engage.cli.json_forms import add_form
            from engage.services.outcomes import Added

            output.json_form(add_form(Added(sought.added, (), (*sought.refused, *sought.without))))
        else:
            from engage.cli.text_forms import added_line, sought_line

            output.lines(added_line(item, known=False) for item in sought.added)
            if sought.asked or not names:
                output.say(sought_line(sought))
        for refusal in sought.without:
            output.say(refusal.sentence)
        failed = say_refusals(sought.refused)
    return 1 if failed or (names and sought.without) else 0


def refresh(arguments: Namespace) -> int:
    from engage.services import refresh as service

    with at_desk() as desk:
        shows = not arguments.quiet and output.is_terminal(sys.stderr)
        try:
            done = run_async(
                service.refresh(
                    desk,
                    arguments.names,
                    again=arguments.again,
                    progress=_show_asking if shows else _show_nothing,
                )
            )
        except KeyboardInterrupt:
            if shows:
                output.progress("")
            output.say("Stopped; what had arrived is kept.")
            raise
        finally:
            if shows:
                output.progress("")
        if arguments.json:
            from engage.cli.json_forms import refresh_form

            output.json_form(refresh_form(done))
        else:
            from engage.cli.text_forms import refresh_line

            if not done.refused or done.total:
                output.lines([refresh_line(done)])
        for note in done.notes:
            output.say(note)
        for error in done.errors:
            output.say(f"{error.url}: {error.message}")
        say_refusals(done.refused)
    return 1 if done.named_failed else 0


def remove(arguments: Namespace) -> int:
    from engage.services import follow

    with at_desk() as desk:
        change = follow.remove(desk, arguments.feed)
        if change is not None:
            output.lines([change.label])
    return 0


def pause(arguments: Namespace) -> int:
    from engage.services import follow

    with at_desk() as desk:
        change, paused = follow.pause(desk, arguments.feed)
        if change is not None:
            output.lines([change.label])
        output.say("It rests until you say so again." if paused else "It is asked again when due.")
    return 0


def move(arguments: Namespace) -> int:
    from engage.services import move_feed

    with at_desk() as desk:
        feed, change = run_async(
            move_feed.move(desk, arguments.feed, arguments.url, guess=arguments.guess)
        )
        if change is not None:
            output.lines([change.label])
        else:
            output.say(f"{feed.title or feed.url} answers again at the address it has.")
    return 0


def _is_yours(desk: Desk, target: str) -> bool:
    """Ask once, while there is no feed of the writer's own and somebody is there to answer."""
    if any(feed.role == "own" for feed in desk.world().feeds.values()):
        return False
    if not (output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)):
        return False
    return output.ask(f"{target}: Is this yours? [y/N] ")


def _show_asking(progress: Progress) -> None:
    waiting = f", waiting for {progress.title}" if progress.title else ""
    output.progress(f"{progress.done} of {progress.due}{waiting}")


def _show(progress: Progress) -> None:
    output.progress(f"{progress.done} of {progress.due}  {progress.title}")


def _show_nothing(_: Progress) -> None:
    return

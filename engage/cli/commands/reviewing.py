"""The week, and the weekly notes."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from engage.cli import output
from engage.cli.session import at_desk
from engage.errors import WrongUsage


def week(arguments: Namespace) -> int:
    from engage.services import review

    with at_desk() as desk:
        if arguments.say is not None:
            review.say(desk, arguments.week, arguments.say)
        figures, people = review.week(desk, arguments.week), desk.world().people
        weeks = review.weeks(desk, arguments.week)
        if arguments.json:
            from engage.cli.week_forms import week_form

            output.json_form(week_form(figures, weeks, people))
        else:
            from engage.cli.week_text import week_rows, week_title
            from engage.domain.days import local_day

            output.lines([week_title(figures), ""])
            output.table(week_rows(figures, weeks, people, local_day(desk.now())))
    return 0


def notes(arguments: Namespace) -> int:
    from engage.services import notes as service

    if arguments.people and arguments.out is None:
        raise WrongUsage("--people writes files; say where with --out DIR.")
    with at_desk() as desk:
        if arguments.out is None:
            output.document(service.notes(desk, arguments.week, format=arguments.format))
        else:
            path = service.write_notes(
                desk,
                Path(arguments.out),
                arguments.week,
                format=arguments.format,
                folder=arguments.out.endswith(os.sep),
            )
            paths = [path]
            if arguments.people:
                paths += service.write_people(
                    desk, path.parent, arguments.week, format=arguments.format
                )
            output.lines(map(str, paths))
    return 0

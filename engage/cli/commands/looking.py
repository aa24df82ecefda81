"""Listings: inbox, posts, people, person, feeds."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sized
from typing import TYPE_CHECKING

from engage.cli import output, values
from engage.cli.session import at_desk
from engage.cli.values import quoted
from engage.errors import Ambiguous, EngageError

if TYPE_CHECKING:
    from engage.services.desk import Desk


def inbox(arguments: Namespace) -> int:
    query = values.query(arguments.query)
    with at_desk() as desk:
        print_inbox(desk, query, all=arguments.all, json=arguments.json)
    return 0


def print_inbox(desk: Desk, query: str = "", *, all: bool = False, json: bool = False) -> None:
    """Print the inbox, as ``engage`` without a terminal does too."""
    from engage.services import triage

    found = triage.inbox(desk, query, all=all)
    if json:
        from engage.cli.json_forms import inbox_form

        output.json_form(inbox_form(found))
    else:
        from engage.cli.text_forms import inbox_end, inbox_rows

        output.table(inbox_rows(found))
        if query or all:
            _say_if_none(found.tasks, "Nothing waits for you.", query)
        else:
            output.say(inbox_end(found))


def posts(arguments: Namespace) -> int:
    from engage.services import reading

    query = values.query(arguments.query)
    with at_desk() as desk:
        found, snapshot = reading.posts(desk, query)
        if arguments.json:
            from engage.cli.json_forms import posts_form

            output.json_form(posts_form(found, snapshot))
        else:
            from engage.cli.text_forms import post_rows

            output.table(post_rows(found, snapshot.world))
            _say_if_none(found, "No posts; `engage add` follows a feed.", query)
    return 0


def people(arguments: Namespace) -> int:
    from engage.services import people as service

    query = values.query(arguments.query)
    with at_desk() as desk:
        found, snapshot = service.people(desk, query)
        if arguments.json:
            from engage.cli.json_forms import people_form

            output.json_form(people_form(found, snapshot))
        else:
            from engage.cli.text_forms import people_rows

            output.table(people_rows(found, snapshot, desk.now()))
            _say_if_none(found, "Nobody yet; `engage add` brings them in.", query)
    return 0


def person(arguments: Namespace) -> int:
    from engage.services import people as service
    from engage.services.conversations import conversations

    with at_desk() as desk:
        try:
            page = service.person_page(desk, arguments.name)
        except EngageError as error:
            if arguments.json:
                from engage.cli.json_forms import no_person_form
                from engage.services.outcomes import Refusal

                candidates = error.candidates if isinstance(error, Ambiguous) else ()
                output.json_form(no_person_form(Refusal(arguments.name, str(error), candidates)))
            raise
        if arguments.json:
            from engage.cli.json_forms import person_form
            from engage.cli.reply_forms import conversations_form

            talks = conversations_form(conversations(desk, page.person.id))
            output.json_form({**person_form(page, desk.world()), "conversations": talks})
            return 0
        from engage.cli.text_forms import person_lines, talk_heading, talk_rows, timeline_rows
        from engage.services.merging import likely_for

        output.lines(person_lines(page, desk.now(), likely_for(desk, page.person.id)))
        if arguments.conversations:
            said = conversations(desk, page.person.id)
            for at, talk in enumerate(said.talks):
                output.lines(["", talk_heading(talk)] if at else [talk_heading(talk)])
                output.table(talk_rows(talk, said.drafts.get(at, ())))
        else:
            output.table(timeline_rows(page.timeline))
    return 0


def feeds(arguments: Namespace) -> int:
    from engage.services import follow

    with at_desk() as desk:
        found = follow.feeds(desk)
        if arguments.json:
            from engage.cli.json_forms import feeds_form

            output.json_form(feeds_form(found))
        else:
            from engage.cli.text_forms import feed_rows

            output.table(feed_rows(found))
            _say_if_none(found, "No feeds yet; `engage add` follows one.")
    return 0


def _say_if_none(found: Sized, sentence: str, query: str = "") -> None:
    if not found:
        output.say(f"Nothing matches {quoted(query)}." if query else sentence)

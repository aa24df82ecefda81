"""Replies: writing them, the drafts, what only the writer can tell, and webmentions."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engage.cli import output
from engage.cli.session import at_desk, run_async
from engage.errors import Ambiguous, EngageError

if TYPE_CHECKING:
    from engage.services.desk import Desk
    from engage.services.drafting import Answering


def reply(arguments: Namespace) -> int:
    from engage.services import drafting

    with at_desk() as desk:
        answered = drafting.answering(desk, arguments.given)
        if not arguments.posted:
            if drafting.has_editor():
                written = drafting.write(desk, answered)
            else:
                written = drafting.keep(desk, answered, _from_stdin())
            for note in written.notes:
                output.say(note)
            if written.draft is None:
                return 1
            name = desk.world().people[answered.about.person].name
            title = f", {answered.about.title}" if answered.about.title else ""
            words = written.draft.words
            output.lines([f"draft: {name}{title} ({words} word{'s' if words != 1 else ''})"])
            if answered.place is not None:
                output.say(f"The place to answer: {answered.place.url} ({answered.place.rule})")
            if not _terminal():
                output.say(f"Once it is posted: `engage reply {answered.about.key} --posted`.")
                return 0
        return _posted(desk, answered, arguments)


def drafts(arguments: Namespace) -> int:
    from engage.services import drafts as service

    with at_desk() as desk:
        found, people = service.open_drafts(desk), desk.world().people
        if arguments.json:
            from engage.cli.reply_forms import drafts_form

            output.json_form(drafts_form(found, people))
            return 0
        output.table(
            (
                draft.about.key,
                f"{draft.changed.astimezone():%Y-%m-%d %H:%M}",
                people[draft.about.person].name,
                draft.about.title,
                f"{draft.words} words",
                draft.text,
            )
            for draft in found
        )
        if not found:
            output.say("No drafts; `engage reply` begins one.")
    return 0


def questions(arguments: Namespace) -> int:
    from engage.services import questions as service

    with at_desk() as desk:
        if arguments.question and arguments.answer:
            change = service.answer(desk, arguments.question, arguments.answer)
            if change is not None:
                output.lines([change.label])
            return 0
        asked = [
            each for each in service.questions(desk) if each.id.startswith(arguments.question or "")
        ]
        if arguments.question and not asked:
            raise EngageError(f"No question is called {arguments.question!r}.")
        if arguments.json:
            from engage.cli.reply_forms import questions_form

            output.json_form(questions_form(asked))
            return 0
        for question in asked:
            touch = question.touch
            about = f"*{touch.about}*" if touch.about else ""
            output.table([(question.id, question.sentence, about, touch.text)])
            if arguments.question:
                output.lines(f"  {choice}" for choice in service.choices(desk, question))
        if not asked:
            output.say("Nothing is asked.")
        elif not arguments.question:
            output.say(
                "`engage questions ID` lists the answers, `engage questions ID ANSWER` gives one."
            )
    return 0


def webmention(arguments: Namespace) -> int:
    from engage.cli.reply_forms import no_webmention_form, webmention_form
    from engage.services import webmentions as service

    source, target = arguments.source, arguments.target
    with at_desk() as desk:
        try:
            done = run_async(
                service.webmention(desk, source, target, send=arguments.send, again=arguments.again)
            )
        except EngageError as error:
            if arguments.json:
                candidates = error.candidates if isinstance(error, Ambiguous) else ()
                output.json_form(no_webmention_form(source, target, str(error), candidates))
            raise
        if arguments.json:
            output.json_form(webmention_form(done))
        else:
            output.lines(
                [
                    f"POST {done.sending.endpoint}",
                    f"source={done.sending.source}",
                    f"target={done.sending.target}",
                ]
            )
            output.say(done.message)
    return 0


def _posted(desk: Desk, answered: Answering, arguments: Namespace) -> int:
    """Ask whether it is posted, unless that was said; only yes logs an exchange."""
    from engage.services import replying

    answer = (
        "yes"
        if arguments.posted
        else output.ask_one_of("Did you post it? [yes / not yet / No] ", _ANSWERS)
    )
    if answer == "yes":
        change = replying.posted(desk, answered, arguments.url)
        output.lines([change.label] if change else ["It was seen already; nothing more to log."])
    elif answer == "not yet":
        change = replying.not_yet(desk, answered)
        output.say("The draft is kept" + (", and waits under Reply later." if change else "."))
    else:
        output.say("The draft is kept.")
    return 0


#: What may be answered, by how it begins.
_ANSWERS: Sequence[tuple[str, str]] = (("y", "yes"), ("not", "not yet"), ("n", "no"), ("", "no"))


def _terminal() -> bool:
    return output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)


def _from_stdin() -> str:
    if sys.stdin is None or sys.stdin.closed:
        return ""
    if _terminal():
        output.say("Write your reply; Ctrl+D on a line of its own ends it.")
    return sys.stdin.buffer.read().decode("utf-8", "replace")

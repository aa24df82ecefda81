"""Replies: writing them, the drafts, what only the writer can tell, and webmentions."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engage.cli import output
from engage.cli.session import at_desk, run_async
from engage.errors import Ambiguous, EngageError, WrongUsage

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
            if not _terminal():
                if answered.place is not None:
                    output.say(f"The place to answer: {answered.place.url} ({answered.place.rule})")
                output.say(f"Once it is posted: `engage reply {answered.about.key} --posted`.")
                return 0
            run_async(_hand_over(written.draft.text, answered))
        return _posted(desk, answered, arguments)


async def _hand_over(text: str, answered: Answering) -> None:
    """Copy the draft, and open the place to answer or say where it is."""
    from engage.services.outside import by_program, by_terminal, opened, too_long

    sequences = by_terminal(text)
    output.to_terminal(sequences)
    copied = await by_program(text) or bool(sequences)
    output.say("Your reply is copied." if copied else too_long(text))
    if answered.place is not None:
        output.say(await opened(answered.place.url, answered.place.rule))


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
        everything = service.asked(desk)
        named = arguments.question or ""
        wanted = bool(named) or arguments.by_name
        listed = [each for each in everything if wanted or not each.by_name]
        found = [each for each in listed if each.id.startswith(named)]
        if named and not found:
            raise EngageError(f"No question is called {named!r}.")
        if arguments.json:
            from engage.cli.reply_forms import questions_form

            asked = {each.id for each in found}
            output.json_form(
                questions_form(
                    [each for each in service.questions(desk) if each.id in asked],
                    [each for each in everything if each.by_name and each.id.startswith(named)],
                )
            )
            return 0
        for each in found:
            touch = each.touch
            about = f"*{touch.about}*" if touch.about else ""
            output.table([(each.id, each.sentence, about, touch.text)])
            if named:
                output.table((f"  {choice.answer}", choice.words) for choice in each.choices)
        _say_of_questions(found, len(everything) - len(listed), named)
    return 0


def _say_of_questions(found: Sequence[object], by_name: int, named: str) -> None:
    if not found:
        output.say("Nothing is asked.")
    elif not named:
        output.say(
            "`engage questions ID` lists the answers, `engage questions ID ANSWER` gives one."
        )
    if by_name:
        were = "was" if by_name == 1 else "were"
        output.say(
            f"{by_name:,} {were} matched by name alone; `engage questions --by-name` lists them."
        )


def webmention(arguments: Namespace) -> int:
    from engage.cli.reply_forms import no_webmention_form, webmention_form
    from engage.services import webmentions as service

    source, target = arguments.source, arguments.target
    if arguments.list:
        return _list_webmentions(json=arguments.json)
    if source is None:
        raise WrongUsage("Give the page of yours that answers, or --list.")
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
                    f"POST {done.endpoint}",
                    f"source={done.source}",
                    f"target={done.target}",
                ]
            )
            output.say(done.message)
    return 0


def _list_webmentions(*, json: bool) -> int:
    """What may be sent, and what was, with the servers' answers."""
    from engage.cli.reply_forms import mentions_form
    from engage.services import webmentions as service

    with at_desk() as desk:
        found = service.mentions(desk)
        if json:
            output.json_form(mentions_form(found))
            return 0
        output.table(
            (
                f"{each.sent.at.astimezone():%Y-%m-%d}" if each.sent else "not sent",
                each.source,
                each.target,
                each.sent.message if each.sent else "",
            )
            for each in found
        )
        if not found:
            output.say("No page of yours is known to answer a post.")
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

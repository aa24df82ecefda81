"""The commands for replies."""

from __future__ import annotations

from engage.cli import values
from engage.cli.command import JSON, Command, switch, takes

REPLYING: tuple[Command, ...] = (
    Command(
        "reply",
        "write a reply, and say whether it is posted",
        "replying:reply",
        (
            takes(
                "given",
                metavar="TASK|POST",
                type=values.name,
                help="id of a task, post or draft, or the name of a person with one open task",
            ),
            switch("--posted", "it is posted: log it, without writing"),
            takes("--url", metavar="URL", type=values.text, help="where the reply can be read"),
        ),
    ),
    Command("drafts", "the replies that are not out yet", "replying:drafts", (JSON,)),
    Command(
        "questions",
        "what only you can tell: whose words, or whether they are yours",
        "replying:questions",
        (
            takes("question", metavar="ID", nargs="?", type=values.name, help="one question"),
            takes(
                "answer",
                metavar="ANSWER",
                nargs="?",
                type=values.name,
                help="a person, new, yes or no",
            ),
            switch("--by-name", "also what was matched by a name alone, to be taken apart"),
            JSON,
        ),
    ),
    Command(
        "webmention",
        "tell a site that a page of yours answers one of its own",
        "replying:webmention",
        (
            takes(
                "source", metavar="SOURCE", nargs="?", type=values.name, help="the page of yours"
            ),
            takes(
                "target",
                metavar="TARGET",
                nargs="?",
                type=values.name,
                help="the page it answers; default: what SOURCE says",
            ),
            switch("--send", "send it, once for each pair"),
            switch("--again", "with --send: send an update"),
            switch("--list", "what may be sent, and what was, with the answers"),
            JSON,
        ),
    ),
)

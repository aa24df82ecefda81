"""The commands: what each is called, does, takes, and where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engage.cli import values
from engage.cli.command import JSON as _JSON
from engage.cli.command import QUERY as _QUERY
from engage.cli.command import Argument, Command
from engage.cli.command import switch as _switch
from engage.cli.command import takes as _takes
from engage.cli.feeds_table import FEEDS, FOLLOWING
from engage.cli.reply_table import REPLYING
from engage.cli.values import Choice

KINDS = Choice("kind", ("reply", "comment", "letter", "mention", "talk", "look", "read", "like"))
SHELLS = Choice("shell", ("bash", "zsh", "fish"))
NOTES_FORMATS = Choice("format", ("markdown", "html", "json", "org", "logseq", "text"))
#: As `exchange.formats` has them; a test holds the two together.
_SOURCES = (
    "medium linkedin instagram facebook substack ghost beehiiv buttondown mastodon takahe bluesky "
    "opml vcard newsboat csv list json"
)
IMPORT_FORMATS = Choice("format", tuple(_SOURCES.split()))
EXPORT_FORMATS = Choice("format", ("opml", "csv", "json", "ics", "all"))
CONFIG_ACTIONS = Choice("word for config", ("show", "validate", "path"))


_NAME = _takes("name", metavar="NAME", type=values.name, help="id, or part of a name or address")
_IDS = _takes(
    "ids",
    metavar="ID",
    nargs="+",
    type=values.name,
    help="a task's id or its beginning, a post's id, or the name of a person with one open task",
)
_WEEK = _takes(
    "week", metavar="WEEK", nargs="?", type=values.week, help="2026-W47; default: the current one"
)
_WORDS: Mapping[str, Any] = {"nargs": "*", "type": values.text, "default": ()}
_WHEN = "a date, an ISO time, 3d, 2w, tomorrow or a weekday"


def _out(sentence: str) -> Argument:
    return _takes("--out", metavar="PATH", help=sentence)


_LISTED = (
    Command(
        "demo",
        "the same on a made-up writer's world, offline",
        "screen:demo",
        (_takes("--home", metavar="DIR", type=Path, help="keep the world in this folder"),),
    ),
    *FOLLOWING,
    Command(
        "inbox",
        "the open tasks, in the inbox's order",
        "looking:inbox",
        (_QUERY, _switch("--all", "also later, snoozed, waiting and closed ones"), _JSON),
    ),
    Command("posts", "posts known, newest first", "looking:posts", (_QUERY, _JSON)),
    Command("people", "the people you know", "looking:people", (_QUERY, _JSON)),
    Command(
        "person",
        "one person, with what happened",
        "looking:person",
        (_NAME, _switch("--conversations", "what was said post by post, and what is owed"), _JSON),
    ),
    Command("done", "I did this", "deciding:done", (_IDS,)),
    Command("drop", "not this one", "deciding:drop", (_IDS,)),
    Command("later", "into the pile Reply later", "deciding:later", (_IDS,)),
    Command(
        "snooze",
        "not before a day",
        "deciding:snooze",
        (
            _IDS,
            _takes("--until", metavar="WHEN", required=True, type=values.coming_day, help=_WHEN),
        ),
    ),
    Command(
        "log",
        "record what happened elsewhere",
        "telling:log",
        (
            _takes("name", metavar="NAME", type=values.name, help="a name or an address"),
            _takes(
                "kind",
                metavar="KIND",
                nargs="?",
                type=KINDS,
                default="reply",
                help=f"{', '.join(KINDS.words)}; default: reply",
            ),
            _switch("--in", "they wrote to you", dest="incoming"),
            _takes("--url", metavar="URL", type=values.text, help="where it can be read"),
            _takes("--note", metavar="TEXT", type=values.text, default="", help="a note on it"),
            _takes("--at", metavar="WHEN", type=values.past_moment, help=_WHEN),
            _JSON,
        ),
    ),
    Command(
        "wrote",
        "mark a day as written",
        "telling:wrote",
        (
            _takes("note", metavar="NOTE", help="what you wrote", **_WORDS),
            _takes("--at", metavar="WHEN", type=values.past_day, help=_WHEN),
        ),
    ),
    Command(
        "circle",
        "put somebody in a circle",
        "telling:circle",
        (
            _NAME,
            _takes(
                "circle", metavar="N", type=values.circle, help="1 (closest) to 5 (widest), or none"
            ),
        ),
    ),
    Command(
        "cadence",
        "how often you mean to write with somebody",
        "telling:cadence",
        (
            _NAME,
            _takes(
                "days", metavar="DAYS", type=values.cadence, help="a number, or none: the circle's"
            ),
        ),
    ),
    Command(
        "friend",
        "somebody is a Friend",
        "telling:friend",
        (_NAME, _switch("--not", "no longer", dest="no_longer")),
    ),
    Command(
        "leave",
        "leave somebody in peace",
        "telling:leave",
        (
            _NAME,
            _takes("--until", metavar="WHEN", type=values.coming_day, exclusive=True, help=_WHEN),
            _switch("--not", "no longer", exclusive=True, dest="no_longer"),
        ),
    ),
    Command(
        "next",
        "set somebody's next due date once",
        "telling:next_time",
        (
            _NAME,
            _takes("due", metavar="WHEN", type=values.day, help=_WHEN),
            _takes("text", metavar="TEXT", help="what to write about", **_WORDS),
        ),
    ),
    Command(
        "note",
        "add a note about somebody",
        "telling:note",
        (_NAME, _takes("text", metavar="TEXT", nargs="+", type=values.text, help="the note")),
    ),
    Command(
        "rename",
        "call somebody otherwise",
        "telling:rename",
        (_NAME, _takes("new", metavar="NEW", type=values.name, help="the new name")),
    ),
    Command(
        "merge-people",
        "make two records of one person one",
        "telling:merge_people",
        (
            _takes("name", metavar="A", type=values.name, help="who stays"),
            _takes("other", metavar="B", type=values.name, help="who becomes a part of A"),
        ),
    ),
    Command("forget", "delete somebody and all about them", "telling:forget", (_NAME,)),
    Command(
        "undo",
        "take the last change back",
        "deciding:undo",
        (_switch("--list", "only list what can be taken back"),),
    ),
    Command(
        "week",
        "your own numbers for a week",
        "reviewing:week",
        (
            _WEEK,
            _takes("--say", metavar="TEXT", type=values.text, help="keep a line in your own words"),
            _JSON,
        ),
    ),
    Command(
        "notes",
        "the weekly engagement notes",
        "reviewing:notes",
        (
            _WEEK,
            _takes(
                "--format",
                metavar="FORMAT",
                type=NOTES_FORMATS,
                default="markdown",
                help=", ".join(NOTES_FORMATS.words),
            ),
            _out("write them into this file or folder"),
            _switch("--people", "into a folder: also a page for each person of the week"),
        ),
    ),
    Command(
        "import",
        "people and feeds from other systems",
        "moving:bring_in",
        (
            _takes(
                "files", metavar="FILE", nargs="+", help="a file, a folder, a ZIP, or - for stdin"
            ),
            _takes(
                "--from",
                metavar="FORMAT",
                type=IMPORT_FORMATS,
                dest="format",
                help=", ".join(IMPORT_FORMATS.words),
            ),
            _switch("--dry-run", "only say what it would do", exclusive=True),
            _switch("--yes", "do it without asking", exclusive=True),
            _JSON,
        ),
    ),
    Command(
        "export",
        "what you have, in forms others read",
        "moving:export",
        (
            _takes(
                "format",
                metavar="FORMAT",
                type=EXPORT_FORMATS,
                help=", ".join(EXPORT_FORMATS.words),
            ),
            _out("write it into this file or folder"),
        ),
    ),
    *REPLYING,
    *FEEDS,
    Command(
        "backup",
        "keep a safe copy",
        "safety:backup",
        (
            _takes(
                "path",
                metavar="PATH",
                nargs="?",
                type=Path,
                help="a file or folder; default: beside the daily ones",
            ),
        ),
    ),
    Command(
        "restore",
        "bring a safe copy back",
        "safety:restore",
        (_takes("path", metavar="PATH", type=Path, help="a backup, a ledger, or a home"),),
    ),
    Command(
        "merge",
        "unite with the data of another machine, a backup, or an export",
        "safety:merge",
        (
            _takes(
                "path",
                metavar="PATH",
                type=Path,
                help="another machine's home, its data, a ledger, a backup, a synchroniser's "
                "conflict copy, or what export json wrote",
            ),
        ),
    ),
    Command("doctor", "check the installation, the data and the feeds", "safety:doctor"),
    Command(
        "config",
        "the settings and where they come from",
        "setup:config",
        (
            _takes(
                "action",
                metavar="show|validate|path",
                nargs="?",
                type=CONFIG_ACTIONS,
                default="show",
                help="default: show",
            ),
        ),
    ),
    Command("keys", "the keys of the screen", "setup:keys"),
    Command("themes", "the themes of the screen", "setup:themes"),
    Command(
        "completion",
        "a completion script for your shell",
        "setup:completion",
        (_takes("shell", metavar="SHELL", type=SHELLS, help=", ".join(SHELLS.words)),),
    ),
)

#: The commands by name, in the order in which `engage --help` lists them.
COMMANDS: Mapping[str, Command] = {command.name: command for command in _LISTED}

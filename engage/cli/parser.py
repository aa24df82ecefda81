"""From words on a command line to a command and its arguments; what means nothing is refused.

Only the parser of the command that is asked for is built. The sentences are ours, argparse does
the work.
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from engage.cli import output
from engage.cli.command import Command
from engage.cli.table import COMMANDS
from engage.cli.values import quoted
from engage.errors import WrongUsage

#: What argparse says, and how we say it. ``{given}`` is the word that stood in the value's place.
_IN_OUR_WORDS = (
    (r"unrecognized arguments: (?P<what>.*)", "'{what}' is more than `engage {command}` takes."),
    (r"the following arguments are required: (?P<what>.*)", "{what} is missing."),
    (r"argument (?P<what>.*?): expected .*", "{what} needs a value{given}."),
    (
        r"argument (?P<what>.*?): ignored explicit argument (?P<value>.*)",
        "{what} takes no value, but was given {value}.",
    ),
    (
        r"argument (?P<what>.*?): not allowed with argument (?P<value>.*)",
        "{what} and {value} exclude each other.",
    ),
)


class _Parser(argparse.ArgumentParser):
    """An argparse parser that raises instead of printing usage, and prints help our way."""

    def __init__(self, command: Command) -> None:
        super().__init__(
            prog=f"engage {command.name}",
            description=f"{command.sentence[:1].upper()}{command.sentence[1:]}.",
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self.color = False  # since Python 3.14 help is coloured, also into a pipe's escapes
        self.command = command
        self.words: Sequence[str] = ()
        only_one = [argument for argument in command.arguments if argument.exclusive]
        exclusive = self.add_mutually_exclusive_group() if only_one else self
        for argument in command.arguments:
            place = exclusive if argument.exclusive else self
            place.add_argument(*argument.flags, **argument.options)

    def error(self, message: str) -> NoReturn:
        for pattern, sentence in _IN_OUR_WORDS:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                parts = found.groupdict()
                given = self._after(parts["what"])
                raise WrongUsage(
                    sentence.format(**parts, command=self.command.name, given=given)
                ) from None
        raise WrongUsage(f"{message[:1].upper()}{message[1:]}.") from None

    def print_help(self, file: Any = None) -> None:  # noqa: ARG002  argparse's signature
        output.document(self.format_help())

    def _after(self, flag: str) -> str:
        """What was given as an option's value, if it looks like an option itself."""
        for word, following in zip(self.words, self.words[1:], strict=False):
            if word in flag.split("/"):
                return f"; {quoted(following)} is none, unless written {word}={following}"
        return ""


def find_command(name: str) -> Command:
    """The command of that name, or wrong usage that names the nearest."""
    if name in COMMANDS:
        return COMMANDS[name]
    if name.startswith("-"):
        raise WrongUsage(f"{quoted(name)} means nothing before a command.")
    nearest = difflib.get_close_matches(name, COMMANDS, n=1)
    meant = f"; did you mean `engage {nearest[0]}`?" if nearest else "."
    raise WrongUsage(f"There is no command {quoted(name)}{meant}")


def parse(command: Command, words: Sequence[str]) -> argparse.Namespace:
    """The arguments of a command. Raises WrongUsage; SystemExit after printing its help."""
    parser = _Parser(command)
    if command.takes_query:
        words = [_query_word(word) for word in words]
    parser.words = words
    return parser.parse_intermixed_args(words)


def overview() -> str:
    """What `engage --help` prints."""
    width = max(map(len, COMMANDS))
    text = ["engage: a desk for people who write online.", "", "usage: engage [COMMAND] [...]", ""]
    text += ["Without a command it opens the inbox.", ""]
    text += [f"  {name:<{width}}  {command.sentence}" for name, command in COMMANDS.items()]
    text += ["", "`engage COMMAND --help` says more; `engage --version` says which one this is."]
    return "\n".join(text)


def _query_word(word: str) -> str:
    """A word of a query such as ``-kind:reconnect``, kept from being taken for options.

    To argparse a word that begins with a space is no option.
    """
    return f" {word}" if re.match(r"-(?!-)(?!h$).", word) else word

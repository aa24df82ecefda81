"""What a command is, and what the commands' arguments have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engage.cli import values
from engage.cli.values import Choice


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument, as argparse takes it; of the ``exclusive`` ones only one may be given."""

    flags: tuple[str, ...]
    options: Mapping[str, Any]
    exclusive: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The words that may be given, where there are only a few."""
        kind = self.options.get("type")
        return kind.words if isinstance(kind, Choice) else ()


@dataclass(frozen=True, slots=True)
class Command:
    """A command: ``run`` is the module under `engage.cli.commands` and the function in it."""

    name: str
    sentence: str
    run: str
    arguments: tuple[Argument, ...] = ()

    @property
    def takes_query(self) -> bool:
        return QUERY in self.arguments


def takes(*flags: str, exclusive: bool = False, **options: Any) -> Argument:
    """An argument with the options of argparse."""
    return Argument(flags, options, exclusive)


def switch(flag: str, sentence: str, *, exclusive: bool = False, **options: Any) -> Argument:
    return takes(flag, action="store_true", help=sentence, exclusive=exclusive, **options)


JSON = switch("--json", "print the stable JSON form")
QUERY = takes(
    "query", metavar="QUERY", nargs="*", type=values.text, help="words, person:mara, older:30d, …"
)

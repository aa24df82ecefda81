"""The language of ``/`` and of QUERY: words and ``key:value``, all of which must hold.

``person:mara circle:1 -kind:reconnect older:30d "the kitchen table"``. Case and accents make no
difference; ``-`` negates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches

from engage.domain.when import parse_moment
from engage.text import clip, fold, one_line

_STAGES = ("new", "seen", "read", "answered", "in conversation", "friend")
STATES = ("later", "snoozed", "waiting")

#: The keys with a fixed set of values, folded.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "circle": ("1", "2", "3", "4", "5", "none"),
    "kind": ("read", "reply", "welcome", "reconnect", "post", "response"),
    "reason": ("1", "2", "3", "4", "5", "6"),
    "is": ("owed", "new", "due", "drifting", "friend", "left", *STATES),
    "has": ("draft", "feed", "note"),
    "stage": _STAGES,
}
_TIMES = ("older", "newer", "since")
_TEXTS = ("person", "feed", "title", "text")

#: All keys of the language.
KEYS = (*CHOICES, *_TEXTS, *_TIMES)

_KEY = re.compile(r"([^\W\d_]+):(?!//)")
_ANY_NOW = datetime(2026, 1, 1, tzinfo=UTC)


class QueryError(ValueError):
    """A query asks for a key or a value that there is not; the sentence names it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. ``key`` "" for a word or phrase; ``value`` is folded."""

    key: str
    value: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions that must all hold; without any everything matches."""

    terms: tuple[Term, ...] = ()

    def asks(self, key: str, value: str) -> bool:
        """Whether the query asks for exactly that."""
        return Term(key, value) in self.terms


def parse(text: str) -> Query:
    """The query of a text. Raises QueryError, with a sentence that names what is unknown and the
    nearest known."""
    return Query(tuple(term for token in _tokens(text) if (term := _term(*token))))


def _tokens(text: str) -> Iterable[tuple[bool, str, str]]:
    """Each condition as (negated, key, value). A quote that is not closed goes to the end."""
    position, end = 0, len(text)
    while position < end:
        if text[position].isspace():
            position += 1
            continue
        negated = text[position] == "-" and position + 1 < end and not text[position + 1].isspace()
        position += negated
        key = ""
        if found := _KEY.match(text, position):
            key, position = found.group(1), found.end()
        if text[position : position + 1] == '"':
            close = text.find('"', position + 1)
            close = end if close < 0 else close
            value, position = text[position + 1 : close], close + 1
        else:
            start = position
            while position < end and not text[position].isspace():
                position += 1
            value = text[start:position]
        yield negated, key, value


def _term(negated: bool, key: str, value: str) -> Term | None:
    name, wanted = fold(key), fold(one_line(value))
    if not name:
        return Term("", wanted, negated) if wanted else None
    if name not in KEYS:
        raise QueryError(
            f"There is no {_shown(name)}:{_nearest(name, KEYS, ':')} "
            "Put quotes around it to look for the words."
        )
    if name in CHOICES:
        return Term(name, _choice(name, wanted), negated)
    if not wanted:
        raise QueryError(f"{name}: asks for a value right after the colon.")
    if name in _TIMES:
        try:
            parse_moment(wanted, _ANY_NOW, past=True)
        except ValueError as cause:
            raise QueryError(
                f"{name}: does not know '{_shown(wanted)}'; write 30d, 2w or 2026-11-22."
            ) from cause
    return Term(name, wanted, negated)


def _choice(key: str, value: str) -> str:
    choices = CHOICES[key]
    if value in choices:
        return value
    if key == "stage" and value and (found := [c for c in choices if value in c.split()]):
        return found[0]
    raise QueryError(
        f"{key}: does not know '{_shown(value)}'{_nearest(value, choices)} "
        f"It takes {', '.join(choices)}."
    )


def _nearest(given: str, known: Sequence[str], mark: str = "") -> str:
    near = get_close_matches(given, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]}{mark}?" if near else "."


def _shown(text: str) -> str:
    return clip(one_line(text), 40)

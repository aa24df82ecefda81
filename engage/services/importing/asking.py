"""What only the writer can tell of an import, as questions with a key for each answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engage.domain.records import Person
from engage.exchange.imported import Import, Way
from engage.services.importing.draft import Draft
from engage.services.outcomes import Choice

NEW = "new"
LEAVE = "leave"
#: People who may be meant; more have no key.
_MEANT = 9

_ANOTHER = Choice(NEW, "n", "somebody new")
_LEFT = Choice(LEAVE, "x", "leave it out")
_WAYS: tuple[tuple[Way, str, str], ...] = (
    ("follows_me", "f", "they follow you"),
    ("i_follow", "i", "you follow them"),
    ("mutual", "m", "both"),
    ("subscriber", "s", "they subscribe"),
)
_UNSAID = Choice("unsaid", "x", "leave that open")


def same_name(people: Sequence[Person], *, sure: bool) -> tuple[Choice, ...]:
    """For a row with the name of people who are known: one of them, somebody new, or not at all.

    ``sure``: the row has an address of its own, so that unsaid it is somebody new.
    """
    first, last = (_ANOTHER, _LEFT) if sure else (_LEFT, _ANOTHER)
    return (first, *_known(people), last)


def several(people: Sequence[Person]) -> tuple[Choice, ...]:
    """For a row whose addresses fit several people: the first unless the writer says otherwise."""
    return (*_known(people), _LEFT)


def with_direction(draft: Draft, imported: Import, name: str) -> Import:
    """An import with what the writer says of people whom the list gives no direction."""
    if not imported.undirected:
        return imported
    answer = draft.ask(
        f"direction:{name}:{imported.undirected}",
        f"How do the people of {imported.undirected} stand to you?",
        (_UNSAID, *(Choice(way, key, words) for way, key, words in _WAYS)),
    )
    for way, _, _ in _WAYS:
        if way == answer:
            people = tuple(
                each if each.direction else replace(each, direction=way) for each in imported.people
            )
            asked = imported.undirected
            unclear = tuple(line for line in imported.unclear if not line.startswith(asked))
            return replace(imported, people=people, unclear=unclear)
    return imported


def _known(people: Sequence[Person]) -> tuple[Choice, ...]:
    return tuple(
        Choice(person.id, str(number), f"{person.name}{_where(person)}")
        for number, person in enumerate(people[:_MEANT], 1)
    )


def _where(person: Person) -> str:
    """What tells two of one name apart."""
    address = next(iter(person.profiles), "").partition("://")[2]
    if address:
        return f" ({address.removeprefix('www.')})"
    return f" (known since {person.added.date()})"

"""Who a person is: the keys that identify them, and finding somebody by key or name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from engage.domain.addresses import account_key, email_key, feed_key, profile_key, profile_url
from engage.domain.identity import person_id
from engage.domain.records import Feed, Person
from engage.text import fold, one_line, safe_url

Item = TypeVar("Item")


def keys_for(
    *,
    feed_url: str | None = None,
    profile: str | None = None,
    account: str | None = None,
    email: str | None = None,
) -> tuple[str, ...]:
    """The keys that addresses make, the surest first. A name makes none: names are shared."""
    keys = (
        feed_key(feed_url) if feed_url else None,
        profile_key(profile) if profile else None,
        account_key(account) if account else None,
        email_key(email) if email else None,
    )
    return tuple(dict.fromkeys(key for key in keys if key))


def make_person(
    name: str,
    now: datetime,
    how: str,
    *,
    feed_url: str | None = None,
    profile: str | None = None,
    account: str | None = None,
    email: str | None = None,
) -> Person:
    """A new person. The id is a hash of the first key, so that two machines make the same one.

    ``profile`` may be an address or a handle; see `addresses.profile_key`.
    """
    called = one_line(name)
    keys = keys_for(feed_url=feed_url, profile=profile, account=account, email=email)
    address = safe_url(profile_url(profile) or "") if profile else None
    return Person(
        id=person_id(keys[0] if keys else f"name:{called.casefold()}"),
        name=called,
        added=now,
        how=how,
        keys=keys or (f"name:{called.casefold()}",),
        profiles=(address,) if address else (),
    )


def all_keys(person: Person) -> tuple[str, ...]:
    """The keys kept of a person and those that their profiles make."""
    made = (profile_key(profile) for profile in person.profiles)
    return tuple(dict.fromkeys((*person.keys, *(key for key in made if key))))


def find_by_key(people: Iterable[Person], *keys: str) -> Person | None:
    """The person with one of these keys; an earlier key is the surer one."""
    if not keys:
        return None
    rank = {key: index for index, key in reversed(tuple(enumerate(keys)))}
    best: tuple[int, Person] | None = None
    for person in people:
        found = min((rank[key] for key in all_keys(person) if key in rank), default=None)
        if found is not None and (best is None or found < best[0]):
            best = (found, person)
    return best[1] if best else None


def publishes_as_another(person: Person, feeds: Iterable[Feed], name: str) -> bool:
    """Whether somebody found by a site alone is not who publishes there as ``name``.

    A site may have several writers: who has a feed already, under other names, is another.
    """
    theirs = [feed for feed in feeds if feed.person == person.id]
    known = (person.name, *person.names, *(each for f in theirs for each in (f.title, f.author)))
    wanted = one_line(name).casefold()
    return bool(theirs) and wanted not in (each.casefold() for each in known if each)


def find_by_exact_name(people: Iterable[Person], name: str) -> tuple[Person, ...]:
    """Everybody of exactly that name, now or before; case makes no difference."""
    wanted = one_line(name).casefold()
    return tuple(
        person
        for person in people
        if wanted and wanted in (called.casefold() for called in (person.name, *person.names))
    )


def match_names(items: Sequence[tuple[Item, str, Sequence[str]]], text: str) -> list[Item]:
    """What a text may mean, among items given as (item, id, names).

    An exact id or name wins over a part of a name, and that over the beginning of an id. One item:
    that is meant; several: all candidates; none: nothing is called that.
    """
    exact, part = one_line(text).casefold(), fold(one_line(text))
    if not exact:
        return []
    for matches in (
        [item for item, id, _ in items if id.casefold() == exact],
        [item for item, _, names in items if exact in (name.casefold() for name in names)],
        [item for item, _, names in items if any(part in fold(name) for name in names)],
        [item for item, id, _ in items if id.casefold().startswith(exact)],
    ):
        if matches:
            return matches
    return []

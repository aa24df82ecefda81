"""What engage knows of people; what the writer says of them is `services.edit_person`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from operator import attrgetter

from engage.domain.days import local_day, midnight
from engage.domain.posts import Post
from engage.domain.query import matches_person, parse
from engage.domain.records import Person, Touch, World
from engage.services import drafts
from engage.services.desk import Desk
from engage.services.names import find_person
from engage.services.outcomes import Event, PersonPage, Snapshot

MONTHS = 12

_OUT = {
    "reply": "replied",
    "comment": "commented",
    "letter": "wrote a letter",
    "mention": "wrote about their work",
    "talk": "talked",
    "look": "looked at who they are",
    "read": "read",
    "like": "liked",
}
_IN = {
    "reply": "answered you",
    "comment": "commented",
    "letter": "wrote you a letter",
    "mention": "wrote about your work",
    "talk": "talked with you",
    "look": "looked at who you are",
    "read": "read you",
    "like": "liked",
}


def people(desk: Desk, query: str = "") -> tuple[tuple[Person, ...], Snapshot]:
    """The people who match, by name, and the world to describe them with."""
    world, standings, now = desk.world(), desk.standings(), desk.now()
    asked = parse(query)
    feeds: dict[str | None, list[str]] = {}
    for feed in world.feeds.values():
        feeds.setdefault(feed.person, []).append(f"{feed.title} {feed.url} {feed.folder}")
    found_drafts = drafts.open_drafts(desk) if drafts.asks_for_draft(asked) else ()
    with_draft = {draft.about.person for draft in found_drafts}
    found = [
        person
        for person in world.people.values()
        if matches_person(
            asked,
            person,
            standings[person.id],
            now,
            feeds=tuple(feeds.get(person.id, ())),
            has_draft=person.id in with_draft,
        )
    ]
    found.sort(key=lambda person: (person.name.casefold(), person.id))
    return tuple(found), Snapshot(world, standings)


def person_page(desk: Desk, name: str) -> PersonPage:
    """Everything about one person."""
    person = find_person(desk, name)
    world = desk.world()
    feeds = tuple(feed for feed in world.feeds.values() if feed.person == person.id)
    posts = sorted(
        (post for feed in feeds for post in desk.store.posts(feed.id)),
        key=attrgetter("shown", "uid"),
        reverse=True,
    )
    touches = [touch for touch in world.touches if touch.person == person.id]
    return PersonPage(
        person=person,
        standing=desk.standings()[person.id],
        feeds=feeds,
        timeline=_timeline(touches, posts, _titles(world, posts)),
        posts=tuple(posts),
        months=months_of(world, local_day(desk.now()), person.id),
        touches=tuple(reversed(touches)),
    )


def touch_sentence(touch: Touch, title: str) -> str:
    """A touch in words, from the writer's side: "replied to *Ink*"."""
    words = (_OUT if touch.direction == "out" else _IN)[touch.kind]
    if not title:
        return words
    if touch.kind in ("reply",) and touch.direction == "out":
        return f"{words} to *{title}*"
    if touch.kind in ("comment",):
        return f"{words} on *{title}*"
    if touch.kind == "mention":
        return f"{'wrote about' if touch.direction == 'out' else 'linked to your'} *{title}*"
    if touch.kind in ("read", "like"):
        return f"{words} *{title}*"
    return f"{words} about *{title}*"


def _titles(world: World, posts: Iterable[Post]) -> dict[str, str]:
    titles = {item.uid: item.title for item in world.news}
    titles |= {post.uid: post.title for post in posts}
    return titles


def _timeline(
    touches: Iterable[Touch], posts: Iterable[Post], titles: dict[str, str]
) -> tuple[Event, ...]:
    events = [
        Event(
            id=touch.id,
            at=touch.at,
            what="touch",
            sentence=touch_sentence(touch, touch.about or titles.get(touch.post or "", ""))
            + (" (matched by name)" if touch.by_name else ""),
            direction=touch.direction,
            kind=touch.kind,
            how_known=touch.how_known,
            url=touch.url,
            note=touch.note or touch.text,
            post=touch.post,
            source=touch.source,
            by_name=touch.by_name,
        )
        for touch in touches
    ]
    events += [
        Event(
            id=post.uid,
            at=post.shown,
            what="post",
            sentence=f"published *{post.title}*",
            url=post.entry.url,
            post=post.uid,
        )
        for post in posts
    ]
    return tuple(sorted(events, key=attrgetter("at", "id"), reverse=True))


def months_of(
    world: World, today: date, person: str | None = None
) -> tuple[tuple[date, int, int], ...]:
    """Exchanges in each of twelve months up to a day, oldest first: the first day of the month,
    with one person (None: with everybody), with everybody."""
    months = [today.replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    months.reverse()
    begins = [bisect_left(world.touches, midnight(month), key=attrgetter("at")) for month in months]
    found = []
    for month, begin, end in zip(months, begins, [*begins[1:], len(world.touches)], strict=True):
        exchanged = [touch.person for touch in world.touches[begin:end] if touch.exchange]
        theirs = len(exchanged) if person is None else exchanged.count(person)
        found.append((month, theirs, len(exchanged)))
    return tuple(found)

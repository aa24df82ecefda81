"""From what a comments feed shows to what happened between the writer and a person."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from engage.domain.addresses import is_within, normalise, path_of
from engage.domain.identity import post_uid
from engage.domain.people import find_by_exact_name, find_by_key, keys_for, make_person
from engage.domain.records import (
    Direction,
    Feed,
    OwnPost,
    Person,
    Post,
    Rules,
    Touch,
    TouchKind,
    World,
)
from engage.text import clip, one_line

#: How young, in days, what was written before engage knew of it must be to be owed.
OWED_DAYS = 30

#: How much of what they wrote the ledger keeps, in characters.
TEXT_KEPT = 4000

#: The name of somebody who gave neither name nor address.
NAMELESS = "Anonymous"

_PINGBACK = re.compile(r"\[(…|\.\.\.)\].*\[(…|\.\.\.)\]", re.DOTALL)
_COMMENT_ON = re.compile(r"Comment on (.+) by .+", re.IGNORECASE)
_CLICKS = ("like", "repost", "bookmark", "favorite", "favourite", "rsvp", "follow")


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a response means: the touch, and whose it is (perhaps a person new to the world).

    Where several people may have written it both are None, ``unclear`` asks which in a sentence,
    and ``candidates`` are their ids.
    """

    touch: Touch | None
    person: Person | None
    unclear: str = ""
    candidates: tuple[str, ...] = ()


def resolve(
    post: Post,
    feed: Feed,
    world: World,
    rules: Rules,
    now: datetime,
    *,
    first_fetch: bool,
    thread: Sequence[Post] = (),
) -> Incoming | None:
    """The touch that a response is; None where it is none, as most of the writer's own words.

    ``thread``: the posts of this feed, which responses may answer. ``first_fetch``: this is what
    the feed showed before engage followed it.
    """
    parent = _parent(post, feed, world, rules, thread)
    own = own_post_answered(post, world)
    if is_writers(post, world, rules):
        return _answer_of_the_writer(post, parent, own, world, now)
    if _is_known(post, world):
        return None
    kind = _kind(post, parent)
    found = _author(post, kind, world, now)
    if found.person is None:
        return Incoming(None, None, found.unclear, found.candidates)
    young = not first_fetch or post.shown >= now - timedelta(days=OWED_DAYS)
    to_a_reader = parent is not None and not parent.by_writer
    owes = young and kind != "like" and not to_a_reader and not _is_pingback(post)
    touch = _touch(post, found.person, "in", kind, own, now, owes=owes, by_name=found.by_name)
    return Incoming(touch, found.person)


def is_writers(post: Post, world: World, rules: Rules) -> bool:
    """Whether the writer wrote a response: by the names and sites of the settings, and by the
    author names and sites of their own feeds."""
    author, address = post.entry.author, post.entry.author_url
    own = [feed for feed in world.feeds.values() if feed.role == "own"]
    names = {one_line(name).casefold() for name in (*rules.names, *(f.author or "" for f in own))}
    if author and author.casefold() in names:
        return True
    if not address:
        return False
    return any(feed.site and normalise(feed.site) == normalise(address) for feed in own) or any(
        is_within(address, site) for site in rules.sites
    )


def own_post_answered(post: Post, world: World) -> OwnPost | None:
    """The writer's post that a response answers: the one it names, else the one whose address or
    guid is its own but for the number of the comment."""
    known = own_by_alias(world.own_posts)
    entry = post.entry
    for reference in (*entry.answers, entry.guid, entry.url):
        if not reference:
            continue
        bare = reference.partition("#")[0]
        for alias in (reference, bare, normalise(bare)):
            if alias in known:
                return known[alias]
    return None


@lru_cache(maxsize=8)
def own_by_alias(own_posts: tuple[OwnPost, ...]) -> Mapping[str, OwnPost]:
    """The writer's posts by all that each is known by, addresses also normalised; the first page
    of a site is nobody's."""
    known: dict[str, OwnPost] = {}
    for own in own_posts:
        for alias in (*own.aliases, *((own.url,) if own.url else ())):
            plain = normalise(alias)
            if path_of(plain) or not plain.startswith("https://"):
                known.setdefault(alias, own)
                known.setdefault(plain, own)
    return known


def touch_id(uid: str) -> str:
    """The id of the touch that a post is evidence of: one for each, however often it is met."""
    return hashlib.blake2b(f"seen\n{uid}".encode(), digest_size=10).hexdigest()


def text_of(post: Post) -> str:
    """What was written, a block a line, as much as the ledger keeps."""
    lines = ("".join(span.text for span in block.spans) for block in post.entry.blocks)
    return clip("\n".join(lines).strip(), TEXT_KEPT)


@dataclass(frozen=True, slots=True)
class _Parent:
    """The response that another one answers; of an old one only its touch may be known."""

    uid: str
    by_writer: bool
    post: Post | None
    touch: Touch | None


@dataclass(frozen=True, slots=True)
class _Author:
    person: Person | None
    by_name: bool = False
    unclear: str = ""
    candidates: tuple[str, ...] = ()


def _parent(
    post: Post, feed: Feed, world: World, rules: Rules, thread: Sequence[Post]
) -> _Parent | None:
    for reference in post.entry.answers:
        for other in thread:
            if other.uid != post.uid and reference in (other.entry.guid, *other.aliases):
                return _Parent(other.uid, is_writers(other, world, rules), other, None)
        uid = post_uid(feed.id, reference)
        id = touch_id(uid)
        for touch in world.touches:
            if touch.id == id:
                return _Parent(uid, touch.direction == "out", None, touch)
    return None


def _answer_of_the_writer(
    post: Post, parent: _Parent | None, own: OwnPost | None, world: World, now: datetime
) -> Incoming | None:
    """An answer to a reader's comment is an exchange; the writer's other words are none."""
    if parent is None or parent.by_writer:
        return None
    if parent.touch is not None:
        person = world.people.get(parent.touch.person)
    else:
        assert parent.post is not None
        person = _author(parent.post, _kind(parent.post, None), world, now).person
    if person is None:
        return None
    touch = _touch(post, person, "out", "reply", own, now, concerns=parent.uid)
    return Incoming(touch, person)


def _touch(
    post: Post,
    person: Person,
    direction: Direction,
    kind: TouchKind,
    own: OwnPost | None,
    now: datetime,
    *,
    owes: bool = False,
    by_name: bool = False,
    concerns: str | None = None,
) -> Touch:
    title = _COMMENT_ON.fullmatch(post.entry.title)
    return Touch(
        id=touch_id(post.uid),
        at=min(post.shown, now),
        person=person.id,
        direction=direction,
        kind=kind,
        how_known="seen",
        recorded=now,
        url=post.entry.url,
        post=concerns or post.uid,
        about=own.title if own else title.group(1) if title else "",
        text=text_of(post),
        owes=owes,
        source="your webmentions" if post.entry.reaction else "your comments feed",
        by_name=by_name,
    )


def _author(post: Post, kind: TouchKind, world: World, now: datetime) -> _Author:
    """Whose words these are: by address, else the only person of exactly that name, else new."""
    entry, people = post.entry, world.people.values()
    keys = keys_for(profile=entry.author_url, email=entry.author_email)
    known = find_by_key(people, *keys) or _owner_of_site(entry.author_url, kind, world)
    if known:
        return _Author(known)
    host = urlsplit(normalise(entry.author_url)).hostname if entry.author_url else None
    name = one_line(entry.author) or host or NAMELESS
    named = find_by_exact_name(people, name)
    if len(named) == 1:
        return _Author(named[0], by_name=True)
    if named:
        ids = tuple(person.id for person in named)
        return _Author(None, False, f"{len(named)} people are called {name}; which one?", ids)
    how = "mentioned" if kind == "mention" else "commented"
    made = make_person(name, now, how, profile=entry.author_url, email=entry.author_email)
    return _Author(world.people.get(made.id, made))


def _owner_of_site(author_url: str | None, kind: TouchKind, world: World) -> Person | None:
    """The one person whose feed's site is the author's address; a mention names a page of it."""
    if not author_url:
        return None
    address = normalise(author_url)
    owners = {
        feed.person
        for feed in world.feeds.values()
        if feed.person
        and feed.site
        and (
            normalise(feed.site) == address or (kind == "mention" and is_within(address, feed.site))
        )
    }
    return world.people.get(owners.pop() or "") if len(owners) == 1 else None


def _is_known(post: Post, world: World) -> bool:
    """Whether another feed, or a followed person's own, has shown the very same response."""
    url = post.entry.url
    if url is None:
        return False
    same = [touch for touch in world.touches if touch.url == url and touch.direction == "in"]
    text = text_of(post) if same else ""
    return any(
        touch.id != touch_id(post.uid) and (touch.kind == "mention" or touch.text == text)
        for touch in same
    )


def _is_pingback(post: Post) -> bool:
    return bool(_PINGBACK.fullmatch(text_of(post)))


def _kind(post: Post, parent: _Parent | None) -> TouchKind:
    reaction = post.entry.reaction.lower()
    if any(click in reaction for click in _CLICKS):
        return "like"
    if _is_pingback(post) or "mention" in reaction or reaction == "link":
        return "mention"
    return "reply" if reaction or (parent is not None and parent.by_writer) else "comment"

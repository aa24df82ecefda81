"""From what a comments feed shows to what happened between the writer and a person."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engage.domain.addresses import normalise, path_of
from engage.domain.authors import Author, author_of, is_writers
from engage.domain.identity import post_uid
from engage.domain.memo import by_identity
from engage.domain.posts import Post
from engage.domain.records import (
    Direction,
    Feed,
    OwnPost,
    Person,
    Question,
    Rules,
    Touch,
    TouchKind,
    World,
)
from engage.domain.same_words import alike
from engage.text import clip, one_line

#: How young, in days, what was written before engage knew of it must be to be owed.
OWED_DAYS = 30

#: How much of what they wrote the ledger keeps, in characters.
TEXT_KEPT = 4000

_PINGBACK = re.compile(r"\[(…|\.\.\.)\].*\[(…|\.\.\.)\]", re.DOTALL)
_COMMENT_ON = re.compile(r"Comment on (.+) by .+", re.IGNORECASE)
_CLICKS = ("like", "repost", "bookmark", "favorite", "favourite", "rsvp", "follow")


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a response means: the touch, and whose it is (perhaps a person new to the world).

    Where several people may have written it both are None, ``unclear`` asks which in a sentence,
    ``candidates`` are their ids, and ``question`` keeps it until the writer tells.
    """

    touch: Touch | None
    person: Person | None
    unclear: str = ""
    candidates: tuple[str, ...] = ()
    question: Question | None = None


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
    parent = parent_of(post, feed, world, rules, thread)
    own = own_post_answered(post, world)
    if is_writers(post, world, rules):
        return _answer_of_the_writer(post, parent, own, world, now)
    if _is_known(post, world):
        return None
    kind = _kind(post, parent)
    found = author_of(post, kind, world, now)
    young = not first_fetch or post.shown >= now - timedelta(days=OWED_DAYS)
    to_a_reader = parent is not None and not parent.by_writer
    owes = young and kind != "like" and not to_a_reader and not _is_pingback(post)
    touch = response_touch(
        post, found.person, "in", kind, own, now, owes=owes, by_name=found.by_name
    )
    return incoming(post, found, touch, now)


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


@by_identity
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
class Parent:
    """The response that another one answers; of an old one only its touch may be known."""

    uid: str
    by_writer: bool
    post: Post | None
    touch: Touch | None


def parent_of(
    post: Post, feed: Feed, world: World, rules: Rules, thread: Sequence[Post]
) -> Parent | None:
    """The response that a post answers, by its id or (as WordPress has it in RSS) its address."""
    for reference in post.entry.answers:
        # Without a fragment an address is the page's, not a comment's.
        address = normalise(reference, fragment=True) if "#" in reference else ""
        by_reference = _by_reference(tuple(thread))
        other = by_reference.get(reference) or by_reference.get(address)
        if other is not None and other.uid != post.uid:
            return Parent(other.uid, is_writers(other, world, rules), other, None)
        uid = post_uid(feed.id, reference)
        touch = touches_by_id(world.touches).get(touch_id(uid))
        if touch is None:
            touch = _touches_by_url(world.touches).get(address)
            uid = touch.post or uid if touch is not None else uid
        if touch is not None and touch.id != touch_id(post.uid):
            return Parent(uid, touch.direction == "out", None, touch)
    return None


@by_identity
def _by_reference(thread: tuple[Post, ...]) -> Mapping[str, Post]:
    found: dict[str, Post] = {}
    for post in thread:
        url = post.entry.url or ""
        address = normalise(url, fragment=True) if "#" in url else None
        for reference in (post.entry.guid, *post.aliases, address):
            if reference:
                found.setdefault(reference, post)
    return found


@by_identity
def _touches_by_url(touches: tuple[Touch, ...]) -> Mapping[str, Touch]:
    """Exchanges by the address of a comment; its fragment tells it from others on the page."""
    return {
        normalise(touch.url, fragment=True): touch
        for touch in touches
        if touch.url and "#" in touch.url and touch.exchange
    }


@by_identity
def touches_by_id(touches: tuple[Touch, ...]) -> Mapping[str, Touch]:
    """Touches by their ids."""
    return {touch.id: touch for touch in touches}


@by_identity
def _incoming_by_url(touches: tuple[Touch, ...]) -> Mapping[str, Sequence[Touch]]:
    found: dict[str, list[Touch]] = {}
    for touch in touches:
        if touch.direction == "in" and touch.url:
            found.setdefault(touch.url, []).append(touch)
    return found


def _answer_of_the_writer(
    post: Post, parent: Parent | None, own: OwnPost | None, world: World, now: datetime
) -> Incoming | None:
    """An answer to a reader's comment is an exchange; the writer's other words are none, unless
    they are those that the writer said they answered somebody with."""
    if parent is None and own is not None:
        return _as_said(post, own, world, now)
    if parent is None or parent.by_writer:
        return None
    if parent.touch is not None:
        person = world.people.get(parent.touch.person)
    else:
        assert parent.post is not None
        person = author_of(parent.post, _kind(parent.post, None), world, now).person
    if person is None:
        return None
    touch = response_touch(post, person, "out", "reply", own, now, concerns=parent.uid)
    return Incoming(touch, person)


def _as_said(post: Post, own: OwnPost, world: World, now: datetime) -> Incoming | None:
    """What old feeds of WordPress show without its parent: the words of an answer under the very
    post, as the writer said."""
    for said in _said(world.touches):
        person = world.people.get(said.person)
        if person is not None and said.about == own.title and alike(said.text, text_of(post)):
            touch = response_touch(post, person, "out", "reply", own, now, concerns=said.post)
            return Incoming(touch, person)
    return None


@by_identity
def _said(touches: tuple[Touch, ...]) -> Sequence[Touch]:
    """The answers with words that the writer said they gave, the latest first."""
    return [
        touch
        for touch in reversed(touches)
        if touch.direction == "out" and touch.how_known == "said" and touch.exchange and touch.text
    ]


def incoming(post: Post, found: Author, touch: Touch, now: datetime) -> Incoming:
    """What is known of a touch and its author, or the question that is left."""
    if found.person is not None:
        return Incoming(touch, found.person)
    if not touch.exchange:
        return Incoming(None, None, found.unclear, found.candidates)
    question = Question(
        id=touch.id,
        asked=now,
        kind="who",
        sentence=found.unclear,
        touch=touch,
        name=one_line(post.entry.author),
        profile=post.entry.author_url,
        candidates=found.candidates,
    )
    return Incoming(None, None, found.unclear, found.candidates, question)


def response_touch(
    post: Post,
    person: Person | None,
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
        person=person.id if person else "",
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


def _is_known(post: Post, world: World) -> bool:
    """Whether another feed, or a followed person's own, has shown the very same response."""
    url = post.entry.url
    if url is None:
        return False
    same = _incoming_by_url(world.touches).get(url, ())
    text = text_of(post) if same else ""
    return any(
        touch.id != touch_id(post.uid) and (touch.kind == "mention" or touch.text == text)
        for touch in same
    )


def _is_pingback(post: Post) -> bool:
    return bool(_PINGBACK.fullmatch(text_of(post)))


def _kind(post: Post, parent: Parent | None) -> TouchKind:
    reaction = post.entry.reaction.lower()
    if any(click in reaction for click in _CLICKS):
        return "like"
    if _is_pingback(post) or "mention" in reaction or reaction == "link":
        return "mention"
    return "reply" if reaction or (parent is not None and parent.by_writer) else "comment"

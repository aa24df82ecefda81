"""What happened elsewhere, and taking things back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from engage.domain import deciding
from engage.domain.addresses import is_within, normalise, profile_key
from engage.domain.changes import Change, Put, change, put
from engage.domain.codec import moment_text
from engage.domain.days import local_day
from engage.domain.identity import feed_id
from engage.domain.people import find_by_key, keys_for, make_person
from engage.domain.posts import Post
from engage.domain.records import (
    Decision,
    Direction,
    Feed,
    Person,
    Touch,
    TouchKind,
    WrittenDay,
)
from engage.domain.undoing import inverse, overtaken
from engage.errors import EngageError, NotFound
from engage.feeds.platforms import derive_feed_url
from engage.services.desk import Desk
from engage.services.names import find_person
from engage.services.outcomes import Logged
from engage.services.triage import decide
from engage.text import clean, clip, one_line, safe_url

NOTE_LIMIT = 4000

#: States of a task that can still be decided.
_STANDING = ("open", "later", "snoozed", "waiting")


def log(
    desk: Desk,
    name: str,
    kind: TouchKind = "reply",
    *,
    direction: Direction = "out",
    url: str | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Logged:
    """Record a touch. ``name`` may be the address of a profile, post or response: the person is
    found by it, or made from it without a request."""
    now = desk.stamp()
    if url is not None and safe_url(url) is None:
        raise EngageError(
            f"{one_line(url)!r} is no web address; give one with http:// or https://."
        )
    if at is not None and local_day(at) > local_day(now):
        raise EngageError(f"{local_day(at)} has not come yet; log what has happened.")
    person, made = _person_for(desk, name)
    address = url or (safe_url(name) if "://" in name else None)
    touch = Touch(
        id="",
        at=at or now,
        person=person.id,
        direction=direction,
        kind=kind,
        how_known="said",
        recorded=now,
        url=address,
        note=clip(clean(note), NOTE_LIMIT),
        post=_post_at(desk, address),
        owes=direction == "in" and kind in ("comment", "reply", "letter", "mention"),
    )
    touch = replace(touch, id=_id_of(desk, touch))
    way = "from" if direction == "in" else "to"
    change = desk.commit(f"log: {kind} {way} {person.name}", [*made, put(touch)])
    assert change is not None
    return Logged(touch, person, change, bool(made))


def mark_read(desk: Desk, person: str, post: Post) -> Change | None:
    """Log that a post was read; one that stands in the inbox leaves it. None: said before.

    Who reads a new person has looked at them as well.
    """
    theirs = [t for t in desk.tasks() if t.person == person and t.state in _STANDING]
    new = [task for task in theirs if task.kind == "welcome"]
    if any(item.uid == post.uid for task in theirs for item in task.posts):
        return decide(desk, [*(task.id for task in new), post.uid], "done").change
    said = (touch for touch in desk.world().touches if touch.post == post.uid)
    if any(touch.kind == "read" and touch.direction == "out" for touch in said):
        return None
    now = desk.stamp()
    touch = Touch(
        id="",
        at=now,
        person=person,
        direction="out",
        kind="read",
        how_known="said",
        recorded=now,
        url=post.entry.url,
        post=post.uid,
        about=post.title,
    )
    looked = [each for task in new for each in deciding.decide(task, "done", now)]
    name = find_person(desk, person).name
    puts = [*looked, put(replace(touch, id=_id_of(desk, touch)))]
    return desk.commit(f"read: {name}, {post.title}", puts)


def wrote(desk: Desk, note: str = "", *, day: date | None = None) -> Change | None:
    """Mark a local day (today) as written; None where it is marked so already."""
    now = desk.now()
    marked = day or local_day(now)
    if marked > local_day(now):
        raise EngageError(f"{marked} has not come yet; mark a day that has.")
    known = {written.id: written for written in desk.world().written_days}
    before = known.get(marked.isoformat())
    text = clip(clean(note), NOTE_LIMIT) or (before.note if before else "")
    after = WrittenDay(marked.isoformat(), marked, before.at if before else now, text)
    if after == before:
        return None
    return desk.commit(f"wrote: {marked.isoformat()}", [put(after, before)])


def undo(desk: Desk) -> Change | None:
    """Take the writer's last change back; the change taken back, or None where there is none.

    Raises EngageError, with the reason, where that would destroy what was decided since, on
    another machine. All stays as it is then, and the next undo takes back the step before.
    """
    changes = desk.store.changes()
    if not changes:
        return None
    last = changes[0]
    if reason := _overtaken(desk, last):
        label = f"left as it is: {last.label}"
        desk.store.commit(change(label, (), desk.stamp(), by="undo", undoes=last.id))
        raise EngageError(
            f"Not taken back: {last.label}; {reason}. Another undo takes back the step before it."
        )
    desk.store.commit(inverse(last, desk.store.get, desk.stamp(), desk.store.removed))
    return last


def undoable(desk: Desk) -> Sequence[Change]:
    """The writer's changes that can be taken back, newest first."""
    return desk.store.changes()


def _overtaken(desk: Desk, last: Change) -> str | None:
    """Why a change cannot be taken back any more."""
    people = desk.world().people
    put = overtaken(last, desk.store.get)
    if put is not None:
        after = put.after or {}
        about = people.get(str(after.get("person") or put.id))
        name = about.name if about else after.get("title") or after.get("url") or put.id
        return f"something was decided about {name} since, on another machine"
    made = {put.id for put in last.puts if put.table == "people" and put.before is None}
    own = {put.id for put in last.puts}
    said = [touch for touch in desk.world().touches if touch.how_known == "said"] if made else []
    since: list[Touch | Decision] = [*said, *desk.world().decisions] if made else []
    for record in since:
        if record.person in made and record.id not in own:
            name = people[record.person].name
            return f"something was decided about {name} since, on another machine"
    return None


def _person_for(desk: Desk, name: str) -> tuple[Person, tuple[Put, ...]]:
    """Who is meant, and the puts that make them (and their feed) known if they are new."""
    try:
        return find_person(desk, name), ()
    except NotFound:
        if profile_key(name) is None:
            raise
    if known := _person_at(desk, name):
        return known, ()
    derived = derive_feed_url(name)
    home = (profile_key(name) or "").removeprefix("profile:")
    now = desk.now()
    person = make_person(
        _name_from(home), now, "logged", feed_url=derived, profile=home if "://" in home else name
    )
    if derived is None:
        return person, (put(person),)
    feed = Feed(feed_id(derived), derived, derived, "theirs", now, person.id)
    return person, (put(person), put(feed))


def _person_at(desk: Desk, address: str) -> Person | None:
    """Whose profile, site, post or response that address is, as far as is known."""
    world = desk.world()
    keys = keys_for(feed_url=derive_feed_url(address), profile=address)
    if known := find_by_key(world.people.values(), *keys):
        return known
    wanted = normalise(address)
    for item in world.news:
        if item.url and normalise(item.url) == wanted:
            return world.people[item.person]
    for touch in world.touches:
        if touch.direction == "in" and touch.url and normalise(touch.url) == wanted:
            return world.people[touch.person]
    theirs = [feed for feed in world.feeds.values() if feed.person and feed.site]
    sites = sorted(theirs, key=lambda feed: len(feed.site or ""), reverse=True)
    for feed in sites:
        if is_within(address, feed.site or ""):
            return world.people.get(feed.person or "")
    return None


def _name_from(address: str) -> str:
    """A first name for somebody known by an address only: its last readable part."""
    bare = address.split("://")[-1].rstrip("/").removeprefix("account:")
    host, _, path = bare.partition("/")
    return one_line(path.rsplit("/", 1)[-1].lstrip("@") or host.partition("@")[0] or bare)


def _post_at(desk: Desk, url: str | None) -> str | None:
    if url is None:
        return None
    wanted = normalise(url)
    for item in desk.world().news:
        if item.url and normalise(item.url) == wanted:
            return item.uid
    return None


def _id_of(desk: Desk, touch: Touch) -> str:
    content = [touch.person, touch.direction, touch.kind, touch.url or "", touch.note]
    content += [moment_text(touch.at), moment_text(touch.recorded)]
    digest = hashlib.blake2b("\n".join(content).encode(), digest_size=10)
    return desk.unused_touch_id(digest.hexdigest())

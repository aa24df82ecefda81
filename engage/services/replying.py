"""After the draft: was it posted? Only yes logs an exchange, and answers what was owed."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from engage.domain.changes import Change, put
from engage.domain.codec import moment_text
from engage.domain.incoming import touches_by_id
from engage.domain.records import Touch
from engage.errors import EngageError
from engage.services import drafts, triage
from engage.services.desk import Desk
from engage.services.drafting import Answering
from engage.services.remember import NOTE_LIMIT
from engage.text import clip, one_line, safe_url


def posted(desk: Desk, answered: Answering, url: str | None = None) -> Change | None:
    """Yes: log the exchange, and keep with the draft that it is out. ``url``: where the reply can
    be read. None where that was said, or evidence has logged it, already."""
    check_address(url)
    about, world, now = answered.about, desk.world(), desk.stamp()
    person = world.people[about.person]
    draft = drafts.draft_of(desk, about.key)
    if draft and draft.about.touch in touches_by_id(world.touches):
        return None
    if seen := _seen_already(desk, answered):
        drafts.mark(desk, about.key, seen.id)
        return None
    touch = Touch(
        id=desk.unused_touch_id(_id(about.person, about.key, moment_text(now))),
        at=now,
        person=about.person,
        direction="out",
        kind="reply",
        how_known="said",
        recorded=now,
        url=url,
        post=about.post,
        about=about.title,
        text=clip(draft.text, NOTE_LIMIT) if draft else "",
    )
    title = f", {about.title}" if about.title else ""
    change = desk.commit(f"replied: {person.name}{title}", [put(touch)])
    drafts.mark(desk, about.key, touch.id)
    return change


def check_address(url: str | None) -> None:
    """Raises EngageError where that is no address at which a reply can be read."""
    if url is not None and safe_url(url) is None:
        raise EngageError(
            f"{one_line(url)!r} is no web address; give one with http:// or https://."
        )


def not_yet(desk: Desk, answered: Answering) -> Change | None:
    """Not yet: the task waits under Reply later, with its draft."""
    task = answered.task
    if task is None or task.state == "later":
        return None
    return triage.decide(desk, [task.id], "later").change


def _seen_already(desk: Desk, answered: Answering) -> Touch | None:
    about = answered.about
    for touch in desk.world().touches:
        if (
            touch.person == about.person
            and touch.direction == "out"
            and touch.exchange
            and touch.how_known in ("seen", "verified")
            and touch.post is not None
            and touch.post == about.post
            and touch.at >= about.begun - timedelta(days=1)
        ):
            return touch
    return None


def _id(*parts: str) -> str:
    return hashlib.blake2b("\n".join(("posted", *parts)).encode(), digest_size=10).hexdigest()

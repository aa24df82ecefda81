"""Webmentions for replies on the writer's own site: shown first, sent once, the answer kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from engage.domain.addresses import normalise
from engage.domain.changes import put
from engage.domain.evidence import OWN_SITE, answerable
from engage.domain.records import SentMention
from engage.errors import Ambiguous, EngageError
from engage.replies.webmention import Sender, Sending
from engage.services.desk import DEMO_NOTE, Desk
from engage.services.outcomes import Mentioned
from engage.text import one_line, safe_url


@dataclass(frozen=True, slots=True)
class Mention:
    """A page of the writer's that answers one of somebody's: what may be sent, or was. ``title``
    and ``person`` (a name) of what it answers, where that is known."""

    source: str
    target: str
    title: str = ""
    person: str = ""
    sent: SentMention | None = None


def mentions(desk: Desk) -> tuple[Mention, ...]:
    """The answers on the writer's own site that were not sent yet, and then what was sent, each
    the newest first."""
    world = desk.world()
    by_address = answerable(world)
    posts = {item.uid: item for item in by_address.values() if item.url}
    ready: dict[str, Mention] = {}
    for touch in reversed(world.touches):
        item = posts.get(touch.post or "")
        if touch.direction != "out" or touch.source != OWN_SITE or not touch.url or item is None:
            continue
        assert item.url is not None
        id = _id(touch.url, item.url)
        if id not in world.sent_mentions:
            name = world.people[item.person].name if item.person in world.people else ""
            ready[id] = Mention(touch.url, item.url, item.title, name)
    sent = []
    for each in sorted(world.sent_mentions.values(), key=lambda each: each.at, reverse=True):
        item = by_address.get(normalise(each.target))
        person = world.people.get(item.person) if item else None
        title = item.title if item else ""
        sent.append(Mention(each.source, each.target, title, person.name if person else "", each))
    return (*ready.values(), *sent)


async def webmention(
    desk: Desk,
    source: str,
    target: str | None = None,
    *,
    send: bool = False,
    again: bool = False,
    typed: bool = True,
) -> Mentioned:
    """Show what would be sent; with ``send`` send it, once for each pair; ``again`` sends an
    update. Without ``target`` it is what the source page says it answers, or the one known post
    that it links to. ``typed``: the writer typed the addresses, whose hosts may then be private;
    else only those of feeds that they typed may be. Raises EngageError."""
    if desk.offline:
        raise EngageError(DEMO_NOTE)
    for address in (source, *((target,) if target else ())):
        if safe_url(address) is None:
            raise EngageError(
                f"{one_line(address)!r} is no web address; give one with http:// or https://."
            )
    given = (source, *((target,) if target else ()))
    sender = Sender(given if typed else (feed.typed for feed in desk.world().feeds.values()))
    aim = target or await _target_in(desk, sender, source)
    before = desk.world().sent_mentions.get(_id(source, aim))
    accepted = before is not None and 200 <= before.status < 300
    if send and accepted and not again and before is not None:
        raise EngageError(
            f"That was sent to {before.endpoint} on {before.at.astimezone():%Y-%m-%d}: "
            f"{before.message} To send an update, add --again."
        )
    sending = await sender.prepare(source, aim)
    if not send:
        known = f"Sent before: {before.message}" if before else "Nothing was sent; --send sends it."
        return _told(sending, known, before.status if before else None)
    answer = await sender.send(sending)
    kept = SentMention(
        id=_id(source, aim),
        at=desk.stamp(),
        source=source,
        target=aim,
        endpoint=sending.endpoint,
        status=answer.status,
        message=answer.sentence,
        place=answer.place,
    )
    # Not undoable: what a server was told cannot be taken back.
    desk.commit(f"webmention: {aim}", [put(kept, before)], by="refresh")
    if not answer.accepted:
        raise EngageError(answer.sentence)
    return _told(sending, answer.sentence, answer.status, sent=True)


def _told(sending: Sending, message: str, status: int | None, *, sent: bool = False) -> Mentioned:
    return Mentioned(sending.source, sending.target, sending.endpoint, sent, message, status)


async def _target_in(desk: Desk, sender: Sender, source: str) -> str:
    page = await sender.targets(source)
    known = answerable(desk.world())
    found = list(dict.fromkeys(page.answers)) or list(
        dict.fromkeys(link for link in page.links if normalise(link) in known)
    )
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(f"{source} links to {len(found)} posts; name the one meant.", tuple(found))
    raise EngageError(f"{source} links to no post that engage knows; name the one meant.")


def _id(source: str, target: str) -> str:
    pair = "\n".join((normalise(source), normalise(target)))
    return hashlib.blake2b(pair.encode(), digest_size=10).hexdigest()

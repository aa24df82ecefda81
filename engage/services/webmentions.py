"""Webmentions for replies on the writer's own site: shown first, sent once, the answer kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from engage.domain.addresses import normalise
from engage.domain.changes import put
from engage.domain.evidence import news_by_address
from engage.domain.records import SentMention
from engage.errors import Ambiguous, EngageError
from engage.replies.webmention import Sender, Sending
from engage.services.desk import DEMO_NOTE, Desk
from engage.text import one_line, safe_url


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What would be sent, or was (``sent``), and what is known of it."""

    sending: Sending
    sent: bool
    message: str
    status: int | None = None


async def webmention(
    desk: Desk, source: str, target: str | None = None, *, send: bool = False, again: bool = False
) -> Mentioned:
    """Show what would be sent; with ``send`` send it, once for each pair; ``again`` sends an
    update. Without ``target`` it is what the source page says it answers, or the one known post
    that it links to. Raises EngageError."""
    if desk.offline:
        raise EngageError(DEMO_NOTE)
    for address in (source, *((target,) if target else ())):
        if safe_url(address) is None:
            raise EngageError(
                f"{one_line(address)!r} is no web address; give one with http:// or https://."
            )
    sender = Sender((source, *((target,) if target else ())))
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
        return Mentioned(sending, False, known, before.status if before else None)
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
    return Mentioned(sending, True, answer.sentence, answer.status)


async def _target_in(desk: Desk, sender: Sender, source: str) -> str:
    page = await sender.targets(source)
    known = news_by_address(desk.world().news)
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

"""What happened in the demo's world, made into records as of a moment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import timedelta

from engage.domain.days import local_day, week_of
from engage.domain.records import Decision, Settled, TaskKind, Touch, WeekLine, WrittenDay
from engage.services.demo.history import HISTORY, LINES, WRITTEN, Happened
from engage.services.demo.making import HOST_OF, Making, comment_url
from engage.services.demo.own import COMMENTS, HOST, Comment

#: Kinds of outgoing touches that settle a task, and that task's kind.
_SETTLES: dict[str, TaskKind] = {"read": "read", "look": "welcome"}


def touches(making: Making) -> tuple[Touch, ...]:
    said = (_happened(making, each) for each in HISTORY)
    return (*said, *(_commented(making, each) for each in COMMENTS))


def decisions(making: Making, touches: Iterable[Touch]) -> Iterator[Decision]:
    """What the writer has read and looked at was proposed once, and is settled."""
    for touch in touches:
        if touch.direction == "out" and (kind := _SETTLES.get(touch.kind)):
            settled = tuple(
                Settled(post.uid, post.aliases, post.title, post.entry.url)
                for posts in making.posts.values()
                for post in posts
                if post.uid == touch.post
            )
            yield Decision(
                id=_hash("decision", touch.id),
                at=touch.at,
                task=_hash(kind, touch.person, touch.post or ""),
                person=touch.person,
                kind=kind,
                outcome="done",
                settled=settled,
                title=touch.about,
                url=touch.url,
            )


def written_days(making: Making) -> Iterator[WrittenDay]:
    for ago, note in WRITTEN:
        day = local_day(making.now) - timedelta(days=ago)
        yield WrittenDay(day.isoformat(), day, making.day(ago, 8), note)


def week_lines(making: Making) -> Iterator[WeekLine]:
    for ago, text in LINES:
        week = week_of(local_day(making.now) - timedelta(weeks=ago))
        yield WeekLine(week, making.day(7 * ago, 20), text)


def _happened(making: Making, each: Happened) -> Touch:
    post = making.titled(each.who, each.about)
    own = making.titled("own", each.about)
    hour = {"read": 7.5, "look": 7.2}.get(each.kind, 20 if each.direction == "out" else 15)
    at = making.day(each.days, hour)
    if each.kind == "mention":  # the post in which they wrote of the writer's
        post = next(
            theirs
            for theirs in making.posts[each.who]
            if own and own.entry.url in theirs.entry.links
        )
        at = post.shown
    url = post.entry.url if post else own.entry.url if own else None
    return Touch(
        id=_hash(each.who, str(each.days), each.direction, each.kind),
        at=at,
        person=making.people[each.who].id,
        direction=each.direction,
        kind=each.kind,
        how_known=each.how_known,
        recorded=at,
        url=url,
        note=each.note,
        post=post.uid if post else None,
        about=each.about,
        owes=each.direction == "in" and each.kind in ("comment", "reply", "letter", "mention"),
        source=f"{HOST_OF[each.who]}" if each.how_known in ("seen", "verified") else "",
    )


def _commented(making: Making, comment: Comment) -> Touch:
    at = making.day(comment.days, 18)
    known = making.people[comment.who].added
    post = next(
        (post for post in making.posts["responses"] if post.entry.url == comment_url(comment)),
        None,
    )
    return Touch(
        id=_hash("comment", comment.who, str(comment.days)),
        at=at,
        person=making.people[comment.who].id,
        direction="in",
        kind="comment" if comment.on == HOST else "reply",
        how_known="seen",
        recorded=max(at, known),
        url=comment_url(comment),
        post=post.uid if post else None,
        about=comment.piece,
        text=comment.text,
        owes=comment.owes,
        source="your comments feed" if comment.on == HOST else f"the comments of {comment.on}",
    )


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=10).hexdigest()

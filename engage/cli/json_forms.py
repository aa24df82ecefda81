"""The stable JSON forms: fields may be added, never renamed; what is not known is null.

Moments are ISO 8601 with the offset of the writer's time zone, days ISO dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from engage.domain.derived import Standing, Task
from engage.domain.posts import Post
from engage.domain.records import FOR_GOOD, NewsItem, Person, Touch, World

if TYPE_CHECKING:
    from engage.services.outcomes import (
        Added,
        AddedFeed,
        Event,
        FeedHealth,
        ImportPlan,
        Inbox,
        Logged,
        PersonPage,
        Refreshed,
        Refusal,
        Snapshot,
    )

Form = dict[str, Any]

SCHEMA = 1


def refresh_form(done: Refreshed) -> Form:
    return {
        "schema": SCHEMA,
        "seconds": done.seconds,
        "feeds": {
            "total": done.total,
            "due": done.due,
            "fetched": done.fetched,
            "not_modified": done.not_modified,
            "failed": done.failed,
            "moved": done.moved,
            "gone": done.gone,
        },
        "posts": {"new": done.new_posts, "updated": done.updated_posts},
        "tasks": {"new": done.new_tasks},
        "errors": [
            *(
                {"feed": each.feed, "url": each.url, "message": each.message}
                for each in done.errors
            ),
            *({"feed": None, "url": None, **each} for each in _errors(done.refused)),
        ],
    }


def inbox_form(inbox: Inbox) -> Form:
    return {
        "schema": SCHEMA,
        "now": _moment(inbox.now),
        "tasks": [_task(task, inbox.people, inbox.standings) for task in inbox.tasks],
        "day_ends_after": inbox.day_ends_after,
    }


def posts_form(posts: Iterable[Post], snapshot: Snapshot) -> Form:
    return {"schema": SCHEMA, "posts": _posts(posts, snapshot.world)}


def people_form(people: Iterable[Person], snapshot: Snapshot) -> Form:
    feeds = _feeds_of(snapshot.world)
    return {
        "schema": SCHEMA,
        "people": [
            _person(person, snapshot.standings[person.id], feeds.get(person.id, []))
            for person in people
        ],
    }


def person_form(page: PersonPage, world: World) -> Form:
    person = _person(page.person, page.standing, [feed.id for feed in page.feeds])
    return {
        "schema": SCHEMA,
        "person": {**person, "notes": page.person.notes or None},
        "timeline": [_event(event) for event in page.timeline if event.what == "touch"],
        "posts": _posts(page.posts, world),
    }


def no_person_form(refusal: Refusal) -> Form:
    errors = _errors([refusal])
    return {"schema": SCHEMA, "person": None, "timeline": [], "posts": [], "errors": errors}


def feeds_form(feeds: Iterable[FeedHealth]) -> Form:
    return {"schema": SCHEMA, "feeds": [_feed(health) for health in feeds]}


def add_form(added: Added) -> Form:
    return {
        "schema": SCHEMA,
        "added": [_added(item) for item in added.added],
        "known": [_added(item) for item in added.known],
        "errors": _errors(added.refused),
    }


def import_form(plan: ImportPlan, refused: Iterable[Refusal]) -> Form:
    return {
        "schema": SCHEMA,
        "format": plan.format or None,
        "new": list(plan.new),
        "known": list(plan.known),
        "unclear": list(plan.unclear),
        "changed": list(plan.changed),
        "gone": list(plan.gone),
        "skipped": list(plan.skipped),
        "written": plan.written,
        "errors": _errors(refused),
    }


def log_form(logged: Logged | None, refused: Iterable[Refusal] = ()) -> Form:
    touch = logged.touch if logged else None
    return {
        "schema": SCHEMA,
        "touch": touch
        and {
            "id": touch.id,
            "at": _moment(touch.at),
            "direction": touch.direction,
            "kind": touch.kind,
            "how_known": touch.how_known,
            "url": touch.url,
            "note": touch.note or None,
            "post": touch.post,
        },
        "person": logged and {"id": logged.person.id, "name": logged.person.name},
        "made": bool(logged and logged.made),
        "errors": _errors(refused),
    }


def _task(task: Task, people: Mapping[str, Person], standings: Mapping[str, Standing]) -> Form:
    person, standing = people.get(task.person), standings.get(task.person)
    return {
        "id": task.id,
        "kind": task.kind,
        "state": task.state,
        "reason": task.reason,
        "why": task.why,
        "rule": task.rule or None,
        "today": task.first,
        "minutes": task.minutes,
        "due": _day(task.due),
        "until": _day(task.until),
        "person": person
        and {
            "id": person.id,
            "name": person.name,
            "circle": standing.circle if standing else None,
        },
        "posts": [
            *(_news(item) for item in task.posts),
            *(_response(touch) for touch in reversed(task.touches)),
        ],
    }


def _response(touch: Touch) -> Form:
    """What they wrote to the writer, as the post that a reply answers; it is read in a minute."""
    return {
        "id": touch.post or touch.id,
        "title": touch.about or None,
        "url": touch.url,
        "published": _moment(touch.at),
        "minutes": 1,
    }


def _news(item: NewsItem) -> Form:
    return {
        "id": item.uid,
        "title": item.title or None,
        "url": item.url,
        "published": _moment(item.published),
        "minutes": item.minutes,
    }


def _posts(posts: Iterable[Post], world: World) -> list[Form]:
    writers = {touch.post: touch.person for touch in world.touches if touch.direction == "in"}
    return [_post(post, world, writers) for post in posts]


def _post(post: Post, world: World, writers: Mapping[str | None, str]) -> Form:
    feed, entry = world.feeds.get(post.feed), post.entry
    return {
        "id": post.uid,
        "feed": post.feed,
        "person": (feed.person if feed else None) or writers.get(post.uid),
        "role": feed.role if feed else None,
        "kind": post.kind,
        "title": post.title,
        "url": entry.url,
        "guid": entry.guid,
        "author": entry.author or None,
        "published": _moment(entry.published),
        "first_seen": _moment(post.first_seen),
        "words": entry.words,
        "minutes": post.minutes,
        "language": entry.language,
        "truncated": entry.truncated,
        "members": entry.members,
        "enclosures": list(entry.enclosures),
        "in_reply_to": entry.answers[0] if entry.answers else None,
    }


def _person(person: Person, standing: Standing, feeds: list[str]) -> Form:
    warmth = standing.warmth
    return {
        "id": person.id,
        "name": person.name,
        "circle": standing.circle,
        "cadence_days": standing.cadence,
        "stage": standing.stage,
        "warmth": None if warmth is None else round(warmth, 4),
        "drifting": standing.drifting,
        "last_exchange": _moment(standing.last_exchange),
        "due": _day(standing.due),
        "owed": bool(standing.owed),
        "touches": {"in": standing.touches_in, "out": standing.touches_out},
        "feeds": feeds,
        "profiles": list(person.profiles),
        "directions": list(person.directions),
        "friend": person.friend,
        "left": standing.left,
        "state": standing.state,
        "rhythm_days": standing.rhythm,
        "known_since": _moment(standing.known_since),
        "why": dict(standing.why),
    }


def _event(event: Event) -> Form:
    return {
        "id": event.id,
        "at": _moment(event.at),
        "direction": event.direction,
        "kind": event.kind,
        "how_known": event.how_known,
        "by_name": event.by_name,
        "url": event.url,
        "note": event.note or None,
        "post": event.post,
        "sentence": event.sentence,
    }


def _feed(each: FeedHealth) -> Form:
    feed, fetch, health = each.feed, each.fetch, each.health
    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.title or None,
        "role": feed.role,
        "person": feed.person,
        "state": health.state,
        "etag": fetch.etag,
        "last_modified": fetch.last_modified,
        "last_fetch": _moment(fetch.last_fetch),
        "next_fetch": _moment(fetch.next_fetch),
        "failures": fetch.failures,
        "message": fetch.message or None,
        "posts": fetch.posts,
        "failing_since": _moment(fetch.failing_since),
        "attention": health.attention,
        "sentence": health.sentence,
    }


def _added(item: AddedFeed) -> Form:
    return {
        "feed": item.feed.id if item.feed else None,
        "url": item.feed.url if item.feed else None,
        "title": (item.feed.title or None) if item.feed else None,
        "person": item.person.id if item.person else None,
        "posts": item.posts,
        "note": item.note or None,
    }


def _errors(refused: Iterable[Refusal]) -> list[Form]:
    return [
        {"target": each.given, "message": each.sentence, "candidates": list(each.candidates)}
        for each in refused
    ]


def _feeds_of(world: World) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for feed in world.feeds.values():
        if feed.person is not None:
            found.setdefault(feed.person, []).append(feed.id)
    return found


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone().isoformat(timespec="seconds")


def _day(day: date | None) -> str | None:
    return None if day is None or day == FOR_GOOD else day.isoformat()

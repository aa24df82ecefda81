"""The stable JSON forms of drafts, questions and webmentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engage.domain.records import Person, Question
    from engage.services.conversations import Conversations
    from engage.services.drafts import Draft
    from engage.services.outcomes import Mentioned
    from engage.services.questions import Asked
    from engage.services.webmentions import Mention

Form = dict[str, Any]

SCHEMA = 1


def drafts_form(drafts: Iterable[Draft], people: Mapping[str, Person]) -> Form:
    return {
        "schema": SCHEMA,
        "drafts": [
            {
                "id": draft.about.key,
                "task": draft.about.task,
                "person": {"id": draft.about.person, "name": people[draft.about.person].name},
                "post": draft.about.post,
                "title": draft.about.title or None,
                "url": draft.about.url,
                "place": draft.about.place,
                "text": draft.text,
                "words": draft.words,
                "versions": draft.versions,
                "begun": draft.about.begun.astimezone().isoformat(),
                "changed": draft.changed.astimezone().isoformat(),
            }
            for draft in drafts
        ],
    }


def conversations_form(page: Conversations) -> list[Form]:
    """The conversations of a person, as ``person --json`` holds them, each oldest first."""
    return [
        {
            "about": talk.title or None,
            "post": talk.whose or None,
            "url": talk.url,
            "published": talk.published.astimezone().isoformat() if talk.published else None,
            "owed": bool(talk.owed),
            "words": [
                {
                    "id": touch.id,
                    "at": touch.at.astimezone().isoformat(),
                    "direction": touch.direction,
                    "kind": touch.kind,
                    "how_known": touch.how_known,
                    "by_name": touch.by_name,
                    "url": touch.url,
                    "text": touch.text or touch.note or None,
                    "owed": touch.id in talk.owed,
                }
                for touch in talk.touches
            ],
            "drafts": [draft.about.key for draft in page.drafts.get(at, ())],
        }
        for at, talk in enumerate(page.talks)
    ]


def questions_form(questions: Iterable[Question], by_name: Iterable[Asked] = ()) -> Form:
    return {
        "schema": SCHEMA,
        "questions": [
            {
                "id": question.id,
                "kind": question.kind,
                "sentence": question.sentence,
                "name": question.name or None,
                "people": list(question.candidates),
                "at": question.touch.at.astimezone().isoformat(),
                "url": question.touch.url,
                "about": question.touch.about or None,
                "text": question.touch.text,
                "source": question.touch.source,
            }
            for question in questions
        ],
        "by_name": [
            {
                "id": each.id,
                "sentence": each.sentence,
                "person": each.touch.person,
                "at": each.touch.at.astimezone().isoformat(),
                "url": each.touch.url,
                "about": each.touch.about or None,
                "text": each.touch.text,
                "source": each.touch.source,
            }
            for each in by_name
        ],
    }


def webmention_form(done: Mentioned) -> Form:
    return {
        "schema": SCHEMA,
        "source": done.source,
        "target": done.target,
        "endpoint": done.endpoint,
        "sent": done.sent,
        "status": done.status,
        "message": done.message,
        "errors": [],
    }


def mentions_form(mentions: Iterable[Mention]) -> Form:
    return {
        "schema": SCHEMA,
        "webmentions": [
            {
                "source": each.source,
                "target": each.target,
                "title": each.title or None,
                "person": each.person or None,
                "sent": each.sent is not None,
                "at": each.sent.at.astimezone().isoformat() if each.sent else None,
                "endpoint": each.sent.endpoint if each.sent else None,
                "status": each.sent.status if each.sent else None,
                "message": each.sent.message if each.sent else None,
                "place": each.sent.place if each.sent else None,
            }
            for each in mentions
        ],
    }


def no_webmention_form(
    source: str, target: str | None, message: str, candidates: Sequence[str]
) -> Form:
    return {
        "schema": SCHEMA,
        "source": source,
        "target": target,
        "endpoint": None,
        "sent": False,
        "status": None,
        "message": message,
        "errors": [{"target": target, "message": message, "candidates": list(candidates)}],
    }

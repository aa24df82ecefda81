"""The stable JSON forms of drafts, questions and webmentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engage.domain.records import Person, Question
    from engage.services.drafts import Draft
    from engage.services.webmentions import Mentioned

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


def questions_form(questions: Iterable[Question]) -> Form:
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
    }


def webmention_form(done: Mentioned) -> Form:
    return {
        "schema": SCHEMA,
        "source": done.sending.source,
        "target": done.sending.target,
        "endpoint": done.sending.endpoint,
        "sent": done.sent,
        "status": done.status,
        "message": done.message,
        "errors": [],
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

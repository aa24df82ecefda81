"""What only the writer can tell, asked once and answered once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from itertools import islice

from engage.domain.changes import Change, Put, put
from engage.domain.codec import moment_text
from engage.domain.evidence import verification
from engage.domain.people import find_by_exact_name, keys_for, make_person
from engage.domain.records import Amendment, Person, Question, Touch
from engage.errors import Ambiguous, EngageError, NotFound
from engage.services import drafts
from engage.services.desk import Desk
from engage.services.names import find_person
from engage.services.outcomes import Choice
from engage.text import one_line

#: What stands for "somebody else, of the same name" and for "do not log it".
NEW, NO, YES = "new", "no", "yes"

#: How many of the touches that were matched by name alone are shown, the newest.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that only the writer can tell, with what may be answered. ``id`` is a question's,
    or that of a touch that was matched by name alone (``by_name``)."""

    id: str
    sentence: str
    touch: Touch
    choices: tuple[Choice, ...]
    by_name: bool = False


def asked(desk: Desk) -> tuple[Asked, ...]:
    """What is asked, the oldest first, then what was matched by name alone, the newest first."""
    open_ones = [
        Asked(each.id, each.sentence, each.touch, choices(desk, each)) for each in questions(desk)
    ]
    people = desk.world().people
    matched = [
        Asked(
            touch.id,
            f"{people[touch.person].name}, by name alone: is it them?",
            touch,
            (
                Choice(YES, "y", f"it is {_described(people[touch.person])}"),
                Choice(NEW, "2", f"somebody else called {people[touch.person].name}"),
                Choice(NO, "n", "log nothing"),
            ),
            by_name=True,
        )
        for touch in by_name(desk)
    ]
    return (*open_ones, *matched)


def by_name(desk: Desk) -> tuple[Touch, ...]:
    """The newest of what somebody wrote who was matched by their name alone."""
    world = desk.world()
    found = (
        touch
        for touch in reversed(world.touches)
        if touch.by_name and touch.direction == "in" and touch.exchange
        if touch.person in world.people
    )
    return tuple(islice(found, SHOWN))


def questions(desk: Desk) -> tuple[Question, ...]:
    """What is asked and not answered, the oldest first."""
    return tuple(question for question in desk.world().questions if question.answered is None)


def choices(desk: Desk, question: Question) -> tuple[Choice, ...]:
    """What may be answered."""
    if question.kind == "yours":
        return (Choice(YES, "y", "it is mine: log it"), Choice(NO, "n", "it is something else"))
    people = desk.world().people
    known = [people[id] for id in question.candidates if id in people]
    named = [Choice(each.id, str(at), _described(each)) for at, each in enumerate(known, 1)]
    new = Choice(NEW, str(len(known) + 1), f"somebody else called {question.name}")
    return (*named, new, Choice(NO, "n", "log nothing"))


def answer(desk: Desk, given: str, said: str) -> Change | None:
    """Answer a question: for whose words, a person (of those asked about), ``new`` or ``no``; for
    a likeness ``yes`` or ``no``. ``given`` may also be the id of a touch that was matched by name
    alone: ``yes`` says that it is them, ``new`` or a person takes it apart from them, ``no`` takes
    it out."""
    question = _find(desk, given)
    if question is None:
        return _take_apart(desk, given, said)
    if question.kind == "yours":
        return _answer_likeness(desk, question, said)
    if said == NO:
        return _close(desk, question, NO, [], "not logged")
    person, puts = _chosen(desk, question, said)
    touch = replace(question.touch, person=person.id)
    return _close(desk, question, person.id, [*puts, put(touch)], person.name)


def _answer_likeness(desk: Desk, question: Question, said: str) -> Change | None:
    if said not in (YES, NO):
        raise EngageError(f"{one_line(said)!r} is no answer; say yes or no.")
    if said == NO:
        return _close(desk, question, NO, [], "not logged")
    touches = {touch.id: touch for touch in desk.world().touches}
    known = touches.get(question.verifies)
    touch_id = known.id if known else question.touch.id
    evidence = (
        put(verification(known, question.touch, desk.now())) if known else put(question.touch)
    )
    change = _close(desk, question, YES, [evidence], question.name)
    if question.draft:
        drafts.mark(desk, question.draft, touch_id)
    return change


def _close(
    desk: Desk, question: Question, answer: str, puts: list[Put], label: str
) -> Change | None:
    after = replace(question, answer=answer, answered=desk.stamp())
    return desk.commit(f"answered: {question.name}, {label}", [*puts, put(after, question)])


def _chosen(desk: Desk, question: Question, said: str) -> tuple[Person, list[Put]]:
    """Who is meant, and the puts that make them known by the address they gave."""
    people = desk.world().people
    keys = keys_for(profile=question.profile)
    if said == NEW:
        made = _namesake(desk, question.name, question.touch, question.profile)
        return made, [put(made)]
    person = find_person(desk, said)
    if person.id not in question.candidates:
        named = [people[id] for id in question.candidates if id in people]
        lines = tuple(f"{each.name}  ({each.id})" for each in named)
        raise Ambiguous(f"{person.name} is none of those who were asked about.", lines)
    after = replace(person, keys=tuple(dict.fromkeys((*person.keys, *keys))))
    return person, [put(after, person)] if after != person else []


def _take_apart(desk: Desk, given: str, said: str) -> Change | None:
    found = [touch for touch in desk.world().touches if given and touch.id.startswith(given)]
    if len(found) != 1 or not found[0].by_name:
        raise NotFound(f"No question is called {one_line(given)!r}; see `engage questions`.")
    touch = found[0]
    was = desk.world().people[touch.person]
    puts: list[Put] = []
    fields: dict[str, object] = {"by_name": False}
    label = f"taken apart: {touch.kind} of {was.name}"
    if said == YES:
        label = f"answered: {was.name}, it is them"
    elif said == NO:
        fields = {"void": True}
    elif said == NEW:
        person = _namesake(desk, was.name, touch, None)
        puts, fields = [put(person)], fields | {"person": person.id}
    else:
        fields |= {"person": find_person(desk, said).id}
    now = desk.stamp()
    made = Amendment(_hash("apart", touch.id, moment_text(now)), touch.id, now, fields)
    return desk.commit(label, [*puts, put(made)])


def _described(person: Person) -> str:
    return f"{person.name}  {' '.join(person.profiles)}".rstrip()


def _namesake(desk: Desk, name: str, touch: Touch, profile: str | None) -> Person:
    """Somebody new beside others of that name: their id cannot come from the name."""
    people = desk.world().people
    made = make_person(name, desk.now(), "commented", profile=profile)
    if made.id in people or find_by_exact_name(people.values(), made.name):
        key = f"name:{made.name.casefold()}#{touch.id}"
        keys = made.keys if profile else (key,)
        made = replace(made, id=_hash("person", key)[:12], keys=keys)
    return made


def _find(desk: Desk, given: str) -> Question | None:
    found = [question for question in questions(desk) if given and question.id.startswith(given)]
    if len(found) > 1:
        lines = tuple(f"{each.id}  {each.sentence}" for each in found)
        raise Ambiguous(f"{given!r} begins several questions; give more of the id.", lines)
    return found[0] if found else None


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=10).hexdigest()

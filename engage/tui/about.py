"""What a task is about, gathered on the desk thread for the pane beside the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from engage.domain.derived import Standing, Task
from engage.domain.records import Person

if TYPE_CHECKING:
    from engage.domain.posts import Post
    from engage.services.desk import Desk
    from engage.services.outcomes import PersonPage, Place


class About(NamedTuple):
    """A task, and the post to read (then nothing else is needed) or the person's page."""

    task: Task
    post: Post | None = None
    page: PersonPage | None = None
    place: Place | None = None


def gather(desk: Desk, task: Task, uid: str | None = None) -> About:
    """What to show for a task; ``uid``: its post that is open."""
    from engage.services import people, reading  # here: not before first paint

    if task.kind == "read" and uid is not None and (post := reading.post(desk, uid)) is not None:
        return About(task, post)
    page = people.person_page(desk, task.person)
    place = reading.place_to_answer(desk, task) if task.kind == "reply" else None
    return About(task, None, page, place)


def addresses(task: Task, person: Person | None, uid: str | None = None) -> str | None:
    """The address that shows what a task is about; None where none is known."""
    for post in task.posts:
        if uid is None or post.uid == uid:
            return post.url
    for touch in task.touches:
        if touch.url:
            return touch.url
    return person.profiles[0] if person is not None and person.profiles else None


def standing_words(
    task: Task, people: Mapping[str, Person], standings: Mapping[str, Standing]
) -> str:
    """``Pia Novak · circle 2``: whose row is open."""
    person, standing = people.get(task.person), standings.get(task.person)
    name = person.name if person else task.person
    return f"{name} · circle {standing.circle}" if standing and standing.circle else name

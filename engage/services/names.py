"""What the writer calls things: NAME, FEED and ID of the command line, found or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from engage.domain.addresses import normalise
from engage.domain.derived import Task
from engage.domain.people import match_names
from engage.domain.records import Feed, Person
from engage.errors import Ambiguous, NotFound
from engage.services.desk import Desk
from engage.text import one_line

Item = TypeVar("Item")


def find_person(desk: Desk, given: str) -> Person:
    """The person of that id, name, part of a name, or address; NotFound or Ambiguous else."""
    people = desk.world().people
    if given in people:
        return people[given]
    feeds = desk.world().feeds.values()
    addresses = {
        person.id: [*person.profiles, *(f.url for f in feeds if f.person == person.id)]
        for person in people.values()
    }
    return _find(
        given,
        people.values(),
        "person",
        lambda person: (person.id, (person.name, *person.names)),
        lambda person: addresses[person.id],
        lambda person: f"{person.name}  ({person.id})",
        "engage people",
    )


def find_feed(desk: Desk, given: str) -> Feed:
    """The feed of that id, title, address or part of one; NotFound or Ambiguous else."""
    world = desk.world()
    if given in world.feeds:
        return world.feeds[given]

    def names(feed: Feed) -> tuple[str, tuple[str, ...]]:
        person = world.people.get(feed.person or "")
        return feed.id, (feed.title, *((person.name,) if person else ()))

    return _find(
        given,
        world.feeds.values(),
        "feed",
        names,
        lambda feed: [feed.url, feed.typed, *([feed.site] if feed.site else [])],
        lambda feed: f"{feed.title or feed.url}  {feed.url}  ({feed.id})",
        "engage feeds",
    )


def find_task(desk: Desk, tasks: Sequence[Task], given: str) -> Task:
    """The task whose id begins so, or the one open task of the person of that name."""
    beginning = [task for task in tasks if task.id.startswith(given)] if given else []
    exact = [task for task in beginning if task.id == given]
    if len(exact or beginning) == 1:
        return (exact or beginning)[0]
    world = desk.world()
    if beginning:
        lines = tuple(_task_line(world.people, task) for task in beginning)
        raise Ambiguous(f"{given!r} begins several tasks; give more of the id.", lines)
    try:
        person = find_person(desk, given)
    except NotFound:
        raise NotFound(
            f"No task and no person is called {one_line(given)!r}; see `engage inbox`."
        ) from None
    active = ("open", "later", "snoozed", "waiting")
    open_ones = [task for task in tasks if task.person == person.id and task.state == "open"]
    found = open_ones or [
        task for task in tasks if task.person == person.id and task.state in active
    ]
    if not found:
        raise NotFound(f"{person.name} has no open task; see `engage inbox --all`.")
    if len(found) > 1:
        lines = tuple(_task_line(world.people, task) for task in found)
        raise Ambiguous(f"{person.name} has several open tasks; name one by its id.", lines)
    return found[0]


def _task_line(people: Mapping[str, Person], task: Task) -> str:
    return f"{task.id}  {task.kind}  {people[task.person].name}  {task.why}"


def _find(
    given: str,
    items: Iterable[Item],
    what: str,
    names: Callable[[Item], tuple[str, tuple[str, ...]]],
    addresses: Callable[[Item], Iterable[str]],
    line: Callable[[Item], str],
    listing: str,
) -> Item:
    listed = list(items)
    asked = one_line(given)
    found = match_names([(item, *names(item)) for item in listed], asked) if asked else []
    if not found and asked:
        wanted = normalise(asked)
        same = [i for i in listed if any(normalise(a) == wanted for a in addresses(i))]
        found = same or [
            i for i in listed if any(asked.casefold() in a.casefold() for a in addresses(i))
        ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"No {what} is called {asked!r}; see `{listing}`.")
    raise Ambiguous(
        f"{asked!r} may mean {len(found)} {'people' if what == 'person' else what + 's'}; "
        "say more of the name, or the id.",
        tuple(line(item) for item in found),
    )

"""What a new person's row says of them: their newest title, or whose list they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engage.domain.derived import Task
from engage.domain.records import World


def welcome_titles(world: World, tasks: Sequence[Task]) -> Mapping[str, str]:
    """By the id of each `welcome` task: ``Notes from the ferry``, or ``Instagram``."""
    new = {task.person: task.id for task in tasks if task.kind == "welcome"}
    titles: dict[str, str] = {}
    for item in world.news if new else ():  # the newest first
        if item.person in new:
            titles.setdefault(new[item.person], item.title)
    for person, id in new.items():
        if id not in titles and (origins := world.people[person].origins):
            titles[id] = origins[0].source.capitalize()
    return titles

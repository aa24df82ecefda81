"""What is said of a new person: their newest title, whose list they stand in, where to begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engage.domain.derived import Task
from engage.domain.directions import place_name
from engage.domain.posts import Post
from engage.domain.records import Touch, World


def welcome_titles(world: World, tasks: Sequence[Task]) -> Mapping[str, str]:
    """By the id of each `welcome` task: ``Notes from the ferry``, or ``Instagram``."""
    new = {task.person: task.id for task in tasks if task.kind == "welcome"}
    titles: dict[str, str] = {}
    for item in world.news:  # the newest first
        if len(titles) == len(new):
            break
        if item.person in new:
            titles.setdefault(new[item.person], item.title)
    for person, id in new.items():
        places = [place_name(origin.source) for origin in world.people[person].origins]
        if id not in titles and any(places):
            titles[id] = next(filter(None, places))
    return titles


def read_first(posts: Sequence[Post], touches: Sequence[Touch]) -> tuple[Post, str] | None:
    """Where to begin with somebody's work, and why: what links to the writer's, else the latest.

    ``posts`` newest first; responses to others are left for later.
    """
    linking = {
        touch.post for touch in touches if touch.kind == "mention" and touch.direction == "in"
    }
    for post in posts:
        if post.uid in linking:
            return post, "it links to yours"
    pieces = [post for post in posts if post.kind == "post"]
    return (pieces[0], "the latest") if pieces else None

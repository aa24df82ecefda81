"""Posts to read, and the place to answer them."""

from __future__ import annotations

from operator import attrgetter

from engage.domain.derived import Task
from engage.domain.posts import Post
from engage.domain.query import matches_post, parse
from engage.replies.places import place_for
from engage.services import drafts
from engage.services.desk import Desk
from engage.services.outcomes import Place, Snapshot


def posts(desk: Desk, query: str = "") -> tuple[tuple[Post, ...], Snapshot]:
    """The posts that match, newest first, and the world to describe them with."""
    world, standings, now = desk.world(), desk.standings(), desk.now()
    asked = parse(query)
    found_drafts = drafts.drafted_posts(desk) if drafts.asks_for_draft(asked) else frozenset()
    found: list[Post] = []
    for feed in world.feeds.values():
        person = world.people.get(feed.person or "")
        standing = standings[person.id] if person else None
        found += [
            post
            for post in desk.store.posts(feed.id)
            if matches_post(asked, post, person, standing, feed, now, drafts=found_drafts)
        ]
    found.sort(key=attrgetter("shown", "uid"), reverse=True)
    return tuple(found), Snapshot(world, standings)


def post(desk: Desk, uid: str) -> Post | None:
    """One post with its text; None where the cache no longer has it."""
    feeds = desk.world().feeds
    likely = [item.feed for item in desk.world().news if item.uid == uid and item.feed in feeds]
    for feed in dict.fromkeys([*likely, *feeds]):
        for kept in desk.store.posts(feed):
            if kept.uid == uid:
                return kept
    return None


def recent_posts(desk: Desk, person: str, limit: int = 3) -> tuple[Post, ...]:
    """A person's latest posts."""
    feeds = [feed for feed in desk.world().feeds.values() if feed.person == person]
    kept = [post for feed in feeds for post in desk.store.posts(feed.id)]
    return tuple(sorted(kept, key=attrgetter("shown", "uid"), reverse=True)[:limit])


def place_to_answer(desk: Desk, task: Task, uid: str | None = None) -> Place | None:
    """Where the writer can answer a task's post (or their comment); None where nothing is known."""
    if task.touches and task.touches[0].url:
        return Place(task.touches[0].url, "where they wrote to you")
    chosen = next((item for item in task.posts if item.uid == uid), None)
    item = chosen or (task.posts[-1] if task.posts else None)
    if item is None:
        profiles = desk.world().people[task.person].profiles
        return Place(profiles[0], "their profile") if profiles else None
    return place_of_post(desk, item.uid, item.url)


def place_of_post(desk: Desk, uid: str, url: str | None) -> Place | None:
    """Where a post can be answered: by the feed's comments link, else by the platform's rule."""
    kept = post(desk, uid)
    comments_url = kept.entry.comments_url if kept is not None else None
    if url is None and comments_url is None:
        return None
    return Place(*place_for(url or "", comments_url))

"""Posts to read, and the place to answer them."""

from __future__ import annotations

from operator import attrgetter
from urllib.parse import urlsplit

from engage.domain.query import matches_post, parse
from engage.domain.records import Post, Task
from engage.services.desk import Desk
from engage.services.outcomes import Place, Snapshot


def posts(desk: Desk, query: str = "") -> tuple[tuple[Post, ...], Snapshot]:
    """The posts that match, newest first, and the world to describe them with."""
    world, standings, now = desk.world(), desk.standings(), desk.now()
    asked = parse(query)
    found: list[Post] = []
    for feed in world.feeds.values():
        person = world.people.get(feed.person or "")
        standing = standings[person.id] if person else None
        found += [
            post
            for post in desk.store.posts(feed.id)
            if matches_post(asked, post, person, standing, feed, now)
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
    kept = post(desk, item.uid)
    if kept is not None and kept.entry.comments_url:
        return Place(kept.entry.comments_url, "the feed's comments link")
    if item.url is None:
        return None
    return _by_platform(item.url)


def _by_platform(url: str) -> Place:
    """The platform's rule (a table with its sources is kept with the research on relationships)."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host == "medium.com" or host.endswith(".medium.com"):
        joint = "&" if parts.query else "?"
        return Place(f"{url}{joint}responsesOpen=true", "Medium's responses")
    if host.endswith(".substack.com") and "/p/" in parts.path:
        return Place(url.split("?")[0].rstrip("/") + "/comments", "Substack's comments")
    if host.endswith(".wordpress.com"):
        return Place(url.split("#")[0] + "#respond", "WordPress's comment form")
    return Place(url, "the post itself")

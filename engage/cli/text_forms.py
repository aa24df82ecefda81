"""What listings say as plain text: one line for each task, post, person, feed or event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from engage.domain.days import days_between, local_day
from engage.domain.derived import Standing, Task
from engage.domain.posts import Post
from engage.domain.records import FOR_GOOD, Person, World
from engage.domain.standing_words import verdict
from engage.domain.wording import known_how

if TYPE_CHECKING:
    from engage.domain.merging import Likely
    from engage.services.conversations import Talk
    from engage.services.drafts import Draft
    from engage.services.outcomes import (
        AddedFeed,
        Event,
        FeedHealth,
        Inbox,
        PersonPage,
        Refreshed,
        Snapshot,
        Sought,
    )

Row = tuple[str, ...]

#: The shortest beginning of a task's id that is shown.
SHORT_ID = 8

_ROLES = {"own": "yours", "theirs": "theirs", "responses": "responses"}


def inbox_rows(inbox: Inbox) -> list[Row]:
    short = short_ids([task.id for task in inbox.tasks])
    return [
        (short[task.id], person_name(inbox.people, task.person), _about(task), _why(task))
        for task in inbox.tasks
    ]


def short_ids(ids: Sequence[str]) -> dict[str, str]:
    """For each id the beginning that tells it apart from the others, all of one length."""
    length = SHORT_ID
    while len({id[:length] for id in ids}) < len(set(ids)):
        length += 1
    return {id: id[:length] for id in ids}


def inbox_end(inbox: Inbox) -> str:
    """The sentence at the end of the inbox."""
    if not inbox.waiting:
        return "That is today's." if inbox.tasks else "Nothing waits for you."
    people = "person waits" if inbox.waiting == 1 else "people wait"
    return f"That is today's; {inbox.waiting} {people} for tomorrow."


def post_rows(posts: Iterable[Post], world: World) -> list[Row]:
    return [
        (
            local_day(post.shown).isoformat(),
            _whose(post, world),
            post.title,
            post.entry.url or "",
        )
        for post in posts
    ]


def people_rows(people: Iterable[Person], snapshot: Snapshot, now: datetime) -> list[Row]:
    rows: list[Row] = []
    for person in people:
        standing = snapshot.standings[person.id]
        circle = f"circle {standing.circle}" if standing.circle else ""
        rows.append((person.name, circle, standing.stage, "; ".join(_facts(standing, now))))
    return rows


def person_lines(page: PersonPage, now: datetime, likely: Iterable[Likely] = ()) -> list[str]:
    """One person: who they are, how the two stand, what happened; ``likely``: who they may be."""
    person, standing = page.person, page.standing
    circle = f" · circle {standing.circle}" if standing.circle else ""
    lines = [f"{person.name} · {standing.stage}{circle}", verdict(standing, local_day(now))]
    if facts := _facts(standing, now):
        lines.append("; ".join(facts))
    if standing.last_exchange is not None:
        lines.append(f"{standing.why['exchanges']}; {standing.why['rhythm']}")
    lines += list(person.profiles)
    lines += [f"feed: {feed.url}" for feed in page.feeds]
    if person.next is not None and person.next.due == standing.due:
        said = f": {person.next.text}" if person.next.text else ""
        lines.append(f"next time, {person.next.due.isoformat()}{said}")
    lines += [
        f"perhaps also {other.name}: {pair.why}; `engage merge-people {person.id} {other.id}`"
        for pair in likely
        for other in (pair.one, pair.other)
        if other.id != person.id
    ]
    if person.notes:
        lines += ["", *person.notes.split("\n")]
    return [*lines, ""] if page.timeline else lines


def timeline_rows(timeline: Iterable[Event]) -> list[Row]:
    who = {"out": "you", "in": "they", None: ""}
    return [
        (
            local_day(event.at).isoformat(),
            "they" if event.what == "post" else who[event.direction],
            event.sentence,
            known_how(event.how_known or "", event.source),
            event.url or "",
        )
        for event in timeline
    ]


def talk_heading(talk: Talk) -> str:
    """What a conversation is about: ``The kitchen table · your post · https://…``."""
    whose = {"yours": "your post", "theirs": "their post", "": ""}[talk.whose]
    return " · ".join(part for part in (talk.title or "about no post", whose, talk.url) if part)


def talk_rows(talk: Talk, drafts: Iterable[Draft]) -> list[Row]:
    """A line for each of its words, oldest first, and for each draft."""
    said = [
        (
            local_day(touch.at).isoformat(),
            "you" if touch.direction == "out" else "they",
            touch.kind,
            "not answered" if touch.id in talk.owed else known_how(touch.how_known, touch.source),
            touch.text or touch.note,
            touch.url or "",
        )
        for touch in talk.touches
    ]
    kept = [
        (local_day(draft.changed).isoformat(), "you", "draft", "not out yet", draft.text, "")
        for draft in drafts
    ]
    return [*said, *kept]


def feed_rows(feeds: Iterable[FeedHealth]) -> list[Row]:
    return [
        (
            health.feed.id[:SHORT_ID],
            health.feed.title or health.feed.url,
            _ROLES[health.feed.role],
            health.health.sentence,
            health.feed.url,
        )
        for health in feeds
    ]


def added_line(item: AddedFeed, *, known: bool) -> str:
    """What became of one target of `add`."""
    verb = "You know" if known else "Added"
    if item.feed is None:
        name = item.person.name if item.person else "nobody"
        return f"{verb} {name}{' already' if known else ''}.{_then(item.note)}"
    verb = "You follow" if known else "Following"
    whose = item.person.name if item.person else {"own": "your own posts"}.get(item.feed.role)
    title = item.feed.title or item.feed.url
    of = f" ({whose or 'responses to your posts'})" if whose != title else ""
    count = "" if known else f", {counted(item.posts, 'post')}"
    return f"{verb} {title}{of}{' already' if known else count}.{_then(item.note)}"


def sought_line(sought: Sought) -> str:
    """What came of looking for feeds on people's sites."""
    if not sought.asked:
        again = " that was not looked at in the last 30 days" if sought.skipped else ""
        return f"Nobody without a feed has a site{again}."
    found = counted(len(sought.added), "feed")
    return f"Looked on the sites of {_people_counted(sought.asked)}: {found} found."


def _people_counted(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


def refresh_line(done: Refreshed) -> str:
    """The summary of a refresh in a sentence or two."""
    if not done.due:
        return "No feed is due yet." if done.total else "There is no feed to ask."
    parts = [
        f"{counted(done.fetched, 'feed')} with news",
        f"{done.not_modified} unchanged",
        *([f"{done.failed} failed"] if done.failed else []),
        *([f"{done.gone} gone"] if done.gone else []),
        *([f"{done.moved} moved"] if done.moved else []),
    ]
    return (
        f"Asked {counted(done.due, 'feed')}: {', '.join(parts)}. "
        f"{counted(done.new_posts, 'new post')}, {counted(done.new_tasks, 'new task')}."
    )


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, in local days: today, yesterday, 9 days ago."""
    days = days_between(moment, now)
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago") if days >= 0 else "to come"


def counted(number: int, what: str) -> str:
    """A number and its noun: 1 feed, 2 feeds."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def _about(task: Task) -> str:
    if task.touches and (about := task.touches[0].about):
        return about
    if len(task.posts) > 1:
        return f"{len(task.posts)} posts: {task.posts[0].title}"
    return task.posts[0].title if task.posts else ""


def _why(task: Task) -> str:
    if task.state == "open" or task.why.startswith(task.state):
        return task.why
    until = f" until {task.until.isoformat()}" if task.until else ""
    return f"{task.state}{until}: {task.why}"


def _facts(standing: Standing, now: datetime) -> list[str]:
    facts = []
    if standing.left:
        facts.append("left in peace")
    if standing.owed:
        facts.append("wrote to you, not answered")
    if standing.last_exchange is not None:
        facts.append(f"last exchange {ago(standing.last_exchange, now)}")
    if standing.cadence is not None:
        facts.append(f"you meant every {counted(standing.cadence, 'day')}")
    if standing.due is not None and standing.due != FOR_GOOD:
        facts.append(_due(standing.due, local_day(now)))
    if standing.drifting:
        facts.append("drifting")
    return facts


def _due(due: date, today: date) -> str:
    return f"due since {due.isoformat()}" if due <= today else f"due {due.isoformat()}"


def _whose(post: Post, world: World) -> str:
    feed = world.feeds.get(post.feed)
    if feed is None:
        return post.entry.author
    if feed.role == "own":
        return "you"
    return person_name(world.people, feed.person) if feed.person else post.entry.author


def person_name(people: Mapping[str, Person], id: str) -> str:
    return people[id].name if id in people else "somebody forgotten"


def _then(note: str) -> str:
    return f" {note}" if note else ""

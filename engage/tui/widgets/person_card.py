"""What there is to know about somebody when a task is about them, as lines of text.

Everything can be drawn at once from what the inbox holds; events, posts and the place to answer
come in a moment later and are given then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from textual.content import Content

from engage.domain.days import local_day
from engage.domain.derived import Standing, Task
from engage.domain.directions import came
from engage.domain.posts import Post
from engage.domain.records import EXCHANGES, Feed, Person, Touch
from engage.domain.welcomes import read_first
from engage.domain.wording import counted
from engage.services.outcomes import Event, Place
from engage.tui.widgets.article import without_scheme
from engage.tui.widgets.said import ago, day_said, emphasised, listed
from engage.tui.widgets.text_lines import Paragraph, Wraps

_BEFORE = 4
_LATEST = 3
_TAGS = 6
_BLANK = Content("")

# What somebody did, alone and before the title it was about.
_IN_WORDS = {
    "comment": ("commented", "commented on your"),
    "reply": ("answered you", "answered you on"),
    "mention": ("linked to you", "linked to your"),
    "letter": ("wrote you a letter", "wrote you a letter about"),
    "talk": ("talked with you", "talked with you about"),
}


def task_lines(
    task: Task,
    person: Person,
    standing: Standing,
    *,
    today: date,
    events: Sequence[Event] = (),
    posts: Sequence[Post] = (),
    feeds: Sequence[Feed] = (),
    touches: Sequence[Touch] = (),
    place: Place | None = None,
) -> list[Wraps]:
    """What a task is about: their words for a reply, the card for a welcome, the last exchange
    for a reconnect, the titles for a read."""
    lines = [*head_lines(person, standing, today), _BLANK]
    match task.kind:
        case "reply":
            return lines + reply_lines(task, person, events=events, place=place, today=today)
        case "welcome":
            card = card_lines(
                person, today=today, posts=posts, feeds=feeds, events=events, touches=touches
            )
            return lines + card
        case "reconnect":
            return lines + reconnect_lines(person, today=today, events=events, posts=posts)
        case "read":
            return lines + read_lines(task, today)


def head_lines(person: Person, standing: Standing, today: date) -> list[Wraps]:
    """Name, circle and stage; the last exchange and what the writer meant."""
    return [
        Content.assemble(
            (person.name, ".text--strong"), ("  " + place_words(standing), ".text--muted")
        ),
        Content.styled(since_words(standing, today), ".text--muted"),
    ]


def place_words(standing: Standing) -> str:
    """``circle 1 · in conversation``."""
    circle = f"circle {standing.circle}" if standing.circle else "no circle"
    stage = standing.stage if standing.stage == "Friend" else standing.stage.lower()
    return " · ".join(filter(None, (circle, stage, "left in peace" if standing.left else "")))


def since_words(standing: Standing, today: date) -> str:
    """``Last exchange 9 days ago; you meant every 14``."""
    meant = f"; you meant every {counted(standing.cadence, 'day')}" if standing.cadence else ""
    if standing.last_exchange is None:
        return f"No exchange yet{meant}"
    days = (today - local_day(standing.last_exchange)).days
    return f"Last exchange {ago(days)}{meant}"


def reply_lines(
    task: Task,
    person: Person,
    *,
    today: date,
    events: Sequence[Event] = (),
    place: Place | None = None,
) -> list[Wraps]:
    """Their words, where to answer them, and what was before."""
    lines: list[Wraps] = []
    for touch in task.touches:
        lines += [*_their_words(touch, person, today), _BLANK]
    if place is not None:
        lines += [*place_lines(place), _BLANK]
    about = {touch.id for touch in task.touches}
    before = [
        event
        for event in events
        if event.what == "touch" and event.kind in EXCHANGES and event.id not in about
    ]
    return lines + before_lines(before[:_BEFORE], person, today)


def place_lines(place: Place) -> list[Wraps]:
    """Where to answer, and the rule that says so."""
    label = f"The place to answer ({place.rule}):"
    return [Content.styled(label, ".text--muted"), Content(without_scheme(place.url))]


def before_lines(events: Sequence[Event], person: Person, today: date) -> list[Wraps]:
    """``Before: you to Mara, Fri 13 Nov: replied to *Ink*``, newest first."""
    lines: list[Wraps] = []
    for event in events:
        who = f"you to {person.name}" if event.direction == "out" else f"{person.name} to you"
        day = day_said(local_day(event.at), today)
        body = Content(f"{who}, {day}: ") + emphasised(event.sentence)
        if event.note:
            body += Content.styled(f" “{_short(event.note)}”", ".text--muted")
        label = "Before: " if not lines else "        "
        lines.append(Paragraph(Content.styled(label, ".text--muted"), body))
    return lines


def card_lines(
    person: Person,
    *,
    today: date,
    posts: Sequence[Post] = (),
    feeds: Sequence[Feed] = (),
    events: Sequence[Event] = (),
    touches: Sequence[Touch] = (),
) -> list[Wraps]:
    """Who a new person is: how they came, where they are, what they write about, where to begin."""
    lines: list[Wraps] = [Content(came(person, today))]
    theirs = [event for event in events if event.what == "touch" and event.direction == "in"]
    for event in theirs[:_LATEST]:
        day = day_said(local_day(event.at), today)
        words = Content(f"{person.name} ") + emphasised(event.sentence)
        lines += [_BLANK, words + Content(f", {day}{':' if event.note else '.'}")]
        lines += [quote(event.note)] if event.note else []
    where = [*person.profiles, *(feed.site or feed.url for feed in feeds)]
    if where:
        lines.append(_BLANK)
        lines += [Content(without_scheme(url)) for url in dict.fromkeys(where)]
    if person.notes:
        lines += [_BLANK, Content(person.notes)]
    tags = Counter(tag for post in posts for tag in post.entry.categories)
    if tags:
        most = [tag for tag, _ in tags.most_common(_TAGS)]
        lines += [_BLANK, _labelled("Writes about: ", listed(most))]
    if (first := read_first(posts, touches)) is not None:
        post, why = first
        begin = Content.assemble((post.title, ".text--em"), f", {post.minutes} min: {why}")
        lines += [_BLANK, _labelled("Read first: ", begin)]
    if posts:
        lines += [_BLANK, Content.styled("Latest", ".text--muted")]
        lines += [_post_line(post, today) for post in posts[:_LATEST]]
    elif not feeds:
        lines += [_BLANK, Content.styled("No feed of theirs is known.", ".text--muted")]
    return lines


def reconnect_lines(
    person: Person,
    *,
    today: date,
    events: Sequence[Event] = (),
    posts: Sequence[Post] = (),
) -> list[Wraps]:
    """The last exchange, what was meant for next time, notes, and something to begin with."""
    lines: list[Wraps] = []
    exchanges = [event for event in events if event.what == "touch" and event.kind in EXCHANGES]
    for event in exchanges[:1]:
        day = day_said(local_day(event.at), today)
        who = "you" if event.direction == "out" else person.name
        lines.append(
            _labelled("The last: ", Content(f"{day}, {who} ") + emphasised(event.sentence))
        )
        if event.note:
            lines.append(quote(event.note))
    if person.next is not None and person.next.text:
        lines += [_BLANK, _labelled("Next time: ", person.next.text)]
    if person.notes:
        lines += [_BLANK, _labelled("Your notes: ", person.notes)]
    if before := before_lines(exchanges[1:_BEFORE], person, today):
        lines += [_BLANK, *before]
    if posts:
        lines += [_BLANK, Content.styled("Latest", ".text--muted")]
        lines += [_post_line(post, today) for post in posts[:_LATEST]]
    return lines


def read_lines(task: Task, today: date) -> list[Wraps]:
    """The titles of the posts of a `read`, oldest first."""
    lines: list[Wraps] = []
    for item in task.posts:
        day = day_said(local_day(item.shown), today)
        lines.append(
            Content.assemble(
                (item.title, ".text--em"), (f"  {day} · {item.minutes} min", ".text--muted")
            )
        )
    return lines


def quote(text: str) -> Wraps:
    """Somebody's words behind a bar."""
    return Paragraph(Content.styled("│ ", ".text--muted"), Content(text), repeat=True)


def _their_words(touch: Touch, person: Person, today: date) -> list[Wraps]:
    alone, about = _IN_WORDS.get(touch.kind, ("wrote to you", "wrote to you about"))
    by_name = " (by name)" if touch.by_name else ""
    day = day_said(local_day(touch.at), today)
    first = Content.assemble(
        f"{person.name}{by_name} {f'{about} ' if touch.about else alone}",
        (touch.about, ".text--em"),
        f", {day}{':' if touch.text else '.'}",
    )
    return [first, _BLANK, quote(touch.text)] if touch.text else [first]


def _labelled(label: str, body: str | Content) -> Wraps:
    content = body if isinstance(body, Content) else Content(body)
    return Paragraph(Content.styled(label, ".text--muted"), content)


def _post_line(post: Post, today: date) -> Wraps:
    day = day_said(local_day(post.shown), today)
    return Paragraph(
        Content.styled(f"{day:<10}  ", ".text--muted"), Content.styled(post.title, ".text--em")
    )


def _short(text: str, limit: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"

"""Everything about one person as lines of text: facts, warmth, months, what happened, posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from engage.domain.days import local_day
from engage.domain.derived import Standing
from engage.domain.directions import came
from engage.domain.posts import Post
from engage.domain.records import FOR_GOOD, Feed, Person
from engage.domain.standing_words import verdict, warmth_word
from engage.domain.wording import counted
from engage.services.outcomes import PersonPage
from engage.tui.widgets.article import without_scheme
from engage.tui.widgets.month_bars import MonthBars
from engage.tui.widgets.said import ago, day_said, emphasised, month
from engage.tui.widgets.text_lines import Paragraph, Wraps
from engage.tui.widgets.timeline_lines import timeline_lines

_WARMTH_CELLS = 5
_POSTS = 8
_BLANK = Content("")

#: What is explained, in this order, and what it is called.
_WHY = {
    "stage": "Stage",
    "due": "Due",
    "cadence": "Cadence",
    "warmth": "Warmth",
    "rhythm": "Rhythm",
    "last_exchange": "The last",
    "known_since": "The first",
    "exchanges": "Two-way",
    "owed": "Owed",
}


def page_lines(
    page: PersonPage, today: date, *, why: bool = False, likely: Sequence[str] = ()
) -> list[Wraps]:
    """The person's page; with ``why`` the sentences that explain each judgement. ``likely``: who
    may be the same person, in sentences."""
    person, standing = page.person, page.standing
    lines = [*_where_lines(person, page.feeds)]
    if standing.last_exchange is None:
        lines.append(Content.styled(came(person, today), ".text--muted"))
    lines.append(_BLANK)
    lines += _fact_lines(person, standing, today)
    lines += [Content.styled(sentence, ".text--muted") for sentence in likely]
    if why:
        lines += [_BLANK, *why_lines(standing)]
    lines += [_BLANK, MonthBars(page.months)]
    if person.notes:
        lines += [_BLANK, _section("Your notes"), *map(Content, person.notes.splitlines())]
    lines += [_BLANK, _section("What happened"), *timeline_lines(page.timeline, today)]
    if page.posts:
        lines += [_BLANK, _section("Their posts")]
        lines += [_post_line(post, today) for post in page.posts[:_POSTS]]
        if len(page.posts) > _POSTS:
            more = f"and {len(page.posts) - _POSTS} more"
            lines.append(Content.styled(more, ".text--muted"))
    if page.feeds:
        lines += [_BLANK, _section("Feeds")]
        lines += [_feed_line(feed) for feed in page.feeds]
    return [*lines, _BLANK]


def why_lines(standing: Standing) -> list[Wraps]:
    """Why the stage is what it is, why they are due, and so on: a sentence for each."""
    why = standing.why
    return [
        Paragraph(Content.styled(f"{label:<12} ", ".text--muted"), emphasised(why[key]))
        for key, label in _WHY.items()
        if key in why
    ]


def warmth_bar(warmth: float) -> str:
    """Five cells, as many full as there is warmth; never quite empty."""
    full = max(1, round(warmth * _WARMTH_CELLS))
    return "▇" * full + "▁" * (_WARMTH_CELLS - full)


def _fact_lines(person: Person, standing: Standing, today: date) -> list[Wraps]:
    """How the two stand in one sentence, then the facts behind it."""
    style = ".text--owed" if standing.owed and not standing.left else ".text--strong"
    said = _left(person, today) if standing.left else verdict(standing, today)
    lines: list[Wraps] = [emphasised(said).stylize(style), _last_line(standing, today)]
    balance = f"You {standing.exchanges_out} ↔ {standing.exchanges_in} them in half a year"
    known = f"known since {_since(standing, today)}." if standing.known_since else "not met yet."
    lines.append(Content(f"{balance}; {known}"))
    if person.next is not None and standing.due == person.next.due:
        text = f": {person.next.text}" if person.next.text else ""
        lines.append(Content(f"Next time, {day_said(person.next.due, today)}{text}"))
    return lines


def _left(person: Person, today: date) -> str:
    until = person.leaves[-1].until if person.leaves else None
    if until is None or until == FOR_GOOD:
        return "Left in peace for good."
    return f"Left in peace until {day_said(until, today)}."


def _last_line(standing: Standing, today: date) -> Wraps:
    meant = f"you meant every {standing.cadence}" if standing.cadence else ""
    if standing.last_exchange is None:
        due = f"; due {day_said(standing.due, today)}" if standing.due else ""
        return Content(f"No exchange yet{f'; {meant}' if meant else ''}{due}.")
    days = (today - local_day(standing.last_exchange)).days
    first = f"Last exchange {ago(days)}" + (f"; {meant}" if meant else "")
    parts: list[Content | str] = [first]
    if standing.warmth is not None:
        parts.append(f": {warmth_word(standing.warmth)} ")
        parts.append(Content.styled(warmth_bar(standing.warmth), ".text--accent"))
    if standing.rhythm is not None:
        parts.append(f"   usual gap {counted(round(standing.rhythm), 'day')}")
    return Content.assemble(*parts)


def _since(standing: Standing, today: date) -> str:
    assert standing.known_since is not None
    day = local_day(standing.known_since)
    return month(day) if day.year == today.year else f"{month(day)} {day.year}"


def _where_lines(person: Person, feeds: Sequence[Feed]) -> list[Wraps]:
    where = [*person.profiles, *(feed.site for feed in feeds if feed.site)]
    listed = " · ".join(dict.fromkeys(without_scheme(url) for url in where))
    return [Content.styled(listed, ".text--muted")] if listed else []


def _section(name: str) -> Content:
    return Content.styled(name, ".text--heading")


def _post_line(post: Post, today: date) -> Wraps:
    day = day_said(local_day(post.shown), today)
    return Paragraph(Content.styled(f"{day:<10}  ", ".text--muted"), Content(post.title))


def _feed_line(feed: Feed) -> Wraps:
    paused = "  paused" if feed.paused else ""
    return Content.assemble(feed.title or feed.url, (f"  {feed.url}{paused}", ".text--muted"))

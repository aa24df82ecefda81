"""Why a row stands in the inbox, and where: its sentences."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from engage.domain.days import local_day
from engage.domain.plan import CIRCLE_WORK, DUE_WORK, RECONNECT, REPLY, WELCOME, Row
from engage.domain.records import Person
from engage.domain.wording import (
    brief_day,
    counted,
    on_day,
    since_day,
    span,
    spelled,
    what_they_did,
    what_they_did_briefly,
)

#: The cells that ``short`` has at the end of a row.
SHORT_CELLS = 32

#: Of posts that were read before, most of whose text is another now.
REWRITTEN = "rewritten since you read it"


class Words(NamedTuple):
    """The whole reason, the same in at most 32 cells, and the sentence about the row's place."""

    why: str
    short: str
    rule: str


def words(row: Row, today: date) -> Words:
    """The sentences of a row."""
    if row.kind == "reply":
        why, short = _reply(row, today)
    elif row.kind == "welcome":
        why, short = _welcome(row, today)
    elif row.kind == "reconnect":
        why, short = _reconnect(row, today)
    else:
        why, short = _read(row, today)
    if row.state == "aged":
        why, short = f"{why}; aged out", "aged out"
    return Words(why, short, _rule(row))


def _reply(row: Row, today: date) -> tuple[str, str]:
    newest, more = row.touches[0], len(row.touches) - 1
    and_more = f", and {spelled(more)} more" if more else ""
    why = f"{what_they_did(newest, today)}{and_more}; you have not answered"
    return why, what_they_did_briefly(newest, today) + (f", {len(row.touches)}" if more else "")


def _welcome(row: Row, today: date) -> tuple[str, str]:
    person, standing = row.person, row.standing
    day = local_day(person.added)
    if standing.owed:
        why = what_they_did(standing.owed[0], today)
        short = what_they_did_briefly(standing.owed[0], today)
    elif any("follow" in direction and _of_them(direction) for direction in person.directions):
        why, short = "follows you", "follows you"
        since = _followed_since(person) if person.origins else day
        if since is not None:
            why += f" {since_day(since, today)}"
            short = f"follows since {brief_day(since, today)}"
    else:
        done = _CAME.get(person.how, "new here")
        if person.how in _WROTE and standing.last_exchange is not None:
            day = local_day(standing.last_exchange)  # engage may have learned of it much later
        why = f"{done} {on_day(day, today)}; not looked at yet"
        short = f"{done} {brief_day(day, today)}"
    if row.posts:
        why += f"; {_new(len(row.posts))}"
    return why, short


_CAME = {
    "added": "added",
    "imported": "imported",
    "commented": "commented",
    "mentioned": "mentioned you",
    "logged": "noted by you",
}


_WROTE = frozenset({"commented", "mentioned"})


def _followed_since(person: Person) -> date | None:
    """Since when somebody follows the writer, as the lists that they came from say."""
    follows = (each for each in person.origins if "follow" in each.direction)
    days = (each.since for each in follows if _of_them(each.direction))
    return min((day for day in days if day is not None), default=None)


def _of_them(direction: str) -> bool:
    """Whether a direction, as an import words it, says that they follow the writer."""
    return not direction.startswith(("i_", "you"))


def _reconnect(row: Row, today: date) -> tuple[str, str]:
    standing = row.standing
    if _set_by_hand(row):
        since = on_day(row.due, today) if row.due else "now"
        return f"you meant to be in touch {since}", "you set this day"
    if standing.last_exchange is None:
        return (
            f"no exchange yet; you meant every {standing.cadence} days",
            f"none yet; meant {standing.cadence} d",
        )
    silence = span(_silence(row, today))
    return (
        f"{silence}; you meant every {standing.cadence} days",
        f"{silence}; meant {standing.cadence} d",
    )


def _read(row: Row, today: date) -> tuple[str, str]:
    standing, new = row.standing, REWRITTEN if row.returned else _new(len(row.posts))
    if row.reason == DUE_WORK:
        reason, short = _due_or_drifting(row, today)
        return f"{new}; {reason}", short
    minutes = f"{sum(post.minutes for post in row.posts):,} min"
    if row.reason == CIRCLE_WORK:
        return f"{new}, {minutes}; in circle {standing.circle}", minutes
    return new, new


def _due_or_drifting(row: Row, today: date) -> tuple[str, str]:
    standing = row.standing
    if standing.due is None or standing.due > today:
        rhythm = round(standing.rhythm or 0)
        days = _silence(row, today)
        return f"usually every {counted(rhythm, 'day')}, it has been {days}", "drifting"
    if _set_by_hand(row):
        return f"you meant to be in touch {on_day(standing.due, today)}", "you set this day"
    if standing.last_exchange is None:
        return (
            f"you meant every {standing.cadence} days, and have not exchanged a word yet",
            f"none yet; meant {standing.cadence}",
        )
    days = _silence(row, today)
    return (
        f"you meant every {standing.cadence} days, it has been {days}",
        f"{counted(days, 'day')}; meant {standing.cadence}",
    )


def _set_by_hand(row: Row) -> bool:
    """Whether somebody is due on a day that the writer set, not by their cadence."""
    following = row.person.next
    return row.standing.cadence is None or (
        following is not None and following.due == row.due == row.standing.due
    )


def _silence(row: Row, today: date) -> int:
    last = row.standing.last_exchange
    return 0 if last is None else (today - local_day(last)).days


def _new(posts: int) -> str:
    return "new post" if posts == 1 else f"{spelled(posts)} new posts"


def _rule(row: Row) -> str:
    multiple = _WITHOUT if row.multiple is None and row.kind != "welcome" else _multiple(row)
    return f"reason {row.reason}: {_REASONS[row.reason]}{multiple}"


_WITHOUT = "; no cadence: after those with one, the newest first"


def _multiple(row: Row) -> str:
    if row.multiple is None:
        return ""
    since = "the last exchange" if row.standing.last_exchange else "the day of the circle"
    return f"; {row.multiple:.1f} times their cadence since {since}"


_REASONS = {
    REPLY: "they wrote to you, and you have not answered",
    WELCOME: "a new person you have not looked at; "
    "who wrote comes first, then who has new posts, then the newest",
    DUE_WORK: "new work from someone due or drifting",
    RECONNECT: "due, and nothing new from them",
    CIRCLE_WORK: "new work from someone in a circle who is not due",
    6: "other new work, which ages out by itself",
}

"""How a feed is doing: one sentence, and how much it needs the writer's attention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from engage.domain.days import days_between, local_day
from engage.domain.posts import FetchState
from engage.domain.records import Feed
from engage.domain.wording import brief_day, counted, on_day, since_day

State = Literal["ok", "failing", "paused", "gone"]

#: Days of failing after which a feed does not mend by itself any more.
PATIENCE = 10
#: For how long it is said of a feed that it has moved.
MOVED_IS_NEWS = timedelta(days=30)

#: What can be done for a feed that is no longer where it was.
SUCCESSOR = " `engage move` looks there for you."

#: The characters of an id that commands take for it, as listings show it.
_ID = 8

#: The ranks of the list: what needs the writer stands first.
_GONE, _NEEDS, _FAILING, _REMARK, _FINE, _PAUSED = range(6)


@dataclass(frozen=True, slots=True)
class Health:
    """``fact`` says how it is, ``brief`` the same in at most 24 cells, ``advice`` what can be done
    with a command ("" where nothing need be). ``attention``: it does not mend by itself.
    ``lost``: a successor is worth looking for."""

    state: State
    brief: str
    fact: str
    rank: int
    advice: str = ""
    attention: bool = False
    lost: bool = False

    @property
    def sentence(self) -> str:
        return f"{self.fact} {self.advice}".rstrip()


def health(feed: Feed, fetch: FetchState, now: datetime) -> Health:
    """How a feed is doing at a moment."""
    id = feed.id[:_ID]
    if feed.paused:
        return Health("paused", "paused", "Paused.", _PAUSED, f"`engage pause {id}` resumes it.")
    if fetch.gone:
        return _gone(id, fetch, now)
    if fetch.failures:
        return _failing(id, fetch, now)
    if fetch.last_fetch is None and not feed.wanted:
        fact = "Not asked until its person is to be welcomed, is in a circle, or is named."
        return Health("ok", "waits", fact, _FINE)
    if fetch.last_fetch is None:
        return Health("ok", "not asked yet", "Not asked yet; the next refresh does.", _FINE)
    brief, rank = f"next {_when(fetch, now)}", _FINE
    if fetch.message:
        brief, fact, rank = "a remark", fetch.message, _REMARK
    elif fetch.moved_from and fetch.moved_on and now - fetch.moved_on < MOVED_IS_NEWS:
        day, today = local_day(fetch.moved_on), local_day(now)
        brief = f"moved {brief_day(day, today)}"
        fact = f"Moved here {on_day(day, today)} from {fetch.moved_from}."
    elif fetch.moved_to and fetch.moved_to != feed.url and fetch.moved_since:
        brief = "moving"
        fact = (
            f"Fine; it has said {_since(fetch.moved_since, now)} that it has moved to "
            f"{fetch.moved_to}, which is kept once it has said so for a week."
        )
    else:
        fact = "Fine."
    return Health("ok", brief, f"{fact} Next asked {_when_asked(fetch, now)}.", rank)


def _gone(id: str, fetch: FetchState, now: datetime) -> Health:
    message = fetch.message.removesuffix(SUCCESSOR)
    reason = message or "Its server says that this feed is gone for good."
    since = f"Gone {_since(fetch.failing_since, now)}: " if fetch.failing_since else ""
    fact = f"{since}{reason} It is asked no more."
    return Health("gone", "gone", fact, _GONE, _successor(id), attention=True, lost=True)


def _failing(id: str, fetch: FetchState, now: datetime) -> Health:
    reason = fetch.message.removesuffix(SUCCESSOR) or "It could not be fetched."
    after = f"{reason} Asked again {_when_asked(fetch, now)}."
    if fetch.failing_since is None:
        return Health("failing", "failing", after, _FAILING)
    days, since = days_between(fetch.failing_since, now), _since(fetch.failing_since, now)
    if days >= PATIENCE:
        fact = f"Needs attention, failing {since} ({counted(days, 'day')}): {after}"
        advice = f"{_successor(id)[:-1]}; `engage remove {id}` follows it no longer."
        brief = f"failing {counted(days, 'day')}"
        return Health("failing", brief, fact, _NEEDS, advice, attention=True, lost=True)
    lost = fetch.message.endswith(SUCCESSOR)
    brief = f"failing since {brief_day(local_day(fetch.failing_since), local_day(now))}"
    advice = _successor(id) if lost else ""
    return Health("failing", brief, f"Failing {since}: {after}", _FAILING, advice, lost=lost)


def _successor(id: str) -> str:
    return f"`engage move {id}` looks for its successor."


def _since(moment: datetime, now: datetime) -> str:
    return since_day(local_day(moment), local_day(now))


def _when_asked(fetch: FetchState, now: datetime) -> str:
    """When a feed is asked the next time: ``at 14:05``, ``on Thursday at 14:05``."""
    moment = fetch.next_fetch
    if moment is None or moment <= now:
        return "at the next refresh"
    day = on_day(local_day(moment), local_day(now)).removeprefix("today")
    return f"{day} at {moment.astimezone():%H:%M}".strip()


def _when(fetch: FetchState, now: datetime) -> str:
    """The same in a few cells: ``14:05``, ``Thu 14:05``."""
    moment = fetch.next_fetch
    if moment is None or moment <= now:
        return "refresh"
    day = brief_day(local_day(moment), local_day(now)).removeprefix("today")
    return f"{day} {moment.astimezone():%H:%M}".strip()

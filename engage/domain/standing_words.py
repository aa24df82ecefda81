"""The sentences that explain a standing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from engage.domain.days import local_day
from engage.domain.wording import (
    calendar_day,
    counted,
    on_day,
    since_day,
    what_they_did,
    what_you_did,
)

if TYPE_CHECKING:
    from engage.domain.derived import Grounds, Standing, Trace

_STAGES = {
    "New": "New: not looked at yet",
    "Seen": "Seen: you have looked at who they are",
    "Read": "Read: you have read them",
    "Answered": "Answered: you have written to them",
    "In conversation": "In conversation: you wrote to each other within 90 days",
    "Friend": "Friend: you say so",
}


def sentences(found: Standing, grounds: Grounds) -> dict[str, str]:
    """What explains a standing, by what it explains."""
    today, silence = grounds.today, grounds.silence
    why = {
        "stage": _STAGES[found.stage],
        "last_exchange": _trace(grounds.last, today) or "no exchange yet",
        "known_since": _trace(grounds.first, today) or "nothing is known of the two of you yet",
        "cadence": _cadence(found, grounds),
        "due": _due(found, grounds),
        "rhythm": _rhythm(found, silence),
        "exchanges": _exchanges(found),
        "owed": _owed(found, today),
    }
    if found.warmth is not None and silence is not None:
        why["warmth"] = (
            f"{counted(silence, 'day')} since your last exchange; "
            f"you meant every {found.cadence}: {warmth_word(found.warmth)}"
        )
    return why


def verdict(found: Standing, today: date) -> str:
    """How things stand in one sentence, the most pressing first; the reasons are in ``why``."""
    if found.left:
        return "Left in peace."
    if found.owed:
        return f"They {what_they_did(found.owed[0], today)}; you have not answered."
    if found.due is not None and found.due <= today:
        begins = "today" if found.due == today else since_day(found.due, today)
        return f"Due {begins}."
    if found.stage == "New":
        return "Not looked at yet."
    if found.state == "drifting":
        return "Quieter than the two of you usually are."
    if found.state == "ended":
        return "What was regular between you has ended."
    if found.due is not None:
        return f"Nothing is due before {calendar_day(found.due, today)}."
    return "In no circle: never due."


def warmth_word(warmth: float) -> str:
    """Warm until the due date, cooling until half as long again, then cool."""
    if warmth > 0.5:
        return "warm"
    return "cooling" if warmth >= 0.35 else "cool"


def _trace(trace: Trace | None, today: date) -> str:
    if trace is None:
        return ""
    if trace.direction == "in":
        return f"they {what_they_did(trace, today)}"
    return f"you {what_you_did(trace, today)}"


def _cadence(found: Standing, grounds: Grounds) -> str:
    if found.cadence is None:
        return "in no circle, so none"
    whose = "your own for them" if grounds.own_cadence else f"that of circle {found.circle}"
    return f"every {counted(found.cadence, 'day')}: {whose}"


def _due(found: Standing, grounds: Grounds) -> str:
    today, silence, following = grounds.today, grounds.silence, grounds.following
    if found.left:
        return "left in peace: never due"
    if following is not None:
        text = f": {following.text}" if following.text else ""
        return f"you set {calendar_day(following.due, today)}{text}"
    if found.due is None or grounds.circled is None:
        return "in no circle: never due"
    if silence is None:
        begun = since_day(local_day(grounds.circled), today)
        exchange = f"in circle {found.circle} {begun}, no exchange yet"
    else:
        exchange = f"last exchange {'today' if silence == 0 else counted(silence, 'day') + ' ago'}"
    begins = since_day(found.due, today) if found.due < today else on_day(found.due, today)
    return f"{exchange}, you meant every {found.cadence}: due {begins}"


def _rhythm(found: Standing, silence: int | None) -> str:
    if found.rhythm is None or silence is None:
        return "no rhythm yet"
    gap = "1 day" if found.rhythm == 1 else f"{found.rhythm:g} days"
    return f"usual gap {gap}, {counted(silence, 'day')} now: {found.state}"


def _exchanges(found: Standing) -> str:
    """Who wrote: informs, and never asks anything of them."""
    mine, theirs = found.exchanges_out, found.exchanges_in
    if not mine and not theirs:
        return "no exchange in half a year"
    if not theirs:
        return f"you wrote {_times(mine)} in half a year; nothing known back"
    if not mine:
        return f"they wrote {_times(theirs)} in half a year, you not yet"
    return f"in half a year you wrote {_times(mine)}, they {_times(theirs)}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _owed(found: Standing, today: date) -> str:
    if not found.owed:
        return "nothing to answer"
    return f"{what_they_did(found.owed[0], today)}; you have not answered"

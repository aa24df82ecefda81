"""A week in words, for commands and screens alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import mean

from engage.domain.derived import Standing
from engage.domain.trend import PastWeek
from engage.domain.week import Quiet, Week
from engage.domain.wording import calendar_day, counted, spelled

_ONE_AND_MORE = {
    "comment": ("a comment", "comments"),
    "reply": ("a reply", "replies"),
    "letter": ("a letter", "letters"),
    "mention": ("a mention", "mentions"),
    "talk": ("a talk", "talks"),
}


def how_words(kinds: Sequence[str]) -> str:
    """How somebody was nurtured: ``two replies, a letter``."""
    return ", ".join(
        _ONE_AND_MORE[kind][0] if number == 1 else f"{spelled(number)} {_ONE_AND_MORE[kind][1]}"
        for kind, number in Counter(kinds).items()
    )


def quiet_words(name: str, quiet: Quiet) -> str:
    """``Pia Lund: usually every 12 days, 31 now``."""
    return f"{name}: usually every {counted(quiet.usual, 'day')}, {quiet.now:,} now"


def waiting_words(name: str, since: date, today: date) -> str:
    """``Vera Rask since 21 Oct``."""
    return f"{name} since {calendar_day(since, today)}"


def few(names: Sequence[str], most: int = 8) -> list[str]:
    """The first of many names, and how many more there are."""
    more = len(names) - most
    return [*names[:most], *([f"{more:,} more"] if more > 0 else [])]


def promises(week: Week) -> str:
    """What the circles promise against what an average week brings."""
    promised, average = rate(week.promises_per_week), rate(week.exchanges_per_week)
    exchanges = "exchange" if promised == "1" else "exchanges"
    return f"your circles promise {promised} {exchanges} a week; you average {average}"


#: How many people most of us manage in a circle and those within it: Dunbar's layers (Proc. R.
#: Soc. A 476:20200446). A fact beside the writer's own numbers, and no limit.
LAYERS = ((1, 5), (2, 15), (3, 50), (4, 150))


def layers(standings: Iterable[Standing]) -> list[str]:
    """Where the circles hold more people than most of us manage, in sentences."""
    present = [each.circle for each in standings if each.circle is not None and not each.left]
    said = []
    for circle, manage in LAYERS:
        within = sum(each <= circle for each in present)
        if within > manage:
            where = {1: "circle 1", 2: "circles 1 and 2"}.get(circle, f"circles 1 to {circle}")
            said.append(f"{within:,} people in {where}; most of us manage {manage}")
    return said


def rate(value: float) -> str:
    """One decimal where it says something: 0.5, 2.5, 12."""
    return f"{value:.1f}".removesuffix(".0") if value < 10 else str(round(value))


def earlier(values: Sequence[int], *, so_far: bool = False) -> str:
    """The last of these weeks beside those before it: ``6; 4 the week before, 3.5 on average``.

    ``so_far``: it is not over yet.
    """
    now = f"{values[-1]} so far" if so_far else f"{values[-1]}"
    if len(values) < 2:
        return f"{now}, the first week"
    return f"{now}; {values[-2]} the week before, {rate(mean(values[:-1]))} on average"


def trends(weeks: Sequence[PastWeek]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """What is worth seeing over several weeks, each with its name."""
    return (
        ("Days written", tuple(week.days_written for week in weeks)),
        ("People read", tuple(week.people_read for week in weeks)),
        ("Replies written", tuple(week.replies_written for week in weeks)),
    )

"""What a year came to, and the table that compares the ways of working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import timedelta
from statistics import mean

from tests.simulation import rates
from tests.simulation.village import at
from tests.simulation.year import Year


@dataclass(frozen=True)
class Measures:
    """Shares in per cent; ``neglect`` in days, the longest silence of the writer's towards anybody
    in circle 1; ``alive``: of the people whom the writer chose or would choose for a circle."""

    answered_48h: float
    answered_7d: float
    kept: float
    looked_7d: float
    alive: float
    neglect: float
    exchanges: float


NAMES = (
    "owed answered in 48 hours, %",
    "owed answered in 7 days, %",
    "person-weeks kept, circles 1-3, %",
    "newcomers looked at in 7 days, %",
    "relationships alive at the end, %",
    "longest neglect in circle 1, days",
    "exchanges written in a week",
)


def measure(year: Year) -> Measures:
    """A year, played, in seven numbers. What came in the last week is too young to be judged."""
    last = at(year.village.days[-1], rates.SESSION) - timedelta(days=7)
    comments = [item for item in year.comments if item.when <= last]
    came = [k for k in year.known.values() if k.villager.arrives and k.came <= last]

    def answered(within: timedelta) -> float:
        return _share(
            [item.answered is not None and item.answered - item.when <= within for item in comments]
        )

    week = timedelta(days=7)
    return Measures(
        answered_48h=answered(timedelta(hours=48)),
        answered_7d=answered(week),
        kept=100 * year.kept / year.kept_of,
        looked_7d=_share([k.looked is not None and k.looked - k.came <= week for k in came]),
        alive=_share(
            [
                not k.gone and k.last_out is not None
                for k in year.known.values()
                if k.villager.circle
            ]
        ),
        neglect=year.neglect,
        exchanges=sum(
            event.what == "out" and event.when >= year.known[0].came for event in year.log
        )
        / (len(year.village.days) / 7),
    )


def means(measured: Sequence[Measures]) -> Measures:
    """The mean of each over the seeds."""
    return Measures(*(mean(column) for column in zip(*map(astuple, measured), strict=True)))


def table(found: Mapping[str, Measures]) -> str:
    """The means of each way of working, in a table of Markdown."""
    rows = [("mean of the seeds", *found)]
    rows += [
        (name, *(f"{astuple(each)[index]:.1f}" for each in found.values()))
        for index, name in enumerate(NAMES)
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join(_cells(row, widths)) + " |" for row in rows]
    rule = (
        "|"
        + "|".join("-" * (width + 1) + ("-" if i == 0 else ":") for i, width in enumerate(widths))
        + "|"
    )
    return "\n".join((lines[0], rule, *lines[1:]))


def _cells(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [
        cell.ljust(width) if index == 0 else cell.rjust(width)
        for index, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def _share(items: Sequence[bool]) -> float:
    return 100 * sum(items) / len(items) if items else 100.0

"""The same villages lived through in each way of working."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.simulation.in_process import RulesBook
from tests.simulation.inbox_first import inbox_first
from tests.simulation.measures import Measures, means, measure
from tests.simulation.truth import Figures, figures
from tests.simulation.village import Village, village
from tests.simulation.ways import at_random, longest_ago_first, newest_first
from tests.simulation.year import Year

ENGAGE = "engage"


def compare(seeds: Sequence[int], *, busy: bool = False) -> dict[str, Measures]:
    """The means over these seeds of each way of working."""
    found: dict[str, list[Measures]] = {}
    for seed in seeds:
        for name, measured in compare_in(village(seed, busy=busy)).items():
            found.setdefault(name, []).append(measured)
    return {name: means(measured) for name, measured in found.items()}


def compare_in(world: Village) -> dict[str, Measures]:
    """One village in each way."""
    return {
        ENGAGE: measure(play_engage(world)),
        "newest first": measure(Year(world, newest_first).play()),
        "random choice": measure(Year(world, at_random(world.seed)).play()),
        "longest ago first": measure(Year(world, longest_ago_first).play()),
    }


def play_engage(world: Village) -> Year:
    """A year of the inbox by the rules; raises AssertionError where a week's figures are untrue."""

    def check(sunday: date, told: Figures) -> None:
        true = figures(year, sunday)
        assert told == true, f"{sunday}: {told} is not {true}"

    book = RulesBook(check)
    year = Year(world, inbox_first(book), book)
    return year.play()

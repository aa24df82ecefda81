"""What a village asks of the writer's time, reckoned from its rates before any day is played."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from statistics import mean

from tests.simulation import rates
from tests.simulation.village import ZONE, Village, Villager

#: The moods that those with a circle and those without would come to if all were answered.
MOOD_IN_CIRCLES, MOOD_ELSEWHERE = 0.85, 0.6


@dataclass(frozen=True)
class Demand:
    """Minutes a week: answers to all who write, words to who is due, newcomers."""

    answers: float
    promises: float
    newcomers: float

    @property
    def minutes(self) -> float:
        return self.answers + self.promises + self.newcomers


def demand(village: Village) -> Demand:
    """A mean week's.

    Somebody with a cadence of c days, who writes unasked u times a day, has to be written to
    first exp(-uc)/c times a day; each of the writer's words is answered with a chance of a, so
    that they write (u + a x first words)/(1 - a) times.
    """
    answers = promises = newcomers = 0.0
    days = len(village.days)
    for each in village.villagers:
        there = _share_of_the_year(village, each)
        mood = MOOD_IN_CIRCLES if each.circle else MOOD_ELSEWHERE
        unasked = (0.3 + 0.7 * mood) / each.comment_gap
        answered = each.talkative * (0.4 + 0.6 * mood)
        cadence = rates.CADENCES[each.circle] if each.circle else 0
        first = exp(-unasked * cadence) / cadence if cadence else 0.0
        news = len(each.pieces) / (days * there + rates.POSTS_BEFORE_DAYS)
        reads = mean(rates.READ_MINUTES) * (1 - exp(-cadence * news))
        answers += there * (unasked + answered * first) / (1 - answered) * rates.WRITE_MINUTES
        promises += there * first * (rates.WRITE_MINUTES + reads)
        if each.arrives is not None:
            newcomers += rates.LOOK_MINUTES / days
            if each.circle:  # first words, and reading before them
                newcomers += (
                    rates.WRITE_MINUTES + mean(rates.READ_MINUTES) * bool(each.pieces)
                ) / days
            if each.writes_first:
                answers += rates.WRITE_MINUTES / (1 - answered) / days
    return Demand(7 * answers, 7 * promises, 7 * newcomers)


def _share_of_the_year(village: Village, each: Villager) -> float:
    if each.arrives is None:
        return 1.0
    return (village.days[-1] - each.arrives.astimezone(ZONE).date()).days / len(village.days)

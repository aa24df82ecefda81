"""The names of weekly notes."""

from __future__ import annotations

import pytest

from engage.domain.week_names import week_name
from engage.settings import Settings


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        (Settings().notes_name, "2026-W07"),
        ("GGGG/[Week] W", "2026/Week 7"),
        ("[W]WW GG", "W07 26"),
        ("GGGG-WW", "2026-07"),
        ("[GGGG] GGGG WW", "GGGG 2026 07"),
    ],
)
def test_a_pattern_names_the_week(pattern: str, name: str) -> None:
    assert week_name(pattern, "2026-W07") == name


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "GGGG",  # every week of a year
        "WW",  # a week of every year
        "gggg-[W]ww",  # the locale's weeks
        "YYYY-WW",
        "week WW GGGG",
        "GGGG-[WW",
        "../GGGG-WW",
        "/GGGG-WW",
        "GGGG/./WW",
        "GGGG:WW",
        "GGGG\\WW",
    ],
)
def test_a_pattern_that_names_no_file_for_each_week_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError):
        week_name(pattern, "2026-W07")

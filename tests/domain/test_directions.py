"""How somebody stands to the writer in a list, and how they came."""

from __future__ import annotations

from datetime import date

import pytest

from engage.domain.directions import came, direction_words
from engage.domain.records import Origin
from tests.domain.worlds import person

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("direction", "words"),
    [
        ("follows_me", "follows you"),
        ("mutual", "connected with you"),
        ("follows you", "follows you"),
        ("met_at_a_fair", "met at a fair"),
        ("", ""),
    ],
)
def test_a_direction_in_words(direction: str, words: str) -> None:
    assert direction_words(direction) == words


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"how": "added"}, "Added by you on Monday."),
        ({"how": "commented"}, "Commented on something of yours on Monday."),
        (
            {"how": "imported", "directions": ("follows_me",)},
            "Follows you; imported on Monday.",
        ),
        (
            {
                "how": "imported",
                "directions": ("follows_me", "i_follow"),
                "origins": (
                    Origin("instagram", "follows_me", date(2026, 5, 3)),
                    Origin("linkedin", "mutual"),
                    Origin("csv", "i_follow"),
                    Origin("opml"),
                ),
            },
            "Follows you on Instagram since 3 May, connected with you on LinkedIn, "
            "you follow them; imported on Monday.",
        ),
        ({"how": "carried", "added": 400}, "Carried on 18 Oct 2025."),
    ],
)
def test_how_somebody_came(fields: dict[str, object], said: str) -> None:
    given = {"added": 6, **fields}
    assert came(person("sami", **given), TODAY) == said  # type: ignore[arg-type]

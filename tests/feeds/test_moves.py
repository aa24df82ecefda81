from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engage.domain.posts import FetchState
from engage.feeds.moves import has_moved, seen_moving

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NEW = "https://new.example/feed"
LESSONS = "https://new.example/lessons"


def seen(*days_and_targets: tuple[float, str | None]) -> str | None:
    state = FetchState("f", "https://old.example/feed")
    moved = None
    for days, target in days_and_targets:
        now = NOW + timedelta(days=days)
        state = seen_moving(state, target, now)
        moved = has_moved(state, now)
    return moved


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([(0, NEW)], None),
        ([(0, NEW), (3, NEW), (6.9, NEW)], None),
        ([(0, NEW), (3, NEW), (7, NEW)], NEW),
        ([(0, NEW), (7, NEW)], None),
        ([(0, NEW), (3, None), (4, NEW), (7, NEW)], None),
        ([(0, NEW), (1, "https://other.example/"), (4, NEW), (7, NEW), (8, NEW)], None),
        ([(0, NEW + "/login"), (3, NEW + "/login"), (9, NEW + "/login")], None),
        *(
            ([(0, LESSONS + name), (3, LESSONS + name), (9, LESSONS + name)], LESSONS + name)
            for name in ("", "/hotels/feed", "/terrors.xml", "/parkings-lot", "/portals")
        ),
        *(
            ([(0, NEW + path), (3, NEW + path), (9, NEW + path)], None)
            for path in ("/sign-in?to=/feed", "/sso/start", "/hotel", "/wifi_portal", "/Error.aspx")
        ),
    ],
    ids=[
        "once", "not long enough", "three in a week", "not often enough", "came back",
        "to and fro", "a login page", "lessons", "hotels", "terrors", "parkings", "portals",
        "sign in", "sso", "hotel", "wifi", "error",
    ],
)  # fmt: skip
def test_a_move_is_believed_after_three_fetches_in_seven_days(
    history: list[tuple[float, str | None]], expected: str | None
) -> None:
    assert seen(*history) == expected

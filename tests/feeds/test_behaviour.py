"""The feed reader behaviour list (rachelbythebay.com/frb, 2025), each number looked at from the
server's side: a real one on loopback, asked by the services as a command asks it.

The end of a test run prints the list with the results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest

from engage import HOME_URL
from tests.feeds import behaviour_asking, behaviour_fetching, behaviour_trouble
from tests.feeds.conftest import Reader
from tests.feeds.scene import CHECKS, Scene
from tests.support.feedserver import FeedServer

LISTED = (behaviour_fetching, behaviour_asking, behaviour_trouble)
DOES_NOT_APPLY = {
    "040–049": "are about cloud services and fleets of devices: engage runs on one machine",
    "071": "confirming an unconditional request: engage makes none, --again is conditional too",
}
#: A name under .example is never anybody's (RFC 2606).
OPEN = (
    {
        "090": "the address to turn to is real: whoever publishes a build sets HOME_URL",
    }
    if (urlsplit(HOME_URL).hostname or "").endswith(".example")
    else {}
)


def summary(results: Mapping[str, str]) -> Iterator[str]:
    """The list with the results, a line each."""
    for number, (sentence, _) in sorted(CHECKS.items()):
        yield f"{number:8} {sentence:72} {results.get(number, 'not run')}"
    for number, reason in DOES_NOT_APPLY.items():
        yield f"{number:8} {reason}"
    for number, what in OPEN.items():
        yield f"{number:8} {what:72} open"
    passed = sum(outcome == "passed" for outcome in results.values())
    still = f"; {len(OPEN)} is open until a build is published" if OPEN else ""
    yield f"{passed} of {len(CHECKS)} hold; {len(DOES_NOT_APPLY)} do not apply{still}."


@pytest.fixture
def scene(server: FeedServer, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Scene:
    return Scene(server, reader, monkeypatch)


@pytest.mark.parametrize("number", sorted(CHECKS))
async def test_behaviour(number: str, scene: Scene, record_property: Any) -> None:
    record_property("behaviour", number)
    await CHECKS[number][1](scene)


def test_every_part_of_the_list_is_there() -> None:
    assert all(part.__doc__ for part in LISTED)
    assert {number[:2] for number in CHECKS} >= {
        "00", "01", "02", "03", "05", "06", "07", "08", "10", "11", "12", "13", "14"
    }  # fmt: skip

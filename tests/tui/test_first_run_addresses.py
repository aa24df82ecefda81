"""What counts as an address in the first minutes."""

from __future__ import annotations

import pytest

from engage.services.adding import server_of
from engage.tui.screens.first_run import addresses_in

CASES = {
    "one": ("https://mara.example", ("https://mara.example",)),
    "two on a line": ("mara.example  @tomasz", ("mara.example", "@tomasz")),
    "lines and commas": (
        "a.example, b.example\n\n  c.example\n",
        ("a.example", "b.example", "c.example"),
    ),
    "twice the same": ("a.example\na.example", ("a.example",)),
    "words are one refusal": ("my friend Mara", ("my friend Mara",)),
    "a name with an address": ("Mara mara.example", ("Mara mara.example",)),
    "nothing": (" \n ", ()),
}


@pytest.mark.parametrize(("text", "addresses"), CASES.values(), ids=CASES.keys())
def test_addresses_in(text: str, addresses: tuple[str, ...]) -> None:
    assert addresses_in(text) == addresses


def test_handles_of_one_platform_are_one_server() -> None:
    assert {server_of("@mara"), server_of("medium.com/@tomasz"), server_of("@pia")} == {
        "medium.com"
    }
    assert server_of("mara.example") == "mara.example"
    assert server_of("no address") == "no address"

"""The first minutes: addresses in, posts out; a refusal stands beside its line, nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from textual import events

from engage.domain.records import Feed, Person
from engage.errors import EngageError
from engage.services.outcomes import Added, AddedFeed, Refusal
from engage.tui.screens.first_run import Addresses, FirstRunScreen, found_words
from tests.tui.worlds import NOW, Blank, Opened, opened

MARA = Feed("mara-feed", "https://mara.example/feed", "mara.example", "theirs", NOW, title="Mara")


@dataclass
class Adding:
    """Follows what has "mara" in its address; refuses or breaks at others."""

    asked: list[tuple[str, bool]] = field(default_factory=list)
    at_once: int = 0
    most: int = 0

    async def __call__(self, targets: Sequence[str], own: bool) -> Added:
        [target] = targets
        self.asked.append((target, own))
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await asyncio.sleep(0.01)
        self.at_once -= 1
        if "broken" in target:
            raise EngageError("The network is away; try again later.")
        if "mara" not in target:
            refusal = Refusal(target, f"{target} has no feed; give the address of a blog.")
            return Added((), (), (refusal,), None)
        return Added((AddedFeed(MARA, None, 3),), (), (), None)


def line_with(page: Opened, text: str) -> str:
    return next((line for line in page.text.splitlines() if text in line), "")


async def test_the_writers_own_posts_appear_and_then_people_are_asked_for(tmp_path: Path) -> None:
    add = Adding()
    async with opened(tmp_path, lambda: FirstRunScreen(add)) as page:
        assert "Where do you write?" in page.text
        await page.type("mara.me")
        await page.press("enter")
        assert line_with(page, "mara.me").split() == ["✓", "mara.me", "You:", "Mara,", "3", "posts"]
        assert "Slow letters" in page.text and "[red]Looms[/red]" in page.text
        assert "Who reads you, and whom do you read?" in page.text
        await page.type("mara.other")
        await page.press("enter")
        assert add.asked == [("mara.me", True), ("mara.other", False)]


async def test_several_pasted_lines_are_looked_at_two_at_a_time(tmp_path: Path) -> None:
    add = Adding()
    async with opened(tmp_path, lambda: FirstRunScreen(add)) as page:
        await page.type("mara.me")
        await page.press("enter")
        pasted = "mara.one\n\n  mara.two  \nnowhere.example\nmara.one\nbroken.example\n"
        page.app.screen.query_one(Addresses).post_message(events.Paste(pasted))
        await page.settle()
        assert [target for target, _ in add.asked[1:]] == [
            "mara.one",
            "mara.two",
            "nowhere.example",
            "broken.example",
        ]
        assert add.most == 2
        assert "✓ mara.two" in page.text
        assert "has no feed; give the" in line_with(page, "– nowhere.example")
        assert "The network is away" in line_with(page, "– broken.example")


async def test_one_pasted_line_can_still_be_changed(tmp_path: Path) -> None:
    add = Adding()
    async with opened(tmp_path, lambda: FirstRunScreen(add)) as page:
        page.app.screen.query_one(Addresses).post_message(events.Paste("mara.one"))
        await page.settle()
        assert page.app.screen.query_one(Addresses).value == "mara.one" and add.asked == []


async def test_a_refused_address_comes_back_into_the_input(tmp_path: Path) -> None:
    add = Adding()
    async with opened(tmp_path, lambda: FirstRunScreen(add)) as page:
        await page.type("nowhere")
        await page.press("enter")
        assert "– nowhere" in page.text and "Where do you write?" in page.text
        await page.press("up")
        assert page.app.screen.query_one(Addresses).value == "nowhere"
        await page.press("ctrl+u")
        await page.type("mara.me")
        await page.press("enter")
        assert add.asked == [("nowhere", True), ("mara.me", True)]


@pytest.mark.parametrize("keys", [["escape"], ["m", "a", "r", "a", "enter", "enter"]])
async def test_esc_at_once_or_an_empty_line_at_the_end_goes_to_the_inbox(
    tmp_path: Path, keys: list[str]
) -> None:
    async with opened(tmp_path, lambda: FirstRunScreen(Adding())) as page:
        await page.press(*keys)
        assert isinstance(page.app.screen, Blank)


async def test_a_writer_without_pages_goes_on_to_people(tmp_path: Path) -> None:
    add = Adding()
    async with opened(tmp_path, lambda: FirstRunScreen(add)) as page:
        await page.press("enter")
        assert isinstance(page.app.screen, FirstRunScreen)
        assert "Who reads you, and whom do you read?" in page.text
        await page.type("mara.one")
        await page.press("enter")
        assert add.asked == [("mara.one", False)]


async def test_where_their_own_pages_are_known_people_are_asked_for_at_once(tmp_path: Path) -> None:
    add = Adding()
    screen = FirstRunScreen(add, knows_own=True, begun=True)
    async with opened(tmp_path, lambda: screen) as page:
        assert "Who else is there?" in page.text and "Where do you write?" not in page.text
        await page.type("mara.one")
        await page.press("enter", "enter")
        assert add.asked == [("mara.one", False)]
        assert isinstance(page.app.screen, Blank)


async def test_what_was_entered_is_looked_at_also_after_esc(tmp_path: Path) -> None:
    add = Adding()
    async with opened(tmp_path, lambda: FirstRunScreen(add, knows_own=True)) as page:
        await page.type("mara.one mara.two mara.three mara.four")
        await page.pilot.press("enter")
        await page.pilot.press("escape")
        await page.settle()
        assert len(add.asked) == 4


@pytest.mark.parametrize(
    ("found", "own", "words"),
    [
        (AddedFeed(MARA, None, 1), True, "You: Mara, 1 post"),
        (AddedFeed(MARA, Person("m", "Mara Quill", NOW), 0), False, "Mara Quill, 0 posts"),
        (
            AddedFeed(MARA, None, 1, "It names no author."),
            True,
            "You: Mara, 1 post. It names no author.",
        ),
        (
            AddedFeed(None, Person("m", "Mara Quill", NOW), 0),
            False,
            "Mara Quill, no feed of theirs is known",
        ),
    ],
    ids=["own", "theirs", "with something to say besides", "without a feed"],
)
def test_what_was_found_is_said(found: AddedFeed, own: bool, words: str) -> None:
    assert found_words(found, own) == words

"""Conversations, drafts, questions and webmentions: what they show, and what the keys do."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual import events

from engage.errors import Ambiguous, EngageError
from engage.services.outcomes import Mentioned
from engage.tui.screens.conversation import ConversationScreen
from engage.tui.screens.draft import DraftScreen
from engage.tui.screens.drafts import DraftsScreen
from engage.tui.screens.mentions import MentionsScreen
from engage.tui.screens.person import PersonScreen
from engage.tui.screens.questions import QuestionsScreen
from tests.tui.reply_worlds import WORDS, with_replies
from tests.tui.worlds import Opened, Quiet


@pytest.fixture(autouse=True)
def no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


def in_order(text: str, *parts: str) -> None:
    at = 0
    for part in parts:
        at = text.index(part, at)


def quiet(page: Opened) -> Quiet:
    assert isinstance(page.app.background, Quiet)
    return page.app.background


async def write(page: Opened, key: str, text: str) -> None:
    """Open the small editor with a key, add a text, and leave it."""
    await page.pilot.press(key)
    async with asyncio.timeout(10):
        while not isinstance(page.app.screen, DraftScreen):
            await page.pilot.pause(0.01)
    assert page.app.focused is not None
    page.app.post_message(events.Paste(text))
    await page.pilot.pause()
    await page.press("escape")


async def test_a_conversation_has_all_words_in_order_and_what_is_owed(tmp_path: Path) -> None:
    async with with_replies(tmp_path, lambda: PersonScreen("mara"), (100, 60)) as page:
        await page.press("v")
        assert isinstance(page.app.screen, ConversationScreen)
        in_order(
            page.text,
            "› The kitchen table  your post, Tue 17 Nov",
            "me.example/1",
            "Tue 17 Nov Mara Quill commented  seen in your comments feed",
            "Whose is it?",
            "Wed 18 Nov you answered  verified in your comments feed",
            "My aunt's, until she moved.",
            "Thu 19 Nov Mara Quill commented  seen in a feed  not answered",
            "stayed with me.",
            "your draft, not out yet",
            WORDS,
            "One answer owed.",
            "  Ink  their post, Thu 12 Nov",
            "you answered  seen on your own site",
            "Letters, and what was said elsewhere",
        )
        await page.press("tab")
        assert "› Ink" in page.text and "› The kitchen" not in page.text
        await page.press("shift+tab")
        await write(page, "r", " And yours?")
        assert f"{WORDS} And yours?" in page.text
        assert "Did you post it? (The kitchen table)" in page.text
        assert page.app.clipboard == f"{WORDS} And yours?"
        assert "goes to https://me.example/1#comment-3" in page.toasts[-1]
        await page.press("l")
        assert "Did you post it?" not in page.text
        assert "waits under Reply later" in page.toasts[-1]
        later = [task for task in page.desk.tasks() if task.state == "later"]
        assert [task.person for task in later] == ["mara"]


async def test_a_conversation_begins_with_what_the_row_is_about(tmp_path: Path) -> None:
    async with with_replies(
        tmp_path, lambda: ConversationScreen("mara", ["p0"]), (100, 60)
    ) as page:
        in_order(page.text, "› Ink", "The kitchen table", "Letters")


async def test_nothing_said_yet(tmp_path: Path) -> None:
    async with with_replies(tmp_path, lambda: ConversationScreen("hanako")) as page:
        assert "Nothing was said yet. + notes what happened elsewhere." in page.text
        await page.press("r", "tab")
        assert "nothing of theirs to answer" in page.toasts[-1]


async def test_drafts_are_listed_written_on_and_posted(tmp_path: Path) -> None:
    async with with_replies(tmp_path, DraftsScreen, (120, 30)) as page:
        in_order(page.text, "Drafts 2", "Mara Quill", "The kitchen table", "8 words")
        assert "Bram Visser" in page.text, "its row is closed"
        assert WORDS in page.text
        await page.press("b")
        assert "version 1 of 2" in page.text and WORDS not in page.text
        await page.press("b", "j")
        assert "A draft whose row was decided." in page.text
        await page.press("c")
        assert page.app.clipboard == "A draft whose row was decided."
        await page.press("y", "y")
        assert "Drafts 1" in page.text and "replied: Bram Visser, Three looms" in page.toasts[-1]
        await page.press("z")
        assert "Drafts 2" in page.text
        await page.press("k")
        await write(page, "enter", " It stood by the door.")
        assert "Did you post it? (The kitchen table)" in page.text
        await page.press("Y")
        await page.type("nowhere")
        await page.press("enter")
        assert "'nowhere' is no web address" in page.text
        await page.press("ctrl+u")
        await page.type("https://me.example/1#comment-7")
        await page.press("enter")
        assert "Drafts 1" in page.text
        out = page.desk.world().touches[-1]
        assert (out.person, out.url) == ("mara", "https://me.example/1#comment-7")
        assert out.text == f"{WORDS} It stood by the door."


async def test_an_address_that_is_pasted_answers_the_question(tmp_path: Path) -> None:
    async with with_replies(tmp_path, DraftsScreen) as page:
        await page.press("c")
        page.app.post_message(events.Paste("some words"))
        await page.settle()
        assert "Did you post it?" in page.text
        page.app.post_message(events.Paste(" https://me.example/1#c \n"))
        await page.settle()
        assert page.desk.world().touches[-1].url == "https://me.example/1#c"
        assert "Did you post it?" not in page.text


async def test_questions_are_answered_by_number_and_taken_back(tmp_path: Path) -> None:
    async with with_replies(tmp_path, QuestionsScreen, (100, 30)) as page:
        in_order(
            page.text, "Questions 2", "2 people are called Ana Lima; which one?", "Mine is oak."
        )
        in_order(page.text, "1  Ana Lima  https://ana1", "3  somebody else called Ana Lima")
        await page.press("y")
        assert "Give the number" in page.toasts[-1]
        await page.press("2")
        assert page.desk.world().touches[-1].person == "ana2" and "Questions 1" in page.text
        await page.press("z")
        assert "Questions 2" in page.text
        assert "y  it is mine: log it" in page.text
        await page.press("y")
        verified = next(t for t in page.desk.world().touches if t.id == "mine")
        assert (verified.how_known, verified.url) == ("verified", "https://medium.com/p/b2")


@pytest.mark.parametrize(
    ("key", "becomes"),
    [("y", ["tomasz"]), ("2", ["Tomasz Lund"]), ("n", [])],
    ids=["it is them", "somebody else of that name", "nothing"],
)
async def test_what_was_matched_by_name_can_be_taken_apart(
    tmp_path: Path, key: str, becomes: list[str]
) -> None:
    async with with_replies(tmp_path, QuestionsScreen, (100, 30)) as page:
        await page.press("G")
        in_order(page.text, "Matched by name alone", "Tomasz Lund, by name alone: is it them?")
        await page.press(key)
        assert "Matched by name alone" not in page.text
        world = page.desk.world()
        found = [touch for touch in world.touches if touch.id == "named"]
        assert [t.person if key == "y" else world.people[t.person].name for t in found] == becomes
        assert all(touch.person != "tomasz" or key == "y" for touch in found)
        assert not any(touch.by_name for touch in found)


async def test_a_webmention_is_shown_sent_once_and_again_on_request(tmp_path: Path) -> None:
    async with with_replies(tmp_path, MentionsScreen, (60, 20)) as page:
        assert "Mara Quill  Ink" in page.text and "not sent" in page.text
        await page.press("s")
        assert quiet(page).mentions == [] and "shows first" in page.toasts[-1]
        await page.press("enter")
        in_order(
            page.text,
            "This would be sent, and nothing else:",
            "POST https://mara.example/wm",
            "source=https://me.example/to-mara",
            "target=https://mara.example/0",
            "s sends it, once",
        )
        pair = ("https://me.example/to-mara", "https://mara.example/0")
        await page.press("s")
        assert quiet(page).mentions == [pair, (*pair, "send")], "no address here was typed"
        assert "taken it in" in page.toasts[-1]
        await page.press("s")
        assert len(quiet(page).mentions) == 2, "what was sent is not sent by the same key"


async def test_two_keys_send_once_and_leaving_breaks_nothing_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with with_replies(tmp_path, MentionsScreen, (100, 30)) as page:
        await page.press("enter")
        asked: list[bool] = []
        answers, ended = asyncio.Event(), asyncio.Event()

        async def slow(source: str, target: str, **how: bool) -> Mentioned:
            asked.append(how["send"])
            await answers.wait()
            ended.set()
            return Mentioned(source, target, "https://mara.example/wm", True, "Taken.", 202)

        monkeypatch.setattr(page.app.background, "webmention", slow)
        await page.pilot.press("s", "s", "S")
        assert asked == [True] and page.toasts[-1] == "It is being sent."
        await page.pilot.press("escape")
        answers.set()
        await page.settle()
        assert ended.is_set() and page.toasts[-1] == "Taken."


async def test_another_page_and_what_refuses_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with with_replies(tmp_path, MentionsScreen, (100, 30)) as page:
        await page.press("a")
        await page.type("https://me.example/other")
        await page.press("enter")
        assert quiet(page).mentions == [("https://me.example/other", None, "typed")]
        in_order(page.text, "POST https://mara.example/wm", "source=https://me.example/other")

        async def refuse(*_: object, **__: object) -> None:
            raise Ambiguous("It links to 2 posts; name the one meant.", ("https://a.example/",))

        monkeypatch.setattr(page.app.background, "webmention", refuse)
        await page.press("enter")
        assert "name the one meant" in page.text and "https://a.example/" in page.text
        assert isinstance(page.app.screen, MentionsScreen)

        async def hang(*_: object, **__: object) -> None:
            raise EngageError("mara.example took longer than 30 s.")

        monkeypatch.setattr(page.app.background, "webmention", hang)
        await page.press("enter")
        assert "took longer" in page.toasts[-1]

"""A person's page: what it says, and what the keys change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engage.domain.changes import change, put
from engage.domain.records import Person
from engage.domain.standing_words import warmth_word
from engage.tui.screens.person import PersonScreen
from engage.tui.screens.prompts import Prompt
from engage.tui.widgets.person_lines import warmth_bar
from tests.tui.worlds import NOW, ago, opened


def mara() -> PersonScreen:
    return PersonScreen("mara")


async def test_the_page_says_how_the_two_stand(tmp_path: Path) -> None:
    async with opened(tmp_path, mara, (100, 50)) as page:
        for said in (
            "Mara Quill",
            "circle 1 · in conversation",
            "medium.example/@mara.quill · mara.example",
            "Last exchange 3 days ago; you meant every 14: warm ▇▇▇▇▁",
            "They commented on The kitchen table on Thursday; you have not answered.",
            "Next time, Fri 4 Dec: ask how the letter ended",
            "In Lisbon since the spring.",
            "commented on The kitchen table",
            "stayed with me.",
            "[red]Looms[/red]",
        ):
            assert said in page.text


async def test_i_says_why_and_no_longer(tmp_path: Path) -> None:
    async with opened(tmp_path, mara, (100, 50)) as page:
        await page.press("i")
        assert "Warmth " in page.text and "Rhythm " in page.text
        await page.press("i")
        assert "Warmth " not in page.text


async def test_n_adds_a_note(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("n")
        await page.type("Likes [b]rye")
        await page.press("enter")
        assert page.person("mara").notes.endswith("Likes [b]rye")
        assert "Likes [b]rye" in page.text


async def test_an_empty_note_is_refused_under_the_input(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("n", "enter")
        assert isinstance(page.app.screen, Prompt)
        assert "The note about Mara Quill is empty; give its text." in page.text
        await page.press("escape")
        assert isinstance(page.app.screen, PersonScreen)


async def test_a_note_left_with_esc_is_there_again(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("n")
        await page.type("Likes rye")
        await page.press("escape")
        assert isinstance(page.app.screen, PersonScreen)
        await page.press("n")
        assert "Likes rye" in page.text
        await page.press("enter", "n")
        assert "Note on Mara Quill where they live" in page.text
        assert page.person("mara").notes.endswith("Likes rye")


async def test_t_sets_the_next_time_and_keeps_what_was_typed_when_refused(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("t")
        await page.type("whenever")
        await page.press("tab")
        await page.type("the loom")
        await page.press("enter")
        assert "'whenever' is no day; say tomorrow, 3d, 2w, Thursday or 2026-12-01." in page.text
        assert "whenever" in page.text and "the loom" in page.text
        await page.press("shift+tab", "ctrl+u")
        await page.type("2w")
        await page.press("enter")
        due = page.person("mara").next
        assert due is not None and (due.due, due.text) == (date(2026, 12, 6), "the loom")


async def test_numbers_set_the_circle(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("2")
        assert "circle 2 · in conversation" in page.text
        await page.press("z")
        assert "circle 1 · in conversation" in page.text


async def test_m_leaves_in_peace(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("m")
        assert "Left in peace for good." in page.text


async def test_h_leaves_in_peace_until_a_day(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("h")
        await page.type("3w")
        await page.press("enter")
        assert "Left in peace until Sun 13 Dec." in page.text


async def test_c_sets_the_cadence_and_nothing_gives_it_back_to_the_circle(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("c", "ctrl+u")
        await page.type("0")
        await page.press("enter")
        assert "'0' is no number of days; it is 1 to 3650" in page.text
        await page.press("ctrl+u")
        await page.type("21")
        await page.press("enter")
        assert "you meant every 21" in page.text
        await page.press("c", "ctrl+u", "enter")
        assert "you meant every 14" in page.text


async def test_two_records_of_one_person_become_one_and_two_again(tmp_path: Path) -> None:
    async with opened(tmp_path, mara, (80, 40)) as page:
        twin = Person("twin", "Mara Quill", ago(5), profiles=("https://quill.example/",))
        page.desk.store.commit(change("a twin", [put(twin)], NOW, by="refresh"))
        await page.app.look()
        await page.settle()
        said = "Perhaps also Mara Quill: both are called Mara Quill. M makes them one."
        assert said in page.text
        await page.press("M")
        assert "Mara Quill stays, with all that was the other's" in page.text
        await page.press("enter")
        assert "twin" not in page.desk.world().people and said not in page.text
        assert "https://quill.example/" in page.person("mara").profiles
        await page.press("z")
        assert "twin" in page.desk.world().people and said in page.text


async def test_somebody_is_not_merged_with_themselves(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("M")
        await page.type("Mara")
        await page.press("enter")
        assert "Both are Mara Quill (mara); name two people." in page.text


async def test_f_makes_a_friend(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("f")
        assert page.person("mara").friend and "Friend" in page.text


async def test_e_renames(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("e", "ctrl+u")
        await page.type("Mara Q.")
        await page.press("enter")
        assert page.person("mara").names == ("Mara Quill",) and "Mara Q." in page.text


async def test_plus_logs_what_came_from_them(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("+", "tab", "ctrl+u")
        await page.type("they talk")
        await page.press("enter")
        touch = page.desk.world().touches[-1]
        assert (touch.person, touch.kind, touch.direction) == ("mara", "talk", "in")


async def test_o_copies_the_address_where_no_browser_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/0")
    monkeypatch.delenv("BROWSER", raising=False)
    async with opened(tmp_path, mara) as page:
        await page.press("o")
        assert page.app.clipboard == "https://medium.example/@mara.quill"
        assert "https://medium.example/@mara.quill" in page.toasts[-1]


async def test_enter_reads_their_posts_one_after_the_other(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("enter")
        assert "1 of 3" in page.text and "Thursday 12 November · 2 min · mara.example" in page.text
        await page.press("space")
        assert "2 of 3" in page.text and "Slow letters" in page.text
        await page.press("space", "space")
        assert isinstance(page.app.screen, PersonScreen)


async def test_e_logs_that_a_post_was_read_once(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("enter", "space", "e")
        touch = page.desk.world().touches[-1]
        assert (touch.kind, touch.person, touch.post) == ("read", "mara", "p1")
        assert "3 of 3" in page.text and page.toasts[-1].endswith("z takes it back")
        known = len(page.desk.world().touches)
        await page.press("z")
        assert len(page.desk.world().touches) == known - 1
        await page.press("e")
        assert isinstance(page.app.screen, PersonScreen)
        assert page.desk.world().touches[-1].post == "p2"


async def test_what_was_read_before_is_not_logged_again(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("enter", "space", "e", "escape")
        known = page.desk.world().touches
        await page.press("enter", "space", "e")
        assert page.desk.world().touches == known
        assert "3 of 3" in page.text


async def test_somebody_new_has_a_page_as_well(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: PersonScreen("hanako")) as page:
        assert "山田 花子" in page.text and "No exchange yet." in page.text
        assert "Nothing yet." in page.text


async def test_somebody_who_is_gone_is_told_and_nothing_breaks(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: PersonScreen("nobody-at-all")) as page:
        assert "nobody-at-all" in page.toasts[-1]
        await page.press("3", "n", "f", "m", "i", "o")
        assert isinstance(page.app.screen, PersonScreen)


@pytest.mark.parametrize(
    ("warmth", "bar", "word"),
    [
        (1.0, "▇▇▇▇▇", "warm"),
        (0.5, "▇▇▁▁▁", "cooling"),
        (0.3, "▇▇▁▁▁", "cool"),
        (0.01, "▇▁▁▁▁", "cool"),
    ],
)
def test_warmth_is_a_bar_and_a_word(warmth: float, bar: str, word: str) -> None:
    assert (warmth_bar(warmth), warmth_word(warmth)) == (bar, word)

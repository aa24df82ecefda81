"""One person at a time, by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from engage.services.sorting import to_sort
from engage.tui.screens.people import PeopleScreen
from engage.tui.screens.person import PersonScreen
from engage.tui.screens.sorting import SortingScreen
from tests.tui.worlds import Opened, opened


def shown(page: Opened) -> str:
    assert isinstance(page.app.screen, SortingScreen)
    subject = page.app.screen.subject
    return subject[0].id if subject else ""


def waiting(page: Opened) -> list[str]:
    return [each.person.id for each in to_sort(page.desk)]


async def test_a_key_places_one_person_and_shows_the_next(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        everybody = waiting(page)
        await page.press("S")
        assert shown(page) == everybody[0]
        assert f"{len(everybody)} to sort" in page.text
        await page.press("3")
        assert shown(page) == everybody[1]
        assert page.desk.standings()[everybody[0]].circle == 3
        await page.press("m")
        assert page.desk.standings()[everybody[1]].left
        assert shown(page) == everybody[2]
        await page.press("z")
        assert shown(page) == everybody[1]


async def test_space_leaves_somebody_for_another_time(tmp_path: Path) -> None:
    async with opened(tmp_path, SortingScreen) as page:
        everybody = waiting(page)
        for expected in [*everybody[1:], ""]:
            await page.press("space")
            assert shown(page) == expected
        assert "Everybody has a place." in page.text
        assert waiting(page) == everybody


async def test_enter_shows_all_of_it(tmp_path: Path) -> None:
    async with opened(tmp_path, SortingScreen) as page:
        await page.press("enter")
        assert isinstance(page.app.screen, PersonScreen)
        await page.press("escape")
        assert isinstance(page.app.screen, SortingScreen)


async def test_a_key_held_down_places_one_person(tmp_path: Path) -> None:
    async with opened(tmp_path, SortingScreen) as page:
        everybody, gate = waiting(page), Event()
        blocked = page.app.run_worker(page.app.desk(lambda _: gate.wait(10)))
        await page.pilot.press("3", "3", "1", "m")
        gate.set()
        await blocked.wait()
        await page.settle()
        standings = page.desk.standings()
        assert [standings[id].circle for id in everybody[:3]] == [3, None, None]
        assert not any(standings[id].left for id in everybody)
        await page.press("2")
        assert page.desk.standings()[everybody[1]].circle == 2

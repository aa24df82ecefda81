"""One line holds a row at any width; what feeds wrote is never markup; many rows cost as few."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.content import Content

from engage.domain.derived import Task
from engage.domain.records import NewsItem, Person
from engage.services.outcomes import Inbox
from engage.tui.inbox_layout import items_of
from engage.tui.inbox_state import InboxState, Mark
from engage.tui.themes import FALLBACK_VARIABLES
from engage.tui.widgets.inbox_rows import name_column, render, rows_of
from engage.tui.widgets.row_list import RenderRow, Row, RowList
from tests.tui.worlds import NOW


def _post(uid: str, title: str) -> NewsItem:
    return NewsItem(uid, "p", "f", title, None, NOW, NOW, NOW, 3)


def _task(number: int, *, reason: int = 6, title: str = "A title", **more: object) -> Task:
    task = Task(
        id=f"task-{number}",
        kind="read",
        person=f"person-{number}",
        reason=reason,
        why="new post",
        short="new post",
        posts=(_post(f"post-{number}", title),),
    )
    return replace(task, **more)  # type: ignore[arg-type]


def _state(*tasks: Task, names: dict[str, str] | None = None, **more: object) -> InboxState:
    people = {
        task.person: Person(task.person, (names or {}).get(task.person, "Somebody"), NOW)
        for task in tasks
    }
    inbox = Inbox(NOW, tasks, (), 0, 0, people, {})
    return InboxState(replace(inbox, **more))  # type: ignore[arg-type]


def _lines(state: InboxState, width: int, current: str | None = None) -> Iterator[Content]:
    items = items_of(state, current)
    column = name_column(items, width)
    for row in rows_of(items):
        yield render(row, width, row.key == current, column, "y", "z")


class Shown(App[None]):
    """A list and nothing else."""

    def __init__(self, draw: RenderRow) -> None:
        super().__init__()
        self._draw = draw

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return FALLBACK_VARIABLES

    def compose(self) -> ComposeResult:
        yield RowList(self._draw)


words = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cf"]), min_size=1, max_size=60
).filter(lambda text: text.isprintable())


@given(words, words, st.text("abc ;0", min_size=1, max_size=32), st.integers(30, 150))
def test_no_line_is_wider_than_the_list(name: str, title: str, why: str, width: int) -> None:
    task = _task(1, title=title, short=why)
    state = _state(task, names={"person-1": name})
    state.unfolded.add(task.id)
    state.ask([task])
    for line in _lines(state, width, task.id):
        assert line.cell_length <= width


@pytest.mark.parametrize("width", [40, 57, 60, 80, 118])
@pytest.mark.parametrize(
    "name",
    ["Mara Quill", "山田 花子", "👩‍🌾 Ada", "Nadège de la Tour-du-Pin Montmorency"],
)
def test_the_reason_stays_whole_and_the_person_can_be_told(name: str, width: int) -> None:
    task = _task(1, title="A long title " * 9, short="answered you, Fri")
    line = list(_lines(_state(task, names={"person-1": name}), width))[1].plain
    assert line.endswith("answered you, Fri")
    assert line[3:6] == name[:3]


@pytest.mark.parametrize(
    "title", ["[b]bold[/b]", "[/b] x", "[@click=app.quit]press[/]", "\\[x]", "[red", "$who"]
)
async def test_what_looks_like_markup_is_shown_as_it_is(title: str) -> None:
    state = _state(_task(1, title=title))

    app = Shown(lambda row, width, _: render(row, width, False, 12, "y", "z"))
    async with app.run_test(size=(80, 6)) as pilot:
        app.query_one(RowList).set_rows(rows_of(items_of(state)))
        await pilot.pause()
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert title in text


def test_sections_stand_in_the_order_of_reasons_with_their_counts() -> None:
    tasks = [_task(1, reason=1), _task(2, reason=4), _task(3, reason=6), _task(4, reason=6)]
    headings = [line.plain for line in _lines(_state(*tasks), 80) if line.plain[1:2] not in " ·"]
    assert headings == [" Owed 1", " Quiet 1", " Other 2", " That is today's"]


def test_the_one_of_today_stands_apart_where_others_are_owed_more() -> None:
    state = _state(_task(1, reason=5, first=True), _task(2, reason=1))
    plain = [line.plain for line in _lines(state, 80)]
    assert plain[0] == " Today's one 1"
    assert plain[1].startswith(" ● ")
    assert plain[2] == " Owed 1"


@pytest.mark.parametrize(
    ("reach", "before"),
    [(0, None), (1, " Other 2"), (2, "   Somebody"), (3, None)],
    ids=["none", "between sections", "within a section", "all"],
)
def test_the_line_of_the_day_stands_after_the_rows_it_reaches(
    reach: int, before: str | None
) -> None:
    tasks = [_task(1, reason=1), _task(2), _task(3)]
    plain = [line.plain for line in _lines(_state(*tasks, day_ends_after=reach), 80)]
    at = next((n for n, line in enumerate(plain) if "twenty minutes end about here" in line), None)
    assert (None if at is None else plain[at + 1][: len(before or "")]) == before


@pytest.mark.parametrize(
    ("waiting", "says"),
    [
        (0, "That is today's"),
        (1, "That is today's; 1 waits for tomorrow"),
        (14, "That is today's; 14 wait for tomorrow"),
    ],
)
def test_the_end_says_what_waits(waiting: int, says: str) -> None:
    *_, end = _lines(_state(_task(1), waiting=waiting), 80)
    assert end.plain.strip() == says


def test_rows_keep_their_places_while_the_ledger_goes_on() -> None:
    one, two, three = (_task(n) for n in (1, 2, 3))
    state = _state(one, two)
    fresh = replace(state.inbox, tasks=(three, replace(two, short="two new posts")))
    state.follow(fresh)
    assert [task.id for task in state.tasks] == ["task-1", "task-2"]
    assert state.marks == {"task-1": Mark("no longer open", "·")}
    assert state.tasks[1].short == "two new posts"
    assert state.new_count == 1
    state.follow(replace(fresh, tasks=(one, two, three)))
    assert not state.marks


def test_a_row_goes_on_when_its_oldest_post_was_decided() -> None:
    old, new = _post("old", "Old"), _post("new", "New")
    state = _state(_task(1, posts=(old, new)))
    state.unfolded.add("task-1")
    state.mark({"old": Mark("read")})
    heir = _task(9, person="person-1", posts=(new,))
    state.follow(replace(state.inbox, tasks=(heir,)))
    assert [key for key, _ in items_of(state)][1:4] == ["task-9", "task-9 old", "task-9 new"]
    assert state.new_count == 0
    assert not state.questions


def test_a_refused_row_comes_back_and_the_others_stay_decided() -> None:
    state = _state(_task(1), _task(2))
    step = state.mark({"task-1": Mark("read"), "task-2": Mark("read")})
    state.refused(step, ["task-1"])
    state.written(step, "change")
    assert state.marks == {"task-2": Mark("read", change="change")}
    assert state.undone("change") == "task-2"
    assert state.open_count == 2


async def test_ten_thousand_rows_cost_as_little_as_ten() -> None:
    tasks = [_task(number) for number in range(10_000)]
    state = _state(*tasks)
    rendered = 0

    def draw(row: Row, width: int, current: bool) -> Content:
        nonlocal rendered
        rendered += 1
        return render(row, width, current, 12, "y", "z")

    app = Shown(draw)
    async with app.run_test(size=(100, 40)) as pilot:
        rows = app.query_one(RowList)
        begun = time.process_time()
        rows.set_rows(rows_of(items_of(state)))
        await pilot.pause()
        assert time.process_time() - begun < 1.0
        assert rendered <= 80
        rows.focus()
        rendered = 0
        rows.action_row_next()
        await pilot.pause()
        assert rendered <= 4
        rows.action_row_last()
        await pilot.pause()
        assert rows.cursor is not None
        assert rows.cursor.key == "task-9999"


@given(st.lists(st.sampled_from(["one", "two", "three", "four"]), unique=True), st.integers(0, 3))
def test_the_names_have_a_column_of_the_longest_but_no_more_than_a_third(
    names: list[str], extra: int
) -> None:
    tasks = [_task(number) for number, _ in enumerate(names)]
    called = {f"person-{number}": name + "x" * 9 * extra for number, name in enumerate(names)}
    column = name_column(items_of(_state(*tasks, names=called)), 60)
    longest = max((cell_len(name) for name in called.values()), default=0)
    assert column == max(8, min(longest, 22))

"""What each key of the inbox does, as tables: the keys, what then stands on the screen, what no
longer does, and what was said."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from engage.errors import EngageError
from engage.services.desk import Desk
from engage.tui import calls
from engage.tui.screens.person import PersonScreen
from engage.tui.screens.reading import ReadingScreen
from tests.tui.conftest import OpenInbox
from tests.tui.worlds import Opened


@dataclass(frozen=True)
class Flow:
    keys: str
    shows: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    said: str = ""
    cursor: str = ""


#: Keys that only move: to whom they go, from the first row.
MOVES = {
    "j goes down": ("j", "Tomasz Lund"),
    "k goes up": ("j j k", "Tomasz Lund"),
    "arrows go as well": ("down down up", "Tomasz Lund"),
    "G goes to the last": ("G", "Ilse Moravec"),
    "g g goes to the first": ("G g g", "Mara Quill"),
    "home and end go too": ("end home", "Mara Quill"),
    "page keys go a page": ("pagedown pageup", "Mara Quill"),
    "tab goes to the next section": ("tab", "Sami Brandt"),
    "shift+tab goes to the section before": ("tab tab shift+tab", "Sami Brandt"),
    "g l goes to the pile": ("g l", "Ilse Moravec"),
    "after g another key does its own work": ("g j", "Tomasz Lund"),
    "escape goes back to the list": ("tab tab enter escape", "Pia Novak"),
    "g i comes back": ("g p g i", "Mara Quill"),
    "q comes back from there": ("g w q", "Mara Quill"),
    "a key without meaning does nothing": ("%", "Mara Quill"),
}

FLOWS = {
    "g shows what may follow": Flow("g", shows=("g p people", "g w week")),
    "e decides in place and goes on": Flow(
        "tab e",
        shows=(" ✓ Sami Brandt", "looked at · z undo", "New people 2"),
        said="done: Sami Brandt · z takes it back",
        cursor="Odile Marchand",
    ),
    "e of what is owed asks": Flow(
        "e", shows=("Did you write to them?  y yes", "Owed 1"), cursor="Tomasz Lund"
    ),
    "another key leaves the question": Flow(
        "e j e", shows=("Did you write to them?",), cursor="Odile Marchand"
    ),
    "y answers the newest question": Flow(
        "e y", shows=("answered · z undo",), lacks=("Did you write",), said="wrote to Mara Quill"
    ),
    "y answers twice where two wait": Flow("e e y y", lacks=("Did you write",)),
    "escape puts the question away": Flow("e escape", lacks=("Did you write",)),
    "z brings the row back in place": Flow(
        "j e z",
        shows=("Owed 2", "›  Tomasz Lund"),
        lacks=("Did you write",),
        said="Taken back: done: Tomasz Lund",
    ),
    "u undoes as well": Flow("e u", shows=("›● Mara Quill",)),
    "z after a yes asks again": Flow("e y z", shows=("Did you write to them?", "done · z undo")),
    "z z after a yes takes both back": Flow("e y z z", shows=("›● Mara Quill", "Owed 2")),
    "z without a decision says so": Flow("z", said="There is nothing to take back."),
    "hash drops": Flow("#", shows=(" – Mara Quill", "dropped"), lacks=("Did you write",)),
    "l puts on the pile": Flow("l", shows=(" → Mara Quill", "in Reply later")),
    "h enter snoozes until tomorrow": Flow("h enter", shows=("until tomorrow",)),
    "h escape snoozes nothing": Flow("h escape", shows=("›● Mara Quill", "Owed 2")),
    "b opens the same strip": Flow("b", shows=("Snooze until", "tomorrow")),
    "x and e decide together": Flow(
        "x x e",
        shows=(" ✓ Mara Quill", " ✓ Tomasz Lund", "(all 2)", "y yes"),
        said="done: Mara Quill, Tomasz Lund · z takes it back",
    ),
    "z takes all of them back at once": Flow("x x e z", shows=("Owed 2",), lacks=("Did you",)),
    "star selects all and none": Flow("* *", lacks=(" x Tomasz",)),
    "star shows what it selected": Flow("*", shows=(" x Tomasz Lund", " x Ilse Moravec")),
    "escape clears the selection": Flow("* escape", lacks=(" x Tomasz",)),
    "3 finishes a welcome": Flow(
        "tab 3", shows=(" ✓ Sami Brandt", "circle 3 · z undo"), said="circle 3: Sami Brandt"
    ),
    "z takes the circle back with the welcome": Flow("tab 3 z", shows=("New people 3",)),
    "m leaves in peace": Flow("tab m", shows=("left in peace · z undo",)),
    "1 on another row sets the circle only": Flow("1", shows=("Owed 2",), cursor="Mara Quill"),
    "right shows the posts of a row": Flow(
        "tab tab right j", shows=("›     The wall",), cursor="Pia Novak"
    ),
    "left folds it again": Flow("tab tab right j left", cursor="Pia Novak", shows=("›  Pia",)),
    "e on a post leaves the others": Flow(
        "tab tab right j e",
        shows=(" ✓    The wall", "New work, due 2", "Pia Novak       What we call"),
        said="done",
    ),
    "i says why the row is here": Flow("i", said="you have not answered"),
    "slash filters as one types": Flow(
        "/ p i a", shows=("Pia Novak", "That is all that matches"), lacks=("Mara Quill",)
    ),
    "enter keeps the filter": Flow("/ p i a enter", shows=("/pia", "Pia Novak")),
    "escape clears the filter": Flow("/ p i a enter escape", shows=("Mara Quill", "Inbox 16")),
    "a filter that matches nothing says so": Flow("/ q q q enter", shows=("Nothing matches",)),
    "enter reads the oldest post": Flow(
        "tab tab enter", shows=("Pia Novak · circle 2", "1 of 2"), lacks=("Tomasz",)
    ),
    "space pages to the next post": Flow("tab tab enter G space", shows=("2 of 2",)),
    "q goes back to the list": Flow("tab tab enter q", shows=("Tomasz Lund",)),
    "e in reading opens the next row": Flow("tab tab enter e", shows=("Ravi Sato · circle 3",)),
    "hash in reading opens the next row": Flow("tab tab enter #", shows=("Ravi Sato ·",)),
    "l in reading opens the next row": Flow("tab tab enter l", shows=("Ravi Sato ·",)),
    "h in reading opens the next row": Flow("tab tab enter h enter", shows=("Ravi Sato ·",)),
    "enter on a new person shows the card": Flow(
        "tab enter", shows=("Sami Brandt commented",), lacks=("Tomasz Lund",)
    ),
    "o shows the address where no browser is": Flow("o", said="No browser here; copied: http"),
    "O says which rule it used": Flow("O", said="(where they wrote to you)"),
    "question mark shows the help": Flow("?", shows=("In the inbox",)),
    "colon opens the palette": Flow(":", shows=("Search for commands",)),
    "ctrl+p opens it too": Flow("ctrl+p", shows=("Search for commands",)),
    "g p goes to the people": Flow("g p", shows=("People 37",)),
    "g w goes to the week": Flow("g w", shows=("Week 47",)),
    "plus opens the log with the name": Flow("+", shows=("Log", "Mara Quill", "reply")),
    "W marks the day as written": Flow("W", said="Today is marked already."),
    "R asks nothing in a demo": Flow("R", shows=("Inbox 16",)),
}


async def test_keys_that_move(open_inbox: OpenInbox) -> None:
    async with open_inbox() as page:
        for name, (keys, whom) in MOVES.items():
            await page.press("home", *keys.split())
            assert cursor_name(page) == whom, name


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
async def test_keys(open_inbox: OpenInbox, flow: Flow) -> None:
    async with open_inbox() as page:
        await page.press(*flow.keys.split())
        await page.pilot.pause()
        for words in flow.shows:
            assert words in page.text
        for words in flow.lacks:
            assert words not in page.text
        if flow.said:
            assert any(flow.said in toast for toast in page.toasts), page.toasts
        if flow.cursor:
            assert page.app.screen.rows.cursor is not None
            assert cursor_name(page) == flow.cursor


def cursor_name(page: Opened) -> str:
    screen = page.app.screen
    return screen.state.name(screen.current_task)


async def test_q_on_the_list_ends_the_app(open_inbox: OpenInbox) -> None:
    async with open_inbox() as page:
        await page.pilot.press("q")
        await page.pilot.pause()
        assert page.app.return_code == 0


async def test_p_opens_the_person(open_inbox: OpenInbox) -> None:
    async with open_inbox() as page:
        await page.press("p")
        assert isinstance(page.app.screen, PersonScreen)


async def test_a_decision_is_in_the_ledger_and_its_undo_too(
    open_inbox: OpenInbox, desk: Desk
) -> None:
    async with open_inbox() as page:
        before = len(desk.world().decisions)
        await page.press("j", "e")
        assert len(desk.world().decisions) == before + 1
        await page.press("z")
        assert len(desk.world().decisions) == before


async def test_several_rows_are_one_change(open_inbox: OpenInbox, desk: Desk) -> None:
    async with open_inbox() as page:
        before = len(desk.store.changes())
        await page.press("*", "#")
        assert len(desk.store.changes()) == before + 1


async def test_a_refusal_brings_the_row_back(
    open_inbox: OpenInbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise EngageError("The disk is full; free some space.")

    async with open_inbox() as page:
        monkeypatch.setattr(calls, "decide", full)
        await page.press("e")
        assert "●  " not in page.text
        assert " ● Mara Quill" in page.text
        assert "Owed 2" in page.text
        assert "Did you write" not in page.text
        assert "The disk is full; free some space." in page.toasts


async def test_a_row_is_marked_before_the_change_is_written(
    open_inbox: OpenInbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    gate = threading.Event()
    write = calls.decide

    def slow(*args: object, **more: object) -> object:
        gate.wait(5)
        return write(*args, **more)  # type: ignore[arg-type]

    async with open_inbox() as page:
        monkeypatch.setattr(calls, "decide", slow)
        await page.pilot.press("#", "j")
        await page.pilot.pause()
        try:
            assert " – Mara Quill" in page.text
            assert cursor_name(page) == "Sami Brandt"
        finally:
            gate.set()
        await page.settle()
        assert page.toasts == ["dropped: Mara Quill, The kitchen table · z takes it back"]


async def test_what_arrives_waits_until_it_is_asked_for(open_inbox: OpenInbox) -> None:
    from engage.services import remember

    async with open_inbox() as page:
        await page.press("j")
        lines = page.text.splitlines()[2:-2]
        await page.app.desk(remember.log, "Nils Arden", "letter", direction="in")
        await page.app.look()
        await page.settle()
        assert "1 new, press . to show" in page.text.splitlines()[0]
        assert page.text.splitlines()[2:-2] == lines
        await page.press(".")
        assert "Owed 3" in page.text
        assert "press . to show" not in page.text
        assert cursor_name(page) == "Tomasz Lund"


async def test_what_was_settled_elsewhere_is_dimmed_in_place(open_inbox: OpenInbox) -> None:
    from engage.services import triage

    async with open_inbox() as page:
        await page.app.desk(triage.decide, ["Tomasz Lund"], "drop")
        await page.app.look()
        await page.settle()
        row = next(line for line in page.text.splitlines() if "Tomasz Lund" in line)
        assert "no longer open" in row


async def test_a_new_person_is_looked_at_read_and_answered_by_one_key_each(
    open_inbox: OpenInbox,
) -> None:
    async with open_inbox() as page:
        await page.press("j", "j", "enter")
        assert "Read first: Rehearsal, with rain" in page.text
        await page.press("enter")
        assert isinstance(page.app.screen, ReadingScreen)
        assert "Rehearsal, with rain" in page.text and "1 of 4" in page.text
        await page.press("e", "escape")
        assert "Read first:" not in page.text and "New people 2" in page.text
        sami = next(p for p in page.desk.world().people.values() if p.name == "Sami Brandt")
        kinds = [each.kind for each in page.desk.world().touches if each.person == sami.id]
        assert sorted(kinds[-2:]) == ["look", "read"]
        await page.press("z")
        assert [each.kind for each in page.desk.world().touches if each.person == sami.id] == [
            "comment"
        ]

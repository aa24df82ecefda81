"""An intention is not a touch: only what the writer says happened, or what was seen, is logged."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run, people

NOTHING_HAPPENED = {
    "looking at the inbox": [("inbox",), ("inbox", "--all", "--json")],
    "looking at somebody": [("person", "Mara Quill"), ("posts", "mara")],
    "putting off": [("snooze", "Tomasz Lund", "--until", "3d")],
    "the pile": [("later", "Pia Novak")],
    "dropping": [("drop", "Mara Quill")],
    "a reconnect done": [("done", "Vera Rask")],
    "what is owed done": [("done", "Tomasz Lund")],
    "a circle, a cadence": [("circle", "Nils Arden", "3"), ("cadence", "Nils Arden", "9")],
    "a next time": [("next", "Mara Quill", "2w", "ask about the letter")],
    "a friend, peace": [("friend", "Nils Arden"), ("leave", "Ada Kestrel")],
    "a note, a name": [("note", "Mara Quill", "weaves"), ("rename", "Mara Quill", "Mara Q.")],
    "a day written": [("wrote",)],
    "the week, the notes": [("week", "--say", "Slow."), ("notes",)],
    "merging": [("merge-people", "Nils Arden", "Ada Kestrel")],
}


def touches(engage: Run) -> tuple[int, int]:
    known = [each["touches"] for each in people(engage)]
    return sum(each["in"] for each in known), sum(each["out"] for each in known)


@pytest.mark.usefixtures("full_home")
@pytest.mark.parametrize("commands", NOTHING_HAPPENED.values(), ids=NOTHING_HAPPENED.keys())
def test_nothing_is_logged(engage: Run, commands: list[tuple[str, ...]]) -> None:
    before = touches(engage)
    for words in commands:
        assert engage(*words).status == 0, words
    assert touches(engage) == before


@pytest.mark.usefixtures("full_home")
def test_an_import_logs_nothing(engage: Run, tmp_path: Path) -> None:
    before, listed = touches(engage), len(people(engage))
    file = tmp_path / "people.csv"
    file.write_text("name,url,direction\nIvo Marek,https://ivo.example/,follows me\n")
    assert engage("import", str(file), "--yes").status == 0
    assert len(people(engage)) == listed + 1
    assert touches(engage) == before


@pytest.mark.usefixtures("full_home")
@pytest.mark.parametrize(
    ("task", "counts"),
    [("Ravi Sato", (0, 1)), ("Sami Brandt welcome", (0, 1))],
    ids=["a read done is a read", "a welcome done is a look"],
)
def test_what_was_done_is_logged_once(engage: Run, task: str, counts: tuple[int, int]) -> None:
    name, kind = (task.removesuffix(" welcome"), "welcome" if "welcome" in task else "read")
    (id,) = [
        each["id"]
        for each in engage("inbox", "--json").json["tasks"]
        if each["kind"] == kind and each["person"]["name"] == name
    ]
    came, went = touches(engage)
    assert engage("done", id).status == 0
    assert touches(engage) == (came + counts[0], went + counts[1])
    assert engage("done", id).status == 0
    assert touches(engage) == (came + counts[0], went + counts[1])

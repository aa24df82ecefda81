"""Conversations, questions and webmentions on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.clock import FixedClock
from engage.paths import paths_under
from engage.services.desk import desk_at
from tests.cli.conftest import Run
from tests.tui.reply_worlds import WORDS, fill
from tests.tui.worlds import NOW, make_desk


@pytest.fixture
def replies_home(home: Path) -> Path:
    """The writer's home, with the small world of the reply pages."""
    desk = make_desk(home)
    fill(desk)
    desk.close()
    return home


def test_conversations_stand_in_order_with_what_is_owed(engage: Run, replies_home: Path) -> None:
    first = engage("person", "mara", "--json").json["conversations"][0]
    assert (first["about"], first["post"], first["owed"]) == ("The kitchen table", "yours", True)
    assert [(each["direction"], each["owed"]) for each in first["words"]] == [
        ("in", False),
        ("out", False),
        ("in", True),
    ]
    assert len(first["drafts"]) == 1
    lines = engage("person", "mara", "--conversations").out.splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("The kitchen table"))
    assert lines[at] == "The kitchen table · your post · https://me.example/1"
    for line, said in zip(lines[at + 1 :], ("Whose is it?", "My aunt's", "not answered", WORDS),
                          strict=False):  # fmt: skip
        assert said in line
    assert replies_home.exists()


def test_what_was_matched_by_name_is_listed_on_request(engage: Run, replies_home: Path) -> None:
    asked = engage("questions")
    assert len(asked.out.splitlines()) == 2
    assert "1 was matched by name alone; `engage questions --by-name` lists" in asked.err
    assert "is it them?" in engage("questions", "--by-name").out
    assert [each["id"] for each in engage("questions", "--json").json["by_name"]] == ["named"]
    answers = engage("questions", "named").out
    assert "yes" in answers and "new" in answers and "no" in answers
    assert engage("questions", "named", "new").status == 0
    assert engage("questions", "--json").json["by_name"] == []
    assert engage("undo").status == 0
    assert engage("questions", "named", "no").status == 0
    desk = desk_at(paths_under(replies_home), FixedClock(NOW))
    assert "named" not in {touch.id for touch in desk.world().touches}
    desk.close()


def test_webmentions_are_listed_sent_and_not(engage: Run, replies_home: Path) -> None:
    assert replies_home.exists()
    [ready] = engage("webmention", "--list", "--json").json["webmentions"]
    assert (ready["source"], ready["sent"]) == ("https://me.example/to-mara", False)
    assert "not sent" in engage("webmention", "--list").out
    refused = engage("webmention")
    assert (refused.status, refused.out) == (2, "") and "--list" in refused.err

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engage.domain.codec import to_doc
from engage.domain.derived import Task
from engage.services import follow, review, triage
from engage.services import notes as service
from engage.services.desk import Desk
from tests.support.demo import NOW, demo_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = demo_desk(tmp_path_factory.mktemp("demo"))
    yield made
    made.close()


def names(desk: Desk, *, reason: int | None = None, state: str = "open") -> list[str]:
    """The people of the tasks of that reason and state, in the inbox's order."""
    return [
        desk.world().people[task.person].name
        for task in triage.inbox(desk, all=True).tasks
        if task.state == state and reason in (None, task.reason)
    ]


def test_every_reason_has_its_people(desk: Desk) -> None:
    assert {reason: names(desk, reason=reason) for reason in range(1, 6)} == {
        1: ["Mara Quill", "Tomasz Lund"],
        2: ["Sami Brandt", "Odile Marchand", "Petra Vance"],
        3: ["Pia Novak", "Ravi Sato"],
        4: ["Vera Rask"],
        5: ["Jun Haugen", "Bram Visser", "Lotte Thorne"],
    }
    assert {"Ada Kestrel", "The Paper Mill", "Nils Arden"} <= set(names(desk, reason=6))


def test_fourteen_wait_for_tomorrow(desk: Desk) -> None:
    assert triage.inbox(desk).waiting == 14


def test_what_is_put_off(desk: Desk) -> None:
    assert names(desk, state="later") == ["Ilse Moravec"]
    assert names(desk, state="snoozed") == ["Hanna Weld"]


def test_somebody_left_in_peace_has_no_task(desk: Desk) -> None:
    greta = next(p for p in desk.world().people.values() if p.name == "Greta Olsen")
    assert desk.standings()[greta.id].left
    assert all(task.person != greta.id for task in triage.inbox(desk, all=True).tasks)


def test_how_people_stand(desk: Desk) -> None:
    stands = {desk.world().people[id].name: standing for id, standing in desk.standings().items()}
    assert stands["Mara Quill"].stage == "In conversation"
    assert stands["Emil Thorsen"].stage == "Friend"
    assert [name for name, standing in stands.items() if standing.drifting] == [
        "Ravi Sato",
        "Pia Lund",
    ]
    assert stands["Pia Novak"].cadence == 14


def test_several_new_posts_are_one_row(desk: Desk) -> None:
    rows: dict[str, Task] = {
        desk.world().people[task.person].name: task
        for task in triage.inbox(desk).tasks
        if task.kind == "read"
    }
    assert [post.title for post in rows["Pia Novak"].posts] == [
        "The wall behind the school",
        "What we call weather",
    ]
    assert len(rows["Jun Haugen"].posts) == 2


def test_posts_can_be_read(desk: Desk) -> None:
    posts = [post for feed in desk.world().feeds for post in desk.store.posts(feed)]
    assert len(posts) >= 40
    assert all(post.entry.blocks and post.shown <= NOW for post in posts)
    kinds = {block.kind for post in posts for block in post.entry.blocks}
    assert kinds >= {"p", "h", "quote", "li", "rule"}
    assert max(post.entry.words for post in posts) > 900


def test_no_feed_is_due_and_all_are_made_up(desk: Desk) -> None:
    for health in follow.feeds(desk):
        assert health.fetch.next_fetch is not None
        assert health.fetch.next_fetch > NOW
        assert health.feed.url.split("/")[2].endswith(".example")


def test_nothing_of_it_can_be_undone(desk: Desk) -> None:
    assert list(desk.store.changes()) == []


def test_the_week(desk: Desk) -> None:
    week = review.week(desk)
    assert week.week == "2026-W47"
    assert (week.days_written, week.published) == (5, 1)
    assert week.new_people == (2, 19)
    assert week.kept == (12, 15)
    assert week.replies_written >= 4


def test_the_notes_tell_it(desk: Desk) -> None:
    notes = service.notes(desk)
    for line in (
        "- [The kitchen table](https://ines.example/the-kitchen-table) (Tue)",
        '- [x] [[Tomasz Lund]]: commented on "On slow letters" ✅ 2026-11-17',
        '- [[Mara Quill]] commented on "The kitchen table" (Thu)',
        "- [[Pia Lund]]: usually every 12 days, 31 days now",
    ):
        assert line in notes.splitlines()
    assert "- [ ] answer [[Mara Quill]]" in notes


def test_the_same_moment_makes_the_same_world(desk: Desk, tmp_path: Path) -> None:
    other = demo_desk(tmp_path)
    mine, theirs = desk.world(), other.world()
    for table in ("people", "feeds", "week_lines"):
        assert list(map(to_doc, getattr(mine, table).values())) == list(
            map(to_doc, getattr(theirs, table).values())
        )
    for table in ("news", "own_posts", "touches", "decisions", "written_days"):
        assert getattr(mine, table) == getattr(theirs, table)
    for feed in mine.feeds:
        assert list(desk.store.posts(feed)) == list(other.store.posts(feed))
    assert desk.store.fetch_states() == other.store.fetch_states()
    other.close()


@pytest.mark.parametrize("hour", [0, 3, 23])
def test_it_is_whole_at_any_hour_of_any_day(tmp_path: Path, hour: int) -> None:
    moment = NOW.replace(year=2027, month=3, day=29, hour=hour, minute=5)
    other = demo_desk(tmp_path, moment)
    for reason in range(1, 7):
        assert names(other, reason=reason)
    assert all(touch.at <= moment for touch in other.world().touches)
    other.close()

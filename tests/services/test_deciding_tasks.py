"""Deciding what stands in the inbox: by task, by post, by name, in bulk."""

from __future__ import annotations

from datetime import timedelta

from engage.domain.days import local_day
from engage.services.desk import Desk
from engage.services.people import person_page
from engage.services.remember import undo, undoable
from engage.services.triage import decide, inbox, wrote_to


def ids(desk: Desk, query: str = "") -> list[str]:
    return [task.id for task in inbox(desk, query).tasks]


def test_one_post_leaves_its_row(desk: Desk) -> None:
    [row] = inbox(desk, "kind:read person:novak").tasks
    first, second = row.posts
    decided = decide(desk, [first.uid], "done")
    assert decided.change is not None
    assert decided.change.label == f"done: Pia Novak, {first.title}"
    [left] = inbox(desk, "kind:read person:novak").tasks
    assert [post.uid for post in left.posts] == [second.uid]
    again = decide(desk, [first.uid], "done")
    assert (again.change, len(again.already), again.refused) == (None, 1, ())


def test_two_posts_of_one_row_are_one_step_about_one_person(desk: Desk) -> None:
    [row] = inbox(desk, "kind:read person:novak").tasks
    decided = decide(desk, [post.uid for post in row.posts], "drop")
    assert (len(decided.tasks), len(undoable(desk))) == (1, 1)
    assert decided.change is not None
    assert decided.change.label == f"dropped: Pia Novak, {row.posts[-1].title} and 1 more"
    assert not inbox(desk, "kind:read person:novak").tasks


def test_one_comment_leaves_its_row(desk: Desk) -> None:
    [row] = inbox(desk, "kind:reply person:quill").tasks
    assert row.touches[0].post is not None
    decided = decide(desk, [row.touches[0].post], "drop")
    assert decided.change is not None
    assert not inbox(desk, "kind:reply person:quill").tasks


def test_done_logs_the_post_that_was_open(desk: Desk) -> None:
    [row] = inbox(desk, "kind:read person:novak").tasks
    decide(desk, [row.id], "done", post=row.posts[0].uid)
    newest = person_page(desk, "Pia Novak").timeline[0]
    assert (newest.kind, newest.post) == ("read", row.posts[0].uid)


def test_several_are_one_step_and_one_undo(desk: Desk) -> None:
    before = ids(desk)
    decided = decide(desk, before, "drop")
    assert len(decided.tasks) == len(before)
    assert len(undoable(desk)) == 1
    assert not set(before) & set(ids(desk))
    undo(desk)
    assert ids(desk) == before


def test_what_cannot_be_decided_is_named_and_the_rest_is_done(desk: Desk) -> None:
    before = ids(desk)
    decided = decide(desk, ["nothing like it", before[0], "Sami Brandt"], "later")
    assert [refusal.given for refusal in decided.refused] == ["nothing like it", "Sami Brandt"]
    assert len(decided.refused[1].candidates) == 2
    assert [task.id for task in decided.tasks] == [before[0]]


def test_deciding_twice_changes_nothing(desk: Desk) -> None:
    first = ids(desk, "kind:read")[0]
    decide(desk, [first], "done")
    world = desk.world()
    again = decide(desk, [first, first], "done")
    assert (again.change, again.refused) == (None, ())
    assert [task.id for task in again.already] == [first]
    assert desk.world() is world


def test_done_of_a_reply_asks_and_only_yes_logs(desk: Desk) -> None:
    [row] = inbox(desk, "kind:reply person:quill").tasks
    touches = len(desk.world().touches)
    decided = decide(desk, [row.id], "done")
    assert [task.id for task in decided.asks] == [row.id]
    assert len(desk.world().touches) == touches
    wrote_to(desk, decided.asks)
    [newest, *_] = [e for e in person_page(desk, "Mara Quill").timeline if e.what == "touch"]
    assert (newest.direction, newest.kind, newest.how_known) == ("out", "reply", "said")


def test_a_snoozed_task_is_listed_with_all_and_comes_back(desk: Desk) -> None:
    [row] = inbox(desk, "kind:reconnect person:vera").tasks
    until = local_day(desk.now()) + timedelta(days=1)
    decide(desk, [row.id], "snooze", until=until)
    assert row.id not in ids(desk)
    states = {task.id: task.state for task in inbox(desk, all=True).tasks}
    assert states[row.id] == "snoozed"
    desk.clock.advance(days=1)  # type: ignore[attr-defined]
    assert row.id in ids(desk)


def test_a_query_for_the_pile_finds_it_without_all(desk: Desk) -> None:
    [kept] = inbox(desk, "is:later").tasks
    assert kept.state == "later"
    assert [task.id for task in inbox(desk).later] == [kept.id]


def test_a_post_and_its_row_together_leave_nothing_of_the_row(desk: Desk) -> None:
    [row] = inbox(desk, "kind:read person:novak").tasks
    decided = decide(desk, [row.posts[0].uid, row.id], "done")
    assert [task.id for task in decided.tasks] == [row.id]
    assert not inbox(desk, "kind:read person:novak").tasks

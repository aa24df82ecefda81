"""A post that was touched up stays done; one that has become another comes back, once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from worlds import ago, all_tasks, circled, decision, news, person, touch, world

from engage.domain.posts import Block, Entry, Span
from engage.domain.records import World
from engage.domain.rewriting import is_rewritten


def words(start: int, count: int, word: str = "word") -> str:
    return " ".join(f"{word}{number}" for number in range(start, start + count))


def entry(*paragraphs: str, kind: str = "p", **more: Any) -> Entry:
    return Entry("1", title="T", blocks=tuple(Block(kind, (Span(p),)) for p in paragraphs), **more)


ESSAY = entry(words(0, 400), words(400, 400))
CJK = "私はガラスを食べられます。それは私を傷つけません"

CASES = {
    "the same": (ESSAY, ESSAY, False),
    "another title": (ESSAY, replace(ESSAY, title="Another"), False),
    "set otherwise": (ESSAY, entry(words(0, 400).upper(), words(400, 400), kind="quote"), False),
    "its parts change places": (ESSAY, entry(words(400, 400), words(0, 400)), False),
    "a correction in each line": (
        ESSAY, entry(*(words(at, 38) + " and so" for at in range(0, 800, 40))), False,
    ),
    "a paragraph more": (ESSAY, entry(words(0, 400), words(400, 400), words(900, 300)), False),
    "twice as long and more": (ESSAY, entry(words(0, 400), words(2000, 900)), True),
    "half is gone": (ESSAY, entry(words(0, 400)), False),
    "wholly another": (ESSAY, entry(words(5000, 500)), True),
    "a short note rewritten": (entry(words(0, 40)), entry(words(100, 60)), False),
    "a note becomes an essay": (entry(words(0, 40)), entry(words(100, 600)), True),
    "a note gets a few words more": (
        entry(words(0, 40)), entry(words(0, 40), words(90, 100)), False,
    ),
    "the feed shows whole texts now": (
        entry(words(0, 40), truncated=True), entry(words(0, 900)), False,
    ),
    "the feed cuts texts now": (ESSAY, entry(words(900, 400), truncated=True), False),
    "a text where there was none": (entry(), entry(words(0, 900)), False),
    "the text is gone": (ESSAY, entry(), False),
    "Japanese, the same": (entry(CJK * 20), entry(CJK * 10, CJK * 10), False),
    "Japanese, another": (entry(CJK * 20), entry("".join(map(chr, range(0x4E00, 0x5000)))), True),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_another_text(case: str) -> None:
    before, after, expected = CASES[case]
    assert is_rewritten(before, after) is expected


# -- what follows


def after_reading(outcome: str = "done", rewritten: float | None = 1, **more: Any) -> World:
    """A post read two days ago, and rewritten so many days ago."""
    post = news("ink", 5, rewritten=None if rewritten is None else ago(rewritten), **more)
    read = decision(2, "read", outcome, settles=["ink"])
    return world(person("mara"), touch(300, "look", "out", "mara"), post, read)


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (after_reading(), "open"),
        (after_reading(rewritten=None), "done"),
        (after_reading(rewritten=3), "done"),
        (after_reading("drop"), "dropped"),
    ],
    ids=["since it was read", "not at all", "before it was read", "dropped: not this one"],
)
def test_only_what_was_done_before_it_was_rewritten_comes_back(found: World, state: str) -> None:
    task, *_ = all_tasks(found)  # what was decided under another id is listed after it
    assert task.state == state
    if state == "open":
        assert (task.why, task.short) == ("rewritten since you read it",) * 2
        assert task.posts[0].uid == "ink"


def test_done_again_it_stays_done() -> None:
    found = after_reading()
    again = decision(0.5, "read", "done", settles=["ink"])
    assert {
        task.state for task in all_tasks(replace(found, decisions=(*found.decisions, again)))
    } == {"done"}


def test_beside_new_posts_it_is_one_of_them() -> None:
    found = after_reading()
    both = replace(found, news=(*found.news, news("new", 1)))
    assert [task.why for task in all_tasks(both) if task.state == "open"] == ["two new posts"]


def test_a_circle_says_so_with_the_minutes() -> None:
    found = after_reading()
    near = world(
        circled("mara", 5), *found.news, *found.decisions, touch(3, "reply", "out", "mara")
    )
    (task,) = [task for task in all_tasks(near) if task.state == "open"]
    assert task.why == "rewritten since you read it, 5 min; in circle 5"


def test_met_under_another_feed_it_is_rewritten_as_well() -> None:
    found = after_reading(aliases=("https://mara.example/ink",))
    twin = news("twin", 4, feed="other", aliases=("https://mara.example/ink",))
    (task,) = [
        task for task in all_tasks(replace(found, news=(*found.news, twin))) if task.state == "open"
    ]
    assert task.why == "rewritten since you read it"

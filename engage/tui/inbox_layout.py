"""The rows of the inbox from top to bottom, as its state asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engage.domain.derived import Task
from engage.domain.records import NewsItem
from engage.tui.inbox_state import InboxState, Mark, Question

#: The heading above the tasks of each reason.
HEADINGS: Mapping[int, str] = {
    1: "Owed",
    2: "New people",
    3: "New work, due",
    4: "Quiet",
    5: "New work, circles",
    6: "Other",
}
LATER = "Reply later"
FIRST = "Today's one"


#: What a row says while it is asked whether its draft is posted.
_WRITTEN = Mark("written, not posted", "·")


class Heading(NamedTuple):
    """A section begins; ``number``: its rows that are not decided."""

    text: str
    number: int
    owed: bool = False


class TaskRow(NamedTuple):
    """A task with all that its line depends on: the ``posts`` not decided alone; ``undo``: the next
    undo takes its mark back. ``title``: of a new person's."""

    task: Task
    name: str
    posts: tuple[NewsItem, ...]
    mark: Mark | None = None
    undo: bool = False
    selected: bool = False
    unfolded: bool = False
    title: str = ""


class PostRow(NamedTuple):
    """One post of an unfolded row; ``marked``: decided, alone or with its row."""

    task: Task
    post: NewsItem
    marked: bool = False


class Strip(NamedTuple):
    """A question; ``active``: the one that a yes answers."""

    question: Question
    active: bool


class DayEnd(NamedTuple):
    """The line that the minutes of the day reach to."""

    minutes: int


class End(NamedTuple):
    text: str


Item = Heading | TaskRow | PostRow | Strip | DayEnd | End
NamedItem = tuple[str, Item]


def items_of(state: InboxState, current: str | None = None) -> list[NamedItem]:
    """The rows from top to bottom, each with its key."""
    asked = {question.tasks[-1].id: question for question in state.questions}
    active = state.question(current)
    last = set(state.steps[-1]) if state.steps else set()
    items: list[NamedItem] = []
    for title, tasks, owed in _sections(state):
        count = sum(task.id not in state.marks for task in tasks)
        items.append((f"section {title}", Heading(title, count, owed)))
        for task in tasks:
            items += _rows_of(state, task, last)
            if (question := asked.get(task.id)) is not None:
                items.append((question.key, Strip(question, question is active)))
    items = list(_with_day_end(state, items))
    if items:
        items.append(("end", End(_end(state))))
    return items


def _rows_of(state: InboxState, task: Task, last: set[str]) -> Iterator[NamedItem]:
    mark = state.marks.get(task.id) or (_WRITTEN if state.has_written(task.id) else None)
    unfolded = task.id in state.unfolded
    undo = mark is not None and task.id in last
    name, selected = state.name(task), task.id in state.selected
    title = state.inbox.titles.get(task.id, "")
    yield task.id, TaskRow(task, name, state.left_of(task), mark, undo, selected, unfolded, title)
    if unfolded:
        for post in task.posts:
            done = task.id in state.marks or post.uid in state.marks
            yield f"{task.id} {post.uid}", PostRow(task, post, done)


def _sections(state: InboxState) -> Iterator[tuple[str, list[Task], bool]]:
    """The tasks by heading; today's one apart where its reason is not the first."""
    tasks = list(state.inbox.tasks)
    if tasks and tasks[0].first and len(tasks) > 1 and tasks[1].reason < tasks[0].reason:
        yield FIRST, [tasks.pop(0)], False
    section: list[Task] = []
    for task in tasks:
        if section and (_heading(state, section[0]) != _heading(state, task)):
            yield _heading(state, section[0]), section, _owed(section[0])
            section = []
        section.append(task)
    if section:
        yield _heading(state, section[0]), section, _owed(section[0])
    shown = {task.id for task in state.inbox.tasks}
    if later := [task for task in state.later if task.id not in shown]:
        yield LATER, later, False


def _with_day_end(state: InboxState, items: list[NamedItem]) -> Iterator[NamedItem]:
    """The line stands after as many of today's tasks as the minutes reach."""
    reach, total = state.inbox.day_ends_after, len(state.inbox.tasks)
    seen = 0
    drawn = bool(state.query) or not 0 < reach < total
    for key, item in items:
        begins_next = isinstance(item, Heading | TaskRow) and seen == reach
        if not drawn and begins_next:
            yield "day end", DayEnd(state.minutes)
            drawn = True
        seen += isinstance(item, TaskRow)
        yield key, item


def _end(state: InboxState) -> str:
    if state.query:
        return "That is all that matches; Esc shows the rest"
    waiting = state.inbox.waiting
    if not waiting:
        return "That is today's"
    return f"That is today's; {waiting:,} {'waits' if waiting == 1 else 'wait'} for tomorrow"


def _heading(state: InboxState, task: Task) -> str:
    """A row that was put on the pile just now stays in its place, and under its heading."""
    later = task.state == "later" and task.id not in state.marks
    return LATER if later else HEADINGS.get(task.reason, "Other")


def _owed(task: Task) -> bool:
    return task.reason == 1

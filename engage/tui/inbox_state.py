"""What the inbox shows and what was done in it, without a screen.

Rows never move under the writer: what was decided stays in its place, marked, and what arrives
waits in `InboxState.coming` until it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from engage.domain.derived import Task
from engage.domain.records import NewsItem, Person

if TYPE_CHECKING:
    from engage.services.drafting import Answering
    from engage.services.outcomes import Inbox

_ANSWERED = "answered"


class Mark(NamedTuple):
    """What was decided: words for the row ("dropped"), and the change, once it is written."""

    words: str
    sign: str = "✓"
    change: str | None = None


class Question(NamedTuple):
    """Something asked in a strip under the last of the rows that it is about."""

    tasks: tuple[Task, ...]
    text: str = "Did you write to them?"
    answering: Answering | None = None

    @property
    def key(self) -> str:
        return f"question {self.tasks[-1].id}"


@dataclass
class InboxState:
    """``marks`` by the id of a task or the uid of a post."""

    inbox: Inbox
    minutes: int = 20
    query: str = ""
    marks: dict[str, Mark] = field(default_factory=dict)
    selected: set[str] = field(default_factory=set)
    unfolded: set[str] = field(default_factory=set)
    questions: list[Question] = field(default_factory=list)
    steps: list[tuple[str, ...]] = field(default_factory=list)
    answers: dict[str, Question] = field(default_factory=dict)
    coming: Inbox | None = None

    @property
    def people(self) -> Mapping[str, Person]:
        return self.inbox.people

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks with a row, in order."""
        shown = {task.id for task in self.inbox.tasks}
        return (*self.inbox.tasks, *(t for t in self.later if t.id not in shown))

    @property
    def later(self) -> tuple[Task, ...]:
        return () if self.query else self.inbox.later

    @property
    def open_count(self) -> int:
        """Tasks of today that are not decided."""
        return sum(task.id not in self.marks for task in self.inbox.tasks)

    @property
    def new_count(self) -> int:
        """Tasks that have come since the rows were laid out."""
        if self.coming is None:
            return 0
        known = {task.id for task in self.tasks}
        return sum(task.id not in known for task in self.coming.tasks)

    def name(self, task: Task) -> str:
        person = self.people.get(task.person)
        return person.name if person else task.person

    def task(self, id: str) -> Task | None:
        return next((task for task in self.tasks if task.id == id), None)

    def follow(self, fresh: Inbox) -> None:
        """Take in how things stand now: rows keep their places and say what is true of them;
        those that are open no longer are marked; what is new waits."""
        now = {task.id: task for task in (*fresh.tasks, *fresh.later)}
        known = {task.id for task in self.tasks}
        # A row whose oldest post was decided goes on under another id.
        heirs = {(t.person, t.kind): t for t in fresh.tasks if t.id not in known}
        kept = []
        for task in self.inbox.tasks:
            heir = heirs.get((task.person, task.kind))
            if task.id not in now and task.id not in self.marks and heir is not None:
                kept.append(self._inherit(task, heir))
                continue
            kept.append(now.get(task.id, task))
            if task.id not in now and task.id not in self.marks:
                self.marks[task.id] = Mark("no longer open", "·")
            elif task.id in now and self._settled_elsewhere(task.id):
                del self.marks[task.id]
        self.inbox = replace(
            self.inbox,
            tasks=tuple(kept),
            people=fresh.people,
            standings=fresh.standings,
            waiting=fresh.waiting,
            questions=fresh.questions,
            titles={**self.inbox.titles, **fresh.titles},
            now=fresh.now,
        )
        self.coming = fresh

    def show(self, inbox: Inbox) -> None:
        """Lay the rows out anew: what was decided leaves."""
        self.inbox, self.coming = inbox, None
        known = {task.id for task in self.tasks}
        self.marks.clear()
        self.selected &= known
        self.unfolded &= known

    def mark(self, marks: Mapping[str, Mark]) -> tuple[str, ...]:
        """Mark rows or posts as decided, before the change is written; the step for `written`."""
        step = tuple(marks)
        self.marks.update(marks)
        self.selected -= set(step)
        self.steps.append(step)
        return step

    def written(self, step: tuple[str, ...], change: str | None) -> None:
        """The step is written as this change; None: nothing was, and the step is no step."""
        if change is None:
            self._forget(step)
            return
        for key in step:
            if key in self.marks:
                self.marks[key] = self.marks[key]._replace(change=change)

    def refused(self, step: tuple[str, ...], keys: Iterable[str]) -> None:
        """These rows of the step come back: nothing was written about them."""
        back = set(keys)
        for key in back:
            self.marks.pop(key, None)
        self._unask(back)
        if back >= set(step):
            self._forget(step)

    def answer(self, question: Question) -> None:
        """Yes: the question goes at once, and its rows say that they are answered."""
        self.questions.remove(question)
        for task in question.tasks:
            before = self.marks.get(task.id)
            self.marks[task.id] = Mark(_ANSWERED, change=before.change if before else None)

    def answered(self, question: Question, change: str | None) -> None:
        """The answer is written as this change."""
        if change is not None:
            self.answers[change] = question
            self.steps.append(tuple(task.id for task in question.tasks))

    def unanswer(self, question: Question) -> None:
        """The question comes back."""
        self.questions.append(question)
        for task in question.tasks:
            mark = self.marks.pop(task.id, None)
            if mark is not None and mark.change is not None:
                self.marks[task.id] = mark._replace(words="done")

    def undone(self, change: str) -> str | None:
        """The rows of a change that was taken back come back; the key of the first of them."""
        if (question := self.answers.pop(change, None)) is not None:
            self.unanswer(question)
            self._forget(tuple(task.id for task in question.tasks), last=True)
            return question.tasks[0].id
        back = [key for key, mark in self.marks.items() if mark.change == change]
        for key in back:
            del self.marks[key]
        self._unask(set(back))
        self.steps = [step for step in self.steps if not set(step) & set(back)]
        return back[0] if back else None

    def ask(self, tasks: Sequence[Task]) -> None:
        if tasks:
            self.questions.append(Question(tuple(tasks)))

    def ask_posted(self, task: Task, answering: Answering) -> None:
        """Whether a draft is out; asked once, also where it was written on again."""
        self.questions = [each for each in self.questions if each.tasks != (task,)]
        self.questions.append(Question((task,), "Did you post it?", answering))

    def has_written(self, task: str) -> bool:
        """Whether it is asked if the draft of that task is posted."""
        return any(each.answering and each.tasks[-1].id == task for each in self.questions)

    def not_yet(self, tasks: Iterable[Task]) -> None:
        """Their drafts are not posted yet: that is asked no more."""
        ids = {task.id for task in tasks}
        self.questions = [
            each
            for each in self.questions
            if each.answering is None or each.tasks[-1].id not in ids
        ]

    def question(self, task: str | None) -> Question | None:
        """The question that a yes answers: the one about the current row, else the newest."""
        for question in self.questions:
            if any(each.id == task for each in question.tasks):
                return question
        return self.questions[-1] if self.questions else None

    def targets(self, current: str | None) -> list[Task]:
        """What a key acts on: the selected rows, else the current one."""
        if self.selected:
            return [task for task in self.tasks if task.id in self.selected]
        task = self.task(current) if current else None
        return [task] if task is not None else []

    def _inherit(self, task: Task, heir: Task) -> Task:
        """The heir in the place of a task, with the posts decided alone still in their places."""
        for chosen in (self.selected, self.unfolded):
            if task.id in chosen:
                chosen.discard(task.id)
                chosen.add(heir.id)
        decided = [post for post in task.posts if post.uid in self.marks]
        left = {post.uid for post in decided}
        return replace(heir, posts=(*decided, *(p for p in heir.posts if p.uid not in left)))

    def left_of(self, task: Task) -> tuple[NewsItem, ...]:
        """The posts of a task that were not decided alone."""
        return tuple(post for post in task.posts if post.uid not in self.marks)

    def _settled_elsewhere(self, id: str) -> bool:
        mark = self.marks.get(id)
        return mark is not None and mark.words == "no longer open"

    def _forget(self, step: tuple[str, ...], *, last: bool = False) -> None:
        at = [index for index, each in enumerate(self.steps) if each == step]
        if at:
            del self.steps[at[-1 if last else 0]]

    def _unask(self, keys: set[str]) -> None:
        self.questions = [
            question
            for question in self.questions
            if not any(task.id in keys for task in question.tasks)
        ]

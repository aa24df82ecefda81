"""Drafts of replies: begun from a task or a post, kept per post, finished later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engage.domain.derived import Task
from engage.domain.posts import Post
from engage.domain.records import NewsItem, Touch
from engage.errors import Ambiguous, EngageError
from engage.replies.drafts import About, Draft, commented, read, uncommented
from engage.replies.drafts import save as save_file
from engage.replies.editor import editor_command, run_editor
from engage.services.desk import Desk
from engage.services.drafts import drafts_at, keys_of
from engage.services.names import find_person, find_task
from engage.services.outcomes import Place
from engage.services.reading import place_of_post, place_to_answer, post
from engage.text import clip, one_line

#: How much of what is answered stands above an empty draft: lines, and characters in each.
QUOTED_LINES, QUOTED_WIDTH = 12, 400

_ACTIVE = ("open", "later", "snoozed", "waiting")


@dataclass(frozen=True, slots=True)
class Answering:
    """What is to be answered: what a draft of it is kept under, the task (if one is open), where
    to answer, and their words."""

    about: About
    task: Task | None
    place: Place | None
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as it is after writing on it; None: there are no words. ``notes``: sentences on what
    happened meanwhile."""

    answering: Answering
    draft: Draft | None
    notes: tuple[str, ...] = ()


def answering(desk: Desk, given: str, uid: str | None = None) -> Answering:
    """What an id of a task, post or draft, or a name, stands for. ``uid``: of the post of
    the task that is open. Raises NotFound or Ambiguous."""
    world = desk.world()
    everything = desk.tasks()
    active = [task for task in everything if task.state in _ACTIVE]
    known = drafts_at(desk).get(given)
    if known is not None and known.about.person in world.people:
        task = next((t for t in active if known.about.key in keys_of(t)), None)
        return _resumed(known.about, task)
    for task in active:
        if given in (each.id for each in task.touches) or (
            len(given) >= 4 and given in keys_of(task)
        ):
            return of_task(desk, task, given)
    for item in world.news:
        if item.uid == given:
            return _of_post(desk, item, None)
    for touch in world.touches:
        # Words that were answered already, or of somebody who is left in peace.
        if touch.direction == "in" and given in (touch.id, touch.post):
            return _of_words(desk, touch, None)
    return of_task(desk, _task_called(desk, everything, given), uid)


def _task_called(desk: Desk, everything: Sequence[Task], given: str) -> Task:
    """The task meant; of several of one person the one that stands first, a `reply` if any."""
    try:
        return find_task(desk, everything, given)
    except Ambiguous:
        person = find_person(desk, given).id
        theirs = [task for task in everything if task.person == person and task.state in _ACTIVE]
        return next((task for task in theirs if task.kind == "reply"), theirs[0])


def of_task(desk: Desk, task: Task, uid: str | None = None) -> Answering:
    """What a task asks to answer: the newest words that are owed, or a post."""
    if task.touches:
        chosen = [touch for touch in task.touches if uid in (touch.id, touch.post)]
        return _of_words(desk, (chosen or _with_draft(desk, task) or list(task.touches))[0], task)
    if task.posts:
        item = next((each for each in task.posts if each.uid == uid), task.posts[-1])
        return _of_post(desk, item, task)
    about = _about(desk, task.person, task.person, "", None, task)
    return _placed(about, task, place_to_answer(desk, task), "")


def has_editor() -> bool:
    """Whether the writer has named an editor of their own."""
    return editor_command() is not None


@dataclass(frozen=True, slots=True)
class Editing:
    """A draft whose file an editor has. ``before``: the draft as it was."""

    answering: Answering
    path: Path
    before: Draft | None
    notes: tuple[str, ...] = ()


def begin(desk: Desk, answered: Answering) -> Editing:
    """Prepare the file for an editor."""
    drafts, key = drafts_at(desk), answered.about.key
    notes: tuple[str, ...] = ()
    if drafts.recover(key, desk.now()):
        notes = ("Words that a crash had left were taken in; they are a version of their own.",)
    before = drafts.get(key)
    return Editing(answered, drafts.begin(answered.about, _header(desk, answered)), before, notes)


def save(editing: Editing, text: str) -> None:
    """Save a text in the file, as an editor does. Raises EngageError."""
    save_file(editing.path, text)


def finish(desk: Desk, editing: Editing) -> Drafted:
    """Take in what the editor has saved."""
    notes = list(editing.notes)
    said = uncommented(read(editing.path))
    after = _kept(desk, editing.answering, said, editing.before, notes)
    editing.path.unlink(missing_ok=True)
    return Drafted(editing.answering, after, tuple(notes))


def use_editor(editing: Editing) -> None:
    """Run the writer's own editor on the file, and wait for it. Raises EngageError."""
    command = editor_command()
    if command is None:
        raise EngageError("No editor is named; set $EDITOR, or give the text on stdin.")
    run_editor(command, editing.path)


def write(desk: Desk, answered: Answering) -> Drafted:
    """Write on a draft with the writer's own editor, and keep what was written.

    Raises EngageError where the editor fails; what it had saved is kept first.
    """
    editing = begin(desk, answered)
    failure: EngageError | None = None
    try:
        use_editor(editing)
    except EngageError as error:
        failure = error
    written = finish(desk, editing)
    if failure is not None:
        kept = " What it had saved is kept." if written.draft != editing.before else ""
        raise EngageError(f"{failure}{kept}") from failure
    return written


def versions(desk: Desk, key: str) -> tuple[str, ...]:
    """All that was written on a draft, the oldest first."""
    return drafts_at(desk).texts(key)


def keep(desk: Desk, answered: Answering, text: str) -> Drafted:
    """Keep a text as the draft, as the built-in editor and stdin do."""
    notes: list[str] = []
    before = drafts_at(desk).get(answered.about.key)
    after = _kept(desk, answered, uncommented(text), before, notes)
    return Drafted(answered, after, tuple(notes))


def _kept(
    desk: Desk, answered: Answering, said: str, before: Draft | None, notes: list[str]
) -> Draft | None:
    drafts, key = drafts_at(desk), answered.about.key
    now = drafts.get(key)
    if now is not None and now.text != (before.text if before else ""):
        notes.append("The draft was changed elsewhere meanwhile; both versions are kept.")
    if not said and before is None:
        notes.append("The text is empty; nothing was kept.")
        return None
    if not said:
        notes.append(f"The text is empty; earlier versions stay in {desk.paths.drafts}.")
    about = answered.about
    if before is None or said != before.text:
        about = replace(about, touch="")  # other words than those that are out
    drafts.keep(about, said, desk.now())
    return drafts.get(key)


def _header(desk: Desk, answered: Answering) -> str:
    """The comment lines of an editor's file."""
    person = desk.world().people[answered.about.person].name
    title = f", on {answered.about.title}" if answered.about.title else ""
    lines = [
        f"Your reply to {person}{title}",
        *([answered.about.url] if answered.about.url else []),
        "Lines that begin like this one never reach the reply. Nothing is sent from here.",
    ]
    quoted = [line for line in answered.quoted.split("\n") if line.strip()][:QUOTED_LINES]
    lines += ["", *(f"> {clip(one_line(line), QUOTED_WIDTH)}" for line in quoted)] if quoted else []
    return commented(lines)


def _of_post(desk: Desk, item: NewsItem, task: Task | None) -> Answering:
    kept = post(desk, item.uid)
    about = _about(desk, item.person, item.uid, item.title, item.url, task)
    place = place_of_post(desk, item.uid, item.url)
    return _placed(about, task, place, _beginning(kept) if kept else "")


def _of_words(desk: Desk, touch: Touch, task: Task | None) -> Answering:
    about = _about(desk, touch.person, touch.post or touch.id, touch.about, touch.url, task)
    place = Place(touch.url, "where they wrote to you") if touch.url else None
    return _placed(about, task, place, touch.text)


def _beginning(post: Post) -> str:
    blocks = post.entry.blocks[:QUOTED_LINES]
    return "\n".join("".join(span.text for span in block.spans) for block in blocks)


def _about(
    desk: Desk, person: str, key: str, title: str, url: str | None, task: Task | None
) -> About:
    known = drafts_at(desk).get(key)
    return About(
        key=key,
        person=person,
        begun=known.about.begun if known else desk.now(),
        task=task.id if task else None,
        post=None if key == person else key,
        title=title,
        url=url,
        touch=known.about.touch if known else "",
    )


def _placed(about: About, task: Task | None, place: Place | None, quoted: str) -> Answering:
    url = place.url if place else None
    return Answering(replace(about, place=url), task, place, quoted)


def _resumed(about: About, task: Task | None) -> Answering:
    place = Place(about.place, "kept with the draft") if about.place else None
    return Answering(about, task, place)


def _with_draft(desk: Desk, task: Task) -> list[Touch]:
    drafts = drafts_at(desk)
    return [touch for touch in task.touches if drafts.get(touch.post or touch.id)]

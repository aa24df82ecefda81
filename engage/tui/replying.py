"""``r``: from a row to a draft, and from there to the place to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engage.domain.derived import Task
from engage.errors import EngageError
from engage.tui import calls

if TYPE_CHECKING:
    from engage.services.drafting import Drafted, Editing
    from engage.tui.app import EngageApp


async def draft(app: EngageApp, task: Task, uid: str | None) -> Drafted | None:
    """Write on the draft of a row; None where that failed, which is said."""
    try:
        editing = await app.desk(calls.begin_draft, task, uid)
        await _edit(app, editing)
        written = await app.desk(calls.finish_draft, editing)
    except EngageError as error:
        app.say(str(error), warning=True)
        return None
    for note in written.notes:
        app.say(note)
    return written


async def _edit(app: EngageApp, editing: Editing) -> None:
    """The writer's own editor over the whole terminal, else the small one."""
    from textual.app import SuspendNotSupported

    from engage.services import drafting

    if drafting.has_editor():
        failure: EngageError | None = None
        try:
            with app.suspend():
                # An error must not leave the block: Textual would not resume (textual #6692).
                try:
                    drafting.use_editor(editing)
                except EngageError as error:
                    failure = error
        except SuspendNotSupported:
            pass
        else:
            app.refresh(layout=True)
            if failure is not None:
                app.say(str(failure), warning=True)
            return
    await _edit_here(app, editing)


async def _edit_here(app: EngageApp, editing: Editing) -> None:
    from engage.tui.screens.draft import DraftScreen

    def save(text: str) -> None:
        app.run_worker(
            app.desk(calls.save_draft, editing, text), group="draft", exit_on_error=False
        )

    about = editing.answering.about
    quoted = "\n".join(editing.answering.quoted.split("\n")[:5])
    before = editing.before.text if editing.before else ""
    head = "\n".join(part for part in (about.title, about.url, quoted) if part)
    text = await app.push_screen_wait(DraftScreen(head, before, save))
    await app.desk(calls.save_draft, editing, text)

"""``r``: from a row or a draft to the words, and from there to the place to answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from engage.errors import EngageError
from engage.services.outside import opened
from engage.tui import calls
from engage.tui.clipboard import copy

if TYPE_CHECKING:
    from engage.services.desk import Desk
    from engage.services.drafting import Answering, Drafted, Editing
    from engage.services.drafts import Draft
    from engage.services.outcomes import Place
    from engage.tui.app import EngageApp


async def reply(app: EngageApp, begin: Callable[[Desk], Editing]) -> Answering | None:
    """Write on a draft, copy it, and open the place to answer; what to ask about then. None where
    there are no words, or that failed, which is said."""
    written = await _draft(app, begin)
    if written is None or written.draft is None:
        return None
    await hand_over(app, written.draft, written.answering.place, written.notes)
    return written.answering


async def hand_over(
    app: EngageApp, draft: Draft, place: Place | None, notes: Sequence[str] = ()
) -> None:
    """Copy a draft, and open the place to answer or say where it goes. ``notes`` are told too."""
    words = f"{draft.words} word{'s' if draft.words != 1 else ''}"
    caution = await copy(app, draft.text)
    said = (
        f"{caution} `engage drafts` prints it." if caution else f"Your reply is copied ({words})."
    )
    if place is not None:
        said = f"{said}\n{await opened(place.url, place.rule)}"
    app.say("\n".join([*notes, said]), warning=bool(caution))


async def _draft(app: EngageApp, begin: Callable[[Desk], Editing]) -> Drafted | None:
    try:
        editing = await app.desk(begin)
        failure = await _edit(app, editing)
        written = await app.desk(calls.finish_draft, editing)
    except EngageError as error:
        app.say(str(error), warning=True)
        return None
    if failure is not None:
        kept = " What it had saved is kept." if written.draft != editing.before else ""
        app.say(f"{failure}{kept}", warning=True)
        return None
    if written.draft is None:
        app.say("\n".join(written.notes))
    return written


async def _edit(app: EngageApp, editing: Editing) -> EngageError | None:
    """The writer's own editor over the whole terminal, else the small one; how it failed."""
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
            return failure
    await _edit_here(app, editing)
    return None


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

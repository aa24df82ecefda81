"""What can be done about a person, wherever the writer stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from textual import work

from engage.domain.changes import Change
from engage.domain.days import local_day
from engage.domain.derived import Standing
from engage.domain.records import Person
from engage.errors import EngageError
from engage.services.edit_person import (
    add_note,
    leave,
    rename,
    set_cadence,
    set_circle,
    set_friend,
    set_next,
)
from engage.services.merging import likely_for, merge_people
from engage.services.outcomes import Logged
from engage.services.remember import log, undo
from engage.tui.outside import visit
from engage.tui.screens.desk_screen import DeskScreen
from engage.tui.screens.person_prompts import (
    cadence_prompt,
    leave_prompt,
    merge_prompt,
    next_prompt,
    note_prompt,
    rename_prompt,
)
from engage.tui.screens.prompts import Happened, log_prompt


class AboutSomebody(DeskScreen):
    """A screen on which one person at a time is meant. Each change is told, with the key that
    takes it back; a refusal is told in its own words."""

    @property
    def subject(self) -> tuple[Person, Standing] | None:
        """Who is meant now."""
        raise NotImplementedError

    async def reload(self) -> None:
        """Show things as they are now."""
        raise NotImplementedError

    @work(group="load", exclusive=True)
    async def load(self) -> None:
        """`reload`, from where nothing can be awaited."""
        await self.reload()

    @property
    def today(self) -> date:
        return local_day(self.app.desk.clock.now())

    async def change(self, service: Callable[..., Change | Logged | None], *args: Any) -> None:
        """Call a service that changes something, tell it, and show things as they are now.

        Raises EngageError where it refuses.
        """
        answer = await self.app.desk(service, *args)
        made = answer.change if isinstance(answer, Logged) else answer
        if made is not None:
            self.app.say(f"{made.label} · {self.app.keymap.shown('undo')} takes it back")
        await self.reload()

    async def attempt(self, service: Callable[..., Change | Logged | None], *args: Any) -> None:
        """`change`, with a refusal told and not raised."""
        try:
            await self.change(service, *args)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)

    async def ledger_changed(self) -> None:
        await self.reload()

    async def action_browse(self) -> None:
        """Open where they are to be found."""
        if self.subject is None:
            return
        person, _ = self.subject
        address = self.address
        if address is None:
            self.app.say(f"No address of {person.name} is known.")
        else:
            await visit(self.app, address)

    @property
    def address(self) -> str | None:
        """Where the person meant is to be found on the web."""
        profiles = self.subject[0].profiles if self.subject is not None else ()
        return profiles[0] if profiles else None

    async def action_circle(self, circle: int) -> None:
        if self.subject is not None:
            await self.attempt(set_circle, self.subject[0].id, circle or None)

    async def action_friend(self) -> None:
        if self.subject is not None:
            person, _ = self.subject
            await self.attempt(set_friend, person.id, not person.friend)

    async def action_leave(self) -> None:
        if self.subject is None:
            return
        person, standing = self.subject

        def let_be(desk: Any) -> Change | None:
            return leave(desk, person.id, leave=not standing.left)

        await self.attempt(let_be)

    def action_leave_until(self) -> None:
        if self.subject is None:
            return
        person, _ = self.subject

        async def take(until: date) -> None:
            def let_be(desk: Any) -> Change | None:
                return leave(desk, person.id, until=until)

            await self.change(let_be)

        self.app.push_screen(leave_prompt(person.name, self.app.desk.clock.now(), take))

    def action_cadence(self) -> None:
        if self.subject is None:
            return
        person, standing = self.subject

        async def take(days: int | None) -> None:
            await self.change(set_cadence, person.id, days)

        self.app.push_screen(cadence_prompt(person.name, standing.cadence, take))

    async def action_merge_people(self) -> None:
        """Ask who this person also is; filled in is who it may be."""
        if self.subject is None:
            return
        person, _ = self.subject
        pairs = await self.app.desk(likely_for, person.id)
        others = [pair.other if pair.one.id == person.id else pair.one for pair in pairs]
        likely = others[0] if others else None

        async def take(name: str) -> None:
            # The name that was filled in means that very person, if two are called so.
            meant = likely is not None and name == likely.name
            await self.change(merge_people, person.id, likely.id if meant and likely else name)

        self.app.push_screen(merge_prompt(person.name, likely.name if likely else "", take))

    async def action_undo(self) -> None:
        try:
            taken_back = await self.app.desk(undo)
        except EngageError as refusal:
            self.app.say(str(refusal), warning=True)
            return
        said = f"taken back: {taken_back.label}" if taken_back else "There is nothing to take back."
        self.app.say(said)
        await self.reload()

    def action_note(self) -> None:
        if self.subject is None:
            return
        person, _ = self.subject

        async def take(text: str) -> None:
            await self.change(add_note, person.id, text)

        self.app.push_screen(note_prompt(person.name, take))

    def action_rename(self) -> None:
        if self.subject is None:
            return
        person, _ = self.subject

        async def take(text: str) -> None:
            await self.change(rename, person.id, text)

        self.app.push_screen(rename_prompt(person.name, take))

    def action_next_time(self) -> None:
        if self.subject is None:
            return
        person, _ = self.subject

        async def take(due: date, about: str) -> None:
            await self.change(set_next, person.id, due, about)

        self.app.push_screen(next_prompt(person.name, self.app.desk.clock.now(), take))

    def action_log(self) -> None:
        name = self.subject[0].name if self.subject is not None else ""

        async def take(what: Happened) -> None:
            def note_down(desk: Any) -> Logged:
                # The name that was filled in means this very person, if two are called so.
                same = self.subject is not None and what.name == name
                whom = self.subject[0].id if same and self.subject is not None else what.name
                return log(desk, whom, what.kind, direction=what.direction, note=what.note)

            await self.change(note_down)

        self.app.push_screen(log_prompt(take, name=name))

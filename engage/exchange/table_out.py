"""People and touches as CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from engage.domain.derived import Standing
from engage.domain.records import Feed, Person, Touch, World
from engage.exchange.tokens import without_tokens

PEOPLE = (
    "name", "circle", "cadence_days", "stage", "last_exchange", "due", "owed", "friend",
    "directions", "since", "profiles", "feeds", "notes", "id",
)  # fmt: skip
TOUCHES = (
    "date", "person", "direction", "kind", "exchange", "how_known", "about", "url", "note",
    "person_id",
)  # fmt: skip


#: With apostrophes before it as well, so that one can always be taken off again.
_FORMULA = re.compile(r"'*[=+\-@]")


def people_csv(world: World, standings: Mapping[str, Standing]) -> str:
    """One row for each person, by name."""
    feeds: dict[str | None, list[Feed]] = {}
    for feed in world.feeds.values():
        feeds.setdefault(feed.person, []).append(feed)
    listed = sorted(world.people.values(), key=lambda person: (person.name.casefold(), person.id))
    rows = (_person(each, standings[each.id], feeds.get(each.id, ())) for each in listed)
    return _table(PEOPLE, rows)


def touches_csv(world: World) -> str:
    """One row for each touch, oldest first."""
    return _table(TOUCHES, (_touch(touch, world.people) for touch in world.touches))


def _person(person: Person, standing: Standing, feeds: Iterable[Feed]) -> Sequence[object]:
    last = standing.last_exchange
    since = min((each.since for each in person.origins if each.since), default=None)
    return (
        person.name,
        standing.circle,
        standing.cadence,
        standing.stage,
        last.astimezone().date() if last else None,
        standing.due,
        "yes" if standing.owed else "no",
        "yes" if person.friend else "no",
        ", ".join(person.directions),
        since,
        " ".join(without_tokens(each) for each in person.profiles),
        " ".join(without_tokens(feed.url) for feed in feeds),
        person.notes,
        person.id,
    )


def _touch(touch: Touch, people: Mapping[str, Person]) -> Sequence[object]:
    return (
        touch.at.astimezone().isoformat(timespec="seconds"),
        people[touch.person].name,
        touch.direction,
        touch.kind,
        "yes" if touch.exchange else "no",
        touch.how_known,
        touch.about,
        without_tokens(touch.url or ""),
        touch.note,
        touch.person,
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    """A value as text. What a spreadsheet would calculate gets an apostrophe before it: names and
    titles come from other people (OWASP, CSV injection)."""
    text = "" if value is None else str(value).strip()
    return f"'{text}" if text[:1] in "'=+-@" and _FORMULA.match(text) else text

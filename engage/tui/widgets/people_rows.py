"""People as rows of a list: name, circle, stage, the last exchange in words, when they are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from engage.domain.days import local_day
from engage.domain.derived import Standing
from engage.domain.records import Person
from engage.domain.wording import brief_day
from engage.tui.widgets.row_list import Row
from engage.tui.widgets.said import ago

#: What the list is sorted by, as the screen says it.
SORTS = ("by name", "by last exchange")

_LAST, _PLACE, _DUE = 15, 17, 16
_OWED = "they wrote"
_WIDE, _MIDDLE = 100, 72


def people_rows(people: Sequence[tuple[Person, Standing]], sort: str) -> list[Row]:
    """The rows; by last exchange the most recent first, those without one last."""
    if sort == SORTS[1]:
        people = sorted(people, key=lambda both: _silence(both[1]))
    return [Row(person.id, (person, standing)) for person, standing in people]


def person_row(row: Row, width: int, today: date) -> Content:
    """One line. Where there is little room the stage goes first, then the due date."""
    person, standing = row.item
    circle = f"circle {standing.circle}" if standing.circle else ""
    stage = standing.stage if standing.stage == "Friend" else standing.stage.lower()
    parts = [(last_words(standing, today), _LAST), (due_words(standing, today), _DUE)]
    if width >= _WIDE:
        parts = [(circle, 10), (stage, _PLACE), *parts]
    elif width >= _MIDDLE:
        parts = [(circle or stage, _PLACE), *parts]
    else:
        parts = [(str(standing.circle or ""), 2), *parts]
    name = max(8, width - 2 - sum(1 + cells for _, cells in parts))
    style = ".row--muted" if standing.left else ".row--strong" if standing.circle == 1 else ""
    line = [Content(" "), fitted(person.name, name, style)]
    for text, cells in parts:
        owed = text == _OWED
        line += [Content(" "), fitted(text, cells, ".row--owed" if owed else ".row--muted")]
    return Content("").join(line)


def last_words(standing: Standing, today: date) -> str:
    """``9 days ago``; nothing where there was none yet."""
    if standing.last_exchange is None:
        return ""
    return ago((today - local_day(standing.last_exchange)).days)


def due_words(standing: Standing, today: date) -> str:
    """``due 27 Nov``, ``due since Mon``, ``left in peace``, ``they wrote``."""
    if standing.left:
        return "left in peace"
    if standing.owed:
        return _OWED
    if standing.due is None:
        return ""
    since = "since " if standing.due < today else ""
    return f"due {since}{brief_day(standing.due, today)}"


def fitted(text: str, cells: int, style: str = "") -> Content:
    """Text in exactly so many cells."""
    content = Content.styled(text, style) if style else Content(text)
    content = content.truncate(cells, ellipsis=True)
    return content.pad_right(max(0, cells - content.cell_length))


def _silence(standing: Standing) -> tuple[bool, float]:
    last = standing.last_exchange
    return last is None, -last.timestamp() if last is not None else 0.0

"""An import as rows: files to choose from, columns to name, and the plan in sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from engage.domain.days import local_day
from engage.domain.wording import brief_day
from engage.services.importing.offer import Offer
from engage.services.outcomes import Choice, Column, Doubt, Preview
from engage.tui.widgets.people_rows import fitted
from engage.tui.widgets.row_list import Row
from engage.tui.widgets.text_lines import Wraps

#: What a column may hold: the key, the meaning, and what it is called on the screen.
MEANINGS: tuple[tuple[str, str, str], ...] = (
    ("n", "name", "name"),
    ("f", "first", "first name"),
    ("l", "last", "last name"),
    ("u", "url", "address"),
    ("r", "feed", "feed"),
    ("h", "handle", "handle"),
    ("e", "email", "e-mail"),
    ("d", "since", "since when"),
    ("w", "direction", "how they stand to you"),
    ("m", "note", "a note"),
    ("t", "folder", "tags"),
    ("x", "", "leave it"),
)
_CALLED = {meaning: words for _, meaning, words in MEANINGS}

#: The sections of a plan: what they are called, and the lines they have.
_SECTIONS = (
    ("Unclear", "unclear"), ("New", "new"), ("Changed", "changed"),
    ("In the list no longer", "gone"), ("Known", "known"), ("Left alone", "skipped"),
)  # fmt: skip
_GAP = "   "
_SIZES = ("B", "kB", "MB", "GB")


@dataclass(frozen=True, slots=True)
class Heading:
    """The first row of a section."""

    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Decision:
    """A doubt, and what the writer has said of it."""

    doubt: Doubt
    answer: Choice | None


class Flow:
    """Parts beside each other, as many on a line as fit; none is broken."""

    def __init__(self, parts: Iterable[Content]) -> None:
        self._parts = tuple(parts)

    def wrap(self, width: int) -> list[Content]:
        lines = [Content("")]
        for part in self._parts:
            gap = _GAP if lines[-1].cell_length else ""
            if gap and lines[-1].cell_length + len(gap) + part.cell_length > width:
                lines.append(part.truncate(width, ellipsis=True))
            else:
                lines[-1] = Content.assemble(lines[-1], gap, part.truncate(width, ellipsis=True))
        return lines


def file_rows(offers: Iterable[Offer]) -> list[Row]:
    return [Row(str(each.path) + ("/." if each.whole else ""), each) for each in offers]


def file_row(row: Row, width: int, today: date) -> Content:
    """Name, size and day; the name yields first."""
    offer: Offer = row.item
    name = offer.path.name or str(offer.path)
    if offer.whole:
        name = f"all of {name}/"
    elif offer.folder:
        name = f"{name}/"
    size = "" if offer.folder else _size(offer.size)
    day = brief_day(local_day(offer.changed), today)
    room = max(8, width - 2 - 9 - 13)
    return Content.assemble(
        " ", fitted(name, room), fitted(f"{size:>8} ", 9, ".row--muted"),
        fitted(f" {day}", 13, ".row--muted"),
    )  # fmt: skip


def column_rows(columns: Sequence[Column], said: Mapping[str, str]) -> list[Row]:
    """A row for each column; ``said``: what the writer says is in them."""
    return [Row(each.name, (each, said.get(each.name, each.meaning))) for each in columns]


def column_row(row: Row, width: int) -> Content:
    """The column's name, what it is taken for, and what stands in it."""
    column, meaning = row.item
    name = min(24, width // 3)
    what = min(22, width // 3)
    rest = max(4, width - name - what - 4)
    called = _CALLED[meaning] if meaning else "–"
    return Content.assemble(
        " ", fitted(column.name, name), " ",
        fitted(called, what, ".row--accent" if meaning else ".row--muted"), " ",
        fitted(" · ".join(column.examples), rest, ".row--muted"),
    )  # fmt: skip


def plan_rows(shown: Preview, answers: Mapping[str, str]) -> list[Row]:
    """The plan in sections, what is to decide first; what is empty is left out."""
    rows: list[Row] = []
    plan = shown.plan
    if plan.doubts:
        rows.append(_heading("To decide", len(plan.doubts)))
        rows += [Row(each.key, Decision(each, answer_of(each, answers))) for each in plan.doubts]
    asked = {each.line for each in plan.doubts}
    for words, kind in _SECTIONS:
        lines = [line for line in getattr(plan, kind) if line not in asked]
        count = shown.counts.get(kind, 0) - (
            len(asked & set(plan.unclear)) if kind == "unclear" else 0
        )
        if lines:
            rows.append(_heading(words, count))
            rows += [Row(f"{kind}-{at}", line) for at, line in enumerate(lines)]
        if lines and count > len(lines):
            rows.append(Row(f"{kind}-more", f"and {count - len(lines):,} more", choosable=False))
    return rows


def plan_row(row: Row, width: int) -> Content:
    item = row.item
    if isinstance(item, Heading):
        return Content.assemble(
            " ", (item.words, ".row--strong"), (f" {item.count:,}", ".row--muted")
        )
    if isinstance(item, Decision):
        return _decision_row(item, width)
    name, _, rest = str(item).partition("  ")
    line = Content.assemble("   ", name, (f"  {rest}" if rest else "", ".row--muted"))
    return line.truncate(width, ellipsis=True)


def answer_of(doubt: Doubt, answers: Mapping[str, str]) -> Choice | None:
    """What the writer has said of a doubt."""
    said = answers.get(doubt.key)
    return next((choice for choice in doubt.choices if choice.answer == said), None)


def open_after(rows: Sequence[Row], key: str) -> str:
    """The next row that is still to decide, else the one that was decided."""
    keys = [row.key for row in rows]
    at = keys.index(key) if key in keys else 0
    waiting = [
        row.key
        for row in (*rows[at:], *rows[:at])
        if isinstance(row.item, Decision) and row.item.answer is None
    ]
    return waiting[0] if waiting else key


def about_line(item: object) -> list[Wraps]:
    """All of a row, for where there is room; of a doubt also what may be said, with its keys."""
    if isinstance(item, Decision):
        return [Content(item.doubt.sentence), _choices(item)]
    return [Content(item)] if isinstance(item, str) else []


def about_column(column: Column) -> list[Wraps]:
    """What a column may be taken for, with the keys."""
    parts = [Content.assemble((key, ".text--accent"), f" {called}") for key, _, called in MEANINGS]
    return [Flow((Content.styled(f"{column.name}:", ".text--strong"), *parts))]


def summary(shown: Preview, answers: Mapping[str, str]) -> str:
    """``linkedin · 2 to decide · 9,998 new · 2 known``."""
    plan, counts = shown.plan, shown.counts
    left = sum(answer_of(doubt, answers) is None for doubt in plan.doubts)
    decide = f"{left:,} to decide" if left else ""
    said = [f"{counts[kind]:,} {kind}" for kind in ("new", "changed", "known") if counts.get(kind)]
    return " · ".join(filter(None, (plan.format, decide, *said)))


def _decision_row(item: Decision, width: int) -> Content:
    name = item.doubt.sentence
    if item.answer is None:
        return Content.assemble((" ? ", ".row--accent"), name).truncate(width, ellipsis=True)
    said = Content.styled(f" {item.answer.words}", ".row--accent")
    room = max(8, width - 4 - said.cell_length)
    return Content.assemble(" ✓ ", fitted(name, room, ".row--muted"), said)


def _choices(item: Decision) -> Flow:
    chosen = item.answer or item.doubt.choices[0]
    return Flow(
        Content.assemble(
            (choice.key, ".text--accent"),
            (f" {choice.words}", ".text--strong" if choice == chosen else ""),
        )
        for choice in item.doubt.choices
    )


def _heading(words: str, count: int) -> Row:
    return Row(f"heading-{words}", Heading(words, count), choosable=False, section=True)


def _size(octets: float) -> str:
    for unit in _SIZES:
        if octets < 1000 or unit == _SIZES[-1]:
            return f"{octets:.0f} {unit}"
        octets /= 1000
    return ""

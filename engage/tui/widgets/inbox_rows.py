"""The lines of the inbox: the person and the reason always stay, the title yields first."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content

from engage.tui.inbox_layout import (
    DayEnd,
    End,
    Heading,
    NamedItem,
    PostRow,
    Strip,
    TaskRow,
)
from engage.tui.widgets.row_list import Row

#: Cells before the name: the cursor, the mark, and a space.
_MARGIN = 3
_GAP = 2
_LEAST_TITLE = 6
_LEAST_NAME = 8
_WIDEST_NAME = 22

_MUTED, _FAINT, _ACCENT, _OWED = ".row--muted", ".row--faint", ".row--accent", ".row--owed"
_STRONG = ".row--strong"


def rows_of(items: Iterable[NamedItem]) -> list[Row]:
    """The rows of a list for the items of the inbox."""
    return [
        Row(key, item, isinstance(item, TaskRow | PostRow), isinstance(item, Heading))
        for key, item in items
    ]


def name_column(items: Iterable[NamedItem], width: int) -> int:
    """The cells for names: the longest, but no more than a good third of the row."""
    longest = max((cell_len(i.name) for _, i in items if isinstance(i, TaskRow)), default=0)
    return max(_LEAST_NAME, min(longest, _WIDEST_NAME, width * 3 // 8))


def render(
    row: Row, width: int, current: bool, name_width: int, yes: str, undo: str, later: str = ""
) -> Content:
    """One row. ``yes`` and ``undo`` are the keys that answer and take back."""
    item = row.item
    match item:
        case Heading():
            return _heading(item)
        case TaskRow():
            return _task(item, width, current, name_width, undo)
        case PostRow():
            return _post(item, width, current)
        case Strip():
            return _strip(item, width, yes, later)
        case DayEnd():
            words = f" {item.minutes} minutes end about here "
            if item.minutes == 20:
                words = " twenty minutes end about here "
            side = max(0, (width - 2 - len(words)) // 2)
            return fitted(Content.styled(f" {'·' * side}{words}{'·' * side}", _FAINT), width)
        case End():
            return fitted(Content.styled(f" {item.text}", _FAINT), width)
    raise TypeError(f"no line for {type(item).__name__}")


def fitted(content: Content, width: int) -> Content:
    """At most ``width`` cells, with … where something is left out."""
    if content.cell_length <= width:
        return content
    return content.truncate(max(1, width), ellipsis=True)


def _heading(item: Heading) -> Content:
    count = (f" {item.number}", _OWED if item.owed else _MUTED) if item.number else ""
    return Content.assemble((f" {item.text}", _MUTED), count)


def _task(item: TaskRow, width: int, current: bool, name_width: int, undo: str) -> Content:
    dim = item.mark is not None
    name = fitted(
        Content.styled(item.name, _FAINT if dim else _STRONG if current else ""), name_width
    )
    room = width - _MARGIN - name_width - _GAP
    why = fitted(_why(item, undo), max(1, min(room - 1, 32)))
    title_room = room - why.cell_length - _GAP - 1
    title = Content("")
    if title_room >= _LEAST_TITLE:
        title = fitted(Content.styled(title_of(item), _FAINT if dim else _MUTED), title_room)
    parts = [_margin(item, current), _padded(name, name_width), Content(" " * _GAP), title]
    line = Content.assemble(*parts)
    gap = max(1, width - line.cell_length - why.cell_length - 1)
    return Content.assemble(line, " " * gap, why)


def _margin(item: TaskRow, current: bool) -> Content:
    cursor = ("›", _ACCENT) if current else " "
    if item.mark is not None:
        mark: tuple[str, str] | str = (item.mark.sign, _FAINT)
    elif item.selected:
        mark = ("x", _ACCENT)
    elif item.task.first:
        mark = ("●", _ACCENT)
    else:
        mark = " "
    return Content.assemble(cursor, mark, " ")


def _why(item: TaskRow, undo: str) -> Content:
    if item.mark is not None:
        back = f" · {undo} undo" if item.undo and undo else ""
        return Content.styled(item.mark.words + back, _FAINT)
    if item.task.state == "later":
        return Content.styled(item.task.short, _MUTED)
    return Content.styled(item.task.short, _OWED if item.task.reason == 1 else _MUTED)


def title_of(item: TaskRow) -> str:
    """What the row is about: the title, or how many posts and how long they take."""
    posts, task = item.posts, item.task
    if len(posts) > 1:
        return f"{len(posts)} posts · {sum(post.minutes for post in posts)} min"
    if posts:
        return posts[0].title
    return item.title or (task.touches[0].about if task.touches else "")


def _post(item: PostRow, width: int, current: bool) -> Content:
    cursor = ("›", _ACCENT) if current else " "
    minutes = f"{item.post.minutes} min"
    room = width - _MARGIN - 3 - _GAP - len(minutes)
    style = _FAINT if item.marked else _MUTED
    title = fitted(Content.styled(item.post.title, style if not current else ""), max(4, room))
    mark = ("✓", _FAINT) if item.marked else " "
    line = Content.assemble(cursor, mark, "    ", title)
    gap = max(1, width - line.cell_length - len(minutes) - 1)
    return Content.assemble(line, " " * gap, (minutes, _FAINT))


def _strip(item: Strip, width: int, yes: str, later: str) -> Content:
    tasks = item.question.tasks
    many = f" (all {len(tasks)})" if len(tasks) > 1 else ""
    text = f"     {item.question.text}{many}"
    if not item.active:
        return fitted(Content.styled(text, _MUTED), width)
    answer = Content.assemble("  ", (f"{yes} yes", _ACCENT))
    if item.question.answering is not None and later:
        answer += Content.assemble(" · ", (f"{later} not yet", _ACCENT))
    hint = Content.styled("   (any other key goes on)", _FAINT)
    line = Content(text) + answer
    return line + hint if line.cell_length + hint.cell_length <= width else fitted(line, width)


def _padded(content: Content, width: int) -> Content:
    return content.pad_right(max(0, width - content.cell_length))

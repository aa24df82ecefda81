"""Text drawn line by line: only lines in sight are rendered, and scrolling is one frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from textual import events
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.visual import Visual

#: Below so many cells a paragraph's body goes under its prefix, not beside it.
_LEAST_BODY = 14


class Wraps(Protocol):
    """What can break itself into lines of a width: `Content`, paragraphs, charts."""

    def wrap(self, width: int) -> list[Content]: ...


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A body that wraps beside its prefix; ``repeat``: the prefix stands on every line (a bar)."""

    prefix: Content
    body: Content
    repeat: bool = False

    def wrap(self, width: int) -> list[Content]:
        taken = self.prefix.cell_length
        if width - taken < _LEAST_BODY:
            return [*_wrap(self.prefix.rstrip(), width), *_wrap(self.body, width)]
        first, *rest = _wrap(self.body, width - taken)
        before = self.prefix if self.repeat else Content(" " * taken)
        return [self.prefix + first, *(before + line for line in rest)]


def _wrap(content: Content, width: int) -> list[Content]:
    return content.wrap(max(2, width)) or [Content("")]


class LinesView(ScrollView, can_focus=True, inherit_bindings=False):
    """What articles and texts have in common: lines, a measure, pages, the place in per cent.

    A subclass gives `line`, and says with `set_count` how many there are.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "text--muted",
        "text--strong",
        "text--em",
        "text--accent",
        "text--owed",
        "text--heading",
        "text--link",
        "text--code",
        "text--quote",
    }

    DEFAULT_CSS = """
    LinesView {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size: 0 1;
        scrollbar-gutter: stable;
        text-wrap: nowrap;
        text-overflow: clip;
        & > .text--muted { color: $text-muted; }
        & > .text--strong { text-style: bold; }
        & > .text--em { text-style: italic; }
        & > .text--accent { color: $accent; }
        & > .text--owed { color: $warning; }
        & > .text--heading { text-style: bold; }
        & > .text--link { text-style: underline; }
        & > .text--code { color: $text-muted; }
        & > .text--quote { text-style: italic; }
    }
    """

    percent: reactive[int] = reactive(0)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._strips: LRUCache[int, Strip] = LRUCache(1000)
        self._count = 0

    @property
    def measure(self) -> int:
        """The width of the text in cells."""
        return max(2, self.scrollable_content_region.width - 2 * self.margin_left)

    @property
    def margin_left(self) -> int:
        """The cells left of the text."""
        return 1

    @property
    def page(self) -> int:
        """The lines in sight."""
        return max(1, self.scrollable_content_region.height)

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.scroll_offset.y + self.page >= self._count

    def line(self, index: int) -> Content:
        """One line, at most `measure` cells wide."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Break the text into lines again: the width is another."""
        raise NotImplementedError

    def set_count(self, count: int) -> None:
        """Say how many lines there are now; what was rendered is forgotten."""
        self._strips.clear()
        self._count = count
        self.virtual_size = Size(self.scrollable_content_region.width, count)
        self._tell_percent()
        self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        self.lay_out()

    def notify_style_update(self) -> None:
        self._strips.clear()
        super().notify_style_update()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._tell_percent()

    def _tell_percent(self) -> None:
        hidden = self._count - self.page
        self.percent = 100 if hidden <= 0 else min(100, round(100 * self.scroll_offset.y / hidden))

    def jump(self, line: int) -> None:
        """Bring a line to the top, at once."""
        self.scroll_to(y=max(0, line), animate=False, force=True)

    def action_text_down(self) -> None:
        self.jump(self.scroll_offset.y + 1)

    def action_text_up(self) -> None:
        self.jump(self.scroll_offset.y - 1)

    def action_text_page_down(self) -> None:
        # Two lines of the page before stay in sight, so that the eye finds its place.
        self.jump(self.scroll_offset.y + max(1, self.page - 2))

    def action_text_on(self) -> None:
        self.action_text_page_down()

    def action_text_page_up(self) -> None:
        self.jump(self.scroll_offset.y - max(1, self.page - 2))

    def action_text_top(self) -> None:
        self.jump(0)

    def action_text_end(self) -> None:
        self.jump(self._count)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        text = "\n".join(self.line(index).plain for index in range(self._count))
        return selection.extract(text), "\n"

    def selection_updated(self, _selection: Selection | None) -> None:
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if not 0 <= index < self._count:
            return Strip.blank(width, self.visual_style.rich_style)
        if (strip := self._strips.get(index)) is None:
            strip = self._strips[index] = self._render_strip(index, width)
        return strip

    def _render_strip(self, index: int, width: int) -> Strip:
        style = self.visual_style
        content = self.line(index)
        if (selected := self.text_selection) and (span := selected.get_span(index)) is not None:
            start, end = span
            marked = self.screen.get_visual_style("screen--selection")
            content = content.stylize(marked, start, None if end == -1 else end)
        [strip] = Visual.to_strips(self, content, width, 1, style, apply_selection=False) or [
            Strip([])
        ]
        strip = strip.apply_offsets(0, index)
        blank = Strip.blank(self.margin_left, style.rich_style)
        return Strip.join([blank, strip]).adjust_cell_length(width, style.rich_style)


class TextLines(LinesView):
    """A text of a few hundred lines at most, given as paragraphs of `Content`."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._paragraphs: tuple[Wraps, ...] = ()
        self._lines: list[Content] = []

    def show(self, paragraphs: Iterable[Wraps]) -> None:
        """Show another text, from its beginning."""
        self._paragraphs = tuple(paragraphs)
        self.lay_out()
        self.jump(0)

    def update(self, paragraphs: Iterable[Wraps]) -> None:
        """Show the text as it is now; the place in it stays."""
        self._paragraphs = tuple(paragraphs)
        self.lay_out()

    def line(self, index: int) -> Content:
        return self._lines[index]

    def lay_out(self) -> None:
        self._lines = lines_of(self._paragraphs, self.measure)
        self.set_count(len(self._lines))


def lines_of(paragraphs: Iterable[Wraps], width: int) -> list[Content]:
    """Paragraphs as lines of at most ``width`` cells."""
    lines: list[Content] = []
    for each in paragraphs:
        lines += _wrap(each, width) if isinstance(each, Content) else each.wrap(width)
    return lines

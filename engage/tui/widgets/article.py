"""The reader: a post's text at a good measure, wrapped as far as it is seen and then in slices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from rich.segment import Segment
from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from engage.domain.days import local_day
from engage.domain.posts import Block, Post
from engage.text import clip, one_line
from engage.tui.widgets.said import day_said_whole
from engage.tui.widgets.text_lines import LinesView, lines_of
from engage.tui.widgets.wrap import Line, Wrapped, link_numbers, wrap_runs

#: The widest a line of an article gets, in cells: what an eye follows back without effort.
MEASURE = 72
#: Lines wrapped at once after the first page; 500 take about 6 ms, less than a key notices.
SLICE = 500
# Cells left free at both sides together; where there is room the place in per cent stands there.
_ROOMY, _MARGINS, _NARROW_MARGINS = 56, 9, 4

_STYLES = {
    "heading": ".text--heading",
    "strong": ".text--strong",
    "em": ".text--em",
    "code": ".text--code",
    "code-block": ".text--code",
    "link": ".text--link",
    "number": ".text--muted",
    "quote": ".text--quote",
    "bar": ".text--muted",
    "bullet": ".text--muted",
    "image": ".text--muted",
    "rule": ".text--muted",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an article: its number, the words that carry it, and where it goes."""

    number: int
    text: str
    href: str


class Article(LinesView):
    """Shows one post. Scrolling never animates; resizing keeps the block that is at the top."""

    DEFAULT_CSS = """
    Article {
        & > .text--heading { color: $foreground; text-style: bold; }
        & > .text--link { color: $foreground; text-style: underline; }
    }
    """

    @dataclass
    class PageEnd(Message):
        """Another page was asked for at the end."""

        article: Article

        @property
        def control(self) -> Article:
            return self.article

    _NOTHING: ClassVar[Wrapped] = Wrapped((), MEASURE)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.post: Post | None = None
        self.links: tuple[Link, ...] = ()
        self._today: date
        self._header_lines: tuple[Content, ...] = ()
        self._header: list[Content] = []
        self._wrapped = self._NOTHING
        self._tail: list[Content] = []

    def show(self, post: Post, *, header_lines: Sequence[Content] = (), today: date) -> None:
        """Show a post from its beginning; ``header_lines`` stand above its title."""
        self.clear()  # without a width yet nothing is laid out: no count may outlive its lines
        self.post, self._today, self._header_lines = post, today, tuple(header_lines)
        self.links = links_of(post.entry.blocks)
        self._wrapped = self._NOTHING
        self._lay_out_at(None)
        self.jump(0)

    def clear(self) -> None:
        """Show nothing."""
        self.post, self.links = None, ()
        self._header, self._tail, self._wrapped = [], [], self._NOTHING
        self.set_count(0)

    @property
    def measure(self) -> int:
        width = self.scrollable_content_region.width
        return max(2, min(MEASURE, width - (_MARGINS if width >= _ROOMY else _NARROW_MARGINS)))

    @property
    def margin_left(self) -> int:
        return max(1, (self.scrollable_content_region.width - self.measure) // 2)

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        if y != self.page - 1 or self.virtual_size.height <= self.page:
            return strip
        # The place, at the end of the last line, where the margin has room for it.
        said = f"{self.percent}%"
        width = self.scrollable_content_region.width
        if width - self.margin_left - self.measure <= len(said):
            return strip
        style = self.get_visual_style("text--muted").rich_style
        return Strip.join([strip.crop(0, width - len(said)), Strip([Segment(said, style)])])

    def line(self, index: int) -> Content:
        if index < len(self._header):
            return self._header[index]
        index -= len(self._header)
        if index < len(self._wrapped.lines):
            return _content(self._wrapped.lines[index])
        return self._tail[index - len(self._wrapped.lines)]

    def lay_out(self) -> None:
        if self.post is None:
            return
        top = self.scroll_offset.y - len(self._header)
        shown = self._wrapped is not self._NOTHING
        self._lay_out_at(self._wrapped.place(top) if shown and top >= 0 else None)

    def action_text_on(self) -> None:
        if self.at_end:
            self.post_message(self.PageEnd(self))
        else:
            self.action_text_page_down()

    def _lay_out_at(self, place: tuple[int, int] | None) -> None:
        """Wrap as far as the page that begins at a place; the rest follows in slices."""
        if self.post is None or not self.scrollable_content_region.width:
            # Not in sight: laid out when it gets a size. Until then there are no lines.
            self._header, self._tail, self._wrapped = [], [], self._NOTHING
            self.set_count(0)
            return
        blocks = self.post.entry.blocks
        self._tail = []
        self._header = self._header_of(self.post)
        self._wrapped = Wrapped(
            blocks, self.measure, {link.href: link.number for link in self.links}
        )
        top = 0 if place is None else self._wrapped.find(*place)
        self._wrapped.reach(top + 2 * self.page)
        self._recount()
        if place is not None:
            self.jump(len(self._header) + top)
        if not self._wrapped.done:
            self.call_after_refresh(self._wrap_slice, self._wrapped)

    def _wrap_slice(self, wrapped: Wrapped) -> None:
        if wrapped is not self._wrapped:
            return
        wrapped.reach(len(wrapped.lines) + SLICE)
        self._recount()
        if not wrapped.done:
            self.call_after_refresh(self._wrap_slice, wrapped)

    def _recount(self) -> None:
        if self._wrapped.done and self.post is not None and not self._tail:
            self._tail = self._tail_of(self.post)
        self.set_count(len(self._header) + len(self._wrapped.lines) + len(self._tail))

    def _header_of(self, post: Post) -> list[Content]:
        lines = [Content("")]
        if self._header_lines:
            lines += [*lines_of(self._header_lines, self.measure), Content("")]
        for runs in wrap_runs([(post.title, "heading")], self.measure):
            lines.append(_content(Line(-1, runs)))
        lines += lines_of([Content.styled(byline(post, self._today), ".text--muted")], self.measure)
        return [*lines, Content("")]

    def _tail_of(self, post: Post) -> list[Content]:
        """After the text: what is missing, and where the links go."""
        tail: list[Content] = []
        if not post.entry.blocks:
            tail.append(Content.styled("The feed gives no text for this one.", ".text--muted"))
        elif post.entry.truncated:
            words = "The feed shows only the beginning."
            if post.entry.members:
                words = "The feed shows only the beginning; the rest is for members."
            tail += [Content(""), *self._quiet(words)]
        if post.entry.enclosures:
            named = ", ".join(enclosure_name(each) for each in post.entry.enclosures[:3])
            more = len(post.entry.enclosures) - 3
            words = f"Comes with {named}{f' and {more} more' if more > 0 else ''}."
            tail += [Content(""), *self._quiet(words)]
        if self.links:
            tail.append(Content(""))
        for link in self.links:
            words = f"[{link.number}] {link.text}  {without_scheme(link.href)}"
            line = Content.styled(words, ".text--muted")
            tail.append(line.truncate(self.measure, ellipsis=True))
        return [*tail, Content("")]

    def _quiet(self, words: str) -> list[Content]:
        return lines_of([Content.styled(words, ".text--muted")], self.measure)


def byline(post: Post, today: date) -> str:
    """``Thursday 19 November · 9 min · pia.example``; what is not known is left out."""
    parts = []
    if post.entry.published:
        parts.append(day_said_whole(local_day(post.shown), today))
    if post.entry.words:
        parts.append(f"{post.minutes} min")
    if post.entry.url and (site := urlsplit(post.entry.url).hostname):
        parts.append(site.removeprefix("www."))
    return " · ".join(parts)


def enclosure_name(url: str) -> str:
    """What a file that comes with a post is called, and where it is; it is never fetched."""
    parts = urlsplit(url)
    name = one_line(unquote(parts.path.rpartition("/")[2]))  # anew: it was escaped until now
    return f"{clip(name, 60) or 'a file'} ({parts.hostname})"


def links_of(blocks: Iterable[Block]) -> tuple[Link, ...]:
    """The links of an article in order, each address once, with the words of its first use."""
    blocks = tuple(blocks)
    numbers = link_numbers(blocks)
    words: dict[str, str] = {}
    for span in (span for block in blocks for span in block.spans):
        if span.href in numbers and span.style == "link":
            words.setdefault(span.href, " ".join(span.text.split()))
    return tuple(Link(number, words[href], href) for href, number in numbers.items())


def without_scheme(url: str) -> str:
    """An address as people write it: ``pia.example/sorrel``."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/") or url


def _content(line: Line) -> Content:
    return Content.assemble(
        *((text, _STYLES[style]) if style in _STYLES else text for text, style in line.runs)
    )

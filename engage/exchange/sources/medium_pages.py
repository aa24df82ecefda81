"""The pages of Medium's export, as far as they matter: links with what stands around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from engage.errors import EngageError

_BLOCKS = frozenset({"p", "li", "blockquote", "pre", "h3", "h4"})


@dataclass
class Link:
    """A link, its words, what stands before it and after it in its list item."""

    href: str
    classes: tuple[str, ...]
    inside_item: bool
    before: str
    text: str = ""
    after: str = ""


@dataclass
class Page:
    """What a page holds. ``published`` is the machine's form of its date; ``paragraphs`` counts
    the blocks of its body without the title."""

    title: str = ""
    published: str = ""
    links: list[Link] = field(default_factory=list)
    paragraphs: int = 0
    figures: int = 0


def page_of(text: str) -> Page:
    """The page in a text."""
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError as cause:  # how html.parser refuses a declaration it cannot read
        raise EngageError("it is no page of a Medium export; download it again.") from cause
    page = reader.page
    page.title = " ".join(page.title.split())
    return page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._link: Link | None = None
        self._item: list[str] = []
        self._in_item = False
        self._in_title = False
        self._in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        classes = tuple(given.get("class", "").split())
        if tag == "li":
            self._in_item, self._item = True, []
        elif tag == "a":
            before = " ".join("".join(self._item).split())
            self._link = Link(given.get("href", ""), classes, self._in_item, before)
            self.page.links.append(self._link)
        elif tag == "time":
            if "dt-published" in classes and not self.page.published:
                self.page.published = given.get("datetime", "")
        elif "p-name" in classes and not self.page.title:
            self._in_title = True
        elif tag == "section" and given.get("data-field") == "body":
            self._in_body = True
        elif tag in ("figure", "img") and self._in_body:
            self.page.figures += 1
        elif tag in _BLOCKS and self._in_body and "graf--title" not in classes:
            self.page.paragraphs += 1
        if tag == "footer":
            self._in_body = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._link = None
        elif tag == "li":
            self._in_item = False
        elif tag in ("h1", "h2", "h3"):
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.page.title += data
        if not self._in_item:
            return
        self._item.append(data)
        if self._link is not None:
            self._link.text += data
        elif self.page.links and self.page.links[-1].inside_item:
            self.page.links[-1].after += data

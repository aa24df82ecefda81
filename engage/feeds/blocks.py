"""Pieces of text to blocks: paragraphs, quotes, lists, code, what media are called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from engage.domain.posts import Block, Span
from engage.text import clean, clip, one_line, safe_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

#: Characters of text and blocks kept of one entry: more than a book chapter.
TEXT_LIMIT = 400_000
BLOCK_LIMIT = 4_000
LINK_LIMIT = 1_000
DEPTH_LIMIT = 9
ALT_LIMIT = 300

_STYLES = {
    "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em",
    "strong": "strong", "b": "strong", "mark": "strong",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
_MEDIA = {"iframe": "embedded page", "video": "video", "audio": "recording", "embed": "embedded"}
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Article:
    """Readable text: its blocks, the addresses it links to (each once), its length in words."""

    blocks: tuple[Block, ...] = ()
    links: tuple[str, ...] = ()
    words: int = 0


class Place(NamedTuple):
    """Where in the document a piece of text stands."""

    style: str = ""
    href: str | None = None
    kind: str = "p"
    level: int = 1
    quotes: int = 0
    lists: int = 0
    pre: bool = False


@dataclass(slots=True)
class Writer:
    """Takes pieces of text and where they stand, and makes blocks of them."""

    base: str
    blocks: list[Block] = field(default_factory=list)
    links: dict[str, None] = field(default_factory=dict)
    words: int = 0
    full: bool = False
    # The block being written: its runs of text, each in pieces, and the style and address of each.
    runs: list[list[str]] = field(default_factory=list)
    _looks: list[tuple[str, str | None]] = field(default_factory=list)
    _place: Place = field(default_factory=Place)
    _fresh_item: bool = False
    _left: int = TEXT_LIMIT

    def text(self, raw: str, place: Place) -> None:
        """Text from between two tags."""
        if not place.pre:
            raw = raw.replace("\n", " ")
        if self.runs or place.pre or not (raw.isspace() or not raw):
            self._add(raw, place)

    def lines(self, raw: str) -> None:
        """Text whose line breaks are meant."""
        if raw and not raw.isspace():
            self._add(raw, Place())

    def _add(self, text: str, place: Place) -> None:
        if len(text) >= self._left:
            text = text[: self._left]
            self.full = True
        self._left -= len(text)
        look = (place.style, place.href)
        if not self.runs:
            self._place = place
        elif self._looks[-1] == look:
            self.runs[-1].append(text)
            return
        self.runs.append([text])
        self._looks.append(look)

    def _put(self, block: Block) -> None:
        self.blocks.append(block)
        if len(self.blocks) >= BLOCK_LIMIT:
            self.full = True

    def emphasis(self, tag: str, _: LexborNode, place: Place) -> Place:
        if place.style == "link" or place.pre:
            return place
        return place._replace(style=_STYLES[tag])

    def enumeration(self, _tag: str, _node: LexborNode, place: Place) -> Place:
        return place._replace(lists=min(place.lists + 1, DEPTH_LIMIT))

    def item(self, _tag: str, _node: LexborNode, place: Place) -> Place:
        self._fresh_item = True
        return place._replace(kind="li", level=max(place.lists, 1))

    def quotation(self, _tag: str, _node: LexborNode, place: Place) -> Place:
        depth = min(place.quotes + 1, DEPTH_LIMIT)
        return place._replace(kind="quote", level=depth, quotes=depth)

    def preformatted(self, _tag: str, _node: LexborNode, place: Place) -> Place:
        return place._replace(kind="code", level=1, pre=True, style="", href=None)

    def heading(self, tag: str, _: LexborNode, place: Place) -> Place:
        return place._replace(kind="h", level=int(tag[1]))

    def cell(self, _tag: str, _node: LexborNode, place: Place) -> Place:
        if self.runs:
            self._add(" · ", place)
            self.words -= 1  # the dot, which is counted with the words around it
        return place

    def link(self, _: str, node: LexborNode, place: Place) -> Place:
        url = self.address(node.attributes.get("href"))
        if url is None:
            return place
        if len(self.links) < LINK_LIMIT:
            self.links[url] = None
        return place if place.pre else place._replace(style="link", href=url)

    def address(self, value: str | None) -> str | None:
        """An address in the document, absolute and safe to open, or None."""
        return _absolute(self.base, value) if value else None

    def line_break(self, _: LexborNode, place: Place) -> None:
        if self.runs:
            self._add("\n", place)

    def rule(self, _node: LexborNode, _place: Place) -> None:
        self.end_block()
        if self.blocks and self.blocks[-1].kind != "rule":
            self._put(Block("rule"))

    def image(self, node: LexborNode, place: Place) -> None:
        said = node.attributes
        if said.get("width") in ("0", "1") or said.get("height") in ("0", "1"):
            return  # a pixel that counts readers
        name = one_line(said.get("alt") or said.get("title") or "")
        self._alone("img", Span(clip(name, ALT_LIMIT) or "image"), place)

    def medium(self, node: LexborNode, place: Place) -> None:
        source = node.attributes.get("src")
        if source is None and (inner := node.css_first("source")) is not None:
            source = inner.attributes.get("src")
        if (url := self.address(source)) is not None:
            name = f"{_MEDIA[node.tag or 'embed']} at {urlsplit(url).hostname}"
            self._alone("p", Span(name, "link", url), place)

    def _alone(self, kind: str, span: Span, place: Place) -> None:
        self.end_block()
        self._fresh_item = self._fresh_item and place.kind == "li"
        self._put(Block(kind, (span,)))

    def end_block(self) -> None:
        """Put what has been written, if anything, among the blocks."""
        if not self.runs:
            return
        place, looks = self._place, self._looks
        texts = [clean("".join(pieces)) for pieces in self.runs]
        self.runs, self._looks = [], []
        if place.pre:
            self.words += sum([len(text.split()) for text in texts])
            texts = [text.strip("\n") for text in texts]
        else:
            texts = self._joined(texts)
        whole = "".join(texts)
        if not whole or whole.isspace():
            return
        kind, level = place.kind, place.level
        if kind == "li" and not self._fresh_item:
            kind, level = "p", 1
        self._fresh_item = False
        spans = [Span(text, *look) for text, look in zip(texts, looks, strict=True) if text]
        self._put(Block(kind, tuple(spans), level))
        self.words += _uncounted(whole)

    def _joined(self, texts: list[str]) -> list[str]:
        """The runs of one paragraph with white space as a browser shows it."""
        if len(texts) == 1:
            return [self._collapsed(texts[0]).strip()]
        joined: list[str] = []
        open_end = True  # nothing yet, or white space, stands before the next run
        for text in texts:
            run = self._collapsed(text)
            if open_end:
                run = run.lstrip()
            elif text[:1].isspace() and not run.startswith("\n"):
                run = f" {run}"
            if run and text[-1].isspace() and not run[-1].isspace():
                run += " "
            if run:
                open_end = run[-1].isspace()
            joined.append(run)
        for at in range(len(joined) - 1, -1, -1):
            joined[at] = joined[at].rstrip()
            if joined[at]:
                break
        return joined

    def _collapsed(self, text: str) -> str:
        """The words of a text, which are counted, with single spaces between them and none beside
        a line break."""
        if "\n" in text:
            return "\n".join([self._collapsed(line) for line in text.split("\n")])
        words = text.split()
        self.words += len(words)
        return " ".join(words)

    def article(self) -> Article:
        """What has been written."""
        while self.blocks and self.blocks[-1].kind == "rule":
            self.blocks.pop()
        return Article(tuple(self.blocks), tuple(self.links), self.words)


#: Elements that stand for themselves, whatever they hold.
ALONE = {
    "br": Writer.line_break,
    "hr": Writer.rule,
    "img": Writer.image,
    **dict.fromkeys(_MEDIA, Writer.medium),
}

#: Elements that change the place of what stands within them.
ENTER = {
    "a": Writer.link,
    "blockquote": Writer.quotation,
    "li": Writer.item,
    "ol": Writer.enumeration,
    "pre": Writer.preformatted,
    "td": Writer.cell,
    "th": Writer.cell,
    "ul": Writer.enumeration,
    **dict.fromkeys(_STYLES, Writer.emphasis),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Writer.heading),
}


@lru_cache(maxsize=2048)
def _absolute(base: str, value: str) -> str | None:
    value = value.strip()
    if not value.startswith(("https://", "http://")):
        try:
            value = urljoin(base, value)
        except ValueError:
            return None
    return safe_url(value)


def _uncounted(text: str) -> int:
    """Words that white space does not show: two characters of Chinese, Japanese or Korean."""
    # Hardly any character of three bytes.
    if text.isascii() or len(text.encode()) - len(text) <= len(text) // 2:
        return 0
    return len(_CJK.findall(text)) // 2

"""HTML of feeds and pages to blocks of clean text: what a terminal can show, and its links."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from engage.feeds.blocks import ALONE, ENTER, TEXT_LIMIT, Article, Place, Writer
from engage.text import one_line

_SKIPPED = frozenset({
    "script", "style", "template", "noscript", "head", "title", "svg", "button", "input", "select",
    "textarea", "option", "object", "canvas", "map", "dialog", "nav", "-comment", "-doctype",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "section", "article", "header", "footer", "main", "aside", "figure", "figcaption",
    "table", "thead", "tbody", "tfoot", "tr", "caption", "ul", "ol", "dl", "dt", "dd", "li",
    "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "address", "details", "summary",
    "form", "fieldset", "legend", "hgroup", "center",
})  # fmt: skip


class Holder:
    """Parses pieces of HTML, one after the other, into the same element.

    A document for each piece costs twenty times as much as the parsing itself. What a document
    held is freed only with the document, so a new one is begun now and then.
    """

    _RENEWED_AFTER = 4_000_000  # characters
    #: Tags of one piece that are looked at: each takes its tree half a kilobyte.
    _TAGS = 50_000

    def __init__(self) -> None:
        self._held = self._RENEWED_AFTER
        self._tree: LexborHTMLParser

    def parse(self, html: str) -> LexborNode:
        """The element that holds what the HTML says, until the next call."""
        if self._held >= self._RENEWED_AFTER:
            self._tree = LexborHTMLParser("<body></body>", options=LexborDocumentOptions.WO_EVENTS)
            self._held = 0
        if html.count("<") > self._TAGS:
            html = "<".join(html.split("<", self._TAGS)[:-1])
        self._held += len(html)
        root = self._tree.body
        assert root is not None  # the parser always makes one
        root.inner_html = html
        return root


def from_html(html: str, base: str, holder: Holder) -> Article:
    """The article that a piece of HTML holds; relative links are joined to ``base``."""
    if "<" not in html and "&" not in html:
        return from_text(html)
    return from_node(holder.parse(html), base)


def from_node(root: LexborNode, base: str) -> Article:
    """The article within an element."""
    writer = Writer(base)
    # (node to go on with, its place, whether a block ends before it)
    waiting: list[tuple[LexborNode | None, Place, bool]] = []
    node, place = root.first_child, Place()
    while not writer.full:
        if node is None:
            if not waiting:
                break
            node, place, ends = waiting.pop()
            if ends and writer.runs:
                writer.end_block()
            continue
        tag = node.tag or ""
        if tag == "-text":
            writer.text(node.text_content or "", place)
            node = node.next
        elif tag in _SKIPPED:
            node = node.next
        elif tag in ALONE:
            ALONE[tag](writer, node, place)
            node = node.next
        else:
            ends = tag in _BLOCKS
            if ends and writer.runs:
                writer.end_block()
            waiting.append((node.next, place, ends))
            if (enter := ENTER.get(tag)) is not None:
                place = enter(writer, tag, node, place)
            node = node.first_child
    writer.end_block()
    return writer.article()


def from_text(text: str) -> Article:
    """The article that plain text holds: paragraphs stand between empty lines."""
    writer = Writer("")
    for paragraph in re.split(r"\n\s*\n", text[:TEXT_LIMIT]):
        writer.lines(paragraph)
        writer.end_block()
    return writer.article()


def plain(html: str, holder: Holder) -> str:
    """A title or a name that is HTML, as one clean line."""
    if "<" in html or "&" in html:
        html = holder.parse(html).text()
    return one_line(html)

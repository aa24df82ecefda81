"""Where a page takes webmentions, and what it links to (https://www.w3.org/TR/webmention/ 3.1.2).

The first Link header with the relation wins; then the first ``link`` or ``a`` of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from engage.text import safe_url

REL = "webmention"

#: Microformats by which a page says what it answers (https://microformats.org/wiki/h-entry).
_ANSWERS = frozenset({"u-in-reply-to", "u-repost-of", "u-like-of", "u-bookmark-of", "u-mention-of"})

_LINK = re.compile(r"<([^>]*)>((?:[^,\"]|\"(?:[^\"\\]|\\.)*\")*)")
_PARAMETER = re.compile(r";\s*([\w!#$&+.^`|~-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;,\"]+))")


@dataclass(slots=True)
class PageLinks:
    """What a page links to, absolute and in its order; ``answers``: what it says it answers.
    ``endpoint``: where it takes webmentions."""

    links: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    endpoint: str | None = None


def endpoint_in_header(value: str, url: str) -> str | None:
    """The endpoint that Link headers, as one list, name for the page at an address."""
    for target, relations in _relations(value):
        if REL in relations:
            return _absolute(url, target)
    return None


def page_links(html: str, url: str) -> PageLinks:
    """What a page says; comments and escaped mark-up say nothing."""
    reader = _Reader(url)
    reader.feed(html)
    reader.close()
    return reader.found


def _relations(value: str) -> Iterator[tuple[str, list[str]]]:
    for target, parameters in _LINK.findall(value):
        for name, quoted, bare in _PARAMETER.findall(parameters):
            if name.lower() == "rel":
                yield target, (quoted or bare).lower().split()
                break


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base = url
        self.found = PageLinks()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(reversed(attrs))
        href = said.get("href")
        if tag == "base" and href:
            self._base = _absolute(self._base, href) or self._base
        if tag not in ("a", "link", "area") or href is None:
            return
        address = _absolute(self._base, href)
        if address is None:
            return
        relations = (said.get("rel") or "").lower().split()
        if tag != "area" and REL in relations and self.found.endpoint is None:
            self.found.endpoint = address
        if tag == "a" and REL not in relations:
            self.found.links.append(address)
        if _ANSWERS & set((said.get("class") or "").split()):
            self.found.answers.append(address)


def _absolute(base: str, href: str) -> str | None:
    try:
        return safe_url(urljoin(base, href.strip()))
    except ValueError:
        return None

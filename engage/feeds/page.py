"""A web page as discovery sees it: which feeds it names, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from engage.text import clip, one_line, safe_url

_TYPES = {
    "application/rss+xml": 3,
    "application/atom+xml": 3,
    "application/feed+json": 2,
    "application/json": 1,
    "application/rdf+xml": 1,
    "text/xml": 1,
    "application/xml": 1,
}
_LESS = ("comment", "podcast", "replies", "oembed", "wp-json", "activity")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's title and the addresses of the feeds it names, the likeliest first.

    ``generator`` is what it says it was made with, in lower case.
    """

    title: str = ""
    feeds: tuple[str, ...] = ()
    generator: str = ""


def read_page(body: bytes, content_type: str, url: str) -> Page:
    """The page in the bytes; links are joined to its ``<base>``, else to ``url``."""
    tree = LexborHTMLParser(_decoded(body, content_type))
    base = url
    if (node := tree.css_first("base[href]")) is not None:
        try:
            base = urljoin(url, node.attributes.get("href") or "")
        except ValueError:
            base = url
    scores: dict[str, int] = {}
    for at, link in enumerate(tree.css("link[href][rel~=alternate i]")[:100]):
        said = link.attributes
        kind = (said.get("type") or "").partition(";")[0].strip().lower()
        try:
            address = safe_url(urljoin(base, (said.get("href") or "").strip()))
        except ValueError:
            continue
        if kind not in _TYPES or address is None:
            continue
        words = f"{said.get('title') or ''} {urlsplit(address).path}".lower()
        score = _TYPES[kind] * 100 - at - 1000 * any(word in words for word in _LESS)
        scores[address] = max(scores.get(address, score), score)
    title = tree.css_first("title")
    made_with = tree.css_first("meta[name=generator i]")
    return Page(
        title=clip(one_line(title.text()) if title is not None else "", 200),
        feeds=tuple(sorted(scores, key=lambda address: -scores[address])),
        generator=one_line(
            (made_with.attributes.get("content") or "") if made_with is not None else ""
        ).lower(),
    )


def _decoded(body: bytes, content_type: str) -> str:
    """The page's text: UTF-8 wherever the bytes are that, whatever it is said to be."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        pass
    _, _, charset = content_type.lower().partition("charset=")
    for name in (charset.partition(";")[0].strip(" \"'"), "cp1252"):
        try:
            return body.decode(name or "cp1252", "replace")
        except (LookupError, ValueError):
            continue
    return body.decode("utf-8", "replace")

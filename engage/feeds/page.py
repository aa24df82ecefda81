"""A web page as discovery sees it: which feeds it names, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from engage.domain.posts import FeedDocument
from engage.domain.records import Role
from engage.feeds.errors import WebPage
from engage.feeds.parse import parse
from engage.text import clip, one_line, safe_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_TYPES = {
    "application/rss+xml": 3,
    "application/atom+xml": 3,
    "application/feed+json": 2,
    "application/json": 1,
    "application/rdf+xml": 1,
    "text/xml": 1,
    "application/xml": 1,
}
#: What a page calls its generator, and where that keeps the feed.
SOFTWARE = {
    "ghost": "/rss/",
    "wordpress": "/feed/",
    "blogger": "/feeds/posts/default",
    "writefreely": "/feed/",
    "medium": "/feed",
    "substack": "/feed",
    "tumblr": "/rss",
    "micro.blog": "/feed.xml",
    "hashnode": "/rss.xml",
    "buttondown": "/rss",
    "bear blog": "/feed/",
}
#: Platforms that leave another trace on domains of their writers.
_TRACES = {
    'meta[property="al:android:package"][content="com.medium.reader"]': "/feed",
    'link[href^="https://substackcdn.com"], script[src^="https://substackcdn.com"]': "/feed",
    'link[href^="https://cdn.hashnode.com"]': "/rss.xml",
}
_LESS = ("comment", "podcast", "replies", "oembed", "wp-json", "activity")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's title and the addresses of the feeds it names, the likeliest first; where it names
    none, the one that the software it is made with has."""

    title: str = ""
    feeds: tuple[str, ...] = ()


def look(
    body: bytes, content_type: str, url: str, now: datetime, role: Role = "theirs"
) -> FeedDocument | Page:
    """The feed in the bytes, or the page where they are one. Raises FeedError for all else."""
    try:
        return parse(body, content_type, url, now, role)
    except WebPage:
        return read_page(body, content_type, url)


def read_page(body: bytes, content_type: str, url: str) -> Page:
    """The page in the bytes; links are joined to its ``<base>``, else to ``url``."""
    from selectolax.lexbor import LexborHTMLParser

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
    wanted = [address for address in scores if scores[address] > 0] or scores
    feeds = tuple(sorted(wanted, key=lambda address: -scores[address]))
    if not feeds and (path := _path_of_its_software(tree)) is not None:
        feeds = (urljoin(url, path),)
    return Page(title=clip(one_line(title.text()) if title is not None else "", 200), feeds=feeds)


def _path_of_its_software(tree: LexborHTMLParser) -> str | None:
    """Where the software that made a page keeps its feed, on whatever domain it runs."""
    for node in tree.css("meta[name=generator i][content]")[:5]:
        said = (node.attributes.get("content") or "").lower()
        for software, path in SOFTWARE.items():
            if said.startswith(software):
                return path
    for selector, path in _TRACES.items():
        if tree.css_first(selector) is not None:
            return path
    return None


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

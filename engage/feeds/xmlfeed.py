"""RSS and Atom through feedparser, which is given bytes and opens nothing by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit

from feedparser import CharacterEncodingOverride, NonXMLContentType

from engage.domain.posts import Entry, FeedDocument
from engage.domain.records import Role
from engage.feeds import entries as common
from engage.feeds import errors, quick
from engage.feeds.answering import with_what_it_answers
from engage.feeds.blocks import Article
from engage.feeds.dates import from_parts
from engage.feeds.endings import ending
from engage.feeds.html import Holder, from_html, from_text, plain
from engage.text import clip, one_line

_WARNING = "The feed is not well formed; what could be read of it is here."
_HARMLESS = (CharacterEncodingOverride, NonXMLContentType)
#: feedparser's own lookup tries other names for a missing key and is ten times slower.
_get: Callable[..., Any] = dict.get
#: feedparser keeps only the last of these (6.0.14), so they are read from the bytes.
_SKIPPED = re.compile(rb"<skip(Hours|Days)\b[^>]*>(.{0,2000}?)</skip\1>", re.IGNORECASE | re.DOTALL)
_VALUE = re.compile(rb"<(?:hour|day)\b[^>]*>\s*(\w+)\s*<", re.IGNORECASE)
_MAIL_FIRST = re.compile(r"(?P<mail>[^\s@<>()]+@[^\s@<>()]+)(?:\s*\((?P<name>.*)\))?")
_NAME_FIRST = re.compile(r"(?P<name>.*?)\s*[(<](?P<mail>[^\s@<>()]+@[^\s@<>()]+)[)>]")
_ENTRY_END = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}>")
#: Bytes below which no document has more entries than can be read.
_MANY = 200_000
#: Minutes (https://web.resource.org/rss/1.0/modules/syndication/).
_PERIODS = {"daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_DAYS = (b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun")


def parse_xml(
    body: bytes, content_type: str, url: str, now: datetime, role: Role
) -> FeedDocument | None:
    """The document of an RSS or Atom feed; None where the bytes are none. Raises FeedError for a
    feed that holds nothing."""
    body, shown = _first_entries(_declared(body), common.read_limit_of(role))
    host = urlsplit(url).hostname or url
    try:
        said = quick.parse(body, _trusted(body, content_type))
    except quick.TooDeep as cause:
        raise errors.too_much_work(host) from cause
    except (MemoryError, RecursionError):
        raise  # the process that parses ends with these
    except Exception as cause:  # whatever feedparser trips over
        raise errors.damaged(host) from cause
    feed, items = said.get("feed") or {}, said.get("entries") or []
    if not said.get("version"):
        return None
    holder = Holder()
    title = clip(_title(feed, holder), common.TITLE_LIMIT)
    more, limit = common.left_out(shown, role), common.limit_of(role)
    items = common.newest_of(items, lambda item: _dates(item, now)[0], limit)
    found = [_entry(item, feed, url, now, holder) for item in items]
    if role == "responses":
        found = [with_what_it_answers(entry) for entry in found]
    entries = common.newest(found, limit)
    if not (title or entries):
        raise errors.nothing_in_it(host)
    site = common.address(_get(feed, "link"), url)
    generator = common.name(_get(feed, "generator"))
    hours, days = _skips(body) if b"kip" in body[:20_000] else ((), ())
    harmless = not said.get("bozo") or isinstance(said.get("bozo_exception"), _HARMLESS)
    return FeedDocument(
        title=title,
        site=site,
        author=_author(feed)[0],
        generator=generator,
        entries=entries,
        hub=common.address(_get(_link(feed, "hub"), "href"), url),
        ttl=_ttl(feed),
        skip_hours=hours,
        skip_days=days,
        warning=more or ("" if harmless else _WARNING),
    )


def _declared(body: bytes) -> bytes:
    """The document without an XML declaration that no encoding's name can stand in."""
    declaration = _DECLARATION.match(body)
    return body if declaration is None or declaration[0].isascii() else body[declaration.end() :]


def _first_entries(body: bytes, limit: int) -> tuple[bytes, int]:
    """The document without the entries that are too many to be read, and how many there were (0
    where so few bytes hold few)."""
    if len(body) < _MANY:
        return body, 0
    ends = [end.end() for end in _ENTRY_END.finditer(body)]
    if len(ends) <= limit:
        return body, len(ends)
    return body[: ends[limit - 1]] + body[ends[-1] :], len(ends)


def _trusted(body: bytes, content_type: str) -> str:
    """The content type to read the bytes by: what is valid UTF-8 is UTF-8, whatever is declared,
    but for encodings that put their signs into ASCII (ISO-2022-JP begins them with ESC) or NULs."""
    if b"\x1b" not in body and b"\0" not in body[:8]:
        try:
            body.decode()
        except UnicodeDecodeError:
            pass
        else:
            return "application/xml; charset=utf-8"
    return content_type or "application/xml"


def _entry(item: Any, feed: Any, url: str, now: datetime, holder: Holder) -> Entry:
    get = partial(_get, item)
    guid = common.identifier(get("id"))
    link = common.address(get("link"), url)
    if link is None and get("guidislink"):
        link = common.address(guid, url)
    article, language = _article(item, link or url, holder)
    author, mail = _author(item)
    replies, answered = _link(item, "replies", "atom"), get("thr_in-reply-to") or {}
    comments_page = get("comments") or _get(_link(item, "replies", "html"), "href")
    published, updated = _dates(item, now)
    ends = ending(article.blocks, summary=not get("content"))
    return Entry(
        guid=guid,
        url=link,
        title=clip(_title(item, holder), common.TITLE_LIMIT),
        author=author,
        author_url=common.address(_get(get("author_detail") or {}, "href"), url),
        author_email=mail,
        published=published,
        updated=updated,
        blocks=article.blocks,
        words=article.words,
        language=common.name(language or _get(feed, "language")) or None,
        categories=common.names(
            _get(tag, "label") or _get(tag, "term") for tag in get("tags") or ()
        ),
        answers=tuple(
            dict.fromkeys(
                value
                for key in ("ref", "href")
                if (value := common.identifier(_get(answered, key)))
            )
        ),
        links=article.links,
        enclosures=tuple(
            address
            for one in get("links") or ()
            if _get(one, "rel") == "enclosure"
            and (address := common.address(_get(one, "href"), url))
        ),
        comments_url=common.address(comments_page, url),
        comments_feed=common.address(get("wfw_commentrss") or _get(replies, "href"), url),
        comments_count=common.count(
            get("slash_comments") or get("thr_total") or _get(replies, "thr:count")
        ),
        truncated=ends.truncated,
        members=ends.members,
    )


def _article(item: Any, base: str, holder: Holder) -> tuple[Article, str | None]:
    """The entry's text, the longest that it has, and the language it is said to be in."""
    found = [part for part in _get(item, "content") or () if _get(part, "value")]
    if summary := _get(item, "summary"):
        found.append({**(_get(item, "summary_detail") or {}), "value": summary})
    if not found:
        return Article(), None
    best = max(found, key=lambda part: len(_get(part, "value")))
    inner = _get(best, "base")
    if inner:
        base = urljoin(base, inner)
    if _get(best, "type") == "text/plain":
        return from_text(_get(best, "value")), _get(best, "language")
    return from_html(_get(best, "value"), base, holder), _get(best, "language")


def _dates(item: Any, now: datetime) -> tuple[datetime | None, datetime | None]:
    """When an entry was published, as far as it says so, and when it was updated."""
    published = from_parts(_get(item, "published_parsed"), now)
    updated = from_parts(_get(item, "updated_parsed"), now)
    return published or updated or from_parts(_get(item, "created_parsed"), now), updated


def _author(said: Any) -> tuple[str, str | None]:
    """The author's name and mail address. RSS has ``address (name)``, others the reverse;
    feedparser 6.0.14 takes top-level domains of more than four letters apart."""
    detail = _get(said, "author_detail") or {}
    raw = common.name(_get(said, "author"))
    if found := _MAIL_FIRST.fullmatch(raw) or _NAME_FIRST.fullmatch(raw):
        return common.name(found["name"] or ""), found["mail"]
    return common.name(_get(detail, "name")) or raw, None


def _title(said: Any, holder: Holder) -> str:
    title = _get(said, "title") or ""
    detail = _get(said, "title_detail") or {}
    if _get(detail, "type") == "text/plain":
        return one_line(title)
    return plain(title, holder)


def _link(said: Any, rel: str, kind: str = "") -> Any:
    for link in _get(said, "links") or ():
        if _get(link, "rel") == rel and kind in (_get(link, "type") or ""):
            return link
    return {}


def _ttl(feed: Any) -> int | None:
    """Minutes for which the feed says that it stays as it is: RSS's own word, or the syndication
    module's where that is more than the hour that WordPress claims for every blog."""
    period = _PERIODS.get((_get(feed, "sy_updateperiod") or "").strip().lower(), 0)
    every = period // (common.count(_get(feed, "sy_updatefrequency")) or 1)
    said = (common.count(_get(feed, "ttl")), every if every > 60 else None)
    return max((minutes for minutes in said if minutes is not None), default=None)


def _skips(body: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The hours in GMT and the days (Monday is 0) at which the feed is not to be asked."""
    hours: set[int] = set()
    days: set[int] = set()
    for which, inside in _SKIPPED.findall(body[:20_000]):
        for value in _VALUE.findall(inside):
            if which.lower() == b"hours" and value.isdigit():
                hours.add(int(value) % 24)
            elif value[:3].lower() in _DAYS:
                days.add(_DAYS.index(value[:3].lower()))
    return tuple(sorted(hours)), tuple(sorted(days))

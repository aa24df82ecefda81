"""JSON Feed 1 and 1.1 (jsonfeed.org), and JF2 (jf2.spec.indieweb.org) as of webmention.io."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from engage.domain.posts import Entry, FeedDocument
from engage.domain.records import Role
from engage.feeds import entries as common
from engage.feeds import errors
from engage.feeds.blocks import Article
from engage.feeds.dates import from_text
from engage.feeds.endings import ending
from engage.feeds.html import Holder, from_html, plain
from engage.feeds.html import from_text as from_plain
from engage.text import clip, one_line

#: What webmention.io calls a mention, in the words of `Entry.reaction`.
_REACTIONS = {
    "in-reply-to": "reply",
    "mention-of": "mention",
    "link": "mention",
    "like-of": "like",
    "repost-of": "repost",
    "bookmark-of": "bookmark",
    "rsvp": "rsvp",
}


def parse_json(body: bytes, url: str, now: datetime, role: Role) -> FeedDocument:
    """The document of a JSON Feed or a JF2 feed. Raises FeedError for other JSON."""
    host = urlsplit(url).hostname or url
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as cause:
        raise errors.damaged(host) from cause
    if not isinstance(said, dict):
        raise errors.other_json(host)
    if "jsonfeed.org/version" in str(said.get("version")):
        return _json_feed(said, url, now, role)
    if said.get("type") == "feed" and isinstance(said.get("children"), list):
        return _jf2(said, url, now, role)
    if "rss" in said:
        raise errors.rss_in_json(host)
    raise errors.other_json(host)


def _json_feed(said: dict[str, Any], url: str, now: datetime, role: Role) -> FeedDocument:
    holder = Holder()
    hubs = [hub.get("url") for hub in _dicts(said.get("hubs"))]
    feed_author, _ = _author(said, url)
    title = clip(plain(_text(said.get("title")), holder), common.TITLE_LIMIT)
    limit = common.limit_of(role)
    items = common.newest_of(_dicts(said.get("items")), lambda item: _published(item, now), limit)
    entries = common.newest([_item(item, said, url, now, holder) for item in items], limit)
    if not (title or entries):
        raise errors.nothing_in_it(urlsplit(url).hostname or url)
    return FeedDocument(
        title=title,
        site=common.address(said.get("home_page_url"), url),
        author=feed_author,
        entries=entries,
        hub=common.address(hubs[0], url) if hubs else None,
    )


def _item(
    item: dict[str, Any], feed: dict[str, Any], url: str, now: datetime, holder: Holder
) -> Entry:
    link = common.address(item.get("url"), url) or common.address(item.get("external_url"), url)
    article = _article(item.get("content_html"), item.get("content_text"), link or url, holder)
    if not article.blocks:
        article = from_plain(_text(item.get("summary")))
    author, author_url = _author(item, url)
    ends = ending(article.blocks, summary=False)
    return Entry(
        guid=common.identifier(item.get("id")),
        url=link,
        title=clip(one_line(_text(item.get("title"))), common.TITLE_LIMIT),
        author=author,
        author_url=author_url,
        published=_published(item, now),
        updated=from_text(item.get("date_modified"), now),
        blocks=article.blocks,
        words=article.words,
        language=common.name(item.get("language") or feed.get("language")) or None,
        categories=common.names(_list(item.get("tags"))),
        links=article.links,
        enclosures=tuple(
            address
            for one in _dicts(item.get("attachments"))
            if (address := common.address(one.get("url"), url))
        ),
        truncated=ends.truncated,
        members=ends.members,
    )


def _published(item: dict[str, Any], now: datetime) -> datetime | None:
    published = from_text(item.get("date_published"), now)
    return published or from_text(item.get("date_modified"), now)


def _jf2(said: dict[str, Any], url: str, now: datetime, role: Role) -> FeedDocument:
    holder, children = Holder(), _dicts(said["children"])
    return FeedDocument(
        title=common.name(said.get("name")),
        author=_author(said, url)[0],
        generator="webmention.io" if any("wm-id" in x for x in children) else "",
        entries=common.newest(
            [_mention(child, url, now, holder) for child in children], common.limit_of(role)
        ),
        warning=common.left_out(len(children), role),
    )


def _mention(child: dict[str, Any], url: str, now: datetime, holder: Holder) -> Entry:
    source = common.address(child.get("url"), url) or common.address(child.get("wm-source"), url)
    content = child.get("content")
    if not isinstance(content, dict):
        content = {"text": content}
    article = _article(content.get("html"), content.get("text"), source or url, holder)
    if not article.blocks:
        article = from_plain(_text(child.get("summary")))
    kind = _text(child.get("wm-property"))
    author, author_url = _author(child, url)
    answers = [child.get("wm-target"), *_list(child.get("in-reply-to"))]
    return Entry(
        guid=common.identifier(child.get("wm-id")) or common.identifier(child.get("uid")) or source,
        url=source,
        title=clip(one_line(_text(child.get("name"))), common.TITLE_LIMIT),
        author=author,
        author_url=author_url,
        published=from_text(child.get("published"), now)
        or from_text(child.get("wm-received"), now),
        blocks=article.blocks,
        words=article.words,
        answers=tuple(
            dict.fromkeys(target for one in answers if (target := common.address(one, url)))
        ),
        links=article.links,
        reaction=_REACTIONS.get(kind, common.name(kind)),
    )


def _article(html: object, text: object, base: str, holder: Holder) -> Article:
    if isinstance(html, str) and html.strip():
        return from_html(html, base, holder)
    return from_plain(_text(text))


def _author(said: dict[str, Any], url: str) -> tuple[str, str | None]:
    """Name and address of the first author; version 1 has ``author``, 1.1 ``authors``."""
    for author in (*_dicts(said.get("authors")), *_dicts([said.get("author")])):
        return common.name(author.get("name")), common.address(author.get("url"), url)
    return "", None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in _list(value) if isinstance(item, dict)]

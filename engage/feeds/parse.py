"""The bytes of a feed to a document. Runs in a worker process; imports no network, no screen."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from engage.domain.posts import FeedDocument
from engage.domain.records import Role
from engage.feeds import errors

_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")
_FEED = re.compile(rb"<(?:[\w-]+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def parse(
    body: bytes, content_type: str, url: str, now: datetime, role: Role = "theirs"
) -> FeedDocument:
    """The document that the bytes hold, whatever the content type claims.

    ``url`` is where they came from: relative links are joined to it. ``role`` says how many
    entries are kept. Raises FeedError.
    """
    host = urlsplit(url).hostname or url
    if not body.strip():
        raise errors.empty(host)
    if _JSON.match(body):
        from engage.feeds.jsonfeed import parse_json

        return parse_json(body, url, now, role)
    head = body[:4096]
    if _HTML.search(head) and not _FEED.search(head):
        raise errors.web_page(host)
    from engage.feeds.xmlfeed import parse_xml

    document = parse_xml(body, content_type, url, now, role)
    if document is not None:
        return document
    raise errors.damaged(host) if body.lstrip()[:1] == b"<" else errors.no_feed(host)

"""Three small sites: the writer's, with comments, and two people's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>{title}</title><link>{site}</link><description>-</description>
{items}
</channel></rss>
"""

ITEM = """<item><title>{title}</title><link>{link}</link><guid isPermaLink="false">{guid}</guid>
<pubDate>{date}</pubDate><dc:creator>{author}</dc:creator><description>{body}</description></item>
"""


def rss(title: str, site: str, items: Sequence[str]) -> bytes:
    """A feed of these items."""
    return RSS.format(title=escape(title), site=escape(site), items="".join(items)).encode()


def item(
    title: str, link: str, published: datetime, *, author: str = "", body: str = "", guid: str = ""
) -> str:
    """One entry; the guid is the link where none is given."""
    return ITEM.format(
        title=escape(title),
        link=escape(link),
        guid=escape(guid or link),
        date=format_datetime(published),
        author=escape(author),
        body=escape(body),
    )


def page(title: str, feed: str) -> bytes:
    """A page that names its feed."""
    return (
        f"<html><head><title>{escape(title)}</title>"
        f'<link rel="alternate" type="application/rss+xml" href="{escape(feed)}"></head>'
        "<body><p>Words.</p></body></html>"
    ).encode()

"""Comments as the feeds of each kind show them, for the labelled cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SITE = "https://ines.example"
TABLE = f"{SITE}/2026/table/"


@dataclass(frozen=True)
class Comment:
    """One comment. ``answers``: the number of the comment answered."""

    author: str = "Tomasz Wit"
    text: str = "I have one just like it."
    days: float = 1
    uri: str = ""
    answers: int = 0


def html(text: str) -> str:
    return escape(f"<p>{text}</p>")


def _in_reply_to(comments: Sequence[Comment], answered: int) -> str:
    """The line with which WordPress, since 5.4, begins a comment in a thread."""
    if not answered:
        return ""
    author = escape(comments[answered - 1].author)
    return escape(f'<p>In reply to <a href="{TABLE}#comment-{answered}">{author}</a>.</p>\n')


def _wordpress_rss(comments: Sequence[Comment], title: str = "Comment on Table by") -> bytes:
    items = "".join(
        f"<item><title>{title} {escape(c.author)}</title><link>{TABLE}#comment-{n}</link>"
        f'<guid isPermaLink="false">{SITE}/?p=7#comment-{n}</guid>'
        f"<dc:creator><![CDATA[{c.author}]]></dc:creator>"
        f"<pubDate>{format_datetime(_at(c))}</pubDate>"
        f"<description>{_in_reply_to(comments, c.answers)}{html(c.text)}</description></item>"
        for n, c in enumerate(comments, 1)
    )
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Comments</title><link>{SITE}</link>{items}</channel></rss>"
    ).encode()


def _by(comments: Sequence[Comment]) -> bytes:
    return _wordpress_rss(comments, "By:")


def _old_wordpress(comments: Sequence[Comment]) -> bytes:
    return _wordpress_rss([replace(comment, answers=0) for comment in comments])


def _rss_with_threads(comments: Sequence[Comment]) -> bytes:
    def item(n: int, c: Comment) -> str:
        answered = f"{SITE}/c/{c.answers}" if c.answers else f"{SITE}/?p=7"
        return (
            f"<item><title>Re</title><link>{TABLE}?c={n}</link><guid>{SITE}/c/{n}</guid>"
            f"<dc:creator>{escape(c.author)}</dc:creator>"
            f"<pubDate>{format_datetime(_at(c))}</pubDate><thr:in-reply-to ref='{answered}'/>"
            f"<description>{html(c.text)}</description></item>"
        )

    items = "".join(item(n, c) for n, c in enumerate(comments, 1))
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:thr="http://purl.org/syndication/thread/1.0"><channel>'
        f"<title>Comments</title><link>{SITE}</link>{items}</channel></rss>"
    ).encode()


def atom(comments: Sequence[Comment], ids: str, link: str, top: str) -> bytes:
    def entry(n: int, c: Comment) -> str:
        answered = ids.format(c.answers) if c.answers else top
        uri = f"<uri>{c.uri}</uri>" if c.uri else ""
        return (
            f"<entry><id>{ids.format(n)}</id><title>Re</title>"
            f"<author><name>{escape(c.author)}</name>{uri}</author>"
            f'<link rel="alternate" href="{link.format(n)}"/>'
            f"<updated>{_at(c).isoformat()}</updated><published>{_at(c).isoformat()}</published>"
            f'<thr:in-reply-to ref="{answered}" href="{TABLE}"/>'
            f'<content type="html">{html(c.text)}</content></entry>'
        )

    entries = "".join(entry(n, c) for n, c in enumerate(comments, 1))
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:thr="http://purl.org/syndication/thread/1.0">'
        f"<title>Comments</title><id>{SITE}/c</id><updated>2026-11-22T00:00:00Z</updated>"
        f"{entries}</feed>"
    ).encode()


def _wordpress_atom(comments: Sequence[Comment]) -> bytes:
    return atom(comments, f"{SITE}/?p=7#comment-{{}}", f"{TABLE}#comment-{{}}", f"{SITE}/?p=7")


def _blogger(comments: Sequence[Comment]) -> bytes:
    ids = "tag:blogger.com,1999:blog-1.post-{}"
    return atom(
        comments, ids, f"{TABLE}?showComment={{}}#c{{}}".replace("#c{}", "#c"), f"{SITE}/?p=7"
    )


def _typepad(comments: Sequence[Comment]) -> bytes:
    return atom(comments, "tag:typepad.com,2003:6a{}", f"{TABLE}?cid=6a{{}}#comment", TABLE)


FORMATS: dict[str, Callable[[Sequence[Comment]], bytes]] = {
    "WordPress RSS": _wordpress_rss,
    "WordPress, one post": _by,
    "WordPress before 5.4": _old_wordpress,
    "RSS with thr": _rss_with_threads,
    "WordPress Atom": _wordpress_atom,
    "Blogger": _blogger,
    "TypePad": _typepad,
}

#: Those that name the address of who wrote.
ADDRESSES = ("WordPress Atom", "Blogger", "TypePad")


def _at(comment: Comment) -> datetime:
    return NOW - timedelta(days=comment.days)

"""What comments feeds of each kind look like, as their systems write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

_ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
<title>Comments</title><id>{post}#comments</id><updated>2026-11-22T00:00:00Z</updated>
{entries}</feed>"""
_RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:thr="http://purl.org/syndication/thread/1.0">
<channel><title>Comments</title><link>{post}</link>{items}</channel></rss>"""


@dataclass(frozen=True)
class Comment:
    """A comment; ``answers``: the number of the comment answered, 0 for the post."""

    number: int
    author: str
    text: str
    at: datetime
    answers: int = 0


class CommentFeed:
    """The comments of one post; ``place``: the address of a comment."""

    def __init__(self, post: str) -> None:
        self.post = post

    def place(self, number: int) -> str:
        return f"{self.post}#comment-{number}"

    def shows(self, *comments: Comment) -> bytes:
        raise NotImplementedError


class _Rss(CommentFeed):
    def shows(self, *comments: Comment) -> bytes:
        items = "".join(map(self.item, reversed(comments)))
        return _RSS.format(post=self.post, items=items).encode()

    def item(self, comment: Comment) -> str:
        """WordPress since 5.4: the line before the words names what is answered."""
        words = f"<p>{escape(comment.text)}</p>"
        if comment.answers:
            parent = f'<a href="{self.place(comment.answers)}">Somebody</a>'
            words = f"<p>In reply to {parent}.</p>\n{words}"
        return (
            f"<item><title>By: {comment.author}</title><link>{self.place(comment.number)}</link>"
            f"<dc:creator><![CDATA[{comment.author}]]></dc:creator>"
            f"<pubDate>{format_datetime(comment.at)}</pubDate>"
            f'<guid isPermaLink="false">{self.post}?p=7#comment-{comment.number}</guid>'
            f"<description>{escape(words)}</description>"
            f"<content:encoded><![CDATA[{words}]]></content:encoded></item>"
        )


class _Threaded(_Rss):
    """RSS of other systems, with the elements of RFC 4685."""

    def item(self, comment: Comment) -> str:
        ref = f"{self.post}/c/{comment.answers}" if comment.answers else self.post
        return (
            f"<item><title>Re</title><link>{self.place(comment.number)}</link>"
            f"<dc:creator>{comment.author}</dc:creator>"
            f"<pubDate>{format_datetime(comment.at)}</pubDate>"
            f'<guid isPermaLink="false">{self.post}/c/{comment.number}</guid>'
            f'<thr:in-reply-to ref="{ref}"/>'
            f"<description>{escape(comment.text)}</description></item>"
        )


class _Atom(CommentFeed):
    def id(self, number: int) -> str:
        return f"{self.post}?p=7#comment-{number}"

    def answered(self, comment: Comment) -> str:
        ref = self.id(comment.answers) if comment.answers else f"{self.post}?p=7"
        return f'<thr:in-reply-to ref="{ref}" href="{self.post}" type="text/html"/>'

    def shows(self, *comments: Comment) -> bytes:
        entries = "".join(
            f"<entry><id>{self.id(c.number)}</id><title>Re</title>"
            f'<link rel="alternate" href="{self.place(c.number)}"/>'
            f"<author><name>{c.author}</name></author><updated>{c.at.isoformat()}</updated>"
            f"<published>{c.at.isoformat()}</published>{self.answered(c)}"
            f"<content type='html'>{escape(f'<p>{c.text}</p>')}</content></entry>"
            for c in reversed(comments)
        )
        return _ATOM.format(post=self.post, entries=entries).encode()


class _Blogger(_Atom):
    def place(self, number: int) -> str:
        return f"{self.post}?showComment={number}#c{number}"

    def id(self, number: int) -> str:
        return f"tag:blogger.com,1999:blog-1.post-{number}"

    def answered(self, comment: Comment) -> str:
        """A comment in a thread names the post first, and its parent by a link of its own."""
        ref = self.id(comment.answers) if comment.answers else "tag:blogger.com,1999:blog-1.post-1"
        return f'<thr:in-reply-to ref="{ref}" href="{self.post}" source="{self.post}/feed"/>'


class _TypePad(_Atom):
    def place(self, number: int) -> str:
        return f"{self.post}?cid=6a{number}#comment-6a{number}"

    def id(self, number: int) -> str:
        return f"tag:typepad.com,2003:6a{number}"


#: By kind: what makes the feed of a post's comments.
COMMENT_FEEDS: Mapping[str, Callable[[str], CommentFeed]] = {
    "WordPress RSS": _Rss,
    "WordPress Atom": _Atom,
    "Blogger": _Blogger,
    "TypePad": _TypePad,
    "RSS with thr:in-reply-to": _Threaded,
}

"""The quick feedparser says what the plain one says."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engage.feeds import quick
from tests.feeds.plain_feedparser import TYPE, plainly, said

ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
RSS = '<rss version="2.0"><channel><title>T</title><item>{}</item></channel></rss>'
ODDITIES = {
    "Windows-1252 in Unicode": RSS.format("<title>\x93Rag\x94 \x80 café</title>"),
    "UTF-8 read as Latin-1": RSS.format("<title>cafÃ© â\x80\x94 rag</title>"),
    "characters beyond Latin-1": RSS.format("<title>紙 \x85 paper</title>"),
    "base addresses within each other": f'<feed {ATOM} xml:base="https://a.example/x/"><entry>'
    '<link href="1"/><content type="html" xml:base="../y/">&lt;p&gt;</content>'
    '<link href="2" xml:base="//b.example"/></entry></feed>',
    "a base address that is none": f'<feed {ATOM} xml:base="https://[::"><link href="1"/></feed>',
    "a base address that is no place": f'<feed {ATOM} xml:base="about:x"><link href="1"/></feed>',
    "markup as elements": f'<feed {ATOM}><entry><content type="xhtml"><div '
    'xmlns="http://www.w3.org/1999/xhtml"><p>a &amp; b<br/></p></div></content></entry></feed>',
    "an entry's source": f"<feed {ATOM}><entry><source><id>s</id><title>S</title><link href='s'/>"
    "<author><name>n</name></author></source><title>t</title></entry></feed>",
    "names that feedparser changes": RSS.format(
        "<category>c</category><guid>g</guid><pubDate>Mon, 02 Jan 2023 10:00:00 GMT</pubDate>"
        "<enclosure url='e.mp3' length='1'/><description>d</description><copyright>c</copyright>"
    ),
    "base64": f'<feed {ATOM}><entry><content type="image/png">aGFsbG8=</content></entry></feed>',
    "a document cut off": "<rss version='2.0'><channel><item><title>\x93Rag</title><desc",
    "no feed": "<html><body>hello</body></html>",
}  # fmt: skip


@pytest.fixture(scope="module")
def plain() -> Mapping[str, str]:
    answers = plainly([body.encode() for body in ODDITIES.values()])
    return dict(zip(ODDITIES, answers, strict=True))


@pytest.mark.parametrize("name", ODDITIES)
def test_an_oddity_is_read_as_ever(plain: Mapping[str, str], name: str) -> None:
    assert said(quick.parse(ODDITIES[name].encode(), TYPE)) == plain[name]

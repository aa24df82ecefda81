from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engage.domain.posts import Block, Span
from engage.feeds.blocks import BLOCK_LIMIT, TEXT_LIMIT, Article
from engage.feeds.html import Holder, from_html, from_text, plain

BASE = "https://mara.example/posts/1/"


def read(html: str) -> Article:
    return from_html(html, BASE, Holder())


def p(text: str) -> Block:
    return Block("p", (Span(text),))


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", []),
        ("just text", [p("just text")]),
        ("fish &amp; chips &lt;b&gt;", [p("fish & chips <b>")]),
        ("<p>one</p><p>two</p>", [p("one"), p("two")]),
        ("<p>one<p>two", [p("one"), p("two")]),
        ("one<div>two</div>three", [p("one"), p("two"), p("three")]),
        ("<p>a\n  b\t c&nbsp;d</p>", [p("a b c d")]),
        ("<p>a<br>b<br/> c</p>", [p("a\nb\nc")]),
        ("<p> </p><div>&nbsp;</div><p></p>", []),
        ("<p>a</p><!-- no --><script>no()</script><style>no</style><p>b</p>", [p("a"), p("b")]),
        ("<h2>Title</h2>", [Block("h", (Span("Title"),), 2)]),
        ("<hr><p>a</p><hr><hr><p>b</p><hr>", [p("a"), Block("rule"), p("b")]),
        (
            "<p>a <em>b</em> c<strong>d</strong></p>",
            [Block("p", (Span("a "), Span("b", "em"), Span(" c"), Span("d", "strong")))],
        ),
        (
            "<p>see <a href='/x'>this <b>page</b></a>.</p>",
            [
                Block(
                    "p",
                    (Span("see "), Span("this page", "link", "https://mara.example/x"), Span(".")),
                )
            ],
        ),
        ("<p><a href='javascript:x()'>go</a></p>", [p("go")]),
        ("<p><a href='mailto:m@mara.example'>write</a></p>", [p("write")]),
        (
            "<p>a <b> b </b> c</p>",
            [Block("p", (Span("a "), Span("b ", "strong"), Span("c")))],
        ),
        ("<pre>  a\n   b  c\n</pre>", [Block("code", (Span("  a\n   b  c"),))]),
        (
            "<pre><code class='x'>if a &lt; b:\n\tc</code></pre>",
            [Block("code", (Span("if a < b:\n\tc"),))],
        ),
        (
            "<ul><li>a<ol><li>b</li></ol></li><li><p>c</p><p>d</p></li></ul>",
            [
                Block("li", (Span("a"),), 1),
                Block("li", (Span("b"),), 2),
                Block("li", (Span("c"),), 1),
                p("d"),
            ],
        ),
        (
            "<blockquote>a<blockquote><p>b</p></blockquote></blockquote>",
            [Block("quote", (Span("a"),), 1), Block("quote", (Span("b"),), 2)],
        ),
        ("<p>a <img src='x.jpg' alt=' A  loom '> b</p>",
         [p("a"), Block("img", (Span("A loom"),)), p("b")]),
        ("<img src=x>", [Block("img", (Span("image"),))]),
        ("<p>a<img src='//t.example/p.gif' width='1' height='1'></p>", [p("a")]),
        (
            "<iframe src='https://video.example/1'></iframe>",
            [Block("p", (Span("embedded page at video.example", "link", "https://video.example/1"),))],
        ),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", [p("a · b"), p("c")]),
        ("<p>[bold]not markup[/bold]</p>", [p("[bold]not markup[/bold]")]),
        ("<p>a\x1b[31mred\x07 \u202egnp.exe</p>", [p("a[31mred gnp.exe")]),
        ("<p>&#27;[2J&#x202e;x&#x9b;y</p>", [p("[2Jx›y")]),
    ],
)  # fmt: skip
def test_blocks(html: str, blocks: list[Block]) -> None:
    assert list(read(html).blocks) == blocks


def test_links_are_absolute_safe_and_there_once() -> None:
    article = read(
        "<a href='../2/'>a</a><a href='https://b.example/?q=1&amp;r=2'>b</a><a href='../2/'>c</a>"
        "<a href='data:text/html,x'>d</a><a href='http://[bad'>e</a><a>f</a><a href=''>g</a>"
        "<a href='#top'>h</a>"
    )
    assert article.links == (
        "https://mara.example/posts/2/",
        "https://b.example/?q=1&r=2",
        "https://mara.example/posts/1/#top",
    )


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", 0),
        ("one two three", 3),
        ("<p>one <em>two</em></p><ul><li>three</li></ul>", 3),
        ("<p>手織りの布は</p>", 4),
        ("<p>naïve café “quotes” — yes</p>", 5),
    ],
)
def test_words(html: str, words: int) -> None:
    assert read(html).words == words


def test_plain_text_keeps_its_lines() -> None:
    article = from_text("one\r\ntwo\n\n  three  \n\n\n<b>four</b>\n")
    assert article.blocks == (p("one\ntwo"), p("three"), p("<b>four</b>"))


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("Fish &amp; <i>chips</i>", "Fish & chips"),
        ("  two\n lines ", "two lines"),
        ("a \x1b]0;title\x07 b", "a ]0;title b"),
        ("[red]x[/red]", "[red]x[/red]"),
    ],
)
def test_titles(html: str, line: str) -> None:
    assert plain(html, Holder()) == line


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "word " * 1_000_000,
        "<p>word</p>" * 100_000,
        "x<br>" * 300_000,
        "<div>" * 20_000 + "x",
        "<blockquote>" * 2_000 + "x",
        "<b><i>" * 500 + "x",
        "<hr>" * 100_000,
        "<img src=x>" * 100_000,
        "<a href='/x'>" * 5_000,
    ],
    ids=[
        "long",
        "many",
        "broken",
        "deep",
        "deep quotes",
        "deep styles",
        "rules",
        "images",
        "links",
    ],
)
def test_huge_texts_are_cut(html: str) -> None:
    article = read(html)
    assert len(article.blocks) <= BLOCK_LIMIT
    assert sum(len(span.text) for block in article.blocks for span in block.spans) <= TEXT_LIMIT + 1
    assert all(1 <= block.level <= 9 for block in article.blocks)


UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
TAGS = st.sampled_from(
    ["p", "div", "b", "em", "a href='/x'", "ul", "li", "blockquote", "pre", "code", "h3", "br",
     "img alt='x\x1b'", "table", "td", "tr", "script", "!-- x --", "svg", "math", "template"]
)  # fmt: skip
PIECES = st.text(max_size=12) | TAGS.map("<{}>".format) | TAGS.map("</{}>".format)


@given(st.lists(PIECES, max_size=30).map("".join))
@example("<a href='/x'><pre>0")
def test_whatever_is_written_comes_out_clean(html: str) -> None:
    for block in read(html).blocks:
        assert block.kind in {"p", "h", "quote", "code", "li", "img", "rule"}
        assert 1 <= block.level <= 9
        text = "".join(span.text for span in block.spans)
        assert not UNSAFE.search(text)
        assert block.kind == "rule" or text.strip()
        assert all((span.style == "link") == (span.href is not None) for span in block.spans)


def test_one_holder_gives_each_text_its_own() -> None:
    holder = Holder()
    first = from_html("<p>one <b>two", BASE, holder)
    second = from_html("three</p>", BASE, holder)
    assert first.blocks == (Block("p", (Span("one "), Span("two", "strong"))),)
    assert second.blocks == (p("three"),)

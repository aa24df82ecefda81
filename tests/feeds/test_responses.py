"""Comments feeds: all that they show is taken in, and WordPress's line says what is answered."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest

from engage.domain.identity import RESPONSES_SHOWN, merge
from engage.domain.posts import Entry, FeedDocument
from engage.domain.records import Role
from engage.feeds import entries as common
from engage.feeds.parse import parse

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
URL = "https://ines.example/comments/feed"
POST = "https://ines.example/table/"


def rss(*texts: str, url: str = f"{POST}#comment-9") -> bytes:
    items = "".join(
        f"<item><title>By: Mara</title><link>{url}</link>"
        f"<guid>{POST}#comment-{n}</guid><description>{escape(text)}</description></item>"
        for n, text in enumerate(texts, 9)
    )
    return f'<rss version="2.0"><channel><title>C</title>{items}</channel></rss>'.encode()


def read(body: bytes, role: Role = "responses") -> FeedDocument:
    return parse(body, "", URL, NOW, role)


def said(entry: Entry) -> str:
    return "\n".join("".join(span.text for span in block.spans) for block in entry.blocks)


def link(comment: str, page: str = POST, name: str = "Tom") -> str:
    return f'<a href="{page}#{comment}">{name}</a>'


@pytest.mark.parametrize(
    ("text", "answers", "left"),
    [
        (f"<p>In reply to {link('comment-7')}.</p><p>Words.</p>", "comment-7", "Words."),
        (f"<p>In reply to {link('comment-7')}.</p>\n<p>One.</p>\n<p>Two.</p>", "comment-7",
         "One.\nTwo."),
        (f"<p>Als Antwort auf {link('comment-7')}.</p><p>Ja.</p>", "comment-7", "Ja."),
        (f"In reply to {link('comment-7')}.\n\nWords.", "comment-7", "Words."),
        (f"<p>In reply to {link('comment-7', POST.rstrip('/'))}.</p><p>Words.</p>", "comment-7",
         "Words."),
        (f"<p>In reply to {link('comment-7', name='A. <b>B</b>')}.</p><p>Words.</p>", "comment-7",
         "Words."),
        (f"<p>{link('comment-7')} への返信。</p><p>はい。</p>", "comment-7",
         "Tom への返信。\nはい。"),
        (f"<p>{link('comment-7')}, I agree.</p>", "comment-7", "Tom, I agree."),
        (f"<p>In reply to {link('comment-9')}.</p><p>Words.</p>", None,
         "In reply to Tom.\nWords."),
        (f"<p>As {link('comment-7', 'https://x.example/')} says.</p>", None, "As Tom says."),
        (f"<p>See {link('more')}.</p>", None, "See Tom."),
        (f"<p>{'Long ' * 20}{link('comment-7')}.</p>", None, f"{'Long ' * 20}Tom."),
        (f"<p>Words.</p><p>In reply to {link('comment-7')}.</p>", None,
         "Words.\nIn reply to Tom."),
        ("<p>Words.</p>", None, "Words."),
        ("", None, ""),
    ],
)  # fmt: skip
def test_the_line_that_names_what_is_answered(text: str, answers: str | None, left: str) -> None:
    [entry] = read(rss(text)).entries
    assert [each.partition("#")[2] for each in entry.answers] == ([answers] if answers else [])
    assert said(entry) == left
    assert entry.links == () or "Tom" in left
    assert entry.words == 1 or left != "Words."


def test_a_post_is_left_as_it_is() -> None:
    [entry] = read(rss(f"<p>In reply to {link('comment-7')}.</p>"), "theirs").entries
    assert entry.answers == () and said(entry) == "In reply to Tom."


def test_responses_are_kept_where_posts_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "ENTRY_LIMIT", 3)
    body = rss(*(f"Words {n}" for n in range(8)))
    assert len(read(body, "theirs").entries) == 3
    document = read(body)
    assert (len(document.entries), document.warning) == (8, "")
    assert len(merge("f", "responses", (), document, NOW).posts) == 8


@pytest.mark.parametrize("kind", ["rss", "jf2"])
def test_what_is_left_out_is_said(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "RESPONSE_LIMIT", 5)
    monkeypatch.setattr("engage.feeds.xmlfeed._MANY", 0)
    mentions = [{"type": "entry", "wm-id": n, "content": {"text": "x"}} for n in range(8)]
    jf2 = json.dumps({"type": "feed", "children": mentions}).encode()
    document = read(rss(*"abcdefgh") if kind == "rss" else jf2)
    assert len(document.entries) == 5
    assert document.warning == "The feed shows 8 responses; the newest 5 are here."


def test_the_two_bounds_are_one() -> None:
    assert common.RESPONSE_LIMIT == RESPONSES_SHOWN


@pytest.mark.slow
def test_ten_thousand_comments_are_all_kept() -> None:
    document = read(rss(*(f"Words {n}" for n in range(10_400))))
    merged = merge("f", "responses", (), document, NOW)
    assert len(merged.posts) == len(merged.new) == 10_000
    assert "10,400 responses; the newest 10,000" in document.warning
    assert merge("f", "responses", merged.posts, document, NOW).new == ()

"""The reader: pages, places kept over a resize, links, and what it says beside the text."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

from engage.domain.posts import Block, Entry, Post, Span
from engage.tui.widgets.article import SLICE, Article, byline, links_of, without_scheme

NOW = datetime(2026, 11, 19, 8, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def post(*blocks: Block, **fields: object) -> Post:
    entry = Entry(
        title="A field of sorrel",
        url="https://www.pia.example/sorrel",
        published=NOW,
        words=2070,
        blocks=blocks,
        **fields,  # type: ignore[arg-type]
    )
    return Post(uid="p1", feed="f1", first_seen=NOW, entry=entry)


def paragraphs(number: int) -> tuple[Block, ...]:
    return tuple(Block("p", (Span(f"Paragraph {at}. " + "a stone " * 30),)) for at in range(number))


class Reader(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.ends = 0

    def compose(self) -> ComposeResult:
        yield Article()

    def on_article_page_end(self) -> None:
        self.ends += 1

    @property
    def article(self) -> Article:
        return self.screen.query_one(Article)


def shown(article: Article) -> list[str]:
    return [article.render_line(y).text.rstrip() for y in range(article.page)]


async def test_the_text_stands_in_the_middle_under_its_title() -> None:
    app = Reader()
    async with app.run_test(size=(101, 12)) as pilot:
        app.article.show(
            post(Block("p", (Span("The field."),))),
            header_lines=[Content("Pia Novak · circle 2")],
            today=date(2026, 11, 22),
        )
        await pilot.pause()
        assert [line for line in shown(app.article) if line] == [
            " " * 14 + "Pia Novak · circle 2",
            " " * 14 + "A field of sorrel",
            " " * 14 + "Thursday 19 November · 10 min · pia.example",
            " " * 14 + "The field.",
        ]


@pytest.mark.parametrize("text", ["[b]x", "[/b] x", "[@click=app.quit]press[/]", "$x {y}"])
async def test_text_from_a_feed_is_shown_literally(text: str) -> None:
    app = Reader()
    async with app.run_test(size=(90, 12)) as pilot:
        blocks = [Block("p", (Span(text), Span(text, "link", "https://x.example/[b]")))]
        app.article.show(post(*blocks, categories=(text,)), today=TODAY)
        await pilot.pause()
        assert f"{text}{text}[1]" in "\n".join(shown(app.article))


async def test_a_page_more_than_the_last_is_said() -> None:
    app = Reader()
    async with app.run_test(size=(60, 12)) as pilot:
        app.article.show(post(*paragraphs(10)), today=TODAY)
        await pilot.pause()
        pages = 0
        while not app.article.at_end:
            top = app.article.scroll_offset.y
            app.article.action_text_on()
            await pilot.pause()
            assert top < app.article.scroll_offset.y <= top + app.article.page
            pages += 1
        assert pages > 2 and app.article.percent == 100 and app.ends == 0
        app.article.action_text_on()
        await pilot.pause()
        assert app.ends == 1


async def test_a_long_article_is_wrapped_as_far_as_seen_and_then_to_its_end() -> None:
    app = Reader()
    async with app.run_test(size=(80, 24)) as pilot:
        seen: list[int] = []
        app.article.show(post(*paragraphs(1000)), today=TODAY)
        seen.append(app.article.virtual_size.height)
        while app.article.virtual_size.height < 3000:
            await pilot.pause()
        seen.append(app.article.virtual_size.height)
        assert seen[0] < 80 < SLICE < 3000 <= seen[1]
        app.article.action_text_end()
        await pilot.pause()
        assert "Paragraph 999." in "\n".join(shown(app.article))


async def test_resizing_keeps_the_block_at_the_top() -> None:
    app = Reader()
    async with app.run_test(size=(120, 24)) as pilot:
        app.article.show(post(*paragraphs(60)), today=TODAY)
        await pilot.pause()
        lines = [app.article.line(index).plain for index in range(app.article.virtual_size.height)]
        app.article.jump(next(at for at, line in enumerate(lines) if "Paragraph 30." in line))
        await pilot.pause()
        for width in (50, 90):
            await pilot.resize_terminal(width, 24)
            await pilot.pause(0.3)
            assert "Paragraph 30." in "\n".join(shown(app.article)[:3])


async def test_the_place_in_per_cent_stands_at_the_end_of_the_last_line() -> None:
    app = Reader()
    async with app.run_test(size=(80, 12)) as pilot:
        app.article.show(post(*paragraphs(10)), today=TODAY)
        await pilot.pause()
        assert shown(app.article)[-1].endswith(" 0%")
        app.article.action_text_end()
        await pilot.pause()
        assert shown(app.article)[-1].strip() == "100%"
        app.article.show(post(*paragraphs(1)), today=TODAY)
        await pilot.pause()
        assert "%" not in "".join(shown(app.article))


async def test_another_post_begins_at_its_beginning() -> None:
    app = Reader()
    async with app.run_test(size=(60, 12)) as pilot:
        app.article.show(post(*paragraphs(60)), today=TODAY)
        await pilot.pause()
        app.article.action_text_end()
        await pilot.pause()
        app.article.show(post(*paragraphs(3)), today=TODAY)
        await pilot.pause()
        assert (app.article.scroll_offset.y, app.article.percent) == (0, 0)


async def test_links_stand_below_the_text() -> None:
    link = Span("the\n school", "link", "https://www.pia.example/school/")
    app = Reader()
    async with app.run_test(size=(60, 20)) as pilot:
        app.article.show(post(Block("p", (Span("See "), link)), truncated=True), today=TODAY)
        await pilot.pause()
        text = "\n".join(shown(app.article))
        assert "[1] the school  pia.example/school" in text
        assert "The feed shows only the beginning." in text
        files = [f"https://cdn.example/{n}/Episode%20{n}%1b%5b31m.mp3?a=1" for n in range(5)]
        more = {"truncated": True, "members": True, "enclosures": tuple(files)}
        app.article.show(post(Block("p", (Span("See"),)), **more), today=TODAY)
        await pilot.pause()
        text = "\n".join(shown(app.article))
        assert "The feed shows only the beginning; the rest is for members." in " ".join(
            text.split()
        )
        said = " ".join(text.split())
        assert "Comes with Episode 0[31m.mp3 (cdn.example), Episode 1[31m.mp3" in said
        assert "and 2 more." in said


async def test_a_post_without_text_says_so() -> None:
    app = Reader()
    async with app.run_test(size=(60, 20)) as pilot:
        app.article.show(post(), today=TODAY)
        await pilot.pause()
        assert "The feed gives no text for this one." in "\n".join(shown(app.article))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 12, 1), "Thursday 19 November · 10 min · pia.example"),
        (date(2027, 1, 1), "Thursday 19 November 2026 · 10 min · pia.example"),
    ],
    ids=["this year", "another year"],
)
def test_the_year_is_named_where_it_is_not_this_one(today: date, expected: str) -> None:
    assert byline(post(), today) == expected


def test_an_address_linked_twice_is_one_link() -> None:
    spans = (Span("one", "link", "http://a.example/"), Span("two", "link", "http://a.example/"))
    [link] = links_of([Block("p", spans)])
    assert (link.number, link.text) == (1, "one")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.pia.example/school/", "pia.example/school"),
        ("mailto:pia@pia.example", "mailto:pia@pia.example"),
    ],
)
def test_addresses_are_shown_as_people_write_them(url: str, expected: str) -> None:
    assert without_scheme(url) == expected

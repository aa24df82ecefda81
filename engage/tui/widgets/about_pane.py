"""The pane that shows what a row is about: a post, or what there is to know of a person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.content import Content

from engage.domain.derived import Standing
from engage.domain.records import Person
from engage.tui.about import About

if TYPE_CHECKING:
    from engage.tui.widgets.article import Article, Link
    from engage.tui.widgets.text_lines import LinesView, TextLines


class AboutPane(Container):
    """One of its two texts is in sight. They come after first paint, with `mount_texts`; what keys
    do to them is the screen's."""

    DEFAULT_CSS = """
    AboutPane {
        width: 1fr;
        & > .away { display: none; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.about: About | None = None
        self._article: Article | None = None
        self._lines: TextLines | None = None

    def mount_texts(self) -> None:
        """Make the texts, once."""
        from engage.tui.widgets.article import Article
        from engage.tui.widgets.text_lines import TextLines

        if self._article is None:
            self._article, self._lines = Article(classes="away"), TextLines()
            self.mount(self._article, self._lines)

    @property
    def text(self) -> LinesView:
        """The text that is in sight."""
        self.mount_texts()
        assert self._article is not None and self._lines is not None
        return self._lines if self._article.has_class("away") else self._article

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of the post in sight."""
        shown = self._article is not None and not self._article.has_class("away")
        return self._article.links if shown and self._article is not None else ()

    def clear(self) -> None:
        """Show nothing."""
        self.about = None
        self._bring(article=False)
        if self._lines is not None:
            self._lines.show(())

    def show(self, about: About, person: Person, standing: Standing, today: date) -> None:
        """Show what a task is about; what is shown already stays where it is."""
        from engage.tui.widgets.person_card import task_lines

        before, self.about = self.about, about
        same = before is not None and before.task.id == about.task.id
        self.mount_texts()
        assert self._article is not None and self._lines is not None
        self._bring(article=about.post is not None)
        if about.post is not None:
            if before is None or before.post != about.post:
                self._article.show(about.post, today=today)
            return
        page = about.page
        lines = task_lines(
            about.task,
            person,
            standing,
            today=today,
            events=page.timeline if page else (),
            posts=page.posts if page else (),
            feeds=page.feeds if page else (),
            touches=page.touches if page else (),
            place=about.place,
        )
        draw = self._lines.update if same else self._lines.show
        draw([Content(""), *lines])

    def _bring(self, *, article: bool) -> None:
        if self._article is None or self._lines is None:
            return
        focused = self.text.has_focus
        self._article.set_class(not article, "away")
        self._lines.set_class(article, "away")
        if focused:
            self.text.focus()

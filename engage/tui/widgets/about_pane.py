"""The pane that shows what a row is about: a post, or what there is to know of a person."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from engage.domain.records import Person, Standing
from engage.tui.about import About
from engage.tui.widgets.article import Article
from engage.tui.widgets.person_card import task_lines
from engage.tui.widgets.text_lines import LinesView, TextLines


class AboutPane(Container):
    """One of its two texts is in sight. What keys do is the screen's."""

    DEFAULT_CSS = """
    AboutPane {
        width: 1fr;
        & > .away { display: none; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.about: About | None = None

    def compose(self) -> ComposeResult:
        yield Article(classes="away")
        yield TextLines()

    @property
    def text(self) -> LinesView:
        """The text that is in sight."""
        article = self.query_one(Article)
        return self.query_one(TextLines) if article.has_class("away") else article

    def clear(self) -> None:
        """Show nothing."""
        self.about = None
        self._bring(article=False)
        self.query_one(TextLines).show(())

    def show(self, about: About, person: Person, standing: Standing, today: date) -> None:
        """Show what a task is about; what is shown already stays where it is."""
        before, self.about = self.about, about
        same = before is not None and before.task.id == about.task.id
        if about.post is not None:
            if same and before is not None and before.post == about.post:
                return
            self._bring(article=True)
            self.query_one(Article).show(about.post, today=today)
            return
        self._bring(article=False)
        page = about.page
        lines = task_lines(
            about.task,
            person,
            standing,
            today=today,
            events=page.timeline if page else (),
            posts=page.posts if page else (),
            feeds=page.feeds if page else (),
            place=about.place,
        )
        lines = [Content(""), *lines]
        text = self.query_one(TextLines)
        if same:
            text.update(lines)
        else:
            text.show(lines)

    def _bring(self, *, article: bool) -> None:
        focused = self.text.has_focus
        self.query_one(Article).set_class(not article, "away")
        self.query_one(TextLines).set_class(article, "away")
        if focused:
            self.text.focus()

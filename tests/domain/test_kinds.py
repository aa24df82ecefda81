"""Which entries are posts and which are responses."""

from __future__ import annotations

import pytest

from engage.domain.kinds import classify
from engage.domain.posts import Block, Entry, FeedDocument, Span
from engage.domain.records import PostKind, Role

ID = "https://medium.com/p/9a0b1c2d3e4f"
TAGGED = Entry(guid="https://medium.com/p/0", title="A post", categories=("weaving",))
FEED = "https://mara.example/feed"


def said(title: str, text: str, kind: str = "p", guid: str | None = ID) -> Entry:
    return Entry(guid=guid, title=title, blocks=(Block(kind, (Span(text),)),))


PLAIN = said("On looms", "Oak is heavy.")


@pytest.mark.parametrize(
    ("entry", "others", "role", "generator", "url", "kind"),
    [
        pytest.param(PLAIN, (), "theirs", "Medium", FEED, "post", id="Medium: nothing is tagged"),
        pytest.param(
            PLAIN, (TAGGED,), "theirs", "Medium", FEED, "response", id="Medium: others are tagged"
        ),
        pytest.param(
            PLAIN, (TAGGED,), "own", "Medium", FEED, "response", id="Medium: the writer's own too"
        ),
        pytest.param(TAGGED, (TAGGED,), "theirs", "Medium", FEED, "post", id="Medium: tagged"),
        pytest.param(PLAIN, (TAGGED,), "theirs", "", FEED, "response", id="known by its id"),
        pytest.param(
            said("On looms", "Oak.", guid="1"), (TAGGED,), "theirs", "",
            "https://mara.medium.com/feed", "response", id="known by its host",
        ),
        pytest.param(
            said("On looms", "Oak.", guid="1"), (TAGGED,), "theirs", "WordPress", FEED, "post",
            id="not Medium: tags say nothing",
        ),
        pytest.param(
            said("Such a warm piece…", "Such a warm  piece, Ines. I"), (), "theirs", "Medium", FEED,
            "response", id="the text begins with the title",
        ),
        pytest.param(
            said("On looms", "On looms", kind="h"), (), "theirs", "Medium", FEED, "post",
            id="a heading that repeats the title",
        ),
        pytest.param(said("", "Oak."), (), "theirs", "Medium", FEED, "post", id="no title"),
        pytest.param(
            said("…", "Oak."), (), "theirs", "Medium", FEED, "post", id="a title without words"
        ),
        pytest.param(
            Entry(guid="1", answers=("https://x.example",)), (), "theirs", "", FEED, "response",
            id="it says what it answers",
        ),
        pytest.param(TAGGED, (), "responses", "", FEED, "response", id="a comments feed"),
        pytest.param(PLAIN, (), "theirs", "", "http://[", "post", id="an address that is none"),
    ],
)  # fmt: skip
def test_classify(
    entry: Entry, others: tuple[Entry, ...], role: Role, generator: str, url: str, kind: PostKind
) -> None:
    document = FeedDocument(generator=generator, entries=(entry, *others))
    assert classify(document, role, entry, url) == kind

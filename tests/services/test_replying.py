"""What is said of a draft: once, and anew where other words were written on it."""

from __future__ import annotations

from engage.domain.changes import put
from engage.domain.people import make_person
from engage.domain.records import Feed, NewsItem
from engage.services import drafting
from engage.services.desk import Desk
from engage.services.drafts import open_drafts
from engage.services.replying import posted


def test_a_draft_is_out_once_and_other_words_are_another_reply(empty: Desk) -> None:
    desk = empty
    now = desk.now()
    mara = make_person("Mara Quill", now, "added")
    ink = NewsItem("ink", mara.id, "f", "Ink", "https://mara.example/ink", now, now, now)
    feed = Feed("f", "https://mara.example/f", "https://mara.example/f", "theirs", now, mara.id)
    desk.commit("world", [put(mara), put(feed), put(ink)], by="refresh")
    first = drafting.answering(desk, "ink")
    drafting.keep(desk, first, "Thank you for this.")
    assert [draft.text for draft in open_drafts(desk)] == ["Thank you for this."]
    assert posted(desk, first) is not None
    assert posted(desk, first) is None, "a second yes logs nothing"
    assert open_drafts(desk) == () and len(desk.world().touches) == 1

    again = drafting.answering(desk, "ink")
    drafting.keep(desk, again, "And one thing more: whose table was it?")
    assert len(open_drafts(desk)) == 1, "other words are not out yet"
    assert posted(desk, drafting.answering(desk, "ink")) is not None
    assert [touch.text for touch in desk.world().touches] == [
        "Thank you for this.",
        "And one thing more: whose table was it?",
    ]

"""Which entry is which post."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.domain.identity import (
    ALIASES_KEPT,
    POSTS_KEPT,
    feed_id,
    merge,
    news_of,
    own_of,
    person_id,
    post_uid,
)
from engage.domain.posts import Block, Entry, FeedDocument, Post, Span
from engage.domain.records import Role
from engage.feeds.parse import parse

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
SITE = "https://mara.example/"


def entry(
    guid: str | None = None,
    path: str | None = None,
    title: str = "",
    *,
    text: str = "",
    published: datetime | None = None,
    url: str | None = None,
) -> Entry:
    address = url or (f"{SITE}{path}" if path is not None else None)
    blocks = (Block("p", (Span(text),)),) if text else ()
    return Entry(guid=guid, url=address, title=title, blocks=blocks, published=published)


def take(*steps: tuple[Entry, ...], role: Role = "theirs", site: str = SITE) -> list[list[Post]]:
    """The posts after each of several documents of one feed, an hour apart."""
    kept: list[list[Post]] = []
    posts: tuple[Post, ...] = ()
    for number, entries in enumerate(steps):
        document = FeedDocument(site=site, entries=entries)
        posts = merge("f", role, posts, document, NOW + timedelta(hours=number)).posts
        kept.append(list(posts))
    return kept


def test_ids_have_a_fixed_length_and_differ() -> None:
    assert len(feed_id("https://a.example/feed")) == 12
    assert feed_id("https://a.example/feed") != feed_id("https://b.example/feed")
    assert len(person_id("name:mara")) == 12
    assert post_uid("f", "1") != post_uid("g", "1")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            entry("1", "a", "Table"), entry("1", "a", "The table"), id="the title was changed"
        ),
        pytest.param(
            entry("1", "a", "Table"), entry("1", "b", "Tables"), id="the link and the title"
        ),
        pytest.param(
            entry("1", "a", "Table"), entry("2", "a", "New"), id="another guid, the same page"
        ),
        pytest.param(
            entry("http://mara.example/?p=1", "a", "Table"),
            entry("https://mara.example/?p=1", "b", "New"),
            id="the guid with https",
        ),
        pytest.param(
            entry("https://old.example/?p=1", url="https://old.example/a", title="Table"),
            entry("https://mara.example/?p=1", "a", "Table"),
            id="the site moved to another host",
        ),
        pytest.param(
            entry(None, "a", "Table"), entry(None, "a/?utm_medium=rss", "New"), id="link, no guid"
        ),
        pytest.param(
            entry(None, "a", "Table"), entry(f"{SITE}a", "a", "New"), id="the feed learned guids"
        ),
        pytest.param(
            entry("1", "a", "Table", published=NOW),
            entry("1", "a", "Table", published=LATER),
            id="the date was changed",
        ),
        pytest.param(
            entry("1", title="Table", url="https://else.example/x"),
            entry("2", title="Table", url="https://else.example/x"),
            id="a link to elsewhere under the same title",
        ),
    ],
)
def test_one_post_met_again(before: Entry, after: Entry) -> None:
    first, second = take((before,), (after,))
    assert [post.uid for post in second] == [post.uid for post in first]
    assert second[0].first_seen == NOW
    assert second[0].entry == after
    assert set(first[0].aliases) <= set(second[0].aliases)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(entry("1", "a"), entry("2", "b"), id="another guid and link"),
        pytest.param(entry("1", "", "A"), entry("2", "", "B"), id="both link to the first page"),
        pytest.param(
            entry("1", title="A", url="https://else.example/x"),
            entry("2", title="B", url="https://else.example/x"),
            id="two posts about one page elsewhere",
        ),
        pytest.param(
            entry("https://a.example/1", title="A", url="https://a.example/1"),
            entry("https://b.example/1", title="B", url="https://b.example/1"),
            id="the same path on two hosts",
        ),
        pytest.param(entry(None, "", "A"), entry(None, "", "B"), id="no guid, the first page"),
    ],
)
def test_two_posts_though_alike(before: Entry, after: Entry) -> None:
    assert len(take((before,), (after,))[1]) == 2


def test_one_guid_for_everything_does_not_fold_posts_together() -> None:
    first, second, third = take(
        (entry("1", "a", "A", published=NOW),),
        (entry("1", "b", "B", published=LATER), entry("1", "a", "A", published=NOW)),
        (entry("1", "c", "C", published=LATER), entry("1", "b", "B", published=LATER)),
    )
    assert len(second) == 2
    assert len(third) == 3
    assert {post.entry.title: post.uid for post in third}["A"] == first[0].uid
    assert first[0].uid == post_uid("f", "1")
    names = [alias for post in third for alias in post.aliases]
    assert len(names) == len(set(names))


def test_a_link_that_entries_share_identifies_none_of_them() -> None:
    entries = tuple(entry(str(number), "blog", f"Note {number}") for number in range(3))
    first, second = take(entries, (entry("9", "blog", "Note 9"), *entries[:2]))
    assert len(first) == 3
    assert len(second) == 4


@pytest.mark.parametrize(
    ("entries", "aliases"),
    [
        pytest.param((entry("1", "a"),), ("1", f"{SITE}a"), id="guid and page"),
        pytest.param((entry(f"{SITE}?p=3", "a"),), (f"{SITE}?p=3", f"{SITE}a"), id="no bare path"),
        pytest.param(
            (entry(None, url="https://medium.com/@m/t-9a?source=rss-1------2"),),
            ("https://medium.com/@m/t-9a",),
            id="no tracking",
        ),
        pytest.param((entry(),), (), id="nothing to be known by"),
        pytest.param((entry("1", ""),), ("1",), id="not the first page"),
        pytest.param((entry("1", "a"), entry("2", "a")), ("1",), id="not a link that is shared"),
        pytest.param((entry("1", "a"), entry("1", "b")), (f"{SITE}a",), id="not a shared guid"),
        pytest.param((entry("1", url="https://else.example/x"),), ("1",), id="no page elsewhere"),
        pytest.param(
            (entry(None, url="https://else.example/x"),),
            ("https://else.example/x",),
            id="but where there is nothing else",
        ),
        pytest.param(
            tuple(entry(str(n), url=f"https://medium.example/{n}") for n in range(1, 5)),
            ("1", "https://medium.example/1"),
            id="where most links lead is home",
        ),
    ],
)
def test_a_post_is_known_by_what_tells_it_from_others(
    entries: tuple[Entry, ...], aliases: tuple[str, ...]
) -> None:
    posts = take(entries)[0]
    assert next(post for post in posts if post.entry == entries[0]).aliases == aliases


def test_comments_on_one_post_stay_apart() -> None:
    comments = tuple(
        entry(f"g#comment-{number}", f"table/#comment-{number}") for number in range(3)
    )
    first, second = take(comments[:1], comments, role="responses")
    assert len(first) == 1
    assert len(second) == 3
    assert {post.kind for post in second} == {"response"}
    assert f"{SITE}table#comment-0" in first[0].aliases


def test_an_entry_repeated_in_a_document_is_one_post() -> None:
    old, new = entry("1", "a", "Old"), replace(entry("1", "a", "New"), updated=NOW)
    assert [post.entry.title for post in take((new, old))[0]] == ["New"]


def test_a_post_that_left_the_document_stays() -> None:
    _, second = take((entry("1", "a"),), (entry("2", "b"),))
    assert {post.entry.guid for post in second} == {"1", "2"}


@pytest.mark.parametrize("dated", [True, False], ids=["dated", "undated"])
def test_the_newest_posts_are_kept(dated: bool) -> None:
    entries = tuple(
        entry(str(n), f"p{n}", published=NOW - timedelta(days=n) if dated else None)
        for n in range(POSTS_KEPT + 20)
    )
    document = FeedDocument(entries=entries)
    first = merge("f", "theirs", (), document, NOW)
    again = merge("f", "theirs", first.posts, document, LATER)
    assert len(first.posts) == len(first.new) == POSTS_KEPT
    assert again.posts == first.posts
    assert not again.new
    if dated:
        assert "0" in {post.entry.guid for post in first.posts}
        arrived = merge("f", "theirs", first.posts, FeedDocument(entries=(entry("x", "x"),)), LATER)
        assert len(arrived.posts) == POSTS_KEPT
        assert arrived.posts[0].entry.guid == "x"
        assert str(POSTS_KEPT - 1) not in {post.entry.guid for post in arrived.posts}


def test_aliases_do_not_grow_without_end() -> None:
    steps = [(entry(f"session-{number}", "a"),) for number in range(ALIASES_KEPT * 2)]
    last = take(*steps)[-1]
    assert len(last) == 1
    assert len(last[0].aliases) == ALIASES_KEPT
    assert "https://mara.example/a" in last[0].aliases


def test_the_kind_of_a_post_holds() -> None:
    first, _ = take((entry("1", "a"),), ())
    flipped = replace(first[0], kind="response")
    document = FeedDocument(site=SITE, entries=(entry("1", "a", "Edited"),))
    assert merge("f", "theirs", (flipped,), document, LATER).posts[0].kind == "response"


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (220, 1), (221, 2), (2200, 10)])
def test_minutes_to_read(words: int, minutes: int) -> None:
    post = Post("u", "f", NOW, Entry(words=words, title="T", url="https://a.example/x"))
    item = news_of(post, "p")
    assert (item.minutes, item.person, item.shown, item.title) == (minutes, "p", NOW, "T")


def test_an_undated_piece_was_published_when_it_was_seen() -> None:
    assert own_of(Post("u", "f", NOW, Entry())).published == NOW


FEEDS = Path(__file__).parents[2] / ".." / "shared" / "feeds"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "posts", "responses"),
    [
        ("DaringFireball.atom", 48, 0),
        ("EMarley.rss", 10, 0),
        ("RSSWithComments.xml", 30, 0),
        ("TypePadNews.xml", 10, 0),
        ("atomthreadingwithentry.xml", 0, 1),
        ("atp.rss", 100, 0),
        ("bio.rdf", 30, 0),
        ("inessential.json", 20, 0),
        ("manton.rss", 10, 0),
    ],
)
def test_captured_feeds(name: str, posts: int, responses: int) -> None:
    if not (FEEDS / name).is_file():
        pytest.skip("the captured feeds are not beside the checkout")
    document = parse((FEEDS / name).read_bytes(), "", f"https://a.example/{name}", NOW)
    merged = merge("f", "theirs", (), document, NOW)
    assert Counter(post.kind for post in merged.posts) == Counter(post=posts, response=responses)
    again = merge("f", "theirs", merged.posts, document, LATER)
    assert (again.posts, again.new, again.updated) == (merged.posts, (), ())


ENTRIES = st.builds(
    Entry,
    guid=st.sampled_from([None, "1", "2", "https://mara.example/a", "http://b.example/a"]),
    url=st.sampled_from(
        [None, SITE, f"{SITE}a", f"{SITE}b?utm_source=x", "http://b.example/a", f"{SITE}a#c1"]
    ),
    title=st.sampled_from(["", "A", "B"]),
    published=st.sampled_from([None, NOW, NOW - timedelta(days=3), LATER + timedelta(days=9)]),
    words=st.integers(0, 2),
)
DOCUMENTS = st.builds(
    FeedDocument,
    site=st.sampled_from([None, SITE]),
    entries=st.lists(ENTRIES, max_size=6).map(tuple),
)
ROLES = st.sampled_from(["own", "theirs", "responses"])


@settings(max_examples=300)
@given(st.lists(DOCUMENTS, min_size=1, max_size=4), ROLES)
def test_merging_is_stable(documents: list[FeedDocument], role: Role) -> None:
    posts: tuple[Post, ...] = ()
    for number, document in enumerate(documents):
        before = {post.uid: post for post in posts}
        merged = merge("f", role, posts, document, NOW + timedelta(hours=number))
        posts = merged.posts
        after = {post.uid: post for post in posts}
        assert len(after) == len(posts), "no two posts with one uid"
        assert before.keys() <= after.keys()
        names = [alias for post in posts for alias in post.aliases]
        assert len(names) == len(set(names)), "no alias of two posts"
        assert all(after[uid].first_seen == post.first_seen for uid, post in before.items())
        assert {post.uid for post in merged.new} == after.keys() - before.keys()
        assert list(posts) == sorted(posts, key=lambda p: (p.shown, p.uid), reverse=True)
        again = merge("f", role, posts, document, LATER + timedelta(days=1))
        assert (again.posts, again.new, again.updated) == (posts, (), ())


@settings(max_examples=200)
@given(DOCUMENTS, st.data(), ROLES)
def test_the_order_of_entries_makes_no_difference(
    document: FeedDocument, data: st.DataObject, role: Role
) -> None:
    shuffled = replace(document, entries=tuple(data.draw(st.permutations(document.entries))))
    assert merge("f", role, (), document, NOW) == merge("f", role, (), shuffled, NOW)

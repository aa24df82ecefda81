"""Posts and fetch states: kept for speed, never trusted, always fetched again."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledgers import AT, opened, uids
from tinydb import TinyDB

from engage.domain.posts import Block, Entry, FetchState, Post, Span
from engage.errors import EngageError
from engage.paths import Paths, paths_under
from engage.store.store import Store

BLOCKS = (
    Block("h", (Span("Ink"),), 2),
    Block("p", (Span("One "), Span("two", "em"), Span("three", "link", "https://m.example/3"))),
    Block("quote", (Span("größer 🌊"),), 3),
    Block("rule"),
)
FETCHED = FetchState(
    "f",
    "https://m.example/feed",
    etag='"1"',
    last_modified="Sun, 22 Nov 2026 08:30:00 GMT",
    body_hash="ab",
    last_fetch=AT,
    next_fetch=AT + timedelta(hours=2),
    posts=1,
)


def post(uid: str = "u1", hours: int = 0, **fields: object) -> Post:
    entry = Entry(guid=uid, title=f"Essay {uid}", published=AT - timedelta(hours=hours))
    return Post(uid, "f", AT, replace(entry, **{"blocks": BLOCKS, **fields}), aliases=("a", "b"))


def test_posts_come_back_as_they_were_newest_first(store: Store, paths: Paths) -> None:
    posts = [post("old", 9), post("new", 1), post("middle", 5)]
    store.save_posts("f", iter(posts))
    for reader in (store, opened(paths)):
        assert uids(reader.posts("f")) == ["new", "middle", "old"]
        assert set(reader.posts("f")) == set(posts)
        assert reader.posts("f") is reader.posts("f")
        assert reader.posts("other") == ()


def test_saving_replaces_what_was_kept_also_for_other_readers(store: Store, paths: Paths) -> None:
    other = opened(paths)
    store.save_posts("f", [post("a"), post("b")])
    assert len(other.posts("f")) == 2
    store.save_posts("f", [post("b"), post("b", title="Changed")])
    assert [each.title for each in other.posts("f")] == ["Changed"]
    store.save_posts("f", [])
    assert other.posts("f") == ()


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SPANS = st.builds(Span, TEXT, st.sampled_from(["", "em", "link"]), st.none() | TEXT)


@given(st.lists(st.builds(Block, TEXT, st.lists(SPANS).map(tuple), st.integers(0, 9))))
def test_any_blocks_survive(blocks: list[Block]) -> None:
    given_post = post(blocks=tuple(blocks))
    with TemporaryDirectory() as folder:
        store = opened(paths_under(Path(folder)))
        store.save_posts("f", [given_post])
        assert store.posts("f") == (given_post,)


def test_stock_tinydb_opens_every_posts_file_and_the_fetch_states(
    store: Store, paths: Paths
) -> None:
    store.save_posts("f", [post("u1"), post("u2")])
    store.save_fetch_states([FETCHED])
    with TinyDB(paths.cache / "posts" / "f.json") as database:
        documents = database.table("posts").all()
        assert database.tables() == {"posts"}
        assert {document["uid"] for document in documents} == {"u1", "u2"}
        assert all(0 <= document.doc_id < 2**53 for document in documents)
    with TinyDB(paths.cache / "fetch.json") as database:
        assert [each["etag"] for each in database.table("fetch")] == ['"1"']


def test_lone_surrogates_in_posts_are_scrubbed(store: Store, paths: Paths) -> None:
    store.save_posts("f", [post(title="a\ud800b")])
    assert opened(paths).posts("f")[0].title == "a\ufffdb"


UNREADABLE = {
    "cut short": lambda content: content[:-9],
    "empty": lambda _: b"",
    "no UTF-8": lambda content: content[:50] + b"\xff" + content[51:],
    "another shape": lambda _: b'{"posts":{"1":{"uid":"u1"}}}',
    "no tables": lambda _: b"[1]",
    "blocks of another form": lambda content: content.replace(b'["rule",[],1]', b'{"kind":"rule"}'),
}


@pytest.mark.parametrize("damage", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_unreadable_posts_are_as_if_absent_and_said(
    store: Store, paths: Paths, damage: object
) -> None:
    store.save_posts("f", [post()])
    store.save_fetch_states([FETCHED])
    path = paths.cache / "posts" / "f.json"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    later = opened(paths)
    assert later.posts("f") == ()
    assert str(path) in later.notices[0]
    state = later.fetch_state("f")
    assert state is not None and state.etag is None
    later.save_posts("f", [post()])
    assert opened(paths).posts("f") == (post(),)


def test_a_feed_with_its_posts_keeps_its_validators(store: Store, paths: Paths) -> None:
    store.save_posts("f", [post()])
    store.save_fetch_states([FETCHED])
    assert opened(paths).fetch_states() == {"f": FETCHED}


@pytest.mark.parametrize("left", [None, b'{"posts":{"1":{"u'], ids=["missing", "cut short"])
def test_a_feed_without_its_posts_is_fetched_anew(
    store: Store, paths: Paths, left: bytes | None
) -> None:
    store.save_posts("f", [post()])
    store.save_fetch_states([FETCHED])
    path = paths.cache / "posts" / "f.json"
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    afresh = replace(FETCHED, etag=None, last_modified=None, body_hash=None, next_fetch=None)
    assert opened(paths).fetch_state("f") == afresh
    if left is None:
        assert opened(paths).fetch_states() == {"f": afresh}


def test_what_is_deleted_meanwhile_is_gone_at_once(store: Store, paths: Paths) -> None:
    store.save_posts("f", [post()])
    store.save_fetch_states([FETCHED])
    assert store.fetch_states() == {"f": FETCHED}
    (paths.cache / "posts" / "f.json").unlink()
    assert store.fetch_states()["f"].etag is None
    (paths.cache / "fetch.json").unlink()
    assert store.fetch_states() == {}


def test_a_failing_feed_without_its_posts_still_waits_as_its_server_asked(store: Store) -> None:
    store.save_fetch_states([replace(FETCHED, failures=2)])
    state = store.fetch_states()["f"]
    assert (state.etag, state.body_hash, state.next_fetch) == (None, None, FETCHED.next_fetch)


def test_a_feed_that_never_showed_a_post_has_lost_nothing(store: Store) -> None:
    empty = replace(FETCHED, posts=0)
    store.save_fetch_states([empty])
    assert store.fetch_states() == {"f": empty}


def test_states_are_kept_beside_the_others(store: Store, paths: Paths) -> None:
    other = opened(paths)
    for feed in ("f", "g", "h"):
        store.save_posts(feed, [])
    store.save_fetch_states([FETCHED, replace(FETCHED, feed="g")])
    assert set(other.fetch_states()) == {"f", "g"}
    other.save_fetch_states([replace(FETCHED, feed="h"), replace(FETCHED, feed="g", failures=3)])
    assert {feed: state.failures for feed, state in store.fetch_states().items()} == {
        "f": 0,
        "g": 3,
        "h": 0,
    }


def test_a_forgotten_feed_leaves_neither_posts_nor_state(store: Store, paths: Paths) -> None:
    for feed in ("f", "g"):
        store.save_posts(feed, [post()])
    store.save_fetch_states([FETCHED, replace(FETCHED, feed="g")])
    store.forget_posts("f")
    store.forget_posts("never known")
    for reader in (store, opened(paths)):
        assert reader.posts("f") == ()
        assert set(reader.fetch_states()) == {"g"}


@pytest.mark.parametrize("content", [b"", b"{", b'{"fetch":{"1":{"feed":"f"}}}', b"[]"])
def test_unreadable_fetch_states_are_as_if_absent_and_said(
    store: Store, paths: Paths, content: bytes
) -> None:
    store.save_posts("f", [post()])
    store.save_fetch_states([FETCHED])
    (paths.cache / "fetch.json").write_bytes(content)
    later = opened(paths)
    assert later.fetch_states() == {}
    assert str(paths.cache / "fetch.json") in later.notices[0]
    later.save_fetch_states([FETCHED])
    assert opened(paths).fetch_states() == {"f": FETCHED}


def test_what_the_disk_refuses_is_said_in_a_sentence(store: Store, paths: Paths) -> None:
    paths.cache.mkdir(parents=True)
    (paths.cache / "posts").write_bytes(b"in the way")
    with pytest.raises(EngageError, match="could not be written"):
        store.save_posts("f", [post()])


def test_twenty_posts_of_four_kilobytes_take_a_moment(store: Store, tmp_path: Path) -> None:
    """A guard against a slip in the codec, 20 times what it was measured to take."""
    spans = (Span("The loom was older than the house. " * 4), Span("remembered", "em"))
    posts = [post(str(number), blocks=(Block("p", spans * 2),) * 14) for number in range(20)]
    began = time.process_time()
    store.save_posts("f", posts)
    assert len(store.posts("f")) == 20
    assert time.process_time() - began < 0.1
    assert not list(tmp_path.rglob("*.tmp"))

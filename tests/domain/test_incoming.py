"""What a comments feed shows, made into touches."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engage.domain.identity import merge
from engage.domain.incoming import Incoming, own_post_answered, resolve, touch_id
from engage.domain.people import make_person
from engage.domain.posts import Block, Entry, FeedDocument, Post, Span
from engage.domain.records import Feed, OwnPost, Person, Rules, World

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SITE = "https://ines.example"
COMMENTS = Feed("c", f"{SITE}/comments/feed", f"{SITE}/comments/feed", "responses", NOW)
OWN = Feed("o", f"{SITE}/feed", f"{SITE}/feed", "own", NOW, site=f"{SITE}/", author="Ines Ferro")
TABLE = OwnPost(
    "own1",
    "o",
    "The kitchen table",
    f"{SITE}/table/",
    NOW - timedelta(days=9),
    aliases=(f"{SITE}/?p=7", "/?p=7", f"{SITE}/table"),
)
TAGGED = OwnPost("own2", "o", "Looms", None, NOW, aliases=("tag:ines.example,2026:2",))
RULES = Rules(names=("I. Ferro",), sites=("ferro.example",))
MARA = make_person("Mara Quill", NOW, "added", profile="https://mara.example/")
NAMESAKES = tuple(
    make_person("Ana Lima", NOW, "added", profile=f"https://ana{number}.example/")
    for number in (1, 2)
)


def world(*people: Person, feeds: tuple[Feed, ...] = ()) -> World:
    return World(
        people={person.id: person for person in (people or (MARA, *NAMESAKES))},
        feeds={feed.id: feed for feed in (COMMENTS, OWN, *feeds)},
        own_posts=(TAGGED, TABLE),
    )


def comment(
    number: int = 1,
    author: str = "Tomasz Wit",
    text: str = "I have one just like it.",
    *,
    days: int = 1,
    thread: str | None = None,
    **fields: object,
) -> Entry:
    entry = Entry(
        guid=f"{SITE}/?p=7#comment-{number}",
        url=f"{SITE}/table/#comment-{number}",
        title=f"Comment on The kitchen table by {author}",
        author=author,
        published=NOW - timedelta(days=days),
        blocks=(Block("p", (Span(text),)),),
        answers=(thread,) if thread else (),
    )
    return replace(entry, **fields)  # type: ignore[arg-type]


def shown(*entries: Entry) -> tuple[Post, ...]:
    return merge("c", "responses", (), FeedDocument(entries=entries), NOW).posts


def seen(
    entry: Entry, known: World | None = None, *others: Entry, first: bool = False
) -> Incoming | None:
    """What an entry means, in a comments feed with others."""
    posts = shown(entry, *others)
    post = next(post for post in posts if post.entry == entry)
    return resolve(post, COMMENTS, known or world(), RULES, NOW, first_fetch=first, thread=posts)


def test_a_comment_by_somebody_new() -> None:
    result = seen(comment(author_url="https://tomasz.example/"))
    assert result is not None
    assert result.touch is not None
    assert result.person is not None
    touch, person = result.touch, result.person
    assert (person.name, person.how) == ("Tomasz Wit", "commented")
    assert person.keys == ("profile:https://tomasz.example",)
    assert (touch.direction, touch.kind, touch.how_known) == ("in", "comment", "seen")
    assert (touch.owes, touch.by_name) == (True, False)
    assert touch.at == NOW - timedelta(days=1)
    assert touch.recorded == NOW
    assert touch.about == "The kitchen table"
    assert touch.text == "I have one just like it."
    assert touch.url == f"{SITE}/table/#comment-1"
    assert touch.source == "your comments feed"
    assert touch.post is not None
    assert touch.id == touch_id(touch.post)


@pytest.mark.parametrize(
    ("fields", "person", "by_name"),
    [
        pytest.param({"author_url": "http://www.mara.example"}, MARA, False, id="their profile"),
        pytest.param({"author": "mara quill"}, MARA, True, id="exactly that name"),
        pytest.param(
            {"author": "Mara Quill", "author_url": "https://x.example/"},
            MARA,
            True,
            id="that name at an unknown address",
        ),
        pytest.param(
            {"author": "Ana Lima", "author_url": "https://ana2.example/"},
            NAMESAKES[1],
            False,
            id="one of two of that name, by address",
        ),
        pytest.param({"author": "Mara"}, None, False, id="a part of the name is not enough"),
        pytest.param(
            {"author": "M", "author_email": "noreply@blogger.com"},
            None,
            False,
            id="a shared address is nobody",
        ),
    ],
)
def test_who_wrote_it(fields: dict[str, str], person: Person | None, by_name: bool) -> None:
    result = seen(comment(**fields))
    assert result is not None
    assert result.person is not None
    assert result.touch is not None
    known = result.person.id in world().people
    assert (result.person if known else None) == person
    assert result.touch.by_name is by_name


def test_the_site_of_a_persons_feed_is_theirs() -> None:
    feed = Feed(
        "t", "https://t.example/feed", "t", "theirs", NOW, MARA.id, site="https://t.example"
    )
    result = seen(comment(author_url="http://t.example/"), world(MARA, feeds=(feed,)))
    assert result is not None
    assert result.person == MARA


def test_two_people_of_that_name_are_asked_about() -> None:
    result = seen(comment(author="Ana Lima"))
    assert result is not None
    assert (result.touch, result.person) == (None, None)
    assert "Ana Lima" in result.unclear
    assert set(result.candidates) == {person.id for person in NAMESAKES}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        pytest.param({"author": ""}, "Anonymous", id="neither name nor address"),
        pytest.param({"author": "", "author_url": "https://t.example/"}, "t.example", id="address"),
    ],
)
def test_who_gave_no_name(fields: dict[str, str], name: str) -> None:
    result = seen(comment(**fields))
    assert result is not None
    assert result.person is not None
    assert result.person.name == name


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"author": "ines ferro"}, id="the author of the own feed"),
        pytest.param({"author": "I. Ferro"}, id="a name of the settings"),
        pytest.param({"author": "x", "author_url": "http://ferro.example/me"}, id="a site"),
        pytest.param({"author": "x", "author_url": SITE}, id="the own feed's site"),
    ],
)
def test_the_writers_own_words_are_no_touch(fields: dict[str, str]) -> None:
    assert seen(comment(**fields)) is None


THEIRS = comment(1, days=4)
MINE = comment(2, "Ines Ferro", "Thank you.", days=3, thread=f"{SITE}/?p=7#comment-1")


def test_the_writers_answer_in_the_thread_is_logged_as_seen() -> None:
    result = seen(MINE, None, THEIRS)
    commented = seen(THEIRS)
    assert result is not None and result.touch is not None and result.person is not None
    assert commented is not None and commented.touch is not None
    assert (result.touch.direction, result.touch.kind) == ("out", "reply")
    assert result.touch.person == commented.touch.person
    assert result.touch.post == commented.touch.post
    assert result.touch.how_known == "seen"
    assert not result.touch.owes
    assert result.touch.at > commented.touch.at


def test_the_answer_finds_a_comment_that_left_the_feed_by_its_touch() -> None:
    commented = seen(THEIRS)
    assert commented is not None and commented.touch is not None and commented.person is not None
    known = replace(world(commented.person), touches=(commented.touch,))
    result = seen(MINE, known)
    assert result is not None and result.touch is not None
    assert (result.touch.direction, result.person) == ("out", commented.person)


@pytest.mark.parametrize(
    ("parent", "kind", "owes"),
    [
        pytest.param(MINE, "reply", True, id="to the writer's own comment"),
        pytest.param(THEIRS, "comment", False, id="to another reader"),
    ],
)
def test_answers_in_a_thread(parent: Entry, kind: str, owes: bool) -> None:
    answer = comment(3, "Mara Quill", days=2, thread=parent.guid)
    result = seen(answer, None, parent, THEIRS)
    assert result is not None and result.touch is not None
    assert (result.touch.kind, result.touch.owes) == (kind, owes)
    assert result.touch.about == "The kitchen table"


@pytest.mark.parametrize(
    ("fields", "kind", "owes"),
    [
        pytest.param({"reaction": "like-of"}, "like", False, id="a like"),
        pytest.param({"reaction": "repost-of"}, "like", False, id="a repost"),
        pytest.param({"reaction": "in-reply-to"}, "reply", True, id="a webmention reply"),
        pytest.param({"reaction": "mention-of"}, "mention", True, id="a webmention mention"),
        pytest.param({"text": "[…] about Ines' table […]"}, "mention", False, id="a pingback"),
        pytest.param({"text": "[...] her table [...]"}, "mention", False, id="an old pingback"),
        pytest.param({"text": "I like […] it"}, "comment", True, id="a quote left out"),
    ],
)
def test_what_asks_for_an_answer(fields: dict[str, str], kind: str, owes: bool) -> None:
    result = seen(comment(**fields))
    assert result is not None and result.touch is not None
    assert (result.touch.kind, result.touch.owes) == (kind, owes)


@pytest.mark.parametrize(
    ("days", "first", "owes"),
    [(29, True, True), (31, True, False), (31, False, True)],
    ids=["young at the first fetch", "old at the first fetch", "old but new to a feed followed"],
)
def test_what_is_history(days: int, first: bool, owes: bool) -> None:
    result = seen(comment(days=days), first=first)
    assert result is not None and result.touch is not None
    assert result.touch.owes is owes


@pytest.mark.parametrize(
    ("fields", "own"),
    [
        pytest.param({}, TABLE, id="the link without its fragment"),
        pytest.param({"url": None}, TABLE, id="WordPress' guid without the comment's number"),
        pytest.param({"guid": "1", "url": f"{SITE}/?p=7#comment-9"}, TABLE, id="the short link"),
        pytest.param(
            {"guid": "1", "url": None, "answers": ("tag:ines.example,2026:2",)}, TAGGED, id="a ref"
        ),
        pytest.param(
            {"guid": "1", "url": None, "answers": ("http://www.ines.example/table?utm_source=x",)},
            TABLE,
            id="a target",
        ),
        pytest.param({"guid": "1", "url": f"{SITE}/#comment-1"}, None, id="the first page"),
        pytest.param({"guid": "1", "url": f"{SITE}/other#comment-1"}, None, id="another page"),
    ],
)
def test_what_it_answers(fields: dict[str, object], own: OwnPost | None) -> None:
    assert own_post_answered(shown(comment(**fields))[0], world()) == own  # type: ignore[arg-type]


def test_what_is_answered_is_named_by_the_feed_where_it_is_not_known() -> None:
    result = seen(comment(guid="1", url=None, title="Comment on Old bread by Tomasz Wit"))
    assert result is not None and result.touch is not None
    assert result.touch.about == "Old bread"


def test_the_same_response_in_another_feed_is_not_logged_again() -> None:
    first = seen(comment())
    assert first is not None and first.touch is not None and first.person is not None
    known = replace(world(first.person), touches=(first.touch,))
    other = replace(COMMENTS, id="d")
    post = merge("d", "responses", (), FeedDocument(entries=(comment(),)), NOW).posts[0]
    assert resolve(post, other, known, RULES, NOW, first_fetch=True) is None


def test_met_again_it_is_the_same_touch() -> None:
    first = seen(comment())
    assert first is not None and first.touch is not None and first.person is not None
    again = seen(comment(), replace(world(first.person), touches=(first.touch,)))
    assert again is not None and again.touch is not None
    assert again.touch.id == first.touch.id

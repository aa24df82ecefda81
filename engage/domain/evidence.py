"""The writer's own words, met again: what confirms a reply, and what only looks like one.

Evidence that names what it answers (a thread, in-reply-to, a link from the writer's own site) is
logged as seen, or verifies what the writer said. A likeness is a question for the writer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engage.domain.addresses import normalise
from engage.domain.days import days_between
from engage.domain.incoming import own_by_alias, text_of, touch_id
from engage.domain.links import in_most, linked
from engage.domain.memo import by_identity
from engage.domain.mentions import passage
from engage.domain.posts import Post
from engage.domain.records import Amendment, NewsItem, Question, Touch, World
from engage.domain.same_words import alike, begins

#: How engage knows of what stands on the writer's own site.
OWN_SITE = "your own site"

#: Days between what the writer said and its evidence, where nothing else tells that they are one.
NEAR_DAYS = 3

#: How long after it was written words are still looked for, in days.
LOOKED_FOR_DAYS = 90

#: What is published before what it links to did not answer it; clocks differ by a day at most.
_EARLIER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words the writer wrote to somebody: a draft (``draft`` is its key), or a touch that they said
    happened (``touch`` is its id). ``post``: the uid of what they answer, ``about`` its title."""

    text: str
    person: str
    at: datetime
    post: str | None = None
    about: str = ""
    touch: str = ""
    draft: str = ""


def confirmed(
    seen: Touch, touches: Sequence[Touch], now: datetime, taken: set[str]
) -> Touch | Amendment | None:
    """What an outgoing touch that was seen adds to those known: the touch, the verification of one
    that the writer said, or nothing where it is known. ``taken`` gains the id of the verified."""
    outgoing = [
        touch
        for touch in touches
        if touch.person == seen.person and touch.direction == "out" and touch.exchange
    ]
    if any(_is_same(touch, seen) for touch in outgoing if touch.how_known != "said"):
        return None
    said = [
        touch
        for touch in outgoing
        if touch.how_known == "said" and touch.id not in taken and _may_be(touch, seen)
    ]
    if not said:
        return seen
    best = min(said, key=lambda touch: (not _names_it(touch, seen), abs(touch.at - seen.at)))
    taken.add(best.id)
    return verification(best, seen, now)


def verification(said: Touch, seen: Touch, now: datetime) -> Amendment:
    """The amendment that marks what the writer said as verified by what was seen."""
    fields = {"how_known": "verified", "source": seen.source}
    if seen.url:
        fields["url"] = seen.url
    if seen.text and not said.text:
        fields["text"] = seen.text
    return Amendment(f"seen-{seen.id}", said.id, now, fields)


def wrote_about(post: Post, recent: Sequence[Post], world: World, now: datetime) -> Iterator[Touch]:
    """The outgoing touches that a post of the writer's is: one for each person's post it links to,
    also a page on which somebody answered the writer.

    ``recent``: the posts of that feed; what most of them link to is a blogroll's.
    """
    known = answerable(world)
    answers = {normalise(answer) for answer in post.entry.answers}
    found = linked(post, known, answers=True)
    if not found:
        return
    blogroll = in_most(recent, known)
    for item in found.values():
        if (
            item.uid in blogroll
            or post.shown < item.shown - _EARLIER
            or item.person not in world.people
        ):
            continue
        yield Touch(
            id=touch_id(f"{post.uid}\n{item.uid}"),
            at=min(post.shown, now),
            person=item.person,
            direction="out",
            kind="reply" if normalise(item.url or "") in answers else "mention",
            how_known="seen",
            recorded=now,
            url=post.entry.url,
            post=item.uid,
            about=item.title,
            text=passage(post, {normalise(item.url)} if item.url else set()),
            source=OWN_SITE,
        )


def likeness(
    post: Post, wordings: Iterable[Wording], world: World, now: datetime
) -> Question | None:
    """The question whether a response in the writer's own feed is a reply that they wrote."""
    text = text_of(post)
    for words in wordings:
        person = world.people.get(words.person)
        old = days_between(words.at, post.shown) > LOOKED_FOR_DAYS
        if person is None or old or post.shown < words.at - _EARLIER:
            continue
        if not (alike(words.text, text) or begins(words.text, post.entry.title)):
            continue
        touch = Touch(
            id=touch_id(post.uid),
            at=min(post.shown, now),
            person=person.id,
            direction="out",
            kind="reply",
            how_known="verified",
            recorded=now,
            url=post.entry.url,
            post=words.post,
            about=words.about,
            text=text,
            source="your own feed",
        )
        return Question(
            id=touch.id,
            asked=now,
            kind="yours",
            sentence=f"This looks like your reply to {person.name}: log it?",
            touch=touch,
            name=person.name,
            verifies=words.touch,
            draft=words.draft,
        )
    return None


def said_words(touches: Iterable[Touch]) -> Iterator[Wording]:
    """The words that the writer said they sent, and that nothing has confirmed."""
    for touch in touches:
        text = touch.text or touch.note
        if touch.direction == "out" and touch.how_known == "said" and touch.exchange and text:
            yield Wording(text, touch.person, touch.at, touch.post, touch.about, touch.id)


@by_identity
def news_by_address(news: tuple[NewsItem, ...]) -> Mapping[str, NewsItem]:
    """People's posts by their addresses, normalised."""
    known: dict[str, NewsItem] = {}
    for item in news:
        for alias in (*((item.url,) if item.url else ()), *item.aliases):
            if "://" in alias:
                known.setdefault(normalise(alias), item)
    return known


@by_identity
def answerable(world: World) -> Mapping[str, NewsItem]:
    """What the writer may answer on their own site, by its address: people's posts, and pages
    elsewhere on which somebody wrote to the writer (most webmentions come from there)."""
    own, known = own_by_alias(world.own_posts), dict(news_by_address(world.news))
    for touch in world.touches:
        url = touch.url or ""
        # With a fragment it is one comment of a page, on which others wrote too.
        if touch.direction == "in" and touch.exchange and url and "#" not in url:
            page = normalise(url)
            if page not in own:
                known.setdefault(page, _page_of(touch))
    return known


def _page_of(touch: Touch) -> NewsItem:
    return NewsItem(
        uid=touch.post or touch.id,
        person=touch.person,
        feed="",
        title=touch.about,
        url=touch.url,
        published=touch.at,
        first_seen=touch.at,
        shown=touch.at,
    )


def _is_same(known: Touch, seen: Touch) -> bool:
    """Whether two touches that were seen are one: one address, or the same words on one post."""
    if known.id == seen.id or _same_address(known, seen):
        return True
    return known.post == seen.post and bool(seen.text) and alike(known.text, seen.text)


def _may_be(said: Touch, seen: Touch) -> bool:
    """Whether what the writer said may be what was seen."""
    if _names_it(said, seen):
        return True
    near = abs(days_between(said.at, seen.at)) <= NEAR_DAYS
    if near and (said.post is None or (said.about and said.about == seen.about)):
        return True
    return bool(seen.text) and alike(said.text or said.note, seen.text)


def _names_it(said: Touch, seen: Touch) -> bool:
    return _same_address(said, seen) or (said.post is not None and said.post == seen.post)


def _same_address(one: Touch, other: Touch) -> bool:
    if not one.url or not other.url:
        return False
    return normalise(one.url, fragment=True) == normalise(other.url, fragment=True)

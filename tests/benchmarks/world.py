"""A big writer's world for measuring: 100 people with a feed of 100 posts each.

    python tests/benchmarks/world.py HOME [FEEDS [POSTS]]

writes it into HOME, which `ENGAGE_HOME` then names. It is made as a refresh makes it: each feed's
document goes through the same rules, and the store's own contract.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engage.clock import FixedClock
from engage.domain.changes import Put, change, put
from engage.domain.identity import feed_id
from engage.domain.people import make_person
from engage.domain.posts import Block, Entry, FeedDocument, FetchState, Span
from engage.domain.records import DatedNumber, Feed, Touch
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.services.ingest import ingest, shelve, working

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TEXT = """table letter river loom stone bread salt engine margin draft sentence reader window
kitchen garden winter morning paper thread harbour lantern the of and a to in is that it was for on
with as her they be at one have this from not but what all when we there an which their if"""
WORDS = tuple(TEXT.split())


def build(home: Path, feeds: int = 100, posts: int = 100, now: datetime = NOW) -> None:
    """Write the world into a home; the same arguments make the same world."""
    desk = desk_at(paths_under(home), FixedClock(now))
    dice = random.Random(47)
    for number in range(feeds):
        _follow(desk, dice, number, posts)
    desk.close()


def _follow(desk: Desk, dice: random.Random, number: int, posts: int) -> None:
    now = desk.now()
    url = f"https://writer{number}.example/feed.xml"
    added = now - timedelta(days=200)
    name = f"Writer {number:03}"
    person = make_person(name, added, "added", feed_url=url)
    if number % 2:
        person = replace(person, circles=(DatedNumber(added, 1 + number % 5),))
    feed = Feed(feed_id(url), url, url, "theirs", added, person=person.id, title=name)
    puts: list[Put] = [put(person), put(feed)]
    for turn in range(number % 4):
        at = now - timedelta(days=dice.randint(1, 150))
        direction = "out" if turn % 2 == 0 else "in"
        puts.append(
            put(Touch(f"touch-{number}-{turn}", at, person.id, direction, "letter", "said", at))
        )
    desk.store.commit(change(f"follow {number}", puts, now, by="refresh"))
    entries = tuple(_entry(dice, number, index, now) for index in range(posts))
    document = FeedDocument(title=name, site=f"https://writer{number}.example/", entries=entries)
    brought = ingest(desk, working(desk.world()), feed, document)
    desk.store.commit(change(f"posts {number}", brought.puts, now, by="refresh"))
    shelve(desk, feed.id, brought)
    state = FetchState(
        feed.id, url, last_fetch=now, next_fetch=now + timedelta(days=1), posts=brought.posts
    )
    desk.store.save_fetch_states([state])


def _entry(dice: random.Random, number: int, index: int, now: datetime) -> Entry:
    paragraphs = [" ".join(dice.choices(WORDS, k=dice.randint(30, 90))) for _ in range(5)]
    url = f"https://writer{number}.example/{index}"
    return Entry(
        guid=url,
        url=url,
        title=" ".join(dice.choices(WORDS, k=4)).capitalize(),
        published=now - timedelta(days=index * 5 + dice.random() * 4, hours=1),
        blocks=tuple(Block("p", (Span(text),)) for text in paragraphs),
        words=sum(len(text.split()) for text in paragraphs),
    )


if __name__ == "__main__":
    build(Path(sys.argv[1]), *map(int, sys.argv[2:4]))

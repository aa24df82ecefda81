"""From a comments feed to tasks, and links against the writer's posts.

    python tests/benchmarks/responses.py [--short]

A comments feed of 2,000 entries, parsed and made into tasks in a world of 300 people (to be less
than 1.5 s), against parsing the same bytes alone; the links of 10,000 posts, ten in each,
against 1,000 own posts (less than 1 s), against taking each address apart once. Then what comes
later: one more post of somebody's, and one more of the writer's own.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
from measure import Cost, alternate, ratio, table

from engage.clock import FixedClock
from engage.domain.addresses import normalise
from engage.domain.changes import put
from engage.domain.identity import feed_id, news_of
from engage.domain.mentions import mentions
from engage.domain.people import make_person
from engage.domain.posts import Block, Entry, Post, Span
from engage.domain.records import Feed, OwnPost
from engage.domain.triage import tasks
from engage.feeds.parse import parse
from engage.paths import paths_under
from engage.services.desk import desk_at
from engage.services.evidence import links_to
from engage.services.ingest import ingest, shelve, working

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SITE = "https://ines.example"


def comments(count: int) -> bytes:
    """A comments feed as WordPress makes it, every fifth by somebody new."""
    entries = "".join(
        f"<entry><id>{SITE}/?p={n % 900}#comment-{n}</id><title>Re</title>"
        f"<author><name>Reader {n // 5}</name><uri>https://r{n // 5}.example/</uri></author>"
        f'<link href="{SITE}/{n % 900}/#comment-{n}"/>'
        f"<updated>{(NOW - timedelta(minutes=n)).isoformat()}</updated>"
        f'<thr:in-reply-to ref="{SITE}/?p={n % 900}" href="{SITE}/{n % 900}/"/>'
        f"<content type='html'>&lt;p&gt;Words of {n}, and more of them.&lt;/p&gt;</content></entry>"
        for n in range(count)
    )
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:thr="http://purl.org/syndication/thread/1.0">'
        f"<title>Comments</title><id>{SITE}</id>{entries}</feed>"
    ).encode()


def own(count: int) -> tuple[OwnPost, ...]:
    return tuple(
        OwnPost(f"own{n}", "own", f"Piece {n}", f"{SITE}/{n}/", NOW - timedelta(days=n),
                aliases=(f"{SITE}/?p={n}", f"{SITE}/{n}"))
        for n in range(count)
    )  # fmt: skip


def posts(count: int) -> list[Post]:
    """Posts with ten links each, one in fifty of them to the writer."""
    chance = random.Random(7)

    def link(n: int) -> str:
        if chance.random() < 0.02:
            return f"{SITE}/{chance.randrange(1000)}/?utm_source=rss"
        return f"https://www.site{chance.randrange(5000)}.example/{n}/{chance.randrange(99)}?a=1"

    return [
        Post(f"p{n}", f"f{n // 100}", NOW, Entry(
            url=f"https://f{n // 100}.example/{n}", published=NOW - timedelta(days=1),
            blocks=(Block("p", (Span("Words"),)),), links=tuple(link(n) for _ in range(10))))
        for n in range(count)
    ]  # fmt: skip


def timed(work: Callable[[], object]) -> Cost:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


def to_tasks(count: int) -> Cost:
    """What it takes from the bytes of a comments feed to the tasks they make."""
    body = comments(count)
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_at(paths_under(Path(folder)), FixedClock(NOW))
        people = [make_person(f"Known {n}", NOW, "added", profile=f"https://k{n}.example/")
                  for n in range(300)]  # fmt: skip
        url = f"{SITE}/comments/feed"
        feed = Feed(feed_id(url), url, url, "responses", NOW)
        desk.commit("world", [put(each) for each in (*people, feed, *own(1000))], by="refresh")
        desk.world()

        def work() -> None:
            document = parse(body, "application/atom+xml", url, NOW, "responses")
            assert len(document.entries) == count
            brought = ingest(desk, working(desk.world()), feed, document)
            desk.commit("refresh", brought.puts, by="refresh")
            shelve(desk, feed.id, brought)
            assert tasks(desk.world(), desk.standings(), desk.rules, NOW)

        cost = timed(work)
        desk.close()
    return cost


def one_more_of_the_writers(theirs: Sequence[Post], written: Sequence[OwnPost]) -> Cost:
    """What a new piece of the writer's costs where so many posts of others are known."""
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_at(paths_under(Path(folder)), FixedClock(NOW))
        person = make_person("Mara", NOW, "added")
        news = [put(news_of(post, person.id)) for post in theirs]
        desk.commit("world", [put(person), *map(put, written), *news], by="refresh")
        piece = Post("new", "own", NOW, Entry(url=f"{SITE}/new", published=NOW))
        cost = timed(lambda: list(links_to(desk, desk.world(), [piece])))
        desk.close()
    return cost


def main() -> None:
    scale, times = (10, 1) if "--short" in sys.argv else (1, 5)
    body = comments(2000 // scale)
    written, theirs = own(1000 // scale), posts(10_000 // scale)
    feeds: dict[str, list[Post]] = {}
    for post in theirs:
        feeds.setdefault(post.feed, []).append(post)

    def match() -> None:
        normalise.cache_clear()
        fresh = (*written,)  # of another object nothing is remembered
        for post in theirs:
            mentions(post, feeds[post.feed], fresh, "somebody", NOW)

    def take_apart() -> None:
        for post in theirs:
            for link in post.entry.links:
                urlsplit(link)

    fed, alone, matched, apart = alternate(
        times,
        lambda: to_tasks(2000 // scale),
        lambda: timed(lambda: feedparser.parse(io.BytesIO(body), sanitize_html=False)),
        lambda: timed(match),
        lambda: timed(take_apart),
    )
    new = replace(theirs[0], uid="new")
    mentions(new, feeds["f0"], written, "somebody", NOW)  # what is remembered of the writer's
    another = timed(lambda: mentions(new, feeds["f0"], written, "somebody", NOW))
    own_one = one_more_of_the_writers(theirs, written)
    rows = [
        (f"comments feed of {2000 // scale} to tasks", *_cells(fed, alone), "parsing it"),
        (f"links of {len(theirs)} posts against {len(written)}", *_cells(matched, apart),
         "urlsplit of each"),
        ("one more post of somebody's", *_cells(another), ""),
        ("one more of the writer's", *_cells(own_one), ""),
    ]  # fmt: skip
    print(table("Responses", ("what", "wall ms", "CPU ms", "ratio", "peer"), rows))


def _cells(cost: Cost, peer: Cost | None = None) -> tuple[str, str, str]:
    compared = ratio(cost.cpu, peer.cpu) if peer else ""
    return f"{cost.wall * 1000:.1f}", f"{cost.cpu * 1000:.1f}", compared


if __name__ == "__main__":
    main()

"""Looking for feeds on the sites of people who have none: only when the writer asks.

A few sites at a time, one request at a time to each. What is found is written as it comes, and
which sites were looked at is remembered, so that it can be stopped and goes on where it was.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engage.domain.addresses import normalise
from engage.domain.changes import Change
from engage.domain.posts import FetchState
from engage.domain.records import Person
from engage.errors import Ambiguous, EngageError
from engage.feeds.discover import Found, discover
from engage.feeds.platforms import derive_feed_url, profile_only
from engage.feeds.schedule import left_alone
from engage.feeds.scope import scope_of
from engage.feeds.workers import Workers
from engage.services import asking
from engage.services.adding import Adding
from engage.services.desk import DEMO_NOTE, Desk
from engage.services.names import find_person
from engage.services.outcomes import AddedFeed, Progress, Refusal, Sought
from engage.text import safe_url
from engage.web.client import Client

#: Sites looked at in the same moment.
AT_ONCE = 4
#: A site without a feed is not looked at again for so long, unless its person is named.
AGAIN = timedelta(days=30)
#: Sites of one person that are looked at.
SITES = 3
#: Feeds found before they are written.
BATCH = 10


async def seek(
    desk: Desk,
    names: Sequence[str] = (),
    *,
    guess: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Sought:
    """Look on the sites of everybody without a feed, or of the people named, and follow what is
    found. ``guess``: also try the usual places. What was found is kept when this is cancelled."""
    if desk.offline:
        return Sought((), (), (Refusal("", DEMO_NOTE),), 0, 0)
    people, refused = _people(desk, names)
    looked = {} if names else _looked_at(desk)
    sites = [(person, [s for s in sites_of(person) if s not in looked]) for person in people]
    waiting = [(person, found) for person, found in sites if found]
    refused += [
        Refusal(person.name, f"{person.name} has no site to look at; give one with `engage add`.")
        for person in people
        if names and not sites_of(person)
    ]
    run = _Run(desk, len(waiting), progress, guess=guess)
    try:
        await run.all(waiting)
    finally:
        run.flush()
    return Sought(
        added=tuple(run.added),
        without=tuple(run.without),
        refused=tuple(refused),
        asked=run.done,
        skipped=sum(not found and bool(sites_of(person)) for person, found in sites),
        change=run.change,
    )


def sites_of(person: Person) -> tuple[str, ...]:
    """The addresses of somebody's own at which a feed may be: no profiles of networks that have
    none, or whose feed follows from a rule."""
    urls = (url for profile in person.profiles if (url := safe_url(profile)))
    own = (url for url in urls if not (profile_only(url) or derive_feed_url(url)))
    return tuple({normalise(url): url for url in own}.values())[:SITES]


def _people(desk: Desk, names: Sequence[str]) -> tuple[list[Person], list[Refusal]]:
    """Whom to look for: the people named, else everybody without a feed who is not left alone."""
    world = desk.world()
    if not names:
        have = {feed.person for feed in world.feeds.values()}
        left = {id for id, standing in desk.standings().items() if standing.left}
        return [person for person in world.people.values() if person.id not in have | left], []
    people: dict[str, Person] = {}
    refused: list[Refusal] = []
    for name in names:
        try:
            person = find_person(desk, name)
        except EngageError as error:
            candidates = error.candidates if isinstance(error, Ambiguous) else ()
            refused.append(Refusal(name, str(error), candidates))
        else:
            people[person.id] = person
    return list(people.values()), refused


def _looked_at(desk: Desk) -> set[str]:
    """The sites that need not be looked at again yet, or asked to be left alone."""
    states, now = desk.store.fetch_states(), desk.now()
    alone = left_alone(states.values(), now)
    recent = {
        state.url
        for id, state in states.items()
        if id.startswith(_MARK) and state.last_fetch and now - state.last_fetch < AGAIN
    }
    people = desk.world().people.values()
    return recent | {s for each in people for s in sites_of(each) if scope_of(s) in alone}


#: Before the site, in place of the id of a feed, where the cache remembers a site looked at.
_MARK = "site:"


@dataclass
class _Run:
    """What has been looked at so far, and what of it is written."""

    desk: Desk
    due: int
    progress: Callable[[Progress], None]
    guess: bool
    added: list[AddedFeed] = field(default_factory=list)
    without: list[Refusal] = field(default_factory=list)
    change: Change | None = None
    done: int = 0
    _alone: dict[str, datetime] = field(default_factory=dict)
    _found: list[tuple[Person, Found]] = field(default_factory=list)
    _marks: list[FetchState] = field(default_factory=list)

    async def all(self, waiting: Sequence[tuple[Person, Sequence[str]]]) -> None:
        """Look at all of them, a few at a time."""
        if not waiting:
            return
        self._alone = asking.left_alone_now(self.desk)
        client = Client()
        turns: Iterator[tuple[Person, Sequence[str]]] = iter(waiting)
        async with Workers() as workers:

            async def work() -> None:
                for person, sites in turns:  # shared: each takes the next that nobody has
                    await self._look(person, sites, client, workers)

            async with asyncio.TaskGroup() as group:
                for _ in range(min(AT_ONCE, len(waiting))):
                    group.create_task(work())

    async def _look(
        self, person: Person, sites: Sequence[str], client: Client, workers: Workers
    ) -> None:
        clock = self.desk.clock
        sentence = ""
        for site in sites:
            try:
                found = await discover(
                    site,
                    clock,
                    guess=self.guess,
                    left_alone=self._alone,
                    client=client,
                    workers=workers,
                )
            except EngageError as error:
                sentence = str(error)
            else:
                if isinstance(found, Found):
                    self._found.append((person, found))
                    sentence = ""
            self._marks.append(
                FetchState(f"{_MARK}{site}", site, last_fetch=clock.now(), message=sentence)
            )
            if not sentence:
                break
        if sentence:
            self.without.append(Refusal(person.name, f"{person.name}: {sentence}"))
        self.done += 1
        self.progress(Progress(self.done, self.due, person.name))
        if len(self._found) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what was found since the last time."""
        found, marks = self._found, self._marks
        self._found, self._marks = [], []
        if found:
            adding = Adding(self.desk, "theirs", None, None)
            for person, each in found:
                if person.id in adding.world.people:  # and was not forgotten in the meantime
                    adding.add_feed(each, person)
            self.change = adding.commit() or self.change
            self.added += adding.added
            self.added += adding.known
        if marks:
            self.desk.store.save_fetch_states(marks)

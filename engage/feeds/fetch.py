"""Asking the feeds that are due and reading what is new. One feed never delays or harms another."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from engage.clock import Clock
from engage.domain.feed_health import SUCCESSOR
from engage.domain.posts import FeedDocument, FetchState
from engage.domain.records import Role
from engage.errors import EngageError
from engage.feeds import errors, schedule
from engage.feeds.moves import has_moved
from engage.feeds.schedule import Response
from engage.feeds.scope import scope_of
from engage.feeds.workers import Workers
from engage.text import clip, one_line
from engage.web.addresses import host_of, is_private_host
from engage.web.client import Answer, Client, Validators
from engage.web.errors import WebError, refusal

#: What a feed may be served as, the likeliest first.
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)

#: Feeds on their way from the first byte asked for to the last one parsed: enough for all hosts
#: that are asked at once and a few bodies waiting for a worker.
ON_THEIR_WAY = 12

#: Hosts of one platform (see `scope`), or of one machine, asked at the same moment.
HOSTS_OF_A_PLATFORM = HOSTS_OF_A_MACHINE = 2

MESSAGE_LIMIT = 400

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A feed to ask: its id, address, role, what polling remembers of it, the one host that may
    be private, and the publication dates of its recent posts."""

    feed: str
    url: str
    role: Role
    state: FetchState | None
    private_host: str | None
    published: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of a job. ``outcome`` "new": a document was parsed; "same": nothing changed.
    ``moved_to``: the feed's new address, once a permanent redirect is to be believed."""

    feed: str
    state: FetchState
    outcome: Literal["new", "same", "failed", "gone"]
    document: FeedDocument | None = None
    moved_to: str | None = None


async def fetch_feeds(
    jobs: Sequence[Job],
    clock: Clock,
    on_fetched: Callable[[Fetched], None],
    *,
    on_asking: Callable[[str], None] = lambda _: None,
    left_alone: Mapping[str, datetime] | None = None,
    client: Client | None = None,
    workers: Workers | None = None,
) -> None:
    """Ask each feed and report it as it arrives, on the event loop. What ``on_fetched`` raises
    ends the asking and is raised.

    ``on_asking`` is told each feed's id as its turn begins. ``left_alone``: see
    `schedule.left_alone`. Cancelling ends the workers at once; ``workers`` that are given are
    their owner's to end.
    """
    async with nullcontext(workers) if workers else Workers() as parsers:
        alone = dict(left_alone or {})
        refresh = _Refresh(clock, on_asking, on_fetched, client or Client(), parsers, alone)
        hosts: defaultdict[str, list[Job]] = defaultdict(list)
        for job in jobs:
            hosts[host_of(job.url)].append(job)
        await parsers.expect(sum(_is_new(job.state) for job in jobs))
        try:
            async with asyncio.TaskGroup() as group:
                for host, waiting in hosts.items():
                    group.create_task(refresh.ask_host(host, waiting))
        except BaseExceptionGroup as group_of:
            raise _first(
                group_of
            ) from group_of  # what ``on_fetched`` raised, as the caller knows it
        refresh.report_offline()


class _Refresh:
    def __init__(
        self,
        clock: Clock,
        on_asking: Callable[[str], None],
        on_fetched: Callable[[Fetched], None],
        client: Client,
        workers: Workers,
        left_alone: dict[str, datetime],
    ) -> None:
        self._clock = clock
        self._on_asking = on_asking
        self._on_fetched = on_fetched
        self._client = client
        self._workers = workers
        self._left_alone = left_alone
        self._room = asyncio.Semaphore(ON_THEIR_WAY)
        self._platforms = defaultdict[str, asyncio.Semaphore](
            lambda: asyncio.Semaphore(HOSTS_OF_A_PLATFORM)
        )
        self._machines = defaultdict[str, asyncio.Semaphore](
            lambda: asyncio.Semaphore(HOSTS_OF_A_MACHINE)
        )
        self._online = False
        self._offline: list[tuple[Job, Response]] = []

    async def ask_host(self, host: str, jobs: Sequence[Job]) -> None:
        """Ask the feeds of one host, one after the other; parsing holds none of them up."""
        machine = await self._client.machine_of(jobs[0].url)
        async with asyncio.TaskGroup() as group:
            for job in jobs:
                async with self._platforms[scope_of(job.url)], self._machines[machine]:
                    # Only then take a place: feeds of a host that rests must not fill them all.
                    await self._client.politeness.rested(host)
                    await self._room.acquire()
                    asked = asyncio.Event()
                    group.create_task(self._run(job, asked))
                    await asked.wait()

    async def _run(self, job: Job, asked: asyncio.Event) -> None:
        try:
            self._on_asking(job.feed)
            fetched = await self._fetched(job, asked)
        finally:
            asked.set()
            self._room.release()
        if fetched is not None:
            self._on_fetched(fetched)

    async def _fetched(self, job: Job, asked: asyncio.Event) -> Fetched | None:
        state = job.state or FetchState(feed=job.feed, url=job.url)
        for scope in dict.fromkeys(
            (scope_of(job.url), scope_of(state.url))
        ):  # also where redirects lead
            until = self._left_alone.get(scope)
            if until is not None and until > self._clock.now():
                return _waiting(scope, state, until)
        try:
            began = time.monotonic()
            answer = await self._client.get(
                job.url,
                accept=ACCEPT,
                private_host=job.private_host,
                validators=Validators(state.url, state.etag, state.last_modified),
            )
            asked.set()
            self._online |= not is_private_host(host_of(answer.url))
            return await self._read(job, state, answer, time.monotonic() - began)
        except WebError as error:
            response = Response(job.url, sentence=_message(error), offline=error.offline)
            if error.offline:
                self._offline.append((job, response))
                return None
            return self._failed(job, state, response)
        except Exception:  # noqa: BLE001 - whatever it is, the other feeds go on
            _log.exception("asking %s", host_of(job.url))
            sentence = f"{host_of(job.url)} sent something engage did not expect; see the log."
            return self._failed(job, state, Response(job.url, sentence=sentence))

    async def _read(self, job: Job, state: FetchState, answer: Answer, took: float) -> Fetched:
        response = Response(
            url=answer.url,
            status=answer.status,
            headers=answer.headers,
            permanent=answer.permanent,
        )
        if answer.status == 304:
            return self._same(job, state, response)
        if not 200 <= answer.status < 300:
            host = host_of(answer.url)
            error = refusal(host, answer.status, challenge=answer.challenge, said=answer.said)
            offer = SUCCESSOR if answer.status in (404, 410) else ""
            sentence = clip(_message(error), MESSAGE_LIMIT - len(offer)) + offer
            return self._failed(job, state, replace(response, sentence=sentence))
        response = replace(response, body_hash=hashlib.sha256(answer.body).hexdigest())
        if response.body_hash == state.body_hash and answer.url == state.url:
            return self._same(job, state, response)
        try:
            document = await self._workers.parse(
                answer.body,
                answer.headers.get("content-type", ""),
                answer.url,
                self._clock.now(),
                job.role,
                spent=took,
            )
        except EngageError as error:
            return self._failed(job, state, replace(response, sentence=_message(error)))
        after = self._after(job, state, response, document)
        return Fetched(job.feed, after, "new", document, self._moved(after))

    def _after(
        self, job: Job, state: FetchState, response: Response, document: FeedDocument | None = None
    ) -> FetchState:
        now = self._clock.now()
        return schedule.after(state, response, document, job.published, job.role, now)

    def _same(self, job: Job, state: FetchState, response: Response) -> Fetched:
        after = self._after(job, state, response)
        return Fetched(job.feed, after, "same", moved_to=self._moved(after))

    def _failed(self, job: Job, state: FetchState, response: Response) -> Fetched:
        after = self._after(job, state, response)
        if after.wait_until and after.wait_until != state.wait_until:
            self._left_alone[scope_of(response.url)] = after.wait_until
        return Fetched(job.feed, after, "gone" if after.gone else "failed")

    def _moved(self, state: FetchState) -> str | None:
        return has_moved(state, self._clock.now())

    def report_offline(self) -> None:
        """Report the feeds that no request left this machine for. Where another one was reached
        meanwhile, the name or the way is broken, not the network, and it counts."""
        for job, response in self._offline:
            state = job.state or FetchState(feed=job.feed, url=job.url)
            known = replace(response, offline=not self._online)
            self._on_fetched(self._failed(job, state, known))


def _is_new(state: FetchState | None) -> bool:
    """Whether a feed has never been asked, so that its answer will have to be parsed."""
    return state is None or (state.last_fetch is None and not (state.etag or state.body_hash))


def _waiting(scope: str, state: FetchState, until: datetime) -> Fetched:
    sentence = str(errors.left_alone(scope, until))
    return Fetched(state.feed, schedule.after_waiting(state, until, sentence), "failed")


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    inner = group.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner


def _message(error: EngageError) -> str:
    return clip(one_line(str(error)), MESSAGE_LIMIT)

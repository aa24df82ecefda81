"""From what the writer typed to a feed: one request where it is a feed, two where it is a page."""

from __future__ import annotations

import hashlib
import re
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin

from engage.clock import Clock
from engage.domain.posts import FeedDocument, FetchState
from engage.domain.records import Role
from engage.errors import EngageError
from engage.feeds import errors, schedule
from engage.feeds.fetch import ACCEPT
from engage.feeds.headers import retry_after
from engage.feeds.page import Page
from engage.feeds.platforms import ProfileOnly, derive_feed_url, full_address, profile_only
from engage.feeds.schedule import Response
from engage.feeds.scope import scope_of
from engage.feeds.workers import Workers
from engage.text import clip, one_line
from engage.web.addresses import holds_password, host_of
from engage.web.client import Answer, Client
from engage.web.errors import password, refusal

__all__ = ["Found", "ProfileOnly", "discover"]

#: Where feeds usually are, the likeliest first; asked for only on request.
USUAL_PATHS = (
    "/feed", "/rss", "/atom.xml", "/feed.xml", "/rss.xml", "/index.xml", "/feed.json",
)  # fmt: skip

#: Feeds that a page names and that are looked at until one proves to be a feed.
CANDIDATES = 3

#: After these answers nothing more is asked of a site.
_UNWELCOME = (403, 429, 503)

#: The password in what looks like ``name:password@host``.
_SECRET = re.compile(r"(?<=:)[^\s/:@]+(?=@)")

_PAGES = "text/html;q=0.9, application/xhtml+xml;q=0.9"


@dataclass(frozen=True, slots=True)
class Found:
    """A feed: its address, what it holds now, what polling is to remember (``state.feed`` is still
    to be set), the address of its site, and the address first typed."""

    url: str
    document: FeedDocument
    state: FetchState
    site: str | None
    typed: str


async def discover(
    target: str,
    clock: Clock,
    *,
    guess: bool = False,
    role: Role = "theirs",
    private_host: str | None = None,
    other_than: str | None = None,
    left_alone: dict[str, datetime] | None = None,
    client: Client | None = None,
    workers: Workers | None = None,
) -> Found | ProfileOnly:
    """The feed that an address or handle leads to, or the profile it is.

    ``guess``: try the usual paths where a page names no feed. ``private_host``: the host that may
    be private, where the target was not typed by the writer. ``other_than``: the address of a feed
    that is not the one looked for. ``left_alone``: see `schedule.left_alone`; what a
    server asks for now is added. Raises EngageError with one sentence that names the target.
    """
    if (profile := profile_only(target)) is not None:
        return profile
    url = derive_feed_url(target)
    typed = full_address(target) or url
    shown = clip(_SECRET.sub("…", one_line(target)), 200)
    if typed is None:
        raise EngageError(
            f"{shown or 'Nothing'} is no address; give a feed, a site such as mara.example, "
            "or a handle such as @mara."
        )
    if holds_password(target):
        raise password(host_of(url or typed))
    async with nullcontext(workers) if workers else Workers() as parsers:
        private = host_of(typed) if private_host is None else private_host
        asked = client or Client()
        alone = {} if left_alone is None else left_alone
        search = _Search(clock, role, asked, parsers, typed, private, other_than, alone)
        try:
            return await search.run(url or typed, guess=guess)
        except EngageError as error:
            if shown in str(error):
                raise
            raise EngageError(f"{shown}: {error}") from error


@dataclass(frozen=True, slots=True)
class _Search:
    """One search: what `discover` was given."""

    clock: Clock
    role: Role
    client: Client
    workers: Workers
    typed: str
    private_host: str
    not_this: str | None
    left_alone: dict[str, datetime]

    async def run(self, url: str, *, guess: bool) -> Found:
        found, page, answer = await self._look(url)
        if found is not None:
            return found
        named = [feed for feed in page.feeds if feed != self.not_this][:CANDIDATES]
        for feed in named:
            try:
                found, _, _ = await self._look(feed, site=answer.url)
            except EngageError as error:
                if feed == named[-1] or getattr(error, "answered", None) in _UNWELCOME:
                    raise
                continue
            if found is not None:
                return found
        if named:
            raise EngageError(
                f"{host_of(url)} names {named[-1]} as its feed, but that is a web page; "
                "give the address of the feed itself."
            )
        if guess:
            return await self._guess(answer.url)
        raise EngageError(
            f"{host_of(url)} names no feed on that page; give the feed's own address, or let "
            "engage try the usual ones with --guess."
        )

    async def _look(self, url: str, site: str | None = None) -> tuple[Found | None, Page, Answer]:
        """What one request brings: a feed, or a page."""
        scope = scope_of(url)
        if (until := self.left_alone.get(scope)) is not None and until > self.clock.now():
            raise errors.left_alone(scope, until)
        answer = await self.client.get(
            url, accept=f"{ACCEPT}, {_PAGES}", private_host=self.private_host
        )
        if not 200 <= answer.status < 300:
            self._heed(answer)
            raise refusal(
                host_of(answer.url), answer.status, challenge=answer.challenge, said=answer.said
            )
        content_type = answer.headers.get("content-type", "")
        now = self.clock.now()
        seen = await self.workers.look(answer.body, content_type, answer.url, now, self.role)
        if isinstance(seen, Page):
            return None, seen, answer
        response = Response(
            url=answer.url,
            status=answer.status,
            headers=answer.headers,
            body_hash=hashlib.sha256(answer.body).hexdigest(),
            permanent=answer.permanent,
        )
        state = schedule.after(
            FetchState(feed=self.typed, url=url), response, seen, (), self.role, now
        )
        return Found(url, seen, state, seen.site or site, self.typed), Page(), answer

    def _heed(self, answer: Answer) -> None:
        """Remember who wants to be left alone; a 429 without a hint means an hour."""
        now = self.clock.now()
        wait = retry_after(answer.headers, now) if answer.status in (429, 503) else None
        if wait is None and answer.status == 429:
            wait = timedelta(hours=1)
        if wait:
            self.left_alone[scope_of(answer.url)] = now + wait

    async def _guess(self, page: str) -> Found:
        for path in USUAL_PATHS:
            try:
                found, _, _ = await self._look(urljoin(page, path), site=page)
            except EngageError as error:
                if getattr(error, "answered", None) in _UNWELCOME:
                    raise
                continue
            if found is not None:
                return found
        raise EngageError(
            f"{host_of(page)} has no feed in any of the usual places; look on the site for a link "
            "called RSS, Atom or feed."
        )

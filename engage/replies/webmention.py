"""Sending webmentions: previewed, sent on request, the server's answer kept in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engage.domain.addresses import normalise
from engage.errors import EngageError
from engage.replies.endpoints import PageLinks, endpoint_in_header, page_links
from engage.text import safe_url
from engage.web.addresses import host_of
from engage.web.client import Answer, Client
from engage.web.errors import refusal

_HTML = "text/html, application/xhtml+xml;q=0.9"


@dataclass(frozen=True, slots=True)
class Sending:
    """What would be sent: ``source`` and ``target``, as a form, to ``endpoint``."""

    source: str
    target: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The server's answer: its status, a sentence, and where it tells more."""

    status: int
    sentence: str
    place: str | None = None

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300


class Sender:
    """Prepares and sends webmentions. ``typed``: the addresses that the writer typed, whose hosts
    alone may be private."""

    def __init__(self, typed: Iterable[str], client: Client | None = None) -> None:
        self._typed = frozenset(host_of(address) for address in typed)
        self._client = client or Client()

    async def targets(self, source: str) -> PageLinks:
        """What the source page links to. Raises EngageError where it cannot be read."""
        return (await self._page(source))[0]

    async def prepare(self, source: str, target: str) -> Sending:
        """Find the target's endpoint, and see that the source links to it. Raises EngageError."""
        found = await self.targets(source)
        wanted = normalise(target)
        if wanted not in map(normalise, (*found.links, *found.answers)):
            raise EngageError(
                f"{source} does not link to {target}, so its receiver would refuse the mention."
            )
        page, answer = await self._page(target)
        endpoint = endpoint_in_header(answer.headers.get("link", ""), answer.url) or page.endpoint
        if endpoint is None:
            raise EngageError(
                f"{host_of(target)} takes no webmentions: {target} names no endpoint."
            )
        return Sending(source, target, endpoint)

    async def send(self, sending: Sending) -> Sent:
        """Send it once. Raises EngageError where no server answered."""
        answer = await self._client.post(
            sending.endpoint,
            {"source": sending.source, "target": sending.target},
            private_host=self._private(sending.endpoint),
        )
        place = safe_url(answer.headers.get("location", ""))
        return Sent(answer.status, _sentence(answer, host_of(sending.endpoint), place), place)

    async def _page(self, url: str) -> tuple[PageLinks, Answer]:
        answer = await self._client.get(url, accept=_HTML, private_host=self._private(url))
        if not 200 <= answer.status < 300:
            raise refusal(host_of(answer.url), answer.status, challenge=answer.challenge)
        kind = answer.headers.get("content-type", "text/html").lower()
        html = answer.body.decode(_charset(kind), "replace") if "html" in kind else ""
        return page_links(html, answer.url), answer

    def _private(self, url: str) -> str | None:
        host = host_of(url)
        return host if host in self._typed else None


def _charset(content_type: str) -> str:
    name = content_type.partition("charset=")[2].partition(";")[0].strip(" \"'") or "utf-8"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return name


def _sentence(answer: Answer, host: str, place: str | None) -> str:
    """What a status means; only what is said, never that anybody has seen it."""
    status = answer.status
    if status == 201:
        where = f"; it tells more at {place}" if place else ""
        return f"{host} has taken it in and will look at it{where} (status 201)."
    if status == 202:
        return f"{host} has taken it in and will look at it later (status 202)."
    if 200 <= status < 300:
        return f"{host} has taken it (status {status})."
    if 300 <= status < 400:
        return (
            f"{host} points elsewhere instead of taking it (status {status}); nothing was sent on."
        )
    if status == 400:
        return f"{host} refused it: it found no link, or takes none for that page (status 400)."
    return str(refusal(host, status, challenge=answer.challenge))

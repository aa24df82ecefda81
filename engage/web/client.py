"""The checked HTTP client: every address is checked where the socket is made, so that nothing a
server or a feed says can lead to a private machine (compare CWE-918)."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from engage import HOME_URL, __version__
from engage.web import errors
from engage.web.addresses import host_of, is_private_host, is_public, on_the_wire
from engage.web.causes import ForbiddenAddress, explained
from engage.web.inflate import Body
from engage.web.politeness import Politeness, shared
from engage.web.said import explains, first_words

if TYPE_CHECKING:
    import aiohttp

    from engage.web.resolver import Resolver

USER_AGENT = f"engage/{__version__} (+{HOME_URL})"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a server gets: seconds in all (waiting for turns not counted), seconds to connect,
    bytes of body after inflating, redirects followed."""

    seconds: float = 30.0
    connect_seconds: float = 10.0
    body: int = 10 * 1024 * 1024
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. ``url``: where the last redirect led. ``permanent``: where the permanent
    redirects at the beginning of the chain led, or None. ``headers``: names in lower case, values
    verbatim, the first of repeated ones, of ``link`` all of them. ``body`` is empty unless the
    status is a success; ``said``: the first words of a refusal."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    permanent: str | None = None
    said: str = ""

    @property
    def challenge(self) -> bool:
        """Whether Cloudflare wants to see a browser."""
        return self.headers.get("cf-mitigated", "").strip().lower() == "challenge"


@dataclass(frozen=True, slots=True)
class Validators:
    """ETag and Last-Modified as a server sent them, and the address that sent them."""

    url: str
    etag: str | None = None
    last_modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        pair = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pair.items() if value}


class Client:
    """Makes requests, politely. One for a refresh, or for one answer; it holds no connections."""

    def __init__(self, limits: Limits | None = None, politeness: Politeness | None = None) -> None:
        self.limits = limits or Limits()
        self.politeness = politeness or shared()

    async def get(
        self,
        url: str,
        *,
        accept: str = "*/*",
        private_host: str | None = None,
        validators: Validators | None = None,
    ) -> Answer:
        """GET an address, following redirects by hand.

        ``private_host``: the one host that may be private, because the writer typed it.
        ``validators`` are sent to the very address that they came from and to no other.
        Any status but a redirect is an answer; raises WebError where there is none.
        """
        url = on_the_wire(url)
        permanent: str | None = None
        straight = True
        left = self.limits.seconds
        for _ in range(self.limits.redirects + 1):
            headers = {"Accept": accept}
            if validators and validators.url == url:
                headers |= validators.headers
            answer, took = await self._hop("GET", url, headers, private_host, left)
            location = answer.headers.get("location", "").strip()
            if answer.status not in _REDIRECTS or not location:
                return replace(answer, permanent=permanent)
            left -= took
            url = _target(url, location)
            straight = straight and answer.status in _PERMANENT
            if straight:
                permanent = url
        raise errors.too_many_redirects(host_of(url), self.limits.redirects)

    async def post(
        self, url: str, fields: Mapping[str, str], *, private_host: str | None = None
    ) -> Answer:
        """POST a form; a redirect is an answer like any other. Raises WebError."""
        url = on_the_wire(url)
        answer, _ = await self._hop(
            "POST", url, {"Accept": "*/*"}, private_host, self.limits.seconds, dict(fields)
        )
        return answer

    async def _hop(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        private_host: str | None,
        seconds: float,
        fields: dict[str, str] | None = None,
    ) -> tuple[Answer, float]:
        """One request and the seconds it took. The address is checked anew each time."""
        from yarl import URL

        from engage.web.http_library import aiohttp

        host = host_of(url)
        free = bool(private_host) and host == _bare(private_host)
        proxy = self._proxy(url, host)
        if not free and is_private_host(host):
            raise errors.private(host, host)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=self.limits.connect_seconds)
        connector = aiohttp.TCPConnector(
            ssl=self._ssl if "https:" in (url[:6], (proxy or "")[:6]) else True,
            resolver=self._resolver,
            use_dns_cache=False,
            force_close=True,
            socket_factory=_any_socket if free or proxy else _public_socket,
        )
        try:
            async with self.politeness.turn(host):
                began = time.monotonic()
                async with (
                    asyncio.timeout(max(seconds, 0.01)),
                    _session(connector, timeout) as session,
                    session.request(
                        method,
                        URL(url, encoded=True),
                        headers={
                            "User-Agent": USER_AGENT,
                            "Accept-Encoding": "gzip",
                            **headers,
                        },
                        data=fields,
                        allow_redirects=False,
                        proxy=proxy,
                    ) as response,
                ):
                    answer = await self._read(url, host, response)
                return answer, time.monotonic() - began
        except ForbiddenAddress as cause:
            raise errors.private(host, cause.address) from cause
        except TimeoutError as cause:
            raise errors.too_slow(host, self.limits.seconds) from cause
        except (aiohttp.ClientError, OSError, ValueError) as cause:
            raise explained(cause, host) from cause

    async def _read(self, url: str, host: str, response: aiohttp.ClientResponse) -> Answer:
        headers: dict[str, str] = {}
        for raw_name, raw_value in response.raw_headers:
            name, value = _text(raw_name).lower(), _text(raw_value)
            if name == "link" and name in headers:  # one list in several fields (RFC 9110 5.3)
                value = f"{headers.pop(name)}, {value}"
            headers.setdefault(name, value)
        if not 200 <= response.status < 300:
            said = await first_words(response) if explains(response.status) else ""
            return Answer(url, response.status, headers, said=said)
        body = Body(host, headers.get("content-encoding", ""), self.limits.body)
        async for chunk in response.content.iter_any():
            body.add(chunk)
        return Answer(url, response.status, headers, body.whole())

    async def machine_of(self, url: str) -> str:
        """What answers for an address: the numeric address that its host's name leads to, else
        the host. Nothing is sent to it."""
        host = host_of(url)
        if not any(character.isalpha() for character in host) or ":" in host:
            return host  # a number itself
        if self._proxy(url, host):
            return host
        return await self._resolver.ahead(host) or host

    @cached_property
    def _resolver(self) -> Resolver:
        from engage.web.resolver import Resolver

        return Resolver()

    @cached_property
    def _ssl(self) -> ssl.SSLContext:
        # aiohttp's own was made without certificates (see `library`).
        return ssl.create_default_context()

    def _proxy(self, url: str, host: str) -> str | None:
        """The proxy that the environment names for an address, as everywhere."""
        from urllib.request import proxy_bypass

        proxy = self._proxies.get(url.partition(":")[0])
        if not proxy or proxy_bypass(host):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"

    @cached_property
    def _proxies(self) -> dict[str, str]:
        from urllib.request import getproxies

        return getproxies()


def _session(
    connector: aiohttp.TCPConnector, timeout: aiohttp.ClientTimeout
) -> aiohttp.ClientSession:
    from engage.web.http_library import aiohttp

    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        timeout=timeout,
        max_line_size=4 * 8190,
        max_field_size=4 * 8190,
    )
    # aiohttp (3.14) asks a server that hung up a second time at once, also on a fresh connection.
    session._retry_connection = False
    return session


def _public_socket(info: Any) -> socket.socket:
    family, kind, protocol, _, address = info
    if not is_public(address[0]):
        raise ForbiddenAddress(address[0])
    return socket.socket(family, kind, protocol)


def _any_socket(info: Any) -> socket.socket:
    family, kind, protocol, _, _ = info
    return socket.socket(family, kind, protocol)


def _target(here: str, location: str) -> str:
    try:
        return on_the_wire(urljoin(here, location))
    except (ValueError, errors.WebError) as cause:
        raise errors.bad_redirect(host_of(here)) from cause


def _bare(host: str | None) -> str:
    return (host or "").lower().strip("[]").rstrip(".")


def _text(value: bytes) -> str:
    """A header as text that goes back as the same bytes; what is no UTF-8 is read as Latin-1."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")

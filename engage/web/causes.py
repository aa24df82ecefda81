"""From what the machine raised to the sentence the writer reads."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

from engage.web import errors
from engage.web.errors import WebError

_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.ENONET, errno.EADDRNOTAVAIL})
_BROKEN = frozenset({errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED})
#: An address of the documentation range (RFC 5737): nobody lives there.
_SOMEWHERE = ("192.0.2.1", 9)


class ForbiddenAddress(OSError):
    """The socket for a private address was not made."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def explained(cause: BaseException, host: str) -> WebError:
    """The error to show for an exception of the HTTP client or the system."""
    import aiohttp

    chain = list(_chain(cause))
    for error in chain:
        if isinstance(error, ForbiddenAddress):
            return errors.private(host, error.address)
        if isinstance(error, ssl.SSLCertVerificationError):
            # aiohttp's own exception is one of these too, without the reason.
            reasons = (getattr(one, "verify_message", "") for one in chain)
            return errors.insecure(host, next(filter(None, reasons), "certificate not trusted"))
        if isinstance(error, ssl.SSLError):
            return errors.insecure(host, "no common way to encrypt")
        if isinstance(error, socket.gaierror):
            return _unresolved(error, host)
    if isinstance(cause, aiohttp.ClientPayloadError | aiohttp.ServerDisconnectedError):
        return errors.broken_off(host)
    if isinstance(cause, aiohttp.ClientResponseError | ValueError):
        return errors.bad_answer(host)
    numbers = {error.errno for error in chain if isinstance(error, OSError)}
    if numbers & _NO_ROUTE:
        return errors.no_network(host) if not has_route() else errors.unreachable(host)
    if errno.ECONNREFUSED in numbers:
        return errors.refused(host)
    if numbers & _BROKEN:
        return errors.broken_off(host)
    return errors.unreachable(host)


def _unresolved(error: socket.gaierror, host: str) -> WebError:
    if error.errno == socket.EAI_AGAIN or not has_route():
        return errors.no_network(host)
    return errors.not_found(host)


def has_route() -> bool:
    """Whether this machine has a way to the internet; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_SOMEWHERE)
        except OSError:
            return False
    return True


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        inner = getattr(error, "os_error", None)
        error = inner or error.__cause__ or error.__context__

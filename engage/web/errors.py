"""What can go wrong on the web, each as one sentence with the host and the remedy."""

from __future__ import annotations

from engage.errors import EngageError


class WebError(EngageError):
    """A request failed.

    ``offline``: no request reached anybody, so the host is not to blame. ``answered``: the status
    the server sent, if it sent one.
    """

    def __init__(
        self, sentence: str, *, offline: bool = False, answered: int | None = None
    ) -> None:
        super().__init__(sentence)
        self.offline = offline
        self.answered = answered


def not_found(host: str) -> WebError:
    return WebError(f"There is no host called {host}; check the address for a slip of the pen.")


def no_network(host: str) -> WebError:
    return WebError(
        f"{host} could not be reached: this machine seems to be offline; try again once it is not.",
        offline=True,
    )


def refused(host: str) -> WebError:
    return WebError(f"{host} refused the connection; its server may be down, so try again later.")


def unreachable(host: str) -> WebError:
    return WebError(f"{host} could not be reached; try again later or check the address.")


def insecure(host: str, why: str) -> WebError:
    return WebError(
        f"{host} could not prove who it is ({why}); tell its owner that the certificate is wrong."
    )


def too_slow(host: str, seconds: float) -> WebError:
    return WebError(f"{host} took longer than {seconds:.0f} seconds to answer; try again later.")


def too_big(host: str, limit: int) -> WebError:
    return WebError(
        f"{host} sent more than {limit / 1024 / 1024:.0f} MiB, which is too much for one page or "
        "feed; look for a smaller one there."
    )


def broken_off(host: str) -> WebError:
    return WebError(f"{host} broke off in the middle of its answer; try again later.")


def bad_encoding(host: str, encoding: str) -> WebError:
    return WebError(
        f"{host} packed its answer as {encoding}, which engage does not unpack; "
        "tell its owner that plain or gzip would do."
    )


def bad_gzip(host: str) -> WebError:
    return WebError(f"{host} sent a damaged gzip answer; try again later or tell its owner.")


def bad_answer(host: str) -> WebError:
    return WebError(f"{host} did not answer as a web server does; check the address and the port.")


def bad_address(url: str) -> WebError:
    return WebError(f"{url} is no web address; one begins with https:// and names a host.")


def password(host: str) -> WebError:
    return WebError(
        f"The address at {host} holds a name or a password, which engage neither keeps nor sends; "
        "look for an address there that works without."
    )


def private(host: str, address: str) -> WebError:
    where = f"the private address {address}" if address != host else "a private address"
    return WebError(
        f"{host} leads to {where}, where engage only goes if you type that very address yourself."
    )


def too_many_redirects(host: str, limit: int) -> WebError:
    return WebError(
        f"{host} redirected more than {limit} times; open the address in a browser and follow "
        "the one it ends at."
    )


def bad_redirect(host: str) -> WebError:
    return WebError(f"{host} redirects to something that is no web address; tell its owner.")


_PHRASES = {
    400: "did not understand the request",
    401: "wants a password; look for a public address",
    402: "wants to be paid first; look for a public address",
    403: "does not let engage in; look for another address or write to its owner",
    404: "has nothing at this address; look for its new place on the site",
    410: "says that this address is gone for good; look for its new place on the site",
    429: "was asked too often and wants to be left alone for a while; engage waits",
    451: "may not show this for legal reasons; look for another address",
}


def refusal(host: str, status: int, *, challenge: bool = False, said: str = "") -> WebError:
    """The sentence for a status that is no success. ``challenge``: a test for being human;
    ``said``: the server's own words."""
    if challenge:
        says = "is guarded by Cloudflare, which lets only browsers in; write to the site's owner"
    elif status in _PHRASES:
        says = _PHRASES[status]
    elif status >= 500:
        says = "has trouble of its own; try again later"
    else:
        says = "answered in a way that helps nobody; check the address"
    words = f' It says: "{said}"' if said and not challenge else ""
    return WebError(f"{host} {says} (status {status}).{words}", answered=status)

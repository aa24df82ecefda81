"""Which addresses a request may be made to, and how they are written on the wire."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urlsplit, urlunsplit

from engage.web import errors

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_PASSWORD = re.compile(r"\s*(?:[\w+.-]+:)*//[^/?#]*@")
#: Every character that may stand in a URL as it is; a percent sign is taken as already meant.
_KEPT = "!#$%&'()*+,/:;=?@[]~-._"


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet, an embedded IPv4 one included."""
    try:
        ip: IPAddress = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    for inner in _embedded(ip):
        if not inner.is_global or inner.is_multicast or inner.is_reserved:
            return False
    return True


def _embedded(ip: IPAddress) -> list[IPAddress]:
    """The address itself, or the IPv4 address that it carries (mapped, NAT64, 6to4, Teredo)."""
    if isinstance(ip, ipaddress.IPv4Address):
        return [ip]
    if ip.ipv4_mapped:
        return [ip.ipv4_mapped]
    if ip in _NAT64:
        return [ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)]
    if ip.sixtofour:
        return [ip, ip.sixtofour]
    if ip.teredo:
        return [ip, ip.teredo[1]]
    return [ip]


def is_private_host(host: str) -> bool:
    """Whether a host, by its spelling alone, is this machine or one of its neighbours."""
    host = host.lower().rstrip(".")
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".home.arpa")):
        return True
    try:
        ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    return not is_public(host.strip("[]"))


def holds_password(address: str) -> bool:
    """Whether a name or a password stands before the host of an address."""
    return _PASSWORD.match(address) is not None


def host_of(url: str) -> str:
    """The host of an address, lower case, without port; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def on_the_wire(url: str) -> str:
    """The address as it is requested: nothing rearranged, only what no URL may hold is quoted.

    The fragment is left out. Raises WebError where it is no http(s) URL, or holds a password: that
    would be kept with the feed, shown with it and exported.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        if parts.scheme not in ("http", "https") or not host:
            raise ValueError(url)
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as cause:
        raise errors.bad_address(url[:200]) from cause
    if "@" in parts.netloc:
        raise errors.password(host)
    if ":" in host:
        host = f"[{host}]"
    if any(character in host for character in " <>\\^`{|}\"'%@/?#"):
        raise errors.bad_address(url[:200])
    place = host if port is None else f"{host}:{port}"
    path = quote(parts.path or "/", safe=_KEPT)
    return urlunsplit((parts.scheme, place, path, quote(parts.query, safe=_KEPT), ""))

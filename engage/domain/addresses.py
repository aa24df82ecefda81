"""Addresses: which are the same, and whose they are. Nothing here is asked of a server."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit

from engage.domain.platforms import account_at, home_at, space_at

#: Parameters that only say where a reader came from.
_TRACKING = re.compile(
    r"utm_.*|mc_[ce]id|_hs\w+|oly_\w+_id|vero_\w+|[fgty]bclid|gclid|dclid|msclkid|yclid|twclid|ttclid"
    r"|[gw]braid|igsh(id)?|mkt_tok|li_fat_id|ref_src|ref_url|s_cid",
    re.IGNORECASE,
)
_HOST_LIKE = re.compile(r"[^\s/@:?#]+\.[^\W\d_]{2,}(:\d+)?([/?#]\S*)?")
_ACCOUNT = re.compile(r"(?:acct:@?|@)([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>*]+@[\w-]+(?:\.[\w-]+)+")
_NOBODY = re.compile(
    r"(no|do[-_.]?not)[-_.]?reply.*|mailer-daemon|postmaster|nobody", re.IGNORECASE
)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_NOTHING_TO_ESCAPE = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=~._?|\[\]-]*")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@lru_cache(maxsize=32768)
def normalise(url: str, *, fragment: bool = False) -> str:
    """An address in the form in which two that lead to one place are equal. For comparing only.

    http and https, ``www.``, default ports, the last slash, tracking parameters and (unless asked
    for) the fragment make no difference. What is no web address comes back trimmed.
    """
    text = url.strip()
    parts = _split(text)
    if parts is None:
        return text
    host = _host(parts)
    query = "&".join(item for item in parts.query.split("&") if item and not _tracks(item))
    return "".join(
        (
            "https://",
            host,
            _escaped(parts.path).rstrip("/"),
            "?" + _escaped(query) if query else "",
            "#" + _escaped(parts.fragment) if fragment and parts.fragment else "",
        )
    )


@lru_cache(maxsize=2048)
def path_of(address: str) -> str | None:
    """A web address without scheme and host, by which it is known after a move; None where that
    names nothing (the root) or the address is none."""
    parts = _split(address.strip()) if "://" in address else None
    if parts is None or not (parts.path.strip("/") or parts.query):
        return None
    return parts._replace(scheme="", netloc="").geturl()


def site_of(url: str) -> str | None:
    """The site that a page belongs to, normalised: somebody's own space on a shared host, else
    the whole host. None where the address is none."""
    parts = _split(normalise(url))
    if parts is None:
        return None
    return normalise(space_at(parts) or f"https://{parts.netloc}")


def is_within(url: str, site: str) -> bool:
    """Whether a page is a site's first page or lies below it."""
    page, top = normalise(url), normalise(site)
    return page == top or page.startswith((f"{top}/", f"{top}?"))


@lru_cache(maxsize=8192)
def profile_key(url_or_handle: str) -> str | None:
    """The key of whoever an address or handle belongs to.

    ``profile:https://linkedin.com/in/x`` or ``account:user@host``: a post on a known platform
    leads to its author, a dated post elsewhere to its site. None where it names nobody.
    """
    text = url_or_handle.strip()
    if account := _ACCOUNT.fullmatch(text):
        return account_key(account.group())
    if re.fullmatch(r"@[\w.-]+", text):
        return f"profile:https://medium.com/{text.lower()}"
    parts = _split(normalise(text))
    if parts is None:
        return None
    if account_name := account_at(parts):
        return f"account:{account_name}"
    home = home_at(parts)
    return f"profile:{normalise(home)}" if home else None


def profile_url(url_or_handle: str) -> str | None:
    """The address to open for a profile given as an address or a handle."""
    text = url_or_handle.strip()
    if re.match(r"https?://", text, re.IGNORECASE):
        return text
    key = profile_key(text)
    if key is None:
        return None
    kind, _, value = key.partition(":")
    if kind == "profile":
        return value
    user, _, host = value.partition("@")
    return f"https://{host}/@{user}"


def account_key(account: str) -> str | None:
    """``account:user@host`` for an account of the open social web, with or without a first @."""
    text = account.strip().removeprefix("acct:").lstrip("@")
    found = _ACCOUNT.fullmatch(f"@{text}")
    return f"account:{text.lower()}" if found else None


def feed_key(url: str) -> str:
    """The key of whose feed that is."""
    return f"feed:{normalise(url)}"


def email_key(email: str) -> str | None:
    """The key of an e-mail address; None for what is none, and for one that many share."""
    text = email.strip().removeprefix("mailto:")
    if not _EMAIL.fullmatch(text):
        return None
    local, _, host = text.partition("@")
    if _NOBODY.fullmatch(local) or host.lower() == "users.noreply.github.com":
        return None
    return f"email:{text.lower()}"


@lru_cache(maxsize=2048)
def _split(text: str) -> SplitResult | None:
    if "://" not in text:
        if not _HOST_LIKE.fullmatch(text):
            return None
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            host = quote(host)
    rest = host.removeprefix("www.")
    host = rest if "." in rest else host
    host = f"[{host}]" if ":" in host else host
    port = parts.port
    return host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"


def _tracks(item: str) -> bool:
    name, _, value = item.partition("=")
    if name == "source":
        return value.startswith("rss")
    if name == "ref":  # Ghost adds the host of the site that links
        return "." in value
    return bool(_TRACKING.fullmatch(name))


def _escaped(text: str) -> str:
    if _NOTHING_TO_ESCAPE.fullmatch(text):
        return text
    quoted = quote(text, safe="%/:@!$&'()*+,;=~-._?[]|", errors="replace")
    return _ESCAPE.sub(_unescaped, quoted)


def _unescaped(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    return character if character in _UNRESERVED else match.group().upper()

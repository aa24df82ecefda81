"""Whom a server's "leave me alone" speaks for: its host, or the platform that hosts many."""

from __future__ import annotations

from urllib.parse import urlsplit

#: Domains where one server answers for everybody's host, and counts all requests together.
_PLATFORMS = (
    "blogspot.com",
    "dev.to",
    "hashnode.dev",
    "medium.com",
    "micro.blog",
    "substack.com",
    "tumblr.com",
    "wordpress.com",
    "write.as",
)


def scope_of(url: str) -> str:
    """The host of an address, or the platform's domain; numeric addresses stand for themselves."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return next((name for name in _PLATFORMS if host == name or host.endswith("." + name)), host)

"""Whom a server's "leave me alone" speaks for: its host, or the platform that hosts many."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

#: Domains where one server answers for everybody's host, and counts all requests together.
_PLATFORMS = (
    "bearblog.dev",
    "beehiiv.com",
    "blogspot.com",
    "dev.to",
    "dreamwidth.org",
    "ghost.io",
    "github.io",
    "hashnode.dev",
    "livejournal.com",
    "mataroa.blog",
    "medium.com",
    "micro.blog",
    "neocities.org",
    "substack.com",
    "tumblr.com",
    "typepad.com",
    "wordpress.com",
    "write.as",
    "writeas.com",
)
#: Blogger has a domain in every country.
_BLOGSPOT = re.compile(r"(?:^|\.)blogspot\.(?:com?\.)?[a-z]{2,3}$")


def scope_of(url: str) -> str:
    """The host of an address, or the platform's domain; numeric addresses stand for themselves."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    if _BLOGSPOT.search(host):
        return "blogspot.com"
    return next((name for name in _PLATFORMS if host == name or host.endswith("." + name)), host)

"""Whose page it is on hosts that many share, by the shape of the address alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import SplitResult

#: Hosts where everybody has a name of their own below it: ``mara.substack.com``.
_SUBDOMAINS = (
    "substack.com",
    "wordpress.com",
    "ghost.io",
    "tumblr.com",
    "hashnode.dev",
    "micro.blog",
    "github.io",
    "beehiiv.com",
    "bearblog.dev",
    "neocities.org",
    "typepad.com",
    "write.as",
    "livejournal.com",
    "dreamwidth.org",
)
#: Hosts where the first part of the path is a name, and the first parts that are none.
_FIRST_PART: Mapping[str, str] = {
    "medium.com": "p m me s tag topic search feed about membership plans policy",
    "x.com": "i search home intent share explore hashtag",
    "instagram.com": "p reel reels tv explore stories accounts",
    "facebook.com": "groups watch events pages people sharer story.php permalink.php photo.php",
    "threads.net": "search",
    "dev.to": "t feed tags search",
    "github.com": "orgs features topics search marketplace sponsors",
    "micro.blog": "discover books posts about account",
    "tiktok.com": "tag discover video",
    "substack.com": "home inbox p notes search profile browse",
    "hashnode.com": "n search post draft",
    "write.as": "read new",
    "buttondown.com": "",
    "tumblr.com": "tagged search explore dashboard",
}
#: Hosts where a name follows a fixed first part.
_SECOND_PART: Mapping[str, frozenset[str]] = {
    "linkedin.com": frozenset({"in", "company"}),
    "bsky.app": frozenset({"profile"}),
    "youtube.com": frozenset({"channel", "c", "user"}),
    "blogger.com": frozenset({"profile"}),
    "tumblr.com": frozenset({"blog"}),
    "wordpress.com": frozenset(),
    "ghost.io": frozenset(),
    "typepad.com": frozenset(),
}
_SAME = {
    "twitter.com": "x.com",
    "mobile.twitter.com": "x.com",
    "m.facebook.com": "facebook.com",
    "threads.com": "threads.net",
    "m.youtube.com": "youtube.com",
    "buttondown.email": "buttondown.com",
}
#: Hosts where a name may begin with @ without being an account of the open social web.
_AT_HOSTS = frozenset({*_FIRST_PART, *_SECOND_PART})
#: Hosts whose ids differ in case.
_CASE_MATTERS = frozenset({"youtube.com", "blogger.com"})
_POST_PARTS = frozenset({"p", "post", "posts", "archive", "archives"})
_YEAR = re.compile(r"(19|20)\d\d")


def platform_of(host: str) -> str:
    """The host that a platform is known by: ``uk.linkedin.com`` is linkedin.com."""
    host = _SAME.get(host, host)
    return "linkedin.com" if host.endswith(".linkedin.com") else host


def account_at(parts: SplitResult) -> str | None:
    """``user@host`` where a page is an account's on a host of the open social web, or its post."""
    if platform_of(parts.netloc) in _AT_HOSTS or parts.netloc.endswith(".medium.com"):
        return None
    names = [part for part in parts.path.split("/") if part]
    if len(names) >= 2 and names[0] == "users":
        names = [f"@{names[1]}", *names[2:]]
    if not names or not re.fullmatch(r"@[\w.-]+(@[\w-]+(\.[\w-]+)+)?", names[0]):
        return None
    user, _, host = names[0][1:].partition("@")
    return f"{user}@{host or parts.netloc}".lower()


def space_at(parts: SplitResult) -> str | None:
    """Somebody's own space on a shared host, normalised; None elsewhere."""
    host = platform_of(parts.netloc)
    names = [part for part in parts.path.split("/") if part]
    first = names[0].lower() if names else ""
    if host.endswith(".medium.com"):
        return f"https://medium.com/@{host.removesuffix('.medium.com')}"
    if host.endswith(".bsky.social"):
        return f"https://bsky.app/profile/{host}"
    if blog := re.fullmatch(r"([\w-]+)\.blogspot\.[a-z.]+", host):
        return f"https://{blog.group(1)}.blogspot.com"
    if host.endswith(tuple(f".{shared}" for shared in _SUBDOMAINS)):
        return f"https://{host}"
    if host == "medium.com" and first == "feed":
        names, first = names[1:], names[1].lower() if len(names) > 1 else ""
    if host == "linkedin.com" and first == "posts" and len(names) > 1 and "_" in names[1]:
        return f"https://{host}/in/{names[1].partition('_')[0].lower()}"
    if host == "facebook.com" and first == "profile.php":
        return f"https://{host}/profile.php?{parts.query}" if parts.query else None
    if first in _SECOND_PART.get(host, ()):
        name = names[1] if len(names) > 1 else ""
        name = name if host in _CASE_MATTERS else name.lower()
        return f"https://{host}/{first}/{name}" if name else None
    reserved = _FIRST_PART.get(host)
    if host == "youtube.com" and first.startswith("@"):
        return f"https://{host}/{first}"
    if reserved is None or not first or first in reserved.split():
        return None
    return f"https://{host}/{first}"


def home_at(parts: SplitResult) -> str | None:
    """The page of whoever a normalised address belongs to, normalised.

    None on a shared host where the address names nobody, or for its first page.
    """
    if space := space_at(parts):
        return space
    host = platform_of(parts.netloc)
    names = [part for part in parts.path.split("/") if part]
    if host in _FIRST_PART or host in _SECOND_PART:
        return None
    if names and names[0].startswith("~"):
        return f"https://{host}/{names[0]}"
    if _is_post(names, parts.query):
        return f"https://{host}"
    query = f"?{parts.query}" if parts.query else ""
    return f"https://{host}{parts.path}{query}"


def _is_post(names: list[str], query: str) -> bool:
    return (
        any(_YEAR.fullmatch(name) for name in names)
        or (len(names) > 1 and names[0] in _POST_PARTS)
        or any(re.fullmatch(r"(p|page_id)=\d+", item) for item in query.split("&"))
    )

"""Where the platforms keep the feed of a profile, a publication or a blog: a table, no requests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlsplit

from engage.text import one_line, safe_url
from engage.web.addresses import is_private_host

#: Paths that are a feed already, whatever the platform.
_IS_FEED = re.compile(
    r"(?:^|/)(?:feeds?|rss|atom)(?:/|$)|\.(?:xml|rss|atom|rdf|json|jf2)$", re.IGNORECASE
)

_MASTODON_HANDLE = re.compile(r"@?([\w.-]+)@([\w-]+(?:\.[\w-]+)+(?::\d+)?)")
_BLUESKY_HANDLE = re.compile(r"@?([\w-]+(?:\.[\w-]+)*\.bsky\.social)", re.IGNORECASE)
_MEDIUM_HANDLE = re.compile(r"@[\w.-]+")

#: Blogs with a host of their own under the platform's domain, and the path of their feed.
_SUBDOMAINS = {
    "medium.com": "/feed",
    "substack.com": "/feed",
    "ghost.io": "/rss/",
    "wordpress.com": "/feed/",
    "blogspot.com": "/feeds/posts/default",
    "hashnode.dev": "/rss.xml",
    "micro.blog": "/feed.xml",
    "tumblr.com": "/rss",
    "bearblog.dev": "/feed/",
    "typepad.com": "/blog/atom.xml",
    "livejournal.com": "/data/rss",
    "dreamwidth.org": "/data/rss",
    "writeas.com": "/feed/",
}

#: Blogs that are the first part of a path: {0} is that part.
_PATHS = {
    "dev.to": "https://dev.to/feed/{0}",
    "buttondown.com": "https://buttondown.com/{0}/rss",
    "buttondown.email": "https://buttondown.com/{0}/rss",
    "write.as": "https://write.as/{0}/feed/",
    "micro.blog": "https://{0}.micro.blog/feed.xml",
    "tumblr.com": "https://{0}.tumblr.com/rss",
}
_NO_BLOG = frozenset(
    {
        "about", "account", "api", "archive", "blog", "discover", "explore", "help", "home",
        "jobs", "login", "m", "me", "new", "p", "policy", "pricing", "privacy", "search",
        "settings", "signin", "signup", "t", "tag", "tagged", "tags", "terms", "topic", "topics",
        "top", "latest",
    }
)  # fmt: skip

#: Servers whose addresses of the form /@name are Mastodon profiles for certain.
_MASTODON = frozenset(
    {
        "mastodon.social", "mastodon.online", "mastodon.world", "mastodon.art", "mstdn.social",
        "mas.to", "fosstodon.org", "hachyderm.io", "infosec.exchange", "indieweb.social",
        "social.coop", "techhub.social", "zirk.us", "writing.exchange", "wandering.shop",
        "scholar.social", "toot.community", "ohai.social", "masto.ai", "c.im",
    }
)  # fmt: skip

_PROFILES = {
    "linkedin.com": "LinkedIn",
    "instagram.com": "Instagram",
    "facebook.com": "Facebook",
    "fb.com": "Facebook",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "x.com": "X",
    "twitter.com": "X",
}
_LINKEDIN_TAIL = re.compile(r"-[0-9a-f]{6,}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ProfileOnly:
    """A profile on a network that has no feeds: a person to know, nothing to poll."""

    name: str
    url: str
    sentence: str


def profile_only(target: str) -> ProfileOnly | None:
    """The profile that an address names, where its network has no feeds."""
    url = full_address(target)
    if url is None:
        return None
    parts = urlsplit(url)
    network = _PROFILES.get(_without_www(parts.hostname or ""))
    words = [unquote(word) for word in parts.path.split("/") if word]
    if network is None or not words:
        return None
    handle = words[1] if words[0] in ("in", "pub", "company", "people") and words[1:] else words[0]
    if handle == "profile.php":
        handle = parse_qs(parts.query).get("id", [handle])[0]
    handle = handle.lstrip("@")
    name = handle
    if network == "LinkedIn":
        name = _LINKEDIN_TAIL.sub("", handle).replace("-", " ").title()
    name = one_line(name) or network
    sentence = f"{network} has no feeds, so {name} is kept as a person without one."
    return ProfileOnly(name, url, sentence)


def derive_feed_url(target: str) -> str | None:
    """The address of the feed by the platform's rule, without a request; None without a rule.

    ``target`` is a handle or an address of a profile, a publication, a blog or a post.
    """
    target = target.strip()
    if (handle := _handle(target)) is not None:
        return handle
    url = full_address(target)
    if url is None:
        return None
    parts = urlsplit(url)
    host = _without_www(parts.hostname or "")
    words = [word for word in parts.path.split("/") if word]
    if _IS_FEED.search(parts.path) or parts.port is not None:
        return None
    return _of_platform(host, words, parts.query) or _of_subdomain(host)


def _handle(target: str) -> str | None:
    if found := _BLUESKY_HANDLE.fullmatch(target):
        return f"https://bsky.app/profile/{found[1].lower()}/rss"
    if target.startswith("@") and (found := _MASTODON_HANDLE.fullmatch(target)):
        name, host = found.groups()
        scheme = "http" if is_private_host(host.partition(":")[0]) else "https"
        return f"{scheme}://{host.lower()}/@{name}.rss"
    if _MEDIUM_HANDLE.fullmatch(target):
        return f"https://medium.com/feed/{target}"
    return None


def _of_platform(host: str, words: list[str], query: str) -> str | None:
    if host == "medium.com":
        return _medium(words)
    if host == "bsky.app" and len(words) >= 2 and words[0] == "profile":
        return f"https://bsky.app/profile/{words[1]}/rss"
    if host in ("youtube.com", "m.youtube.com"):
        return _youtube(words, query)
    if host in _MASTODON and words and words[0].startswith("@") and "@" not in words[0][1:]:
        return f"https://{host}/{words[0]}.rss"
    if host in _PATHS and words and words[0].lower() not in _NO_BLOG:
        return _PATHS[host].format(quote(words[0].lstrip("@"), safe="%-._~"))
    return None


def _of_subdomain(host: str) -> str | None:
    name, _, domain = host.partition(".")
    if domain in _SUBDOMAINS and name:
        return f"https://{host}{_SUBDOMAINS[domain]}"
    return None


def _medium(words: list[str]) -> str | None:
    if not words:
        return None
    if words[0] in ("tag", "topic") and len(words) > 1:
        return f"https://medium.com/feed/tag/{words[1]}"
    if words[0].startswith("@") or words[0].lower() not in _NO_BLOG:
        return f"https://medium.com/feed/{words[0]}"
    return None


def _youtube(words: list[str], query: str) -> str | None:
    feed = "https://www.youtube.com/feeds/videos.xml"
    if len(words) >= 2 and words[0] == "channel":
        return f"{feed}?channel_id={words[1]}"
    playlist = parse_qs(query).get("list")
    if words == ["playlist"] and playlist:
        return f"{feed}?playlist_id={quote(playlist[0])}"
    return None


def full_address(target: str) -> str | None:
    """A typed address with its scheme: https unless the host is private; None where it is none."""
    target = target.strip()
    for prefix in ("feed://", "feed:"):
        if target.lower().startswith(prefix):
            target = target[len(prefix) :]
    if "://" not in target:
        host = re.split(r"[/?#]", target, maxsplit=1)[0]
        bare = host.rpartition(":")[0] if re.search(r":\d+$", host) else host
        if "@" in host or not ("." in bare or is_private_host(bare)):
            return None
        target = f"{'http' if is_private_host(bare) else 'https'}://{target}"
    return safe_url(target)


def _without_www(host: str) -> str:
    return host.lower().removeprefix("www.")

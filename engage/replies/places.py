"""The place to answer a post, by the shape of its address alone.

The feed's own comments link comes first, where it has one; then the platform's rule; then the post.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, urlsplit, urlunsplit


class Answer(NamedTuple):
    """An address to answer at, and the rule that gave it, in words."""

    url: str
    rule: str


FROM_FEED = "the feed's comments link"
ITSELF = "the post itself"

#: Comments on a page of these systems stand under this fragment.
_FRAGMENTS: Mapping[str, tuple[str, str]] = {
    "wordpress.com": ("respond", "WordPress's comment form"),
    "blogspot.com": ("comments", "Blogger's comments"),
    "dev.to": ("comments", "dev.to's comments"),
    "hashnode.dev": ("comments", "Hashnode's comments"),
    "typepad.com": ("comments", "TypePad's comments"),
    "livejournal.com": ("comments", "LiveJournal's comments"),
    "dreamwidth.org": ("comments", "Dreamwidth's comments"),
    "ghost.io": ("ghost-comments", "Ghost's comments"),
}

#: Hosts where a post is answered under the post itself, with an account there.
_THREADS: Mapping[str, str] = {
    "bsky.app": "the thread on Bluesky",
    "micro.blog": "the conversation on Micro.blog",
    "linkedin.com": "the comments on LinkedIn",
    "instagram.com": "the comments on Instagram",
    "facebook.com": "the comments on Facebook",
    "threads.net": "the thread on Threads",
    "x.com": "the thread on X",
    "youtube.com": "the comments on YouTube",
    "tumblr.com": "the notes on Tumblr",
}


def place_for(url: str, comments_url: str | None = None) -> Answer:
    """Where to answer the post at an address. ``comments_url``: the feed's comments link."""
    if comments_url:
        return Answer(comments_url, FROM_FEED)
    try:
        parts = urlsplit(url)
    except ValueError:
        return Answer(url, ITSELF)
    host = (parts.hostname or "").removeprefix("www.")
    for domain, rule in _RULES.items():
        if _on(host, domain):
            return rule(parts) or Answer(url, ITSELF)
    for domain, (fragment, said) in _FRAGMENTS.items():
        if _on(host, domain) or (domain == "blogspot.com" and ".blogspot." in host):
            return Answer(urlunsplit(parts._replace(fragment=fragment)), said)
    for domain, said in _THREADS.items():
        if _on(host, domain):
            return Answer(url, said)
    if parts.path.startswith("/@") and parts.path.rsplit("/", 1)[-1].isdigit():
        return Answer(url, "the thread on Mastodon")
    return Answer(url, ITSELF)


def _medium(parts: SplitResult) -> Answer | None:
    kept = [f"{name}={value}" for name, value in parse_qsl(parts.query) if name != "source"]
    query = "&".join([*kept, "responsesOpen=true"])
    return Answer(urlunsplit(parts._replace(query=query, fragment="")), "Medium's responses")


def _substack(parts: SplitResult) -> Answer | None:
    names = [name for name in parts.path.split("/") if name]
    if len(names) < 2 or names[0] != "p":
        return None
    place = parts._replace(path=f"/p/{names[1]}/comments", query="", fragment="")
    return Answer(urlunsplit(place), "Substack's comments")


_RULES: Mapping[str, Callable[[SplitResult], Answer | None]] = {
    "medium.com": _medium,
    "substack.com": _substack,
}


def _on(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")

"""Which entries of a feed are posts and which answer somebody else's."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from engage.domain.posts import Entry, FeedDocument
from engage.domain.records import PostKind, Role

_MEDIUM_ID = re.compile(r"https?://medium\.com/p/[0-9a-f]+", re.IGNORECASE)


def classify(document: FeedDocument, role: Role, entry: Entry, url_of_feed: str) -> PostKind:
    """Whether an entry is a post or a response.

    Medium mixes a person's responses into their feed and marks them by nothing but the lack of
    tags, which posts may lack as well; a response's title is the beginning of its text.
    """
    if role == "responses" or entry.answers:
        return "response"
    if entry.categories or not _from_medium(document, entry, url_of_feed):
        return "post"
    tagged = any(other.categories for other in document.entries)
    return "response" if tagged or _begins_with_title(entry) else "post"


def _from_medium(document: FeedDocument, entry: Entry, url_of_feed: str) -> bool:
    if document.generator.strip().lower().startswith("medium"):
        return True
    if entry.guid and _MEDIUM_ID.match(entry.guid):
        return True
    try:
        host = urlsplit(url_of_feed).hostname or ""
    except ValueError:
        return False
    return host == "medium.com" or host.endswith(".medium.com")


def _begins_with_title(entry: Entry) -> bool:
    """A heading that repeats the title is a post's; only a paragraph counts."""
    title = " ".join(entry.title.split()).rstrip("…. ").casefold()
    first = next((block for block in entry.blocks if block.kind != "img"), None)
    if not title or first is None or first.kind == "h":
        return False
    text = " ".join("".join(span.text for span in first.spans).split())
    return text.casefold().startswith(title)

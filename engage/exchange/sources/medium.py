"""Medium's account export: whom the writer follows, claps, their own posts, their own @name.

It has no list of followers. What it has of IP addresses, sessions, payments, e-mail and
connected accounts is never opened, or left where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from engage.domain.wording import counted
from engage.errors import EngageError
from engage.exchange.bundle import File
from engage.exchange.imported import (
    Import,
    ImportedOwnPost,
    ImportedPerson,
    ImportedTouch,
    called,
)
from engage.exchange.sources.medium_pages import Page, page_of
from engage.exchange.texts import moment_of, text_from
from engage.text import safe_url

FILES = re.compile(
    r"(^|/)(users-following|pubs-following|claps|posts|twitter)/[^/]+\.html$"
    r"|(^|/)(users-following|pubs-following|claps)-\d+\.html$|(^|/)(profile/)?profile\.html$",
    re.I,
)
#: The id of a post at the end of its address, of its file's name, and in the feed's guids.
POST_ID = re.compile(r"(?:^|[-/_])([0-9a-f]{8,16})(?=$|[?#.])")
_PROFILE = re.compile(r"^https?://(?:www\.)?medium\.com/(@[\w.-]+)/?(?:[?#].*)?$", re.I)
_FOLDERS = ("users-following", "pubs-following", "claps", "posts", "twitter", "profile")
_CLAPPED = re.compile(r"\((\d{4}-\d{2}-\d{2} [^)]*)\)")


def recognises(name: str, text: str) -> bool:
    if not FILES.search(name):
        return False
    # Substack's archives have posts/ as well, and any page may link to Medium.
    head = text[:200_000].lower()
    return "h-entry" in head or "h-card" in head or ("medium.com" in head and "posts/" not in name)


def read(files: Sequence[File]) -> Import:
    people: list[ImportedPerson] = []
    touches: list[ImportedTouch] = []
    posts: list[ImportedOwnPost] = []
    drafts = 0
    profile: str | None = None
    for file in files:
        kind = _kind(file.name)
        page = page_of(text_from(file.data))
        if kind == "users-following":
            people += _followed(page)
        elif kind == "twitter":
            people += (replace(each, direction="") for each in _followed(page))
        elif kind == "pubs-following":
            people += _publications(page)
        elif kind == "claps":
            touches += _claps(page)
        elif kind == "profile":
            profile = _own(page)
        elif file.stem.startswith("draft_"):
            drafts += 1
        elif post := _post(file.stem, page):
            posts.append(post)
    if not (people or touches or posts or profile):
        raise EngageError("it has nothing of a Medium export in it that engage can use.")
    skipped = [
        "Medium gives no list of followers: paste their @names, one a line, into "
        "`engage import -`.",
        "IP addresses, sessions, payments, bookmarks, interests and your e-mail address are "
        "never kept.",
    ]
    if drafts:
        skipped.append(f"{counted(drafts, 'draft')}, which nobody has read yet.")
    return Import(
        "medium",
        "medium",
        tuple(people),
        touches=tuple(touches),
        own_posts=tuple(posts),
        profile=profile,
        complete=any(_kind(file.name) == "users-following" for file in files),
        skipped=tuple(skipped),
    )


def _kind(name: str) -> str:
    """The folder that a page is in, also where the page alone was given."""
    *folders, page = name.lower().split("/")
    alone = page.partition(".")[0].rstrip("-0123456789")
    return folders[-1] if folders and folders[-1] in _FOLDERS else alone


def _followed(page: Page) -> Iterator[ImportedPerson]:
    for link in page.links:
        if found := _PROFILE.match(link.href):
            yield ImportedPerson(
                name=called(found[1].removeprefix("@")),
                profiles=(f"https://medium.com/{found[1].lower()}",),
                direction="i_follow",
            )


def _publications(page: Page) -> Iterator[ImportedPerson]:
    for link in page.links:
        url = safe_url(link.href)
        if url and link.inside_item:
            yield ImportedPerson(
                name=called(link.text), profiles=(url.rstrip("/"),), direction="i_follow"
            )


def _claps(page: Page) -> Iterator[ImportedTouch]:
    for link in page.links:
        url = safe_url(link.href)
        found = _CLAPPED.search(link.after)
        at = moment_of(found[1]) if found else None
        if url and at and link.inside_item:
            yield ImportedTouch(url=url, at=at, title=called(link.text))


def _own(page: Page) -> str | None:
    for link in page.links:
        if ("u-url" in link.classes or link.before.startswith("Profile")) and (
            found := _PROFILE.match(link.href)
        ):
            return f"https://medium.com/{found[1].lower()}"
    return None


def _post(name: str, page: Page) -> ImportedOwnPost | None:
    id = POST_ID.search(name.removesuffix(".html"))
    published = moment_of(page.published) or _from_name(name)
    if id is None or published is None:
        return None
    url = next((each.href for each in page.links if "p-canonical" in each.classes), None)
    return ImportedOwnPost(
        guid=f"https://medium.com/p/{id[1]}",
        title=called(page.title) or "(no title)",
        url=safe_url(url) if url else None,
        published=published.astimezone(UTC),
        # A guess, as Ghost's migrator makes it: the export does not say which are responses.
        kind="response" if page.paragraphs <= 1 and not page.figures else "post",
    )


def _from_name(name: str) -> datetime | None:
    return moment_of(name[:10])


def post_id(url: str) -> str | None:
    """The id by which Medium knows the post at an address, wherever it is published."""
    found = POST_ID.search(url.partition("?")[0].rstrip("/"))
    return found[1] if found else None

"""What files of other systems hold, in one form: people, touches, the writer's own posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from engage.domain.records import PostKind
from engage.exchange.opml import OpmlFeed, OpmlPerson
from engage.text import clip, one_line

NAME_LIMIT = 200
NOTE_LIMIT = 4000

#: How somebody stands to the writer in a list; "" where the list does not say.
Way = Literal["follows_me", "i_follow", "mutual", "subscriber", "invited_me", "i_invited", ""]


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """A row of somebody's list.

    ``ref`` is what the source knows them by where there is no address (an id, a name with a date).
    ``emails`` are there for matching only; whether they are kept is the writer's choice. ``feeds``
    are addresses that the file itself calls feeds. ``folder``: lists and tags, joined by ``/``.
    ``undated``: what stands where a date should, and is none.
    """

    name: str = ""
    profiles: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    direction: Way = ""
    since: date | None = None
    ref: str = ""
    note: str = ""
    folder: str = ""
    undated: str = ""


@dataclass(frozen=True, slots=True)
class ImportedTouch:
    """A click of the writer's on somebody's post; the file names the post, seldom its author."""

    url: str
    at: datetime
    title: str = ""


@dataclass(frozen=True, slots=True)
class ImportedOwnPost:
    """A piece of the writer's own; ``guid`` is what its feed knows it by."""

    guid: str
    title: str
    url: str | None
    published: datetime
    kind: PostKind = "post"


@dataclass(frozen=True, slots=True)
class Import:
    """What the files of one format hold.

    ``source`` names the list for good ("instagram"). ``complete``: who is missing from one of its
    lists is no longer in it. ``undirected``: the list that does not say how its people stand to the
    writer, which may be asked. ``feeds`` and ``said`` are those of a list of feeds. ``profile`` is
    the writer's own. ``everything``: the tables of engage's own export. ``unclear``: a sentence for
    each row that means nothing; ``skipped``: one for each thing that was left alone on purpose.
    """

    format: str
    source: str = ""
    people: tuple[ImportedPerson, ...] = ()
    feeds: tuple[OpmlFeed, ...] = ()
    said: tuple[OpmlPerson, ...] = ()
    touches: tuple[ImportedTouch, ...] = ()
    own_posts: tuple[ImportedOwnPost, ...] = ()
    profile: str | None = None
    everything: Mapping[str, tuple[Any, ...]] | None = None
    complete: bool = False
    undirected: str = ""
    unclear: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nobody and nothing in it, and no row to say anything of."""
        brought = (self.people, self.feeds, self.said, self.touches, self.own_posts)
        return not (any(brought) or self.profile or self.everything or self.unclear)


def undated(text: str, since: date | None) -> str:
    """What stands in place of a date that could not be read, to be said."""
    return "" if since else clip(one_line(text), 40)


def called(text: str) -> str:
    """A name out of a file: on one line, of a length that a name may have."""
    return clip(one_line(text), NAME_LIMIT)

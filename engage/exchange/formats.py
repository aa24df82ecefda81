"""The systems that people can be brought along from: a table, and finding which one wrote a file.

A format is a module in `sources` and a row here. The order matters: a row is asked before those
that would take its files for something plainer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from engage.errors import EngageError
from engage.exchange import everything
from engage.exchange.bundle import Bundle, File
from engage.exchange.columns import Column, Meanings
from engage.exchange.imported import Import
from engage.exchange.refused import PRIVATE_WORDS, empty_list, is_messages, nobody_in
from engage.exchange.sources import (
    bluesky,
    facebook,
    fediverse,
    feeds,
    instagram,
    linkedin,
    medium,
    newsletters,
    pasted,
    table,
    vcard,
)
from engage.exchange.texts import text_from
from engage.exchange.tokens import PASSWORD


@dataclass(frozen=True, slots=True)
class Format:
    """A system: what its files are called in an archive, how one is recognised by what is in it
    (given its name and text), and how they are read together."""

    name: str
    title: str
    files: re.Pattern[str]
    recognises: Callable[[str, str], bool]
    read: Callable[[Sequence[File]], Import]


def _one_by_one(files: Sequence[File]) -> Import:
    if len(files) > 1:
        raise EngageError("it holds several exports of engage; give one of them.")
    return everything.read_everything(files[0].data)


FORMATS: tuple[Format, ...] = (
    Format("json", "engage", re.compile(r"\.json$", re.I), everything.recognises, _one_by_one),
    Format("medium", "Medium", medium.FILES, medium.recognises, medium.read),
    Format("linkedin", "LinkedIn", linkedin.FILES, linkedin.recognises, linkedin.read),
    Format("instagram", "Instagram", instagram.FILES, instagram.recognises, instagram.read),
    Format("facebook", "Facebook", facebook.FILES, facebook.recognises, facebook.read),
    *(
        Format(each.name, title, each.files, each.recognises, each.read)
        for each, title in (
            (newsletters.SUBSTACK, "Substack"),
            (newsletters.GHOST, "Ghost"),
            (newsletters.BEEHIIV, "beehiiv"),
            (newsletters.BUTTONDOWN, "Buttondown"),
        )
    ),
    Format("mastodon", "Mastodon", fediverse.FILES, fediverse.recognises, fediverse.read),
    Format("bluesky", "Bluesky", bluesky.FILES, bluesky.recognises, bluesky.read),
    Format("opml", "OPML", feeds.OPML_FILES, feeds.recognises_opml, feeds.read_opml_files),
    Format("vcard", "vCard", vcard.FILES, vcard.recognises, vcard.read),
    Format(
        "newsboat",
        "newsboat",
        feeds.NEWSBOAT_FILES,
        feeds.recognises_newsboat,
        feeds.read_newsboat,
    ),
    Format("csv", "CSV", table.FILES, table.recognises, table.read),
    Format("list", "a list", pasted.FILES, pasted.recognises, pasted.read),
)
BY_NAME = {each.name: each for each in FORMATS}

#: What else people call them.
ALIASES = {"takahe": "mastodon", "engage": "json"}

#: Never opened, whatever it is called beside: other people's words, and traces of the writer.
PRIVATE = re.compile(
    r"(^|/)(messages?|inbox|ips|sessions|conversations|chats?|direct_messages|security\w*"
    r"|login\w*|partner-program|interests|bookmarks)(/|[^/]*$)",
    re.I,
)
#: What has no people in it.
_OTHER = re.compile(
    r"\.(jpe?g|png|gif|webp|heic|mp4|mov|mp3|m4a|wav|pdf|zip|gz|7z|rar|exe|db|sqlite\d?|docx?"
    r"|xlsx?|pptx?)$",
    re.I,
)
#: In a folder of anything files are looked into only if they are called like lists.
_LISTS = re.compile(r"\.(opml|csv|tsv|vcf|json)$", re.I)


def read_bundle(
    bundle: Bundle, name: str | None = None, meanings: Meanings | None = None
) -> list[Import]:
    """What was given, read as the format called so, or as those that its files are recognised as;
    with ``meanings`` as a table whose columns hold what the writer says.

    EngageError with the rest of a sentence that begins with what was given.
    """
    if meanings is not None and columns_in(bundle):
        return [table.read([bundle.read(bundle.names[0])], meanings)]
    forced = BY_NAME[ALIASES.get(name, name)] if name else None
    found: dict[str, list[File]] = {}
    for path in _to_open(bundle, forced):
        file = bundle.read(path)
        format = forced or _recognised(file)
        if format is not None:
            found.setdefault(format.name, []).append(file)
    if not found:
        raise EngageError(nobody_in(bundle))
    read_all = [(each, _read(each, found[each.name])) for each in FORMATS if each.name in found]
    brought = [imported for _, imported in read_all if not imported.empty]
    if not brought:
        format, imported = read_all[0]
        raise EngageError(empty_list(format.title, imported.skipped))
    return brought


def _read(format: Format, files: Sequence[File]) -> Import:
    """What the files hold; that passwords in addresses stay behind is said."""
    read = format.read(files)
    if not any(PASSWORD.search(file.data) for file in files):
        return read
    return replace(
        read,
        skipped=(
            *read.skipped,
            "Names and passwords in addresses, which engage neither keeps nor sends.",
        ),
    )


def columns_in(bundle: Bundle) -> tuple[Column, ...]:
    """The columns of a table given by itself that no platform's format claims; else none."""
    if bundle.many:
        return ()
    file = bundle.read(bundle.names[0])
    try:
        plain = _recognised(file) in (None, BY_NAME["csv"])
    except EngageError:
        return ()
    return table.columns(file) if plain else ()


def _to_open(bundle: Bundle, forced: Format | None) -> list[str]:
    """The files worth opening: of an archive those that are called as a platform calls them."""
    if not bundle.many:
        return list(bundle.names)
    names = [name for name in bundle.names if not (PRIVATE.search(name) or _OTHER.search(name))]
    if forced is not None:
        return [name for name in names if forced.files.search(name)]
    platforms = [each for each in FORMATS if each.name not in ("json", "csv", "list")]
    known = [name for name in names if any(each.files.search(name) for each in platforms)]
    return known or [name for name in names if _LISTS.search(name)]


def _recognised(file: File) -> Format | None:
    try:
        text = text_from(file.data)
    except EngageError:
        return None
    if is_messages(file.name, text):
        raise EngageError(PRIVATE_WORDS)
    return next((each for each in FORMATS if each.recognises(file.name, text)), None)

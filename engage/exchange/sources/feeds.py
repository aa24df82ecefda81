"""Lists of feeds: OPML, and newsboat's ``urls`` file."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from engage.errors import EngageError
from engage.exchange.bundle import File
from engage.exchange.imported import Import, called
from engage.exchange.opml import FOLDER_LIMIT, OpmlFeed, OpmlPerson, read_opml
from engage.exchange.texts import text_from
from engage.text import clip, safe_url

OPML_FILES = re.compile(r"\.(opml|xml)$", re.I)
NEWSBOAT_FILES = re.compile(r"(^|/)urls$")
_OPML = re.compile(r"(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<opml\b", re.I | re.S)
_OTHER_LINES = ('"query:', "query:", '"exec:', "exec:", '"filter:', "filter:")


def recognises_opml(name: str, text: str) -> bool:
    return name.lower().endswith(".opml") or bool(_OPML.match(text[:20_000].lstrip()))


def read_opml_files(files: Sequence[File]) -> Import:
    feeds: list[OpmlFeed] = []
    said: list[OpmlPerson] = []
    unclear: list[str] = []
    for file in files:
        document = read_opml(file.data)
        feeds += document.feeds
        said += document.people
        unclear += document.problems
    return Import("opml", "opml", feeds=tuple(feeds), said=tuple(said), unclear=tuple(unclear))


def recognises_newsboat(name: str, text: str) -> bool:
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line and not line.startswith("#")][:50]
    if not lines or not all(
        line.startswith(("http://", "https://", "file://", *_OTHER_LINES)) for line in lines
    ):
        return False
    return bool(NEWSBOAT_FILES.search(name)) or any(
        line.startswith(_OTHER_LINES) or re.search(r'\s"', line) for line in lines
    )


def read_newsboat(files: Sequence[File]) -> Import:
    feeds: list[OpmlFeed] = []
    unclear: list[str] = []
    left = 0
    for file in files:
        for number, line in enumerate(text_from(file.data).split("\n"), 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith((*_OTHER_LINES, "file://")):
                left += 1
            elif feed := _feed(line):
                feeds.append(feed)
            else:
                unclear.append(f"line {number} is no address of a feed.")
    if not feeds and not left:
        raise EngageError("it holds no addresses of feeds; give newsboat's urls file.")
    skipped = (f"Queries, programs and local files, which are no feeds: {left}.",) if left else ()
    return Import(
        "newsboat", "newsboat", feeds=tuple(feeds), unclear=tuple(unclear), skipped=skipped
    )


def _feed(line: str) -> OpmlFeed | None:
    try:
        address, *tags = shlex.split(line)
    except ValueError:  # a quotation mark is missing
        address, *tags = line.split()
    url = safe_url(address)
    if url is None:
        return None
    title = next((called(tag[1:]) for tag in tags if tag.startswith("~")), "")
    names = [called(tag).replace("/", "-") for tag in tags if not tag.startswith(("~", "!"))]
    return OpmlFeed(url=url, title=title, folder=clip("/".join(filter(None, names)), FOLDER_LIMIT))

"""What a file is that brings nobody, in the rest of a sentence: what it is, and what helps."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from engage.errors import EngageError
from engage.exchange.bundle import Bundle
from engage.exchange.rows import head_of
from engage.exchange.sources.meta import is_html
from engage.exchange.sources.vcard import NO_CARD
from engage.exchange.texts import text_from

PRIVATE_WORDS = "it holds private messages, which engage never reads; give the lists of people."
_PACKED = "unpack it and give the folder."
#: How files begin that are no text, and what to say of them.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", f"it is a gzip archive; {_PACKED}"),
    (b"BZh", f"it is a bzip2 archive; {_PACKED}"),
    (b"\xfd7zXZ", f"it is an xz archive; {_PACKED}"),
    (b"(\xb5/\xfd", f"it is a zstd archive; {_PACKED}"),
    (b"7z\xbc\xaf", f"it is a 7z archive; {_PACKED}"),
    (b"Rar!", f"it is a RAR archive; {_PACKED}"),
    (b"%PDF", "it is a PDF; ask the platform for CSV or JSON, or paste the names."),
    (b"SQLite format 3", "it is a database; export the people as CSV and give that."),
    (b"\xff\xd8\xff", "it is a picture; give the list itself."),
    (b"\x89PNG", "it is a picture; give the list itself."),
    (b"GIF8", "it is a picture; give the list itself."),
    (b"\xd0\xcf\x11\xe0", "it is an old Office file; save it as CSV and give that."),
)
_TAR_MARK = slice(257, 262)
_MESSAGES = re.compile(r'conversation id\b|"participants"\s*:|"messages"\s*:', re.I)
_JSON = re.compile(r"\s*(\{|\[\s*[\[{\"\d-])")
_FEED = re.compile(r"<(rss|feed|rdf:RDF)[\s>]")
_LIST = (
    "engage expects one person a line, a name or an address, such as "
    "'Mara Quill https://mara.example', '@mara' or 'mara@writing.example'."
)
_KNOWN = (
    "engage reads the exports of Medium, LinkedIn, Instagram, Facebook, newsletters, Mastodon "
    "and Bluesky, OPML, vCards, CSV and plain lists."
)


def nobody_in(bundle: Bundle) -> str:
    """Why nothing was recognised, for a file or for an archive or folder."""
    return _of_many(bundle) if bundle.many else _of_file(bundle)


def empty_list(title: str, skipped: Sequence[str]) -> str:
    """For a list that was recognised and holds nobody; ``skipped``: what was left out of it."""
    left = [sentence for sentence in skipped if any(sign.isdigit() for sign in sentence)]
    if left:
        return f"nobody in it comes along ({title}): {' '.join(left)}"
    return f"nobody is in it ({title}); if somebody should be, export it again."


def _of_many(bundle: Bundle) -> str:
    names = bundle.names
    if "[Content_Types].xml" in names or "content.xml" in names:
        return "it is an Office document; save it as CSV, or as plain text with one person a line."
    if any(PurePosixPath(name).suffix.lower() == ".zip" for name in names):
        return "it holds another archive, which is not opened; unpack it and give that one."
    return (
        "it has no list of people in it that engage knows; docs/importing.md says what to ask each "
        "platform for."
    )


def _of_file(bundle: Bundle) -> str:
    file = bundle.read(bundle.names[0])
    for beginning, sentence in _BEGINNINGS:
        if file.data.startswith(beginning):
            return sentence
    if file.data[_TAR_MARK] == b"ustar":
        return f"it is a tar archive; {_PACKED}"
    try:
        text = text_from(file.data)
    except EngageError as refusal:
        return str(refusal)
    if is_html(text):
        return (
            "it is a web page, and no platform's list that engage reads comes as one alone; of "
            "Medium give the whole ZIP, of Instagram and Facebook ask for JSON."
        )
    if is_messages(file.name, text):
        return PRIVATE_WORDS
    return _of_text(file.name, text)


def is_messages(name: str, text: str) -> bool:
    """Whether a file given by itself is a conversation."""
    return bool(_MESSAGES.search(text[:2000])) or bool(
        re.fullmatch(r"messages?(_\d+)?\.(csv|json)", PurePosixPath(name).name, re.I)
    )


def _of_text(name: str, text: str) -> str:
    head = text.lstrip()[:1]
    if _FEED.search(text[:2000]):
        return "it is a feed itself; follow it with `engage add` and its address."
    if head == "<":
        return f"it is XML, but no OPML; {_KNOWN}"
    if _JSON.match(text) or name.lower().endswith(".json"):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return "it is no whole JSON file, as if it broke off; download it again."
        return f"it is JSON, but no list of people; {_KNOWN}"
    if PurePosixPath(name).suffix.lower() in (".vcf", ".vcard"):
        return NO_CARD
    if columns := head_of(name, text)[0]:
        shown = ", ".join(columns[:12])
        return (
            f"engage knows none of its columns ({shown}); call one name, url, feed, handle or "
            "email, or say on the screen what each is."
        )
    return f"it does not look like a list of people; {_LIST}"

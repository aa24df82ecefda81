"""What the outside world wrote, made safe to keep and to show.

Text from outside passes here exactly once, where it enters, after the last entity decoding. What
is taken out could drive a terminal (C0, DEL, C1), turn a line around (bidi controls, Unicode
TR 9 and TR 36) or hide in it (zero-width and tag characters); joiners and variation selectors
stay, since Persian, the Indic scripts and emoji are written with them.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

#: The longest run of combining marks that is kept: no script stacks more than about six.
MARKS = 8

#: The longest address that is kept, in characters.
URL_LIMIT = 2000

_BREAKS = "\x0b\x0c\r\x85\u2028\u2029"
_REMOVED = (
    (0x00, 0x08),
    (0x0E, 0x1F),
    (0x7F, 0x84),
    (0x86, 0x9F),
    (0xAD, 0xAD),  # soft hyphen
    (0x61C, 0x61C),  # Arabic letter mark
    (0x180E, 0x180E),  # Mongolian vowel separator
    (0x200B, 0x200B),  # zero width space
    (0x200E, 0x200F),  # bidi marks
    (0x202A, 0x202E),  # bidi embeddings and overrides
    (0x2060, 0x206F),  # invisible operators, bidi isolates, deprecated format characters
    (0x3164, 0x3164),  # Hangul filler: a letter that shows nothing
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFA0, 0xFFA0),  # half-width Hangul filler
    (0xFFF9, 0xFFFB),  # interlinear annotation
    (0xFFFE, 0xFFFF),  # noncharacters, which XML refuses
    (0x1BCA0, 0x1BCA3),  # shorthand format controls
    (0x1D173, 0x1D17A),  # musical format controls
    (0xE0000, 0xE007F),  # language tags
)
_SURROGATES = (0xD800, 0xDFFF)


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(
        code for first, last in _REMOVED for code in range(first, last + 1)
    )
    table.update(dict.fromkeys(map(ord, _BREAKS), "\n"))
    table.update(dict.fromkeys(range(_SURROGATES[0], _SURROGATES[1] + 1), "\ufffd"))
    return table


_TABLE = _table()
_UNSAFE = re.compile(
    "["
    + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in (*_REMOVED, _SURROGATES))
    + _BREAKS
    + "]"
)
#: What may hold too long a run of marks: no mark is a word character, and none is ASCII.
_STACK = re.compile(rf"[^\x00-\x7f\w\s]{{{MARKS + 1},}}")  # ASCII first: most are told by it
_INVISIBLE = " \u200c\u200d"
#: What is safe at first sight, as nearly all addresses are.
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,4})?([/?#][!-\[\]-~]*)?")


def clean(text: str) -> str:
    r"""Text of several lines: no control character but ``\n`` and ``\t``, no bidi control.

    Every kind of line break becomes ``\n``; a lone surrogate becomes U+FFFD.
    """
    plain = text.isprintable()
    if plain and text.isascii():
        return text
    # Python calls all that is unsafe unprintable, but for the two Hangul fillers.
    if (not plain or "\u3164" in text or "\uffa0" in text) and _UNSAFE.search(text):
        text = text.replace("\r\n", "\n").translate(_TABLE)
    return text if text.isascii() else _STACK.sub(_unstacked, text)


def one_line(text: str) -> str:
    """A title or a name: cleaned, on one line, any white space a single space, trimmed."""
    return " ".join(clean(text).split()).strip(_INVISIBLE)


def clip(text: str, limit: int) -> str:
    """Text of at most ``limit`` characters; one that was cut ends with an ellipsis."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rstrip(_INVISIBLE) + "…" if limit > 0 else ""


def fold(text: str) -> str:
    """Text for comparing: case and accents make no difference. Never for showing."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def safe_url(text: str) -> str | None:
    """The address, if it is one to open: http or https, a host, nothing unseen in it.

    A name and a password before the host are left out: they would be shown, kept and exported.
    """
    url = text.strip()
    if len(url) <= URL_LIMIT and _PLAIN_URL.fullmatch(url):
        return url
    if len(url) > URL_LIMIT or "\\" in url or url.split() != [url] or clean(url) != url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    if "@" not in parts.netloc:
        return url
    before, _, after = url.partition(parts.netloc)
    return f"{before}{parts.netloc.rpartition('@')[2]}{after}"


def _unstacked(match: re.Match[str]) -> str:
    kept: list[str] = []
    run = 0
    for character in match.group():
        marks = unicodedata.category(character)[0] == "M" or character in _INVISIBLE
        run = run + 1 if marks else 0
        if run <= MARKS:
            kept.append(character)
    return "".join(kept)

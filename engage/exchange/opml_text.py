"""The bytes of somebody's OPML file to text that a strict XML parser may accept."""

from __future__ import annotations

import codecs
import html
import re

from engage.errors import EngageError

#: Bytes of an OPML file that are read at most. A thousand feeds are about 200 KB.
LIMIT = 10 * 1024 * 1024

#: Encodings that a declaration may name; Python knows others, and some that are no encodings.
_ENCODINGS = re.compile(
    r"utf-?(8|16|16-?le|16-?be|32)|us-ascii|ascii|latin-?1|iso-?8859-?\d{1,2}|(windows|cp)-?125\d"
    r"|koi8-[ru]|mac(intosh|-?roman)|shift_jis|euc-(jp|kr)|gb2312|gbk|gb18030|big5",
    re.I,
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_ENTITY = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{0,31}))?(;?)")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text_of(data: bytes) -> str:
    """The text of a file, without its XML declaration; EngageError where it is too large.

    The encoding is that of its byte order mark, else the one declared, else UTF-8; bytes that are
    not in it are read as Windows-1252, in which old programs wrote whatever they declared.
    """
    if len(data) > LIMIT:
        raise EngageError(
            f"This OPML file is larger than {LIMIT // 1024 // 1024} MiB, "
            "which engage does not read; split it."
        )
    return _DECLARATION.sub("", _decoded(data), count=1)


def repaired(text: str) -> str:
    """The text with what XML forbids mended: a bare ``&``, HTML's entities, control characters."""
    return _ENTITY.sub(_mended, _ILLEGAL.sub("", text))


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    declared = _DECLARED.match(data)
    name = declared[1].decode() if declared else "utf-8"
    if not _ENCODINGS.fullmatch(name) or name.lower().startswith(("utf-16", "utf-32", "utf16")):
        name = "utf-8"  # a declaration that could be read at all is not in UTF-16
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252", "replace")


def _mended(match: re.Match[str]) -> str:
    number, name, end = match.groups()
    if end and name in _XML_NAMES:
        return match[0]
    if end and number:
        character = html.unescape(match[0])
        return match[0] if character and not _ILLEGAL.search(character) else ""
    if end and name and (character := html.unescape(match[0])) != match[0]:
        return "".join(f"&#{ord(each)};" for each in character)
    return f"&amp;{match[0][1:]}"

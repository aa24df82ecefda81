"""Text of other people inside Markdown and YAML: shown literally, whatever it holds."""

from __future__ import annotations

import json
import re

#: What CommonMark and Obsidian make something of inside a line. An ampersand only where an entity
#: would come of it, ``=`` and ``%`` only in pairs, ``#`` and ``^`` only before what they would tag.
_SPECIAL = re.compile(
    r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)|(?<![=])=(?==)|(?<=[=])=|%(?=%)|(?<=%)%|#(?=\w)|\^(?=\w)"
)
#: What would make a list, a heading or a quote of a line that begins with it.
_BEGINNING = re.compile(r"^(?:[-+#](?=\s|$)|\d{1,9}(?=[.)](?:\s|$)))")
_NO_NAME = "nobody"
_WIKI = re.compile(r"[\[\]|#^<>]")


def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def escaped(text: str) -> str:
    """The text on one line, with a backslash before what Markdown would take for markup."""
    inline = _SPECIAL.sub(r"\\\g<0>", flat(text))
    return _BEGINNING.sub(_not_a_block, inline)


def without_links(name: str) -> str:
    """A name without the characters that would end or bend a link; never empty."""
    return flat(_WIKI.sub("", name)) or _NO_NAME


def wikilink(name: str) -> str:
    """``[[Name]]``, without the characters that would end or bend such a link."""
    return f"[[{without_links(name)}]]"


def link(text: str, url: str | None) -> str:
    """A link with that text; only the text where there is no web address."""
    if url is None or not re.match(r"https?://", url, re.I):
        return escaped(text)
    return f"[{escaped(text)}]({re.sub(_IN_TARGET, _percent, url)})"


def quoted(text: str) -> str:
    """A YAML string in double quotes, for which JSON's escapes are YAML's too."""
    return json.dumps(flat(text), ensure_ascii=False)


_IN_TARGET = re.compile(r"[\s()<>\\\[\]`|]")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _not_a_block(match: re.Match[str]) -> str:
    start = match[0]
    return f"{start}\\" if start.isdigit() else f"\\{start}"

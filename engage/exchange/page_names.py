"""What a person's page is called: the name, as far as it may be a file's name anywhere."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r'[\x00-\x1f"*:<>?|#^\[\]]')
_LONGEST = 80
#: Names that Windows keeps for itself.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.I)


def page_name(name: str) -> str:
    """The name of the file, without its ending; never empty, never a path."""
    text = re.sub(r"[/\\]", "-", _FORBIDDEN.sub("", " ".join(name.split())))
    text = " ".join(text.split()).strip(". ")[:_LONGEST].rstrip(". ")
    return f"{text}_" if _DEVICES.fullmatch(text) else text or "nobody"

"""Tokens never leave in an export: addresses without the secrets that some of them carry."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

#: Names of query parameters that carry a secret: ``token=``, ``api_key=``, ``auth=``, ``pwd=`` …
_SECRET = re.compile(
    r"token|secret|passw|pwd|auth(?!or)|signature|(^|[-_.])(key|sig|jwt)$|apikey", re.I
)

#: A name or a password before the host of an address, in the bytes of a file.
PASSWORD = re.compile(rb"https?://[^\s/?#@\"'<>,]{1,200}@[\w.\[-]", re.I)


def without_tokens(url: str) -> str:
    """The address without user name, password and query parameters that are secrets."""
    if "?" not in url and "@" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = "&".join(
        pair for pair in parts.query.split("&") if not _SECRET.search(pair.partition("=")[0])
    )
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=kept))

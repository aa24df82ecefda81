"""What a server says in words when it refuses: the owner's own explanation is the best one."""

from __future__ import annotations

import asyncio
import re
import zlib
from html import unescape
from typing import TYPE_CHECKING

from engage.text import clip, one_line

if TYPE_CHECKING:
    import aiohttp

#: Bytes read of a refusal, seconds waited for them, and characters kept.
_BYTES = 2048
_SECONDS = 3.0
_KEPT = 140

#: Refusals that need no words: what is missing is missing.
_PLAIN = frozenset({404, 410})
_NO_TEXT = re.compile(r"<(script|style|title)\b.*?(</\1\s*>|$)|<[^>]*(>|$)", re.DOTALL | re.I)


def explains(status: int) -> bool:
    """Whether a refusal's body may say more than its status does."""
    return 400 <= status < 500 and status not in _PLAIN


async def first_words(response: aiohttp.ClientResponse) -> str:
    """The beginning of a refusal as one clean line; "" where there is nothing to read."""
    if not response.headers.get("Content-Type", "text/plain").lower().startswith("text/"):
        return ""
    raw = bytearray()
    try:
        async with asyncio.timeout(_SECONDS):
            async for chunk in response.content.iter_any():
                raw += chunk
                if len(raw) >= _BYTES:
                    break
    except TimeoutError:
        pass
    body = bytes(raw[:_BYTES])
    if "gzip" in response.headers.get("Content-Encoding", "").lower():
        try:
            body = zlib.decompressobj(31).decompress(body, _BYTES)
        except zlib.error:
            return ""
    return clip(one_line(unescape(_NO_TEXT.sub(" ", body.decode(errors="replace")))), _KEPT)

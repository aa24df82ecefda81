"""Unpacking gzip while it streams in, with a cap that a bomb cannot jump over."""

from __future__ import annotations

import zlib

from engage.web import errors

#: zlib's window size for a gzip header and nothing else.
_GZIP = 31
_MAGIC = b"\x1f\x8b"


class Body:
    """Collects the body of one answer, inflated, up to ``limit`` bytes.

    Raises WebError for encodings other than gzip, damaged or cut gzip, and for what is too big.
    """

    def __init__(self, host: str, encoding: str, limit: int) -> None:
        self._host = host
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        self._stream: zlib._Decompress | None = None
        self._ended = False
        encoding = encoding.strip().lower()
        if encoding in ("gzip", "x-gzip"):
            self._stream = zlib.decompressobj(_GZIP)
        elif encoding not in ("", "identity"):
            raise errors.bad_encoding(host, encoding[:40])

    def add(self, chunk: bytes) -> None:
        if self._stream is None:
            self._keep(chunk)
            return
        try:
            self._inflate(chunk)
        except zlib.error as cause:
            raise errors.bad_gzip(self._host) from cause

    def _inflate(self, chunk: bytes) -> None:
        while chunk and self._stream is not None:
            if self._stream.eof:  # another member may follow (RFC 1952 2.2); zeros are padding
                if not chunk.startswith(_MAGIC):
                    return
                self._stream = zlib.decompressobj(_GZIP)
            self._keep(self._stream.decompress(chunk, self._limit - self._size + 1))
            chunk = self._stream.unconsumed_tail or self._stream.unused_data

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._limit:
            raise errors.too_big(self._host, self._limit)
        self._parts.append(data)

    def whole(self) -> bytes:
        """The body, once the last chunk has been added."""
        if self._stream is not None and not self._stream.eof and self._parts:
            raise errors.broken_off(self._host)
        return b"".join(self._parts)

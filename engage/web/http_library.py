"""aiohttp, imported with the first request and without what engage does not use of it.

When it is imported aiohttp (3.14) reads the system's certificates twice, which takes longer than
all the rest, for contexts in the place of which `Client` makes its own: so it finds none.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

#: Where OpenSSL looks for certificates.
_PLACES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


@contextmanager
def _no_certificates() -> Iterator[None]:
    before = {name: os.environ.pop(name, None) for name in _PLACES}
    os.environ.update(dict.fromkeys(_PLACES, os.devnull))
    try:
        yield
    finally:
        for name, value in before.items():
            del os.environ[name]
            if value is not None:
                os.environ[name] = value


with _no_certificates():
    import aiohttp

__all__ = ["aiohttp"]

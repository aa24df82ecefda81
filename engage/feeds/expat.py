"""The SAX driver that feedparser is given: expat as ever, but text arrives in large pieces.

That saves a sixth of feedparser's time and changes nothing else: without it every line break and
every entity in a text is a call of its own.
"""

from __future__ import annotations

from typing import Any
from xml.sax.expatreader import ExpatParser

_BUFFER = 1024 * 1024


class BufferingExpatParser(ExpatParser):
    def reset(self) -> None:
        super().reset()
        parser: Any = vars(self)["_parser"]
        parser.buffer_size = _BUFFER
        parser.buffer_text = True


def create_parser() -> BufferingExpatParser:
    """What `xml.sax.make_parser` looks for in a driver's module."""
    return BufferingExpatParser()

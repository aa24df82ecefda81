"""The process that parses: what a feed contains can hang or exhaust it, and nothing else.

Requests and answers are pickles behind their length. The process ends when its input does.
"""

from __future__ import annotations

import contextlib
import copyreg
import gc
import io
import os
import pickle
import resource
import signal
import struct
from collections.abc import Callable
from typing import Any, BinaryIO

from engage.domain.posts import Entry, FeedDocument
from engage.errors import EngageError

#: Bytes of data for one worker: what a feed of 10 MiB needs and as much again.
DATA = 176 * 1024 * 1024
#: Bytes of address space, for systems that do not count data alone.
SPACE = 1024 * 1024 * 1024

#: Feeds after which reference cycles are looked for; looking after each costs a tenth of the time.
COLLECT_EVERY = 25

LENGTH = struct.Struct(">Q")


def main() -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    for limit, size in ((resource.RLIMIT_DATA, DATA), (resource.RLIMIT_AS, SPACE)):
        with contextlib.suppress(ValueError, OSError):  # not every system has these limits
            resource.setrlimit(limit, (size, size))
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a stray print must not end up in an answer
    gc.disable()
    import engage.feeds.xmlfeed  # noqa: F401 - while the first body is still on its way

    answered = 0
    while (request := receive(source)) is not None:
        what, arguments = pickle.loads(request)
        try:
            answer = ("ok", job(what)(*arguments))
        except EngageError as error:
            answer = ("refused", str(error))
        except (MemoryError, RecursionError):
            break  # what is left of this process is not to be trusted
        send(sink, packed(answer))
        answered += 1
        if answered % COLLECT_EVERY == 0:
            gc.collect()


def job(what: str) -> Callable[..., Any]:
    """The function that a request names."""
    if what == "parse":
        from engage.feeds.parse import parse

        return parse
    from engage.feeds.page import look

    return look


def receive(source: BinaryIO) -> bytes | None:
    """The next message, or None at the end."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return source.read(LENGTH.unpack(head)[0])


def send(sink: BinaryIO, message: bytes) -> None:
    sink.write(LENGTH.pack(len(message)))
    sink.write(message)
    sink.flush()


def _by_values(record: Any) -> tuple[Any, ...]:
    return type(record), tuple(getattr(record, name) for name in record.__slots__)


def packed(answer: object) -> bytes:
    """The pickle of an answer. Records go as a call with their fields, which is read three times
    faster than what dataclasses with slots do by themselves."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, protocol=5)
    pickler.dispatch_table = copyreg.dispatch_table | dict.fromkeys(
        (Entry, FeedDocument), _by_values
    )
    pickler.dump(answer)
    return buffer.getvalue()

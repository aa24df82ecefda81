"""What is printed: stdout is data, stderr is talk.

Whatever leaves here holds no control character but tab and line feed. Text is escaped where the
terminal's encoding cannot show it; JSON is UTF-8 whatever the locale.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from engage.errors import EngageError
from engage.text import clean, clip, one_line

#: The longest line of a listing, in characters.
LINE_LIMIT = 10_000
#: A column is padded to the widest of its cells, but no wider than this.
COLUMN_LIMIT = 48

#: How `json` writes control characters: escaped, so that they would be handed on.
_ESCAPED = re.compile(r"\\[bfr]|\\u00")


def lines(texts: Iterable[str]) -> None:
    """Print lines to stdout."""
    printed = [clip(line, LINE_LIMIT) for text in texts for line in clean(text).split("\n")]
    _write(sys.stdout, "".join(f"{line}\n" for line in printed))


def table(rows: Iterable[Sequence[str]]) -> None:
    """Print rows to stdout, one line each, their columns aligned; the first is quiet in colour."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    if not cells:
        return
    widths = [min(max(map(_width, column)), COLUMN_LIMIT) for column in zip(*cells, strict=True)]
    before, after = ("\x1b[2m", "\x1b[0m") if _in_colour(sys.stdout) else ("", "")
    printed = []
    for row in cells:
        padded = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        first, *rest = padded
        line = clip("  ".join(["", *rest]).rstrip(), LINE_LIMIT - len(first))
        printed.append(f"{before}{first}{after}{line}".rstrip() + "\n")
    _write(sys.stdout, "".join(printed))


def to_terminal(sequences: str) -> None:
    """Write control sequences of engage's own to the terminal at stderr; they print nothing."""
    if is_terminal(sys.stderr):
        sys.stderr.write(sequences)
        sys.stderr.flush()


def json_form(form: Any) -> None:
    """Print one of the JSON forms to stdout."""
    import json

    text = json.dumps(form, ensure_ascii=False)
    if clean(text) != text or _ESCAPED.search(text):
        text = json.dumps(_cleaned(form), ensure_ascii=False)
    _write_bytes(text.encode() + b"\n")


def document(text: str, *, utf8: bool = False) -> None:
    """Print a whole document to stdout, its lines as they are; ``utf8`` whatever the locale."""
    printed = clean(text)
    printed += "" if printed.endswith("\n") else "\n"
    if utf8:
        _write_bytes(printed.encode())
    else:
        _write(sys.stdout, printed)


def say(sentence: str) -> None:
    """Say something to the writer on stderr; where nobody listens, nothing happens."""
    try:
        _write(sys.stderr, "".join(f"{line}\n" for line in clean(sentence).split("\n")))
    except (OSError, EngageError):
        return


def say_refused(sentence: str, candidates: Iterable[str] = ()) -> None:
    """Say what could not be done, and what may have been meant, a line each."""
    say("\n".join([sentence, *(f"  {one_line(candidate)}" for candidate in candidates)]))


def progress(sentence: str) -> None:
    """Show a line on a terminal's stderr in place of the one before; empty: take it away."""
    try:
        _write(sys.stderr, f"\r\x1b[K{_fitted(one_line(sentence), _columns() - 1)}")
    except (OSError, EngageError):
        return


def ask(question: str) -> bool:
    """Ask on the terminal; yes only if the answer begins with a y."""
    _write(sys.stderr, clean(question))
    return sys.stdin.readline().strip().lower().startswith("y")


def ask_one_of(question: str, answers: Sequence[tuple[str, str]]) -> str:
    """Ask on the terminal; the answer is that of the first beginning that fits, else the last."""
    _write(sys.stderr, clean(question))
    said = sys.stdin.readline().strip().lower()
    return next((answer for begin, answer in answers if said.startswith(begin)), answers[-1][1])


def abandon() -> None:
    """Send what is still buffered for stdout nowhere: its reader is gone, or its disk is full.

    Otherwise the interpreter tries again at exit, complains and changes the status.
    """
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):  # stdout is closed or no file
        return


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is there and a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # closed by whoever started us
        return
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as cause:
        raise EngageError(f"The output could not be written: {cause.strerror}.") from cause


def _write_bytes(data: bytes) -> None:
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as cause:
        raise EngageError(f"The output could not be written: {cause.strerror}.") from cause


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value


def _in_colour(stream: TextIO | None) -> bool:
    return is_terminal(stream) and not os.environ.get("NO_COLOR")


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _fitted(text: str, cells: int) -> str:
    """The beginning of a text that a terminal shows in so many cells."""
    if _width(text) <= cells:
        return text
    end = used = 0
    while (used := used + _width(text[end])) < cells:
        end += 1
    return text[:end] + "…"


def _width(text: str) -> int:
    """The cells that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )

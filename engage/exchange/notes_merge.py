"""New weekly notes into a file that exists: between engage's markers, and its front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engage.errors import EngageError
from engage.exchange.notes_markdown import BEGIN, END, KEYS

_KEY = re.compile(r"([A-Za-z0-9_-]+)[ \t]*:(?:[ \t]|$)")
#: The start or end of a fenced code block (CommonMark 4.5).
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


def merge_into(existing: str, fresh: str, markers: tuple[str, str] = (BEGIN, END)) -> str:
    """The existing file with its marked part, and engage's own keys of its front matter, as in the
    fresh one; every other character stays, line ends too. ``markers`` are the lines that begin and
    end the part.

    Of several marked parts the first is rewritten; markers inside a code block are no markers.
    Keys that the file does not have are not added. Raises EngageError where the file has not both
    markers, in order.
    """
    old, new = _lines(existing), _lines(fresh)
    place, source = _marked(old, markers), _marked(new, markers)
    ending = _ending(old[place.begin])
    body = [_text(line) + ending for line in new[source.begin + 1 : source.end]]
    matter, rest = old[: place.front], old[place.front : place.begin + 1]
    keys = _keys(new[: source.front])
    return "".join((*_renewed(matter, keys), *rest, *body, *old[place.end :]))


@dataclass(frozen=True, slots=True)
class _Place:
    """Line numbers: the first one after the front matter, and those of the two markers."""

    front: int
    begin: int
    end: int


def _lines(text: str) -> list[str]:
    """The lines with their ends; of all that may end a line only ``\\n`` does."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _text(line: str) -> str:
    return line.rstrip("\r\n")


def _ending(line: str) -> str:
    return "\r\n" if line.endswith("\r\n") else "\n"


def _marked(lines: list[str], markers: tuple[str, str]) -> _Place:
    start, finish = markers
    front = _front_matter(lines)
    begin: int | None = None
    fence = ""
    for number in range(front, len(lines)):
        line = _text(lines[number])
        if begin is None and (found := _FENCE.match(line)):
            if not fence:
                fence = "" if "`" in found[2] and found[1][0] == "`" else found[1]
            elif found[1].startswith(fence) and not found[2].strip():
                fence = ""
        elif fence:
            continue
        elif _is(start, line):
            if begin is not None:
                raise EngageError(
                    f"The notes file has a second {start} before {finish}, "
                    "so it stays as it is; take one of them out."
                )
            begin = number
        elif _is(finish, line) and begin is not None:
            return _Place(front, begin, number)
    missing = start if begin is None else finish
    raise EngageError(
        f"The notes file has no line {missing}{'' if begin is None else f' after {start}'}, "
        "so it stays as it is; add both markers, or write to another file."
    )


def _is(marker: str, line: str) -> bool:
    """Whether the line is that marker alone; four spaces before it would make it code."""
    return line.strip(" \t") == marker and not line.startswith(("    ", "\t"))


def _front_matter(lines: list[str]) -> int:
    """How many lines the front matter takes, with its two rules; 0 where there is none."""
    if lines and _text(lines[0]).removeprefix("\ufeff").rstrip() == "---":
        for number, line in enumerate(lines[1:], start=1):
            if _text(line).rstrip() in ("---", "..."):
                return number + 1
    return 0


def _keys(matter: list[str]) -> dict[str, str]:
    """Each of engage's own keys and its line, without the end."""
    found = ((_KEY.match(line), _text(line)) for line in matter)
    return {key[1]: line for key, line in found if key and key[1] in KEYS}


def _renewed(matter: list[str], keys: dict[str, str]) -> list[str]:
    """The front matter with engage's own keys renewed; a value on several lines goes as a whole."""
    renewed: list[str] = []
    inside_ours = False
    for number, line in enumerate(matter):
        key = _KEY.match(line)
        if key and key[1] in keys:
            inside_ours = True
            renewed.append(keys[key[1]] + _ending(line))
        elif not (inside_ours and number < len(matter) - 1 and _continues(line)):
            inside_ours = False
            renewed.append(line)
    return renewed


def _continues(line: str) -> bool:
    """Whether a line belongs to the value of the key before it (a block list, a folded string)."""
    return line[:1] in (" ", "\t") or line.startswith("- ") or _text(line) == "-"

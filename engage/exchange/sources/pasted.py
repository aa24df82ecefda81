"""A plain list: names, addresses, handles and e-mail addresses, one person a line, pasted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from engage.domain.wording import counted
from engage.errors import EngageError
from engage.exchange.bundle import File
from engage.exchange.imported import NOTE_LIMIT, Import, ImportedPerson, Way, called
from engage.exchange.rows import ROW_LIMIT, ROW_LIMIT_SAID, head_of
from engage.exchange.sources.fediverse import ACCOUNT
from engage.exchange.sources.table import WAYS
from engage.exchange.texts import text_from
from engage.text import clean, clip, safe_url

FILES = re.compile(r"\.(txt|text|md|lst)$", re.I)

_ADDRESS = re.compile(r"<?((?:https?://|www\.)[^\s<>\"]+)>?", re.I)
_BARE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s<>\"]*)?", re.I)
_EMAIL = re.compile(r"<?(?:mailto:)?([\w.+*-]+@[\w-]+(?:\.[\w-]+)+)>?")
_AT_ACCOUNT = re.compile(r"(?<!\S)@[\w.-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_AT = re.compile(r"(?<!\S)@[\w.-]+", re.ASCII)
_MARKDOWN = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
_BULLET = re.compile(r"^\s*(?:[-*•+]\s+|\d{1,5}[.)]\s+|\[[ x]\]\s+)+")
_BETWEEN = " \t,;|–—-:()·"
_AROUND = " \t|–—-·"
_NAME_WORDS = 6
_NAME_LIMIT = 80
_SPLIT = re.compile(r", | [–—|-] | \(")
#: What stands beside the names on a page that was copied.
_BUTTONS = frozenset({"follow", "unfollow", "subscribe", "connect", "message"})
#: A pasted list is called nothing; of files only those that hold plain text are lists.
_PLAIN = re.compile(r"(^|/)[^./]*$|\.(txt|text|md|lst|csv|tsv)$", re.I)
#: Of a list more than this part of the lines is a name or an address.
_MOSTLY = 2 / 3
#: Small words within names: Ana de la Torre, Ludwig van Beethoven, Bread and Salt.
_PARTICLE = re.compile(
    r"a[flnt]|and|av|bin|d[aeiou]|dal|del|della|den|der|des|dos|el?|i|l[aeo]s?|o[fnp]|"
    r"or|os|'t|ten|ter|the|to|und|van|vom|von|y|zu|zum|zur",
    re.I,
)
_NO_NAME = re.compile(r"[<>{}=\\\[\]`\"%$^~|*_]|://|\w\(|[,;].*[,;]|:|[!?;…]\s|[!?;,…]$")
_NUMBER = re.compile(r"\d{1,4}\.?|[&+–—-]")


def recognises(name: str, text: str) -> bool:
    """What reads like a list: nearly every line is a name, an address or a heading."""
    if not _PLAIN.search(name) or head_of(name, text)[0] or text.lstrip()[:1] in ("<", "{"):
        return False
    lines = [line for _, line, _ in islice(_entries(text.split("\n")), 500)]
    rows = [line for line in lines if _heading(line) is None]
    people = sum(_person(line, "") is not None for line in rows)
    return people > len(rows) * _MOSTLY


def read(files: Sequence[File]) -> Import:
    people: list[ImportedPerson] = []
    unclear: list[str] = []
    starred = 0
    for file in files:
        direction: Way = ""
        lines = text_from(file.data).split("\n")
        if len(lines) > ROW_LIMIT:
            raise EngageError(
                f"it has more than {ROW_LIMIT_SAID} lines, which is more people than anybody "
                "writes to; split it, or keep the lines of those who matter."
            )
        for number, line, note in _entries(lines):
            if (said := _heading(line)) is not None:
                direction = said
            elif "*" in line and (found := _EMAIL.search(line)) and "*" in found[1]:
                starred += 1
            elif person := _person(line, direction):
                people.append(replace(person, note=note) if note else person)
            else:
                unclear.append(f"line {number} is no name and no address: {called(line)[:60]!r}.")
    stars = f"{counted(starred, 'line')} with an e-mail address that the platform starred out."
    skipped = (stars,) if starred else ()
    undirected = "" if all(person.direction for person in people) else "this list"
    listed = tuple(people)
    return Import(
        "list", "list", listed, undirected=undirected, unclear=tuple(unclear), skipped=skipped
    )


def _entries(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The lines that may be a person, each with its number and a note.

    Where a list was copied from a page, each person is a few lines with a button below them: the
    first is who it is, the others are what they say of themselves.
    """
    copied = sum(line.strip().casefold() in _BUTTONS for line in lines) > 1
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        button = text.casefold() in _BUTTONS or (block and text.casefold() == "following")
        if not text or (button and not copied):
            continue
        if not copied or (not block and _heading(text) is not None):
            yield number, line, ""
        elif not button:
            block.append((number, text))
        elif block:
            first, *rest = dict.fromkeys(said for _, said in block)
            yield block[0][0], first, clip(called(" ".join(rest)), NOTE_LIMIT)
            block = []
    yield from ((number, text, "") for number, text in block)


def _heading(line: str) -> Way | None:
    """``Followers`` above a list says how they stand; any other line after ``#`` is a remark."""
    text = line.strip()
    words = text.strip("#:= ").lower()
    words = re.sub(r"^[\d,.]+[km]?\s+|\s*\(?[\d,.]+[km]?\)?$", "", words)
    if words in WAYS:
        return WAYS[words]
    return "" if text.startswith(("# ", "## ")) or text == "#" else None


def _person(line: str, direction: Way) -> ImportedPerson | None:
    rest = _BULLET.sub("", clean(line).strip())
    if len(rest) > 500:
        return None
    rest = _MARKDOWN.sub(r"\1 \2", rest)
    urls: list[str] = []
    accounts: list[str] = []
    emails: list[str] = []

    def take(pattern: re.Pattern[str], into: list[str]) -> None:
        nonlocal rest
        into += [found[found.re.groups] for found in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)

    take(_ADDRESS, urls)
    take(_AT_ACCOUNT, accounts)
    take(_EMAIL, emails)
    handles: list[str] = []
    take(_AT, handles)
    bare = [word for word in rest.split() if _BARE.fullmatch(word.strip(_BETWEEN))]
    urls += [word.strip(_BETWEEN) for word in bare]
    rest = " ".join(word for word in rest.split() if word not in bare)
    found_address = bool(urls or accounts or emails or handles)
    name, note = _name_and_note(called(rest.strip(_BETWEEN if found_address else _AROUND)))
    pages = [url for each in urls if (url := safe_url(_whole(each)))]
    # On Medium, where lists of followers cannot be exported, a handle is @name.
    pages += [f"https://medium.com/{handle}" for handle in handles]
    if not (pages or accounts or emails or name):
        return None
    return ImportedPerson(
        name=name,
        profiles=tuple(dict.fromkeys(pages)),
        accounts=tuple(found[1] + "@" + found[2].lower() for found in _accounts(accounts)),
        emails=tuple(emails),
        direction=direction,
        note=note,
    )


def _name_and_note(text: str) -> tuple[str, str]:
    """A name, and what stands behind it: ``Mara Quill, edits Slow Letters``."""
    if _is_name(text):
        return text, ""
    found = _SPLIT.search(text)
    name = text[: found.start()] if found else ""
    # "Then, one day" is no "Quill, editor".
    if found is None or not _is_name(name) or (found[0] == ", " and " " not in name):
        return "", ""
    return name, text[found.end() :].rstrip(")")


def _accounts(texts: Sequence[str]) -> list[re.Match[str]]:
    return [found for text in texts if (found := ACCOUNT.fullmatch(text))]


def _whole(address: str) -> str:
    address = address.rstrip(".,;)")
    return address if "://" in address else f"https://{address}"


def _is_name(text: str) -> bool:
    """Whether words look like what somebody or a blog is called, not like a sentence."""
    words = text.split()
    if not (0 < len(text) <= _NAME_LIMIT and len(words) <= _NAME_WORDS) or _NO_NAME.search(text):
        return False
    if any(word.endswith(".") and len(word) > 4 for word in words):  # not "Jr." or an initial
        return False
    first = next((c for c in text if c.isalpha()), "")
    if not first:
        return False
    if first.islower():  # typed in a hurry: mara quill
        return len(words) <= 2 and text[0].isalpha()
    return all(_in_a_name(word) for word in words[1:])


def _in_a_name(word: str) -> bool:
    if _PARTICLE.fullmatch(word) or _NUMBER.fullmatch(word):
        return True
    parts = re.split("[-'’]", word)  # el-Din, d'Arc
    return any(c.isalpha() and not c.islower() for part in parts for c in part[:1])

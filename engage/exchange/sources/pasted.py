"""A plain list: names, addresses, handles and e-mail addresses, one person a line, pasted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engage.errors import EngageError
from engage.exchange.bundle import File
from engage.exchange.imported import Import, ImportedPerson, Way, called
from engage.exchange.rows import ROW_LIMIT
from engage.exchange.sources.fediverse import ACCOUNT
from engage.exchange.sources.table import WAYS
from engage.exchange.texts import text_from
from engage.text import clean, safe_url

FILES = re.compile(r"\.(txt|text|md|lst)$", re.I)

_ADDRESS = re.compile(r"<?((?:https?://|www\.)[^\s<>\"]+)>?", re.I)
_BARE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s<>\"]*)?", re.I)
_EMAIL = re.compile(r"<?(?:mailto:)?([\w.+*-]+@[\w-]+(?:\.[\w-]+)+)>?")
_AT_ACCOUNT = re.compile(r"(?<!\S)@[\w.-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_AT = re.compile(r"(?<!\S)@[\w.-]+", re.ASCII)
_MARKDOWN = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
_BULLET = re.compile(r"^\s*(?:[-*•+]\s+|\d{1,5}[.)]\s+|\[[ x]\]\s+)+")
_BETWEEN = " \t,;|–—-:()·"
_NAME_WORDS = 6
_NAME_LIMIT = 80


def recognises(_name: str, text: str) -> bool:
    """Anything that reads like a list: short lines, most of them a person."""
    if text.lstrip()[:1] in ("<", "{") or text.lstrip().startswith(("[{", "[\n")):
        return False
    lines = [line for line in text.split("\n") if line.strip()][:200]
    good = sum(_person(line, "") is not None or _heading(line) is not None for line in lines)
    return bool(lines) and good * 2 > len(lines) and "\x00" not in text


def read(files: Sequence[File]) -> Import:
    people: list[ImportedPerson] = []
    unclear: list[str] = []
    starred = 0
    for file in files:
        direction: Way = ""
        lines = text_from(file.data).split("\n")
        if len(lines) > ROW_LIMIT:
            raise EngageError(f"it has more than {ROW_LIMIT} lines; split it.")
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            if (said := _heading(line)) is not None:
                direction = said
            elif "*" in line and (found := _EMAIL.search(line)) and "*" in found[1]:
                starred += 1
            elif person := _person(line, direction):
                people.append(person)
            else:
                unclear.append(f"line {number} is no name and no address: {called(line)[:60]!r}.")
    skipped = (f"{starred} e-mail addresses that the platform starred out.",) if starred else ()
    return Import("list", "list", tuple(people), unclear=tuple(unclear), skipped=skipped)


def _heading(line: str) -> Way | None:
    """``Followers`` above a list says how they stand; any other line after ``#`` is a remark."""
    text = line.strip()
    words = text.strip("#:= ").lower()
    words = re.sub(r"\s*\(?[\d,.]+\)?$", "", words)
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
    name = called(rest.strip(_BETWEEN))
    pages = [url for each in urls if (url := safe_url(_whole(each)))]
    # On Medium, where lists of followers cannot be exported, a handle is @name.
    pages += [f"https://medium.com/{handle}" for handle in handles]
    if not (pages or accounts or emails) and not _is_name(name):
        return None
    return ImportedPerson(
        name=name if _is_name(name) else "",
        profiles=tuple(dict.fromkeys(pages)),
        accounts=tuple(found[1] + "@" + found[2].lower() for found in _accounts(accounts)),
        emails=tuple(emails),
        direction=direction,
    )


def _accounts(texts: Sequence[str]) -> list[re.Match[str]]:
    return [found for text in texts if (found := ACCOUNT.fullmatch(text))]


def _whole(address: str) -> str:
    address = address.rstrip(".,;)")
    return address if "://" in address else f"https://{address}"


def _is_name(text: str) -> bool:
    return (
        0 < len(text) <= _NAME_LIMIT
        and len(text.split()) <= _NAME_WORDS
        and any(character.isalpha() for character in text)
        and not re.search(r"[<>{}=\\]|://", text)
    )

"""Mastodon's and Takahē's lists of accounts. Mastodon gives no list of followers; Takahē does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engage.exchange.bundle import File
from engage.exchange.imported import Import, ImportedPerson, Way, called
from engage.exchange.rows import header_of, read_table
from engage.exchange.texts import text_from

FILES = re.compile(r"(^|/)(following_accounts|following|followers|lists)[^/]*\.csv$", re.I)
ACCOUNT = re.compile(r"@?([\w.-]+)@([\w-]+(?:\.[\w-]+)+)", re.ASCII)
_OLD = re.compile(r"@?[\w.-]+@[\w.-]+\.[a-z]{2,},(true|false)", re.I)


def recognises(name: str, text: str) -> bool:
    if "account address" in header_of(text):
        return True
    lines = [line.strip() for line in text.split("\n") if line.strip()][:20]
    if not lines:
        return False
    if all(_OLD.match(line) for line in lines):
        return True
    if not FILES.search(name):
        return False
    cells = [line.rpartition(",")[2] if _is_lists(name) else line for line in lines]
    return all(ACCOUNT.fullmatch(cell.partition(",")[0].strip()) for cell in cells)


def read(files: Sequence[File]) -> Import:
    people: list[ImportedPerson] = []
    unclear: list[str] = []
    undirected = ""
    for file in files:
        text = text_from(file.data)
        direction = _direction(file.stem, text)
        for account, folder in _accounts(file.stem, text):
            found = ACCOUNT.fullmatch(account)
            if found is None:
                unclear.append(f"{called(account)!r} is no account such as mara@writing.example.")
            else:
                people.append(_person(found[1], found[2].lower(), direction, folder))
        if not direction:
            undirected = file.stem
            unclear.append(
                f"{file.stem} does not say whether these accounts follow you or you them; "
                "name it followers.csv or following.csv to keep that."
            )
    return Import(
        "mastodon",
        "mastodon",
        tuple(people),
        complete=True,
        undirected=undirected,
        unclear=tuple(unclear),
    )


def _person(user: str, host: str, direction: Way, folder: str) -> ImportedPerson:
    return ImportedPerson(
        name=called(user), accounts=(f"{user}@{host}",), direction=direction, folder=folder
    )


def _accounts(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Each account and the list it is in."""
    if "account address" in header_of(text):
        for row in read_table(text, "account address").rows:
            if account := row.get("account address"):
                yield account, ""
        return
    for line in text.split("\n"):
        folder, _, account = line.rpartition(",") if _is_lists(name) else ("", "", line)
        if account := account.partition(",")[0].strip():
            yield account, called(folder.strip('"'))


def _direction(name: str, text: str) -> Way:
    if name.lower().startswith(("following", "lists")) or "show boosts" in header_of(text):
        return "i_follow"
    if name.lower().startswith("followers"):
        return "follows_me"
    return "i_follow" if _OLD.match(text.lstrip()) else ""


def _is_lists(name: str) -> bool:
    return name.rpartition("/")[2].lower().startswith("lists")

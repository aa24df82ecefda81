"""Any table of people, its columns known by their names; and the one that engage exports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from engage.errors import EngageError
from engage.exchange.bundle import File
from engage.exchange.columns import COLUMNS, SAYS_WHO, Column, Meanings, described, names_by_meaning
from engage.exchange.imported import NOTE_LIMIT, Import, ImportedPerson, Way, called, undated
from engage.exchange.rows import Row, head_of, header_of, read_table
from engage.exchange.sources.fediverse import ACCOUNT
from engage.exchange.texts import day_of, text_from
from engage.text import clean, clip, safe_url

FILES = re.compile(r"\.(csv|tsv)$", re.I)

#: What the words for a direction mean.
WAYS: Mapping[str, Way] = {
    **{way: way for way in get_args(Way) if way},
    "follower": "follows_me",
    "followers": "follows_me",
    "follows me": "follows_me",
    "following": "i_follow",
    "i follow": "i_follow",
    "friend": "mutual",
    "subscribers": "subscriber",
}
_SPACES = re.compile(r"\s+")
#: Networks whose handles are nothing but a name behind an ``@``.
_ON = {
    "medium": "https://medium.com/@{}",
    "instagram": "https://www.instagram.com/{}",
    "bluesky": "https://bsky.app/profile/{}",
}


def recognises(_name: str, text: str) -> bool:
    header = header_of(text)
    return len(header) > 1 and any(header & set(COLUMNS[kind]) for kind in SAYS_WHO)


def read(files: Sequence[File], meanings: Meanings | None = None) -> Import:
    """The people of tables; ``meanings``: what the writer says is in their columns."""
    people: list[ImportedPerson] = []
    unclear: list[str] = []
    names = names_by_meaning(meanings)
    for file in files:
        for row in _rows(text_from(file.data), names):
            person = _Reader(row, names).person()
            if person is None and not row.empty:
                unclear.append(f"row {row.number} has no name and no address.")
            elif person is not None:
                people.append(person)
    undirected = "" if all(person.direction for person in people) else files[0].stem
    return Import("csv", "csv", tuple(people), undirected=undirected, unclear=tuple(unclear))


def columns(file: File) -> tuple[Column, ...]:
    """The columns of a table, for the writer to say what is in them; none where it is none."""
    try:
        text = text_from(file.data)
    except EngageError:
        return ()
    return described(*head_of(file.name, text))


def _rows(text: str, names: Mapping[str, tuple[str, ...]]) -> Sequence[Row]:
    header = header_of(text)
    for kind in SAYS_WHO:
        for column in names[kind]:
            if column in header:
                return read_table(text, column).rows
    raise EngageError(
        "it has no column that engage knows; call one name, url, feed, handle or email."
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads a row; ``names``: the columns of each meaning."""

    row: Row
    names: Mapping[str, tuple[str, ...]]

    def person(self) -> ImportedPerson | None:
        name = called(self._of("name") or f"{self._of('first')} {self._of('last')}")
        urls = [url for text in self._texts("url") if (url := _address(text))]
        feeds = [url for text in self._texts("feed") if (url := safe_url(text))]
        accounts: list[str] = []
        for column, text in self._handles():
            if found := ACCOUNT.fullmatch(text):
                accounts.append(f"{found[1]}@{found[2].lower()}")
            elif url := _address(text) if "/" in text else None:
                urls.append(url)
            elif column in _ON and re.fullmatch(r"@?[\w.-]+", text, re.ASCII):
                urls.append(_ON[column].format(text.removeprefix("@")))
            else:
                name = name or called(text.removeprefix("@"))
        email, day = self._of("email"), self._of("since")
        if not (name or urls or feeds or accounts or email):
            return None
        since = day_of(day)
        return ImportedPerson(
            name=name,
            profiles=tuple(dict.fromkeys(urls)),
            accounts=tuple(dict.fromkeys(accounts)),
            emails=(email,) if email else (),
            feeds=tuple(dict.fromkeys(feeds)),
            direction=_way(self._of("direction")),
            since=since,
            note=clip(clean(self._of("note")).strip(), NOTE_LIMIT),
            folder=clip(called(self._of("folder")), 200),
            undated=undated(day, since),
        )

    def _of(self, kind: str) -> str:
        return _unguarded(self.row.get(*self.names[kind]))

    def _texts(self, kind: str) -> Iterator[str]:
        for column in self.names[kind]:
            yield from filter(None, _SPACES.split(_unguarded(self.row.get(column))))

    def _handles(self) -> Iterator[tuple[str, str]]:
        for column in self.names["handle"]:
            if text := _unguarded(self.row.get(column)):
                yield column, text


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from calculating it."""
    return cell[1:] if re.match(r"'+[=+\-@]", cell) else cell


def _address(text: str) -> str | None:
    return safe_url(text if "://" in text else f"https://{text}") if "." in text else None


def _way(text: str) -> Way:
    first = text.lower().split(",")[0].strip()
    return WAYS.get(first) or WAYS.get(first.replace(" ", "_"), "")

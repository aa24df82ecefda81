"""Address books as vCards of every version: RFC 6350 (4.0), RFC 2426 (3.0), vCard 2.1.

Kept: names, addresses of pages and profiles, e-mail addresses for matching, notes, categories.
Telephone numbers, postal addresses, birthdays and photographs are not read.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engage.domain.wording import counted
from engage.errors import EngageError
from engage.exchange.bundle import File
from engage.exchange.imported import NOTE_LIMIT, Import, ImportedPerson, called
from engage.exchange.sources.fediverse import ACCOUNT
from engage.exchange.texts import text_from
from engage.text import clean, clip, safe_url

FILES = re.compile(r"\.(vcf|vcard)$", re.I)
_BEGIN = re.compile(r"^[ \t]*(item\d+\.)?BEGIN:VCARD", re.I | re.M)
_END = re.compile(r"^[ \t]*END:VCARD\s*\Z", re.I | re.M)
NO_CARD = "it has no line BEGIN:VCARD; export the address book as vCard."
_BLUESKY = re.compile(r"[\w-]+\.bsky\.social", re.I | re.ASCII)
_ESCAPED = re.compile(r"\\([\\,;:nN])")
_SPLIT = re.compile(r"(?<!\\)[,;]")
#: A card of people has a few kilobytes; photographs, which are left out, have more.
_LINE_LIMIT = 100_000


def recognises(_name: str, text: str) -> bool:
    return bool(_BEGIN.match(text.lstrip()[:200]))


def read(files: Sequence[File]) -> Import:
    people: list[ImportedPerson] = []
    nameless = groups = 0
    for file in files:
        text = text_from(file.data)
        if not _BEGIN.search(text):
            raise EngageError(NO_CARD)
        if not _END.search(text):
            raise EngageError("its last card has no END:VCARD: it breaks off; export it again.")
        for card in _cards(text):
            person = card.person()
            if card.group:
                groups += 1
            elif person is None:
                nameless += 1
            else:
                people.append(person)
    return Import(
        "vcard",
        "vcard",
        tuple(people),
        unclear=(f"Cards with neither a name nor an address: {nameless}.",) if nameless else (),
        skipped=(
            "Telephone numbers, postal addresses, birthdays and photographs are not read.",
            *((f"{counted(groups, 'group')}, which are no people.",) if groups else ()),
        ),
    )


@dataclass
class _Card:
    """What is read of one card, as it comes."""

    full: str = ""
    parts: str = ""
    nick: str = ""
    company: str = ""
    group: bool = False
    uid: str = ""
    notes: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)

    def take(self, name: str, value: str) -> None:
        if name == "FN":
            self.full = self.full or called(_plain(value))
        elif name == "N":
            family, given, *_ = [_plain(part) for part in re.split(r"(?<!\\);", value)] + [""]
            self.parts = called(f"{given} {family}")
        elif name == "NICKNAME":
            self.nick = called(_plain(value))
        elif name == "ORG":
            self.company = called(_plain(value.partition(";")[0]))
        elif name in ("KIND", "X-ADDRESSBOOKSERVER-KIND"):
            self.group = value.strip().lower() == "group"
        elif name == "UID":
            self.uid = called(value)
        elif name == "NOTE":
            self.notes.append(clip(clean(_plain(value)).strip(), NOTE_LIMIT))
        elif name == "EMAIL":
            self.emails.append(called(value.removeprefix("mailto:")))
        elif name in ("URL", "SOCIALPROFILE", "X-SOCIALPROFILE", "IMPP"):
            self._address(_plain(value).strip())
        elif name == "CATEGORIES":
            self.categories += filter(None, (called(_plain(part)) for part in _SPLIT.split(value)))

    def _address(self, address: str) -> None:
        address = address.removeprefix("x-apple:").strip()
        if found := ACCOUNT.fullmatch(address.removeprefix("acct:")):
            if address.startswith(("@", "acct:")):
                self.accounts.append(f"{found[1]}@{found[2].lower()}")
        elif _BLUESKY.fullmatch(address):
            self.urls.append(f"https://bsky.app/profile/{address.lower()}")
        elif url := safe_url(address if "://" in address else f"https://{address}"):
            self.urls.append(url)

    def person(self) -> ImportedPerson | None:
        name = self.full or self.parts or self.nick or self.company
        if not (name or self.urls or self.accounts):
            return None
        return ImportedPerson(
            name=name,
            profiles=tuple(dict.fromkeys(self.urls)),
            accounts=tuple(dict.fromkeys(self.accounts)),
            emails=tuple(dict.fromkeys(filter(None, self.emails))),
            ref=self.uid,
            note="\n".join(filter(None, self.notes)),
            folder=clip("/".join(each.replace("/", "-") for each in self.categories), 200),
        )


def _cards(text: str) -> Iterator[_Card]:
    """The cards of a file; one that does not end ends with the file or where the next begins."""
    card: _Card | None = None
    for line in _unfolded(text):
        head, colon, value = line.partition(":")
        name, *parameters = head.split(";")
        name = name.strip().rpartition(".")[2].upper()
        if not colon:
            continue
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            if card is not None:
                yield card
            card = _Card()
        elif name == "END" and value.strip().upper() == "VCARD":
            if card is not None:
                yield card
            card = None
        elif card is not None:
            card.take(name, _decoded(value, parameters))
    if card is not None:
        yield card


def _unfolded(text: str) -> Iterator[str]:
    """The logical lines: a line that begins with a blank goes on (RFC 6350, 3.2); in 2.1 one of
    quoted-printable that ends with ``=`` does."""
    line = ""
    for physical in text.split("\n"):
        if physical[:1] in (" ", "\t") and line:
            line = _joined(line, physical[1:])
        elif line.endswith("=") and "QUOTED-PRINTABLE" in line.partition(":")[0].upper():
            line = _joined(line[:-1], physical)
        else:
            if line:
                yield line
            line = physical.rstrip("\r")
    if line:
        yield line


def _joined(line: str, more: str) -> str:
    """Photographs go on for thousands of lines, which nobody needs to join."""
    return line if len(line) > _LINE_LIMIT else line + more.rstrip("\r")


def _decoded(value: str, parameters: Sequence[str]) -> str:
    said = [each.strip().upper() for each in parameters]
    if any(each in ("QUOTED-PRINTABLE", "ENCODING=QUOTED-PRINTABLE") for each in said):
        charset = next((each[8:] for each in said if each.startswith("CHARSET=")), "UTF-8")
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        try:
            return raw.decode("latin-1" if "8859-1" in charset else "utf-8")
        except UnicodeDecodeError:
            return raw.decode("cp1252", "replace")
    return value


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)

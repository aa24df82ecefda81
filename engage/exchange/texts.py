"""The bytes of a file to text, whatever wrote it; and the dates that such files hold."""

from __future__ import annotations

import codecs
import re
from datetime import UTC, date, datetime

from engage.errors import EngageError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Not strptime's: those follow the locale, while exports are in English.
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(
    r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*\.?,?[ -](\d{4})"
    r"|([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})"
)
_UNIX = re.compile(r"[A-Za-z]{3} ([A-Za-z]{3}) +(\d{1,2}) [\d:]+ \w+ (\d{4})")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d)")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([ap]m)?", re.I)


def text_from(data: bytes) -> str:
    """The text of a file with its lines ended by ``\\n``.

    By its byte order mark, else UTF-16 where every other byte is nought, else UTF-8, else
    Windows-1252. Raises EngageError where it is no text.
    """
    text = _decoded(data)
    if "\x00" in text[:4096]:
        raise EngageError("it is no text file; give a file as the platform exported it.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    head = data[:512]
    if head and head.count(0) * 3 > len(head):
        for encoding, noughts in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
            if noughts and noughts.count(0) * 3 > len(noughts) * 2:
                return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def day_of(text: str) -> date | None:
    """The day that a text names, in one of the forms that exports use; None where it is none."""
    text = text.strip()
    if found := _ISO.match(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _UNIX.match(text):
        year, month, day = int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2])
    elif found := _WORDS.match(text):
        middle = found[2] or found[4]
        year, month, day = (
            int(found[3] or found[6]),
            _MONTHS.get(middle.lower(), 0),
            int(found[1] or found[5]),
        )
    elif found := _AMERICAN.match(text):
        month, day, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
    elif re.fullmatch(r"\d{9,13}", text):
        return day_at(int(text))
    else:
        return None
    try:
        return _sane(date(year, month, day))
    except ValueError:
        return None


def moment_of(text: str) -> datetime | None:
    """The moment that a text names, in UTC where it names no zone; None where it is none."""
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text.replace(" UTC", "+00:00"))
    except ValueError:
        pass
    else:
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment if _sane(moment.date()) else None
    day = day_of(text)
    if day is None:
        return None
    hour = minute = second = 0
    if found := _TIME.search(text):
        hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
        if found[4]:
            hour = hour % 12 + (12 if found[4].lower() == "pm" else 0)
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return datetime(day.year, day.month, day.day, tzinfo=UTC)


def day_at(stamp: object) -> date | None:
    """The day of a Unix time in seconds, or in milliseconds; None where it is none."""
    if not isinstance(stamp, int | float) or isinstance(stamp, bool):
        return None
    try:
        seconds = stamp / 1000 if abs(stamp) > 1e11 else stamp
        return _sane(datetime.fromtimestamp(seconds, UTC).date())
    except (ValueError, OverflowError, OSError):
        return None


def _sane(day: date) -> date | None:
    """A day on which somebody may have followed somebody: there was a web, and it has come."""
    return day if 1990 <= day.year <= 2200 else None

"""``config.toml``: one table of keys with type, default and sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engage.domain.records import Rules


@dataclass(frozen=True, slots=True)
class Settings:
    """The writer's settings. ``findings``: sentences about what is wrong in the file; those keys
    have their defaults. ``given``: the keys that the file sets, ``circles.1`` for one in a table.
    """

    welcome_per_day: int = 3
    minutes_per_day: int = 20
    age_out_days: int = 30
    names: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    notes_name: str = "GGGG-[W]WW"
    theme: str = "engage-dark"
    webmention_token: str = ""
    match_by_email: bool = False
    calendar_initials: bool = False
    keys: Mapping[str, str | bool] = field(default_factory=dict)
    circles: tuple[int, int, int, int, int] = (14, 30, 90, 180, 365)
    hooks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    findings: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()

    @property
    def rules(self) -> Rules:
        """The settings that the rules of the domain depend on."""
        return Rules(
            welcome_per_day=self.welcome_per_day,
            minutes_per_day=self.minutes_per_day,
            age_out_days=self.age_out_days,
            cadences=self.circles,
            names=self.names,
            sites=self.sites,
        )


class _Unfit(ValueError):
    """A value of the wrong type or out of range; the text says what it should be."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the file: its name, what its value must be, and a sentence on what it does.

    ``read`` gives the setting for the file's value, or raises `_Unfit`.
    """

    name: str
    sentence: str
    read: Callable[[Any], Any]


def _number(least: int, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        # True is an int in Python, but `welcome_per_day = true` is a slip.
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise _Unfit(f"a whole number from {least} to {most}")
        return value

    return read


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Unfit("true or false")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Unfit('a text such as "engage-dark"')
    return _one_line(value)


def _week_name(value: Any) -> str:
    from engage.domain.week_names import week_name  # here: not before first paint

    pattern = _text(value)
    try:
        week_name(pattern, "2026-W07")
    except ValueError as cause:
        raise _Unfit('a name for each week such as "GGGG-[W]WW"') from cause
    return pattern


def _secret(value: Any) -> str:
    if not isinstance(value, str):
        raise _Unfit("a text")
    return value.strip()


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _Unfit('a list of texts such as ["Ines Ferro"]')
    return tuple(text for item in value if (text := _one_line(item)))


def _key(value: Any) -> str | bool:
    if value is False or (isinstance(value, str) and value.strip()):
        return _one_line(value) if isinstance(value, str) else False
    raise _Unfit('a key such as "e", or false for none')


def _arguments(value: Any) -> tuple[str, ...]:
    texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
    if not texts or not value or not value[0]:
        raise _Unfit('a program and its arguments such as ["notify", "--quiet"]')
    return tuple(value)


#: The keys at the top of the file, in the order in which ``config show`` lists them.
KEYS: tuple[Key, ...] = (
    Key("welcome_per_day", "New people to look at in a day.", _number(0, 50)),
    Key("minutes_per_day", "Minutes that the day's plan reaches.", _number(1, 1440)),
    Key("age_out_days", "Days after which other new posts leave the inbox.", _number(1, 3650)),
    Key("names", "Names that are yours, to know your own comments by.", _texts),
    Key("sites", "Addresses of your own sites.", _texts),
    Key("notes_name", "The names of weekly notes, such as GGGG-[W]WW.", _week_name),
    Key("theme", "The theme of the screen; `engage themes` lists them.", _text),
    Key("webmention_token", "Your token for webmention.io; it is never shown.", _secret),
    Key("match_by_email", "Keep imported e-mail addresses, only to recognise people by.", _truth),
    Key("calendar_initials", "Initials instead of names in the exported calendar.", _truth),
)

#: The tables: what a key in them does, and the keys that there are (None: any name).
TABLES: Mapping[str, tuple[Callable[[Any], Any], tuple[str, ...] | None]] = {
    "circles": (_number(1, 3650), ("1", "2", "3", "4", "5")),
    "keys": (_key, None),
    "hooks": (_arguments, None),
}


def load_settings(path: Path) -> Settings:
    """The settings in a file; the defaults where there is none.

    Never raises: what is wrong in the file becomes a finding that names file, key and remedy.
    """
    try:
        source = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as cause:
        return _unreadable(path, f"cannot be read ({cause.strerror})")
    import tomllib  # here: most writers have no such file

    try:
        document = tomllib.loads(source.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _unreadable(path, "is not UTF-8 text")
    except (tomllib.TOMLDecodeError, RecursionError) as cause:
        return _unreadable(path, f"is not valid TOML ({cause})")
    return _Reading(path).settings(document)


def shown(settings: Settings) -> list[tuple[str, Any]]:
    """Every key with its value, in order: the flat ones, the circles, and what the file adds."""
    rows = [(key.name, _shown(key, getattr(settings, key.name))) for key in KEYS]
    rows += [(f"circles.{circle}", days) for circle, days in enumerate(settings.circles, 1)]
    rows += [(f"keys.{name}", key) for name, key in settings.keys.items()]
    rows += [(f"hooks.{name}", command) for name, command in settings.hooks.items()]
    return rows


def _shown(key: Key, value: Any) -> Any:
    """A value as it may be shown: of a secret only whether it is there."""
    return ("…" if value else "") if key.read is _secret else value


class _Reading:
    """One reading of a document: what it sets, and what is wrong in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: list[str] = []
        self.given: set[str] = set()

    def settings(self, document: Mapping[str, Any]) -> Settings:
        known = {key.name: key.read for key in KEYS}
        flat: dict[str, Any] = {}
        tables: dict[str, dict[str, Any]] = {}
        for name, value in document.items():
            if name in TABLES:
                tables[name] = self._table(name, value)
            elif name in known:
                flat.update(self._value(name, name, value, known[name]))
            else:
                self._unknown(name, (*known, *TABLES))
        default = Settings()
        circles = {str(i): days for i, days in enumerate(default.circles, 1)}
        circles |= tables.get("circles", {})
        return Settings(
            **{name: flat.get(name, getattr(default, name)) for name in known},
            keys=tables.get("keys", {}),
            hooks=tables.get("hooks", {}),
            circles=(circles["1"], circles["2"], circles["3"], circles["4"], circles["5"]),
            findings=tuple(self.findings),
            given=frozenset(self.given),
        )

    def _table(self, table: str, values: Any) -> dict[str, Any]:
        read, names = TABLES[table]
        if not isinstance(values, Mapping):
            self._find(f"{table} must be a table, [{table}]; the defaults are used.")
            return {}
        found: dict[str, Any] = {}
        for name, value in values.items():
            key = f"{table}.{_one_line(name)}"
            if names is not None and name not in names:
                self._unknown(key, [f"{table}.{each}" for each in names])
            else:
                found.update(self._value(name, key, value, read))
        return found

    def _value(self, name: str, key: str, value: Any, read: Callable[[Any], Any]) -> dict[str, Any]:
        try:
            found = read(value)
        except _Unfit as wanted:
            self._find(f"{key} must be {wanted}, not {_brief(value)}; its default is used.")
            return {}
        self.given.add(key)
        return {name: found}

    def _unknown(self, name: str, known: Sequence[str]) -> None:
        import difflib  # here: only a slip needs it

        begun = [each for each in known if name and each.startswith(name)]
        nearest = begun or difflib.get_close_matches(name, known, n=1, cutoff=0.0)
        self._find(f"there is no key {_brief(name)}; the nearest is {nearest[0]}.")

    def _find(self, sentence: str) -> None:
        self.findings.append(f"{self.path}: {sentence}")


def _unreadable(path: Path, what: str) -> Settings:
    return Settings(findings=(f"{path} {_one_line(what)}; the default settings are used.",))


def _brief(value: Any) -> str:
    from engage.text import clip

    return clip(_one_line(repr(value)), 80)


def _one_line(text: str) -> str:
    from engage.text import one_line  # here: without a file nothing needs it

    return one_line(text)

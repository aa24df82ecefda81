"""``config.toml``: one table of keys with type, default and sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engage.domain.records import Rules


@dataclass(frozen=True, slots=True)
class Settings:
    """The writer's settings. ``findings``: sentences about what is wrong in the file; those keys
    have their defaults. ``given``: the keys that the file sets."""

    welcome_per_day: int = 3
    minutes_per_day: int = 20
    age_out_days: int = 30
    names: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    theme: str = "engage-dark"
    keys: Mapping[str, str | bool] = field(default_factory=dict)
    circles: tuple[int, int, int, int, int] = (14, 30, 90, 180, 365)
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


def load_settings(path: Path) -> Settings:
    """The settings in a file; the defaults where there is none."""
    raise NotImplementedError

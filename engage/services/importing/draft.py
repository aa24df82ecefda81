"""One import as it comes together: lines to show first, puts to write afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engage.domain.changes import Put
from engage.services.importing.book import Book
from engage.services.outcomes import Refusal


@dataclass
class Draft:
    """What the files bring, in words and as records."""

    book: Book
    now: datetime
    match_by_email: bool
    formats: dict[str, None] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    further: list[Put] = field(default_factory=list)

    def puts(self) -> list[Put]:
        """All that is to be written, people first."""
        return [*self.book.puts(), *self.further]

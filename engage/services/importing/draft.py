"""One import as it comes together: lines to show first, puts to write afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engage.domain.changes import Put
from engage.exchange.columns import Column
from engage.services.importing.book import Book
from engage.services.outcomes import Choice, Doubt, Refusal


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
    answers: Mapping[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)

    def ask(self, key: str, sentence: str, choices: tuple[Choice, ...], *, line: str = "") -> str:
        """The answer to a doubt: what the writer said, else the first of the choices.

        ``line``: what the plan's unclear lines say of it while it is not answered.
        """
        if self.answers.get(key) in {choice.answer for choice in choices}:
            return self.answers[key]
        self.doubts.append(Doubt(key, sentence, choices, line))
        if line:
            self.unclear.append(line)
        return choices[0].answer

    def puts(self) -> list[Put]:
        """All that is to be written, people first."""
        return [*self.book.puts(), *self.further]

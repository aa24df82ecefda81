"""The weekly engagement notes: what happened in a week, written down for the writer's own files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engage.errors import EngageError
from engage.exchange import notes_logseq, notes_org, notes_text
from engage.exchange.notes_html import render_html
from engage.exchange.notes_json import render_json
from engage.exchange.notes_markdown import BEGIN, END, render_markdown
from engage.exchange.notes_merge import merge_into
from engage.exchange.notes_story import WeekStory, story

__all__ = ["FORMATS", "NotesFormat", "WeekStory", "merge_into", "story"]


@dataclass(frozen=True, slots=True)
class NotesFormat:
    """How notes are written: the ending of the file, the rendering, and the lines between which a
    file that exists is rewritten (none: engage writes the whole file or leaves it alone)."""

    ending: str
    render: Callable[[WeekStory], str]
    markers: tuple[str, str] | None = None

    def renewed(self, existing: str, fresh: str) -> str:
        """The existing file with its part renewed. Raises EngageError where it has none."""
        if self.markers is not None:
            return merge_into(existing, fresh, self.markers)
        try:
            known = json.loads(existing)
        except (ValueError, RecursionError):
            known = None
        if not isinstance(known, dict) or not {"schema", "week", "sections"} <= known.keys():
            raise EngageError(
                "The notes file is not one of engage's, so it stays as it is; write to another "
                "file."
            )
        return fresh


FORMATS: Mapping[str, NotesFormat] = {
    "markdown": NotesFormat(".md", render_markdown, (BEGIN, END)),
    "html": NotesFormat(".html", render_html, (BEGIN, END)),
    "json": NotesFormat(".json", render_json),
    "org": NotesFormat(".org", notes_org.render_org, (notes_org.BEGIN, notes_org.END)),
    "logseq": NotesFormat(
        ".md", notes_logseq.render_logseq, (notes_logseq.BEGIN, notes_logseq.END)
    ),
    "text": NotesFormat(".txt", notes_text.render_text, (notes_text.BEGIN, notes_text.END)),
}

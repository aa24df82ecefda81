"""The weekly engagement notes: what happened in a week, written down for the writer's own files."""

from __future__ import annotations

from engage.exchange.notes_markdown import render_markdown
from engage.exchange.notes_merge import merge_into
from engage.exchange.notes_story import WeekStory, story

__all__ = ["WeekStory", "merge_into", "render_markdown", "story"]

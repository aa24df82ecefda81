"""People and feeds from other systems, and out again."""

from __future__ import annotations

from collections.abc import Sequence

from engage.services.desk import Desk
from engage.services.outcomes import ImportPlan


def import_files(
    desk: Desk,
    contents: Sequence[tuple[str, bytes]],
    *,
    format: str | None = None,
    write: bool = False,
) -> ImportPlan:
    """Bring in files given as (name, bytes). Without ``write`` only the plan. Asks no server."""
    raise NotImplementedError


def export(desk: Desk, format: str) -> str:
    """Everything the writer has in a format that others read (``opml``)."""
    raise NotImplementedError

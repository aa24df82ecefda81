"""The log: where unexpected errors leave their traceback, and nothing else does."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

#: Bytes after which the log becomes the previous one; of those one is kept.
LIMIT = 500_000


def log_error(path: Path, moment: datetime, doing: str, error: BaseException) -> bool:
    """Append an error with its traceback to the log; whether that could be done.

    ``moment`` is aware; ``doing`` says what was under way ("engage inbox").
    """
    import traceback  # here: only an unexpected error needs it

    trace = "".join(traceback.format_exception(error))
    entry = f"{moment.astimezone().isoformat(timespec='seconds')} {doing}\n{trace}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LIMIT:
            path.replace(previous(path))
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(entry)
    except OSError:
        return False
    return True


def previous(path: Path) -> Path:
    """Where the log before this one is kept."""
    return path.with_name(path.name + ".1")

"""What feedparser says by itself, in a process that engage has not changed it in.

Reads a pickled list of bodies from standard input, writes the list of `said` about them.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

TYPE = "application/xml; charset=utf-8"


def said(found: Any) -> str:
    """All that a parsed feed holds, as text."""
    return repr(sorted(found.items()))


def plainly(bodies: Sequence[bytes]) -> list[str]:
    """What an unchanged feedparser says about each body."""
    done = subprocess.run(
        [sys.executable, __file__], input=pickle.dumps(bodies), capture_output=True, check=True
    )
    answers: list[str] = pickle.loads(done.stdout)
    return answers


if __name__ == "__main__":
    import feedparser

    answers = [
        said(
            feedparser.parse(
                io.BytesIO(body),
                response_headers={"content-type": TYPE},
                sanitize_html=False,
                resolve_relative_uris=False,
            )
        )
        for body in pickle.load(sys.stdin.buffer)
    ]
    sys.stdout.buffer.write(pickle.dumps(answers))

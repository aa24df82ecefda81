"""Whatever a file holds: it comes in or is refused, once, and can be taken back."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from engage.clock import FixedClock
from engage.paths import paths_under
from engage.services.desk import desk_at
from engage.services.remember import undo
from engage.services.transfer import import_files
from tests.exchange import samples as S
from tests.support.demo import NOW

SAMPLES = [value for key, value in vars(S).items() if key.isupper() and isinstance(value, str)]

#: Two samples cut and joined: rows of one kind beside those of another, halves of names, of dates.
mixed = st.builds(
    lambda one, other, start, end: (one[start:] + other[:end]).encode(),
    st.sampled_from(SAMPLES),
    st.sampled_from(SAMPLES),
    st.sampled_from([0, 0, 0, 7, 60]),
    st.integers(0, 500),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["x.csv", "followers.json", "a.opml", "urls", "-"]), mixed),
        min_size=1,
        max_size=3,
    )
)
def test_once_is_enough_and_an_undo_is_whole(files: list[tuple[str, bytes]]) -> None:
    home = Path(tempfile.mkdtemp())
    try:
        (home / "config.toml").write_text("match_by_email = true\n")
        desk = desk_at(paths_under(home), FixedClock(NOW))
        planned = import_files(desk, files)
        assert not desk.world().people
        first = import_files(desk, files, write=True)
        assert (first.new, first.changed, first.unclear) == (
            planned.new, planned.changed, planned.unclear,
        )  # fmt: skip
        again = import_files(desk, files, write=True)
        assert (again.new, again.changed, again.gone, again.written) == ((), (), (), False)
        assert all(standing.due is None for standing in desk.standings().values())
        if first.written:
            undo(desk)
        assert not desk.world().people
        assert not desk.world().feeds
        desk.close()
    finally:
        shutil.rmtree(home)

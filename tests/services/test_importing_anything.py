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


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(SAMPLES), min_size=1, max_size=2),
    st.lists(st.integers(0, 10), min_size=1, max_size=6),
)
def test_whatever_is_decided_holds_and_can_be_taken_back(
    texts: list[str], picks: list[int]
) -> None:
    """Beside people who have the names and addresses of the samples already."""
    home = Path(tempfile.mkdtemp())
    try:
        desk = desk_at(paths_under(home), FixedClock(NOW))
        there = (
            "Mara Quill\nTomasz Zieliński https://tomasz.example\nPia Lund\n"
            "M. Quill https://mara.example\nMara https://medium.com/@mara.quill\nOdile\n"
        )
        import_files(desk, [("-", there.encode())], write=True)
        before = desk.world()
        files = [(f"followers{n}.csv", text.encode()) for n, text in enumerate(texts)]
        asked = import_files(desk, files).doubts
        answers = {
            doubt.key: doubt.choices[pick % len(doubt.choices)].answer
            for doubt, pick in zip(asked, picks * len(asked), strict=False)
        }
        done = import_files(desk, files, answers=answers, write=True)
        assert len({doubt.key for doubt in asked}) == len(asked)
        after = desk.world()
        assert set(before.people) <= set(after.people)
        again = import_files(desk, files, answers=answers, write=True)
        assert (again.new, again.changed, again.gone, again.written) == ((), (), (), False)
        if done.written:
            undo(desk)
        assert (desk.world().people, desk.world().feeds) == (before.people, before.feeds)
        desk.close()
    finally:
        shutil.rmtree(home)

"""Every labelled case comes out as it must; the table prints with ``pytest -rP``."""

from __future__ import annotations

import pytest

from tests.replies.labelled import CASES, Case, table


@pytest.mark.parametrize("case", CASES, ids=[f"{case.source}: {case.what}" for case in CASES])
def test_case(case: Case) -> None:
    if case.miss:
        assert case.judge() != case.expected, "engage can tell now: take the reason out"
    else:
        assert case.judge() == case.expected


def test_there_are_enough_cases_and_decoys() -> None:
    assert len(CASES) >= 150
    assert sum(case.decoy for case in CASES) >= 80
    assert sum(bool(case.miss) for case in CASES) == 2
    print(table())

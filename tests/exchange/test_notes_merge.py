from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import EngageError
from engage.exchange.notes_markdown import render_markdown
from engage.exchange.notes_merge import merge_into

from .notes_samples import FIGURES, STORY

FRESH = render_markdown(STORY)
OLD = render_markdown(replace(STORY, figures=replace(FIGURES, owed_open=4, kept=(1, 2)), quiet=()))
BEGIN, END = "<!-- engage:begin -->", "<!-- engage:end -->"


def test_an_untouched_file_becomes_the_fresh_one() -> None:
    assert OLD != FRESH
    assert merge_into(OLD, FRESH) == FRESH


def test_what_the_writer_wrote_around_it_stays() -> None:
    mine = OLD.replace("# Week 47", "# My week").replace("tags: [engage, weekly]", "tags: [mine]")
    mine = (
        mine.replace("\n---\n#", "\nmood: leaning # a comment\n---\n#") + "\nMore, without an end"
    )
    merged = merge_into(mine, FRESH)
    assert "# My week" in merged
    assert "tags: [mine]\nmood: leaning # a comment\n---" in merged
    assert merged.endswith("\nMore, without an end")
    assert "owed_open: 1\n" in merged
    assert "Pia Lund" in merged


def test_crlf_stays_crlf() -> None:
    merged = merge_into(OLD.replace("\n", "\r\n"), FRESH)
    assert merged == FRESH.replace("\n", "\r\n")


def test_other_line_ends_and_a_byte_order_mark_stay() -> None:
    mine = "\ufeff" + OLD + "old mac\rend\x0bof\x85line\u2028s"
    assert merge_into(mine, FRESH) == "\ufeff" + FRESH + "old mac\rend\x0bof\x85line\u2028s"


@pytest.mark.parametrize("indent", ["", "  "], ids=["flush", "indented"])
def test_a_list_that_another_program_spread_over_lines_is_replaced(indent: str) -> None:
    listed = f'people:\n{indent}- "[[Old]]"\n{indent}- "[[Older]]"\n'
    spread = OLD.replace('people: ["[[Mara Quill]]", "[[Tomasz Zieliński]]"]\n', listed)
    assert spread != OLD
    assert merge_into(spread, FRESH) == FRESH


def test_a_list_of_the_writers_own_stays() -> None:
    mine = OLD.replace("tags: [engage, weekly]\n", "tags:\n  - engage\n  - slow\n")
    assert "tags:\n  - engage\n  - slow\n---\n" in merge_into(mine, FRESH)


def test_keys_that_were_taken_out_do_not_come_back() -> None:
    mine = OLD.replace("kept_of: 2\n", "")
    assert "kept_of" not in merge_into(mine, FRESH)


def test_a_file_without_front_matter() -> None:
    merged = merge_into(f"mine\nweek: 3\n{BEGIN}\nold\n{END}\n---\nweek: 4\n---\n", FRESH)
    assert merged.startswith(f"mine\nweek: 3\n{BEGIN}\n## What I wrote\n")
    assert merged.endswith(f"{END}\n---\nweek: 4\n---\n")


def test_only_the_first_pair_is_rewritten() -> None:
    second = f"\n{BEGIN}\nmine\n{END}\n"
    assert merge_into(OLD + second, FRESH) == FRESH + second


@pytest.mark.parametrize("fence", ["```", "~~~~", "  ````md"])
def test_markers_in_a_code_block_are_no_markers(fence: str) -> None:
    closing = fence.strip().removesuffix("md")
    code = f"{fence}\n{BEGIN}\nhow it works\n{END}\n{closing}\n"
    assert merge_into(code + OLD, FRESH).startswith(code + "---\ntype")
    assert f"{BEGIN}\n## What I wrote" in merge_into(code + OLD, FRESH)


def test_markers_in_indented_code_or_in_a_sentence_are_no_markers() -> None:
    before = f"    {BEGIN}\n    {END}\nsee {BEGIN} and {END}\n"
    assert merge_into(before + OLD, FRESH).startswith(before)


@pytest.mark.parametrize(
    ("existing", "named"),
    [
        pytest.param("", "no line <!-- engage:begin -->", id="empty"),
        pytest.param("my notes\n", "no line <!-- engage:begin -->", id="neither"),
        pytest.param(f"{BEGIN}\nmine\n", "no line <!-- engage:end -->", id="no end"),
        pytest.param(f"{END}\nmine\n", "no line <!-- engage:begin -->", id="no begin"),
        pytest.param(f"{END}\nmine\n{BEGIN}\n", "no line <!-- engage:end -->", id="out of order"),
        pytest.param(f"{BEGIN}\nmine\n{BEGIN}\n{END}\n", "a second", id="begun twice"),
        pytest.param(f"```\n{BEGIN}\n{END}\n", "no line", id="only in code"),
    ],
)
def test_a_file_without_both_markers_in_order_is_refused(existing: str, named: str) -> None:
    with pytest.raises(EngageError, match=named) as refused:
        merge_into(existing, FRESH)
    assert str(refused.value).endswith(".")


lines = st.sampled_from(
    [
        "",
        "prose",
        "week: mine",
        "---",
        "- a",
        "  b",
        "# head",
        END,
        "```js",
        "tab\t",
        "é\r",
        "x\x0c",
    ]
)
prose = st.lists(lines, max_size=6).map(lambda each: "".join(f"{line}\n" for line in each))
inside = st.lists(
    st.sampled_from(["", "prose", "```", "---", "week: 3", "- [ ] x"]), max_size=5
).map(lambda each: "".join(f"{line}\n" for line in each))


@given(prose.filter(lambda text: "```" not in text), inside, prose, st.sampled_from(["\n", "\r\n"]))
def test_everything_outside_the_markers_stays(
    before: str, within: str, after: str, ending: str
) -> None:
    head, tail = f"mine{ending}{before}{BEGIN}{ending}", f"{END}{ending}{after}"
    merged = merge_into(f"{head}{within}{tail}", FRESH)
    assert merged.startswith(head)
    assert merged.endswith(tail)
    body = merged.removeprefix(head).removesuffix(tail)
    part = FRESH.partition(f"{BEGIN}\n")[2].partition(END)[0]
    assert body == part.replace("\n", ending)
    assert merge_into(merged, FRESH) == merged

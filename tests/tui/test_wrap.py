"""Wrapping: rules as a table, and what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from engage.domain.posts import Block, Span
from engage.tui.widgets.wrap import Run, Wrapped, link_numbers, wrap_block, wrap_runs


def lines(text: str, width: int) -> list[str]:
    return ["".join(part for part, _ in runs) for runs in wrap_runs([(text, "")], width)]


def block_lines(block: Block, width: int, before: Block | None = None) -> list[str]:
    made = wrap_block(block, width, link_numbers([block]), before=before)
    return ["".join(part for part, _ in runs) for runs in made]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("the field behind", 9, ["the field", "behind"], id="between words"),
        pytest.param("the field", 9, ["the field"], id="exactly as wide"),
        pytest.param("the   field\t x", 20, ["the field x"], id="spaces collapse"),
        pytest.param("one\ntwo", 20, ["one", "two"], id="a newline breaks"),
        pytest.param("one\n\ntwo", 20, ["one", "", "two"], id="an empty line stays"),
        pytest.param("abcdefghij", 4, ["abcd", "efgh", "ij"], id="a long word is broken"),
        pytest.param("a abcdefgh", 4, ["a", "abcd", "efgh"], id="a long word begins a line"),
        pytest.param("no—break", 4, ["no—", "brea", "k"], id="after a long dash"),
        pytest.param("10\u00a0km away", 6, ["10\u00a0km", "away"], id="not at a no-break space"),
        pytest.param("私はガラス", 4, ["私は", "ガラ", "ス"], id="between wide characters"),
        pytest.param("私はガ", 5, ["私は", "ガ"], id="a wide character is never halved"),
        pytest.param("私は。ガ", 4, ["私", "は。", "ガ"], id="no full stop begins a line"),
        pytest.param("私「は」", 4, ["私", "「は", "」"], id="no bracket ends a line"),
        pytest.param("see 私は", 6, ["see 私", "は"], id="words and wide characters"),
        pytest.param("👩‍👩‍👧👍", 2, ["👩‍👩‍👧", "👍"], id="a joined emoji stays whole"),
        pytest.param("cafe\u0301 x", 4, ["cafe\u0301", "x"], id="combining marks take no room"),
        pytest.param("", 10, [], id="nothing"),
    ],
)
def test_lines_break_where_people_would_break_them(
    text: str, width: int, expected: list[str]
) -> None:
    assert lines(text, width) == expected


@pytest.mark.parametrize(
    ("block", "width", "expected"),
    [
        pytest.param(Block("h", (Span("Sorrel"),)), 20, ["Sorrel"], id="heading"),
        pytest.param(
            Block("quote", (Span("to own a thing"),)), 15, ["│ to own a", "│ thing"], id="quote"
        ),
        pytest.param(Block("quote", (Span("deep"),), 2), 40, ["│ │ deep"], id="quote in a quote"),
        pytest.param(Block("li", (Span("one two"),)), 6, ["• one", "  two"], id="list"),
        pytest.param(Block("li", (Span("in"),), 2), 40, ["  • in"], id="list in a list"),
        pytest.param(
            Block("code", (Span("a = 1\n\tb = 'long long'"),)),
            12,
            ["a = 1", "    b = 'lo…"],
            id="code is clipped, not wrapped",
        ),
        pytest.param(Block("img", (Span("A loom"),)), 40, ["(image: A loom)"], id="named image"),
        pytest.param(Block("img"), 40, ["(image)"], id="image without a name"),
        pytest.param(Block("rule"), 8, ["────────"], id="rule"),
        pytest.param(
            Block("p", (Span("see "), Span("it", "link", "http://a.example/"), Span("."))),
            40,
            ["see it[1]."],
            id="links are numbered",
        ),
        pytest.param(
            Block("p", (Span("bold"), Span("ly", "strong"), Span(" said"))),
            6,
            ["boldly", "said"],
            id="a change of style does not part a word",
        ),
    ],
)
def test_each_kind_of_block_has_its_form(block: Block, width: int, expected: list[str]) -> None:
    assert block_lines(block, width) == expected


@pytest.mark.parametrize(
    ("before", "block", "expected"),
    [
        pytest.param(Block("p"), Block("p", (Span("b"),)), ["", "b"], id="paragraphs"),
        pytest.param(Block("li"), Block("li", (Span("b"),)), ["• b"], id="items of a list"),
        pytest.param(
            Block("quote"), Block("quote", (Span("b"),)), ["│ ", "│ b"], id="one quote goes on"
        ),
    ],
)
def test_blocks_are_parted_by_an_empty_line(
    before: Block, block: Block, expected: list[str]
) -> None:
    assert block_lines(block, 40, before) == expected


def test_an_address_has_one_number_however_often_it_is_linked() -> None:
    first, second = "http://a.example/", "http://b.example/"
    blocks = [
        Block("p", (Span("x", "link", first), Span("y", "link", second))),
        Block("p", (Span("z", "link", first), Span("not a link"))),
    ]
    assert link_numbers(blocks) == {first: 1, second: 2}


TEXT = st.text(
    st.one_of(
        st.sampled_from("ab —\n\t\u00a0\u3000\u200d\ufe0f私。「」ｱ👩☺é\u0301①"),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    max_size=60,
)
RUNS = st.lists(st.tuples(TEXT, st.sampled_from(["", "em", "link"])), max_size=5)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(RUNS, st.integers(min_value=2, max_value=30))
def test_no_line_is_wider_than_the_width_and_no_text_is_lost(runs: list[Run], width: int) -> None:
    made = list(wrap_runs(runs, width))
    for line in made:
        assert sum(cell_len(text) for text, _ in line) <= width
    text = "".join(text for line in made for text, _ in line)
    assert squeezed(text) == squeezed("".join(text for text, _ in runs))


BLOCKS = st.builds(
    Block,
    st.sampled_from(["p", "h", "quote", "code", "li", "img", "rule"]),
    st.lists(
        st.builds(
            Span, TEXT, st.sampled_from(["", "em", "link"]), st.sampled_from([None, "http://a/"])
        ),
        max_size=3,
    ).map(tuple),
    st.integers(min_value=1, max_value=9),
)


@given(st.lists(BLOCKS, max_size=5), st.integers(min_value=2, max_value=40))
def test_no_line_of_any_block_is_wider_than_the_width(blocks: list[Block], width: int) -> None:
    wrapped = Wrapped(blocks, width)
    wrapped.reach(10**6)
    for line in wrapped.lines:
        assert sum(cell_len(text) for text, _ in line.runs) <= width


@given(st.lists(BLOCKS, max_size=6), st.integers(2, 40), st.integers(2, 40), st.data())
def test_a_place_is_found_again_at_another_width(
    blocks: list[Block], width: int, other: int, data: st.DataObject
) -> None:
    wrapped = Wrapped(blocks, width)
    wrapped.reach(10**6)
    line = data.draw(st.integers(0, max(0, len(wrapped.lines) - 1)))
    block, offset = wrapped.place(line)
    assert wrapped.find(block, offset) == line or not wrapped.lines
    again = Wrapped(blocks, other)
    found = again.find(block, offset)
    if again.lines:
        assert again.lines[found].block == block


def test_only_what_is_asked_for_is_wrapped() -> None:
    wrapped = Wrapped([Block("p", (Span("word " * 50),))] * 100, 40)
    wrapped.reach(10)
    assert 10 <= len(wrapped.lines) < 30 and not wrapped.done
    wrapped.reach(10**6)
    assert wrapped.done

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engage.exchange.markdown import escaped, link, quoted, wikilink
from engage.exchange.notes_markdown import render_markdown
from engage.exchange.notes_story import WeekStory

from .notes_samples import FIGURES, STORY

PAGE = """\
---
type: engage-week
week: 2026-W47
start: 2026-11-16
end: 2026-11-22
days_written: 5
published: 1
people_read: 9
replies_written: 6
new_people_met: 2
owed_open: 1
kept: 14
kept_of: 19
people: ["[[Mara Quill]]", "[[Tomasz Zieliński]]"]
tags: [engage, weekly]
---
# Week 47, 16–22 November 2026

<!-- engage:begin -->
## What I wrote
- [The kitchen table](https://ines.example/kitchen-table) (Tue)

## Who I answered
- [x] [[Mara Quill]]: replied to "On slow letters" ✅ 2026-11-18

## New people I looked at
- [[Odile Marchand]]: follows you; read 2; in circle 3
- [[Sami Brandt]]

## They wrote to me
- [[Tomasz Zieliński]] commented on "The kitchen table" (Thu), answered Fri
- [[Mara Quill]] wrote a letter (Sat)

## Carried over
- [ ] answer [[Odile Marchand]] 📅 2026-11-25
- [ ] write to [[Clara]]: her exhibition 📅 2026-12-01

## Gone quiet
- [[Pia Lund]]: usually every 12 days, 31 days now
<!-- engage:end -->

## In my own words
I leaned \\*forward\\*.
"""


def test_the_whole_page() -> None:
    assert render_markdown(STORY) == PAGE


def test_an_empty_week_keeps_its_sections() -> None:
    page = render_markdown(WeekStory(figures=FIGURES))
    assert page.count("\n## ") == 7
    assert page.count("Nothing this week.") == 6
    assert "people: []" in page


@pytest.mark.parametrize(
    ("start", "end", "heading"),
    [
        ((2026, 11, 16), (2026, 11, 22), "16–22 November 2026"),
        ((2026, 11, 30), (2026, 12, 6), "30 November – 6 December 2026"),
        ((2026, 12, 28), (2027, 1, 3), "28 December 2026 – 3 January 2027"),
    ],
)
def test_the_heading(start: tuple[int, int, int], end: tuple[int, int, int], heading: str) -> None:
    figures = replace(FIGURES, start=date(*start), end=date(*end))
    assert f"# Week 47, {heading}\n" in render_markdown(WeekStory(figures=figures))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mara Quill", "[[Mara Quill]]"),
        ("M[a]r|a #Q^u <i>", "[[Mara Qu i]]"),
        ("[[]]", "[[nobody]]"),
        ("A\nB", "[[A B]]"),
        ("Ines_F*erro", "[[Ines_F*erro]]"),
    ],
)
def test_wikilinks_lose_what_would_bend_them(name: str, expected: str) -> None:
    assert wikilink(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On slow letters, part 2.", "On slow letters, part 2."),
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("[x](y) <b>", r"\[x\](y) \<b\>"),
        ("<!-- engage:end -->", r"\<!-- engage:end --\>"),
        ("Tom & Jerry &amp; you", r"Tom & Jerry \&amp; you"),
        ("==bright== %%gone%% a=b 5%", r"\=\=bright\=\= \%\%gone\%\% a=b 5%"),
        ("#tag and # not", r"\#tag and # not"),
        ("- a list", r"\- a list"),
        ("1. a list", r"1\. a list"),
        ("# a heading", r"\# a heading"),
        ("two\nlines", "two lines"),
    ],
)
def test_titles_are_shown_literally(text: str, expected: str) -> None:
    assert escaped(text) == expected


def test_a_link_goes_to_the_web_or_nowhere() -> None:
    assert link("A", "https://a.example/x_(y) z") == "[A](https://a.example/x_%28y%29%20z)"
    assert link("A", "javascript:alert(1)") == "A"
    assert link("A", None) == "A"


def test_yaml_strings_are_quoted() -> None:
    assert quoted('[[A: "b" \\ c]]') == r'"[[A: \"b\" \\ c]]"'

"""A week to write notes of."""

from __future__ import annotations

from datetime import date

from engage.domain.week import Week
from engage.exchange.notes_story import Carried, Exchanged, Met, Quiet, WeekStory, Written

FIGURES = Week(
    week="2026-W47",
    start=date(2026, 11, 16),
    end=date(2026, 11, 22),
    days_written=5,
    published=1,
    people_read=9,
    replies_written=6,
    new_people=(2, 3),
    owed_open=1,
    kept=(14, 19),
    nurtured=(),
    promises_per_week=12,
    exchanges_per_week=6,
    line="I leaned *forward*.",
)

STORY = WeekStory(
    figures=FIGURES,
    written=(
        Written("The kitchen table", "https://ines.example/kitchen-table", date(2026, 11, 17)),
    ),
    answered=(Exchanged("Mara Quill", "reply", "On slow letters", date(2026, 11, 18)),),
    met=(Met("Odile Marchand", ("follows you",), 2, 3), Met("Sami Brandt")),
    wrote_to_me=(
        Exchanged(
            "Tomasz Zieliński",
            "comment",
            "The kitchen table",
            date(2026, 11, 19),
            date(2026, 11, 20),
        ),
        Exchanged("Mara Quill", "letter", "", date(2026, 11, 21)),
    ),
    carried=(
        Carried("Odile Marchand", "answer", due=date(2026, 11, 25)),
        Carried("Clara", "write", "her exhibition", date(2026, 12, 1)),
    ),
    quiet=(Quiet("Pia Lund", 12, 31),),
)

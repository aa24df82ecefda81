"""What `engage week` says as plain text; see `text_forms`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from engage.cli.text_forms import Row, counted, person_name
from engage.domain.records import Person
from engage.domain.trend import PastWeek
from engage.domain.week import Week
from engage.domain.week_words import (
    earlier,
    few,
    how_words,
    promises,
    quiet_words,
    trends,
    waiting_words,
)


def week_rows(
    week: Week, weeks: Sequence[PastWeek], people: Mapping[str, Person], today: date
) -> list[Row]:
    """A week's figures, who is behind them, and the writer's own earlier ``weeks``."""
    days = counted(week.days_written, "day")
    new, of = week.new_people
    kept, kept_of = week.kept
    rows: list[Row] = [
        ("Written", f"{days}, {counted(week.published, 'piece')} published"),
        ("People read", str(week.people_read)),
        ("Replies written", str(week.replies_written)),
        ("New people looked at", f"{new} of {of}"),
        ("Owed, open", str(week.owed_open)),
        ("Kept", f"{kept} of {kept_of} in circles"),
    ]
    if week.nurtured:
        names = (f"{person_name(people, id)}: {how_words(week.how[id])}" for id, _ in week.nurtured)
        rows.append(("Nurtured", " · ".join(names)))
    if week.quiet:
        quiet = (quiet_words(person_name(people, each.person), each) for each in week.quiet)
        rows.append(("Gone quiet", " · ".join(quiet)))
    if week.late:
        rows.append(
            ("Past their day", " · ".join(few([person_name(people, id) for id in week.late])))
        )
    if week.waiting:
        said = [waiting_words(person_name(people, id), day, today) for id, day in week.waiting]
        rows.append(("Waiting", " · ".join(few(said))))
    rows.append(("Promises", promises(week)))
    if len(weeks) > 1:
        so_far = week.start <= today < week.end
        rows += [
            (f"{name}, by week", earlier(values, so_far=so_far)) for name, values in trends(weeks)
        ]
    if week.line:
        rows.append(("In your own words", week.line))
    return rows


def week_title(week: Week) -> str:
    """``Week 47, 16 to 22 November 2026``."""
    number = int(week.week.partition("-W")[2])
    start, end = week.start, week.end
    first = str(start.day)
    if start.month != end.month:
        first += f"{start: %B}"
    if start.year != end.year:
        first += f"{start: %Y}"
    return f"Week {number}, {first} to {end.day}{end: %B %Y}"

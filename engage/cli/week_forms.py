"""The stable JSON form of a week; see `json_forms`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from engage.cli.json_forms import SCHEMA, Form
from engage.domain.records import Person
from engage.domain.trend import PastWeek
from engage.domain.week import Week


def week_form(week: Week, weeks: Sequence[PastWeek], people: Mapping[str, Person]) -> Form:
    return {
        "schema": SCHEMA,
        "week": week.week,
        "start": week.start.isoformat(),
        "end": week.end.isoformat(),
        "days_written": week.days_written,
        "published": week.published,
        "people_read": week.people_read,
        "replies_written": week.replies_written,
        "new_people": list(week.new_people),
        "owed_open": week.owed_open,
        "kept": list(week.kept),
        "nurtured": [
            {"id": id, "name": people[id].name, "exchanges": count, "kinds": list(week.how[id])}
            for id, count in week.nurtured
            if id in people
        ],
        "promises_per_week": round(week.promises_per_week, 2),
        "exchanges_per_week": round(week.exchanges_per_week, 2),
        "written": [day.isoformat() for day in week.written],
        "drifting": [each.person for each in week.quiet],
        "late": list(week.late),
        "waiting": [{"id": id, "since": day.isoformat()} for id, day in week.waiting],
        "weeks": [asdict(each) for each in weeks],
        "line": week.line or None,
    }

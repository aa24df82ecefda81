"""Listings as text and as JSON, on the demo's world."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from .conftest import Ran, Run, person


@pytest.mark.usefixtures("full_home")
class TestListings:
    """The demo's world, listed."""

    def test_the_inbox_says_id_person_title_and_why(self, engage: Run) -> None:
        tasks = engage("inbox", "--json").json["tasks"]
        lines = engage("inbox").out.splitlines()
        assert len(lines) == len(tasks) > 5
        for line, task in zip(lines, tasks, strict=True):
            assert task["id"].startswith(line.split("  ")[0])
            assert task["person"]["name"] in line
            assert line.endswith(task["why"])

    def test_every_reason_is_there(self, engage: Run) -> None:
        tasks = engage("inbox", "--json").json["tasks"]
        reasons = [task["reason"] for task in tasks]
        assert reasons == sorted(reasons)
        assert set(reasons) == {1, 2, 3, 4, 5, 6}

    def test_todays_one_stays_for_the_day_and_none_follows_it(self, engage: Run) -> None:
        first, second = engage("inbox", "--json").json["tasks"][:2]
        assert (first["today"], second["today"]) == (True, False)
        assert first["rule"].endswith("today's one: the first of what stood here as the day began")
        assert engage("done", second["id"]).status == 0
        assert engage("inbox", "--json").json["tasks"][0]["id"] == first["id"]
        assert engage("done", first["id"]).status == 0
        assert not any(task["today"] for task in engage("inbox", "--json").json["tasks"])

    def test_the_plan_of_the_day_fits_the_writers_minutes(self, engage: Run, home: Path) -> None:
        found = engage("inbox", "--json").json
        reach, minutes = found["day_ends_after"], [task["minutes"] for task in found["tasks"]]
        assert sum(minutes[:reach]) <= 20 < sum(minutes[: reach + 1])
        (home / "config.toml").write_text("minutes_per_day = 8\n")
        assert engage("inbox", "--json").json["day_ends_after"] < reach

    def test_a_short_id_is_enough(self, engage: Run) -> None:
        short = engage("inbox").out.split("  ")[0]
        assert engage("later", short).status == 0
        states = {t["id"]: t["state"] for t in engage("inbox", "--all", "--json").json["tasks"]}
        assert [state for id, state in states.items() if id.startswith(short)] == ["later"]

    def test_a_query_may_begin_with_a_dash(self, engage: Run) -> None:
        whole = engage("inbox", "--json").json["tasks"]
        part = engage("inbox", "-kind:read", "--json").json["tasks"]
        assert part == [task for task in whole if task["kind"] != "read"] != whole
        assert engage("inbox", "--json", "kind:read", "-kind:read").json["tasks"] == []

    def test_a_query_that_finds_nothing_says_so(self, engage: Run) -> None:
        for listing in ("inbox", "posts", "people"):
            assert engage(listing, "xyzzy") == Ran(0, "", "Nothing matches 'xyzzy'.\n")

    def test_a_closed_task_changes_nothing(self, engage: Run) -> None:
        id = engage("inbox", "--json").json["tasks"][0]["id"]
        assert engage("drop", id).status == 0
        before = engage("undo", "--list").out
        again = engage("drop", id)
        assert (again.status, again.out) == (0, "")
        assert engage("undo", "--list").out == before

    def test_a_snooze_ends(self, engage: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        id = engage("inbox", "--json").json["tasks"][-1]["id"]
        assert engage("snooze", id, "--until", "3d").status == 0
        assert id not in {task["id"] for task in engage("inbox", "--json").json["tasks"]}
        monkeypatch.setenv("ENGAGE_NOW", "2026-11-25T00:00:00+01:00")
        assert id in {task["id"] for task in engage("inbox", "--json").json["tasks"]}

    @pytest.mark.parametrize("listing", ["inbox", "posts", "people", "feeds"])
    def test_one_line_each(self, engage: Run, listing: str) -> None:
        form = engage(listing, "--json").json
        (items,) = [value for value in form.values() if isinstance(value, list)]
        assert len(engage(listing).out.splitlines()) == len(items) > 0

    @pytest.mark.parametrize("listing", ["inbox", "posts", "people", "feeds", "week"])
    def test_what_is_printed_is_clean(self, engage: Run, listing: str) -> None:
        controls = re.compile(
            r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
        )
        for ran in (engage(listing), engage(listing, "--json")):
            assert ran.status == 0
            assert controls.search(ran.out) is None

    def test_posts_come_newest_first(self, engage: Run) -> None:
        dates = [line.split("  ")[0] for line in engage("posts").out.splitlines()]
        assert dates == sorted(dates, reverse=True)

    def test_the_week_in_words(self, engage: Run) -> None:
        form, text = engage("week", "--json").json, engage("week").out
        assert text.startswith("Week 47, 16 to 22 November 2026\n")
        assert f"{form['kept'][0]} of {form['kept'][1]} in circles" in text
        assert (form["start"], form["end"]) == ("2026-11-16", "2026-11-22")

    def test_a_week_stands_beside_the_writers_own_earlier_ones(self, engage: Run) -> None:
        out = engage("week").out
        assert re.search(r"Replies written, by week +\d+; \d+ the week before, ", out)
        assert len(engage("week", "--json").json["weeks"]) == 12

    def test_a_line_for_the_week(self, engage: Run) -> None:
        assert engage("week", "2026-W46", "--say", "It rained; I wrote.").status == 0
        assert engage("week", "2026-W46", "--json").json["line"] == "It rained; I wrote."

    def test_the_notes_to_a_folder(self, engage: Run, tmp_path: Path) -> None:
        ran = engage("notes", "--out", str(tmp_path))
        assert (ran.status, ran.out) == (0, f"{tmp_path / '2026-W47.md'}\n")
        assert (tmp_path / "2026-W47.md").read_text(encoding="utf-8") == engage("notes").out

    def test_the_person_in_lines(self, engage: Run) -> None:
        name = engage("inbox", "--json").json["tasks"][0]["person"]["name"]
        assert engage("person", name).out.startswith(f"{name} · ")


FORMS = {
    "inbox": "schema now tasks",
    "posts": "schema posts",
    "people": "schema people",
    "feeds": "schema feeds",
    "week": "schema week start end days_written published people_read replies_written new_people "
    "owed_open kept nurtured promises_per_week exchanges_per_week",
    "refresh": "schema seconds feeds posts tasks errors",
}
ITEMS = {
    "tasks": "id kind state reason why due person posts",
    "posts": "id feed person role kind title url guid author published first_seen words "
    "in_reply_to",
    "people": "id name circle cadence_days stage warmth drifting last_exchange due owed touches "
    "feeds profiles directions",
    "feeds": "id url title role person state etag last_modified last_fetch next_fetch failures "
    "message posts",
    "timeline": "id at direction kind how_known url note post",
}


def holds(form: dict[str, Any], names: str) -> bool:
    return set(names.split()) <= form.keys()


@pytest.mark.usefixtures("full_home")
@pytest.mark.parametrize("listing", FORMS)
def test_the_forms_leave_nothing_out(engage: Run, listing: str) -> None:
    form = engage(listing, "--json").json
    assert form["schema"] == 1
    assert holds(form, FORMS[listing])
    for name, items in form.items():
        if isinstance(items, list) and name in ITEMS:
            assert items
            assert all(holds(item, ITEMS[name]) for item in items)


@pytest.mark.usefixtures("full_home")
def test_the_form_of_a_person(engage: Run) -> None:
    name = engage("inbox", "--json").json["tasks"][0]["person"]["name"]
    form = person(engage, name)
    assert holds(form["person"], f"{ITEMS['people']} notes")
    assert form["timeline"]
    for event in form["timeline"]:
        assert holds(event, ITEMS["timeline"])
        assert event["direction"] in ("in", "out")
        assert re.search(r"[+-]\d\d:\d\d$", event["at"])


def test_the_first_week_has_none_beside_it(engage: Run) -> None:
    assert "by week" not in engage("week").out
    assert [each["week"] for each in engage("week", "--json").json["weeks"]] == ["2026-W47"]

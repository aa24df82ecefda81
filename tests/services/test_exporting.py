"""What goes out: whole, safe where others open it, and in again."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from engage.clock import FixedClock
from engage.domain.changes import put
from engage.domain.people import make_person
from engage.domain.records import DatedNumber, Feed, NextTime, Touch, World
from engage.errors import EngageError
from engage.exchange.everything import KEPT
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.services.exporting import FORMATS, export, write_export
from engage.services.importing.whole import FURTHER
from engage.services.notes import notes, write_notes, write_people
from engage.services.transfer import import_files
from tests.support.demo import NOW

DANGEROUS = ("=1+1", "+49", "-x", "@SUM(A1)", "\tx")


def everything(world: World) -> dict[str, object]:
    """A world's records, comparable."""
    found = ((each.name, getattr(world, each.name)) for each in fields(world))
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in found}


class TestJson:
    """Everything, and back."""

    def test_no_table_is_forgotten(self) -> None:
        assert {"people", "feeds", *FURTHER} == set(KEPT)

    def test_a_whole_world_comes_in_as_it_went_out(self, desk: Desk, empty: Desk) -> None:
        out = export(desk, "json").encode()
        plan = import_files(empty, [("engage.json", out)], write=True)
        assert plan.format == "json"
        assert everything(empty.world()) == everything(desk.world())
        assert export(empty, "json").encode() == out

    def test_the_second_time_nothing_is_new(self, desk: Desk) -> None:
        plan = import_files(desk, [("engage.json", export(desk, "json").encode())], write=True)
        assert (plan.new, plan.unclear, plan.written) == ((), (), False)

    def test_somebody_known_by_an_address_is_one_person(self, desk: Desk, empty: Desk) -> None:
        mara = next(person for person in desk.world().people.values() if person.profiles)
        known = make_person("Another name", NOW, "added", profile=mara.profiles[0])
        empty.commit("added", [put(replace(known, id="elsewhere"))])
        import_files(empty, [("engage.json", export(desk, "json").encode())], write=True)
        world = empty.world()
        assert len(world.people) == len(desk.world().people)
        assert len(world.touches) == len(desk.world().touches)
        assert mara.id not in world.people

    def test_it_is_versioned_and_a_newer_one_is_refused(self, desk: Desk, empty: Desk) -> None:
        document = json.loads(export(desk, "json"))
        assert document["schema"] == 1
        newer = json.dumps(document | {"schema": 2}).encode()
        plan = import_files(empty, [("engage.json", newer)], write=True)
        assert "newer engage" in plan.refused[0].sentence
        assert not empty.world().people


@pytest.fixture
def awkward(empty: Desk) -> Desk:
    """Somebody whose name, note and addresses mean harm."""
    mara = make_person('=HYPERLINK("x")', NOW, "added", profile="https://mara.example")
    mara = replace(
        mara,
        notes="+1",
        circles=(DatedNumber(NOW - timedelta(days=40), 2),),
        next=NextTime(NOW, date(2026, 12, 24), "the long; way, home"),
    )
    feed = Feed(
        "f", "https://u:p@mara.example/feed?token=s3cret", "https://mara.example/", "theirs", NOW,
        mara.id, "@Title",
    )  # fmt: skip
    touch = Touch(
        "t", NOW, mara.id, "out", "reply", "said", NOW, note="-1", about="@x",
        url="https://a.example/?api_key=s3cret&a=1",
    )  # fmt: skip
    empty.commit("all", [put(mara), put(feed), put(touch)])
    return empty


class TestTables:
    """CSV that a spreadsheet may open."""

    def test_no_cell_is_a_formula(self, awkward: Desk) -> None:
        for _, text in FORMATS["csv"]:
            for row in csv.reader(io.StringIO(text(awkward), newline="")):
                assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)

    @pytest.mark.parametrize("name", DANGEROUS)
    def test_what_is_guarded_reads_back_as_it_was(
        self, empty: Desk, tmp_path: Path, name: str
    ) -> None:
        person = replace(make_person("x", NOW, "added", profile="https://x.example"), name=name)
        empty.commit("added", [put(replace(person, name=name.strip()))])
        other = desk_at(paths_under(tmp_path / "other"), FixedClock(NOW))
        text = export(empty, "csv").encode()
        import_files(other, [("people.csv", text)], write=True)
        assert [each.name for each in other.world().people.values()] == [name.strip()]
        other.close()

    def test_people_and_touches_have_a_row_each(self, desk: Desk, tmp_path: Path) -> None:
        done = write_export(desk, "csv", tmp_path)
        assert [path.name for path in done.paths] == ["people.csv", "touches.csv"]
        counts = [
            len(list(csv.DictReader(path.open(encoding="utf-8", newline=""))))
            for path in done.paths
        ]
        assert counts == [len(desk.world().people), len(desk.world().touches)]

    def test_the_people_come_back_with_their_addresses(self, desk: Desk, empty: Desk) -> None:
        plan = import_files(empty, [("people.csv", export(desk, "csv").encode())], write=True)
        there = {person.name: set(person.profiles) for person in desk.world().people.values()}
        here = {person.name: set(person.profiles) for person in empty.world().people.values()}
        assert plan.written
        assert here == there


class TestCalendar:
    """Due dates, as calendars want them."""

    def test_an_event_for_each_due_date(self, desk: Desk) -> None:
        text = export(desk, "ics")
        due = [standing for standing in desk.standings().values() if standing.due]
        assert text.count("BEGIN:VEVENT") == len(due) > 0
        assert text.startswith("BEGIN:VCALENDAR\r\n")
        assert text.endswith("END:VCALENDAR\r\n")
        assert "\n" not in text.replace("\r\n", "")
        assert "VALARM" not in text

    def test_the_ids_stay_while_dates_move(self, desk: Desk) -> None:
        uids = re.findall("UID:.*", export(desk, "ics"))
        assert isinstance(desk.clock, FixedClock)
        desk.clock.advance(days=20)
        assert set(uids) <= set(re.findall("UID:.*", export(desk, "ics")))
        assert len(set(uids)) == len(uids)

    def test_it_is_escaped_and_folded(self, empty: Desk) -> None:
        long = make_person("Żółć, " * 20 + "end;", NOW, "added")
        empty.commit("added", [put(replace(long, circles=(DatedNumber(NOW, 1),)))])
        text = export(empty, "ics")
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert "Write to Żółć\\, Żółć" in text.replace("\r\n ", "")
        assert "end\\;" in text.replace("\r\n ", "")

    def test_what_the_writer_set_is_described(self, awkward: Desk) -> None:
        text = export(awkward, "ics")
        assert "DTSTART;VALUE=DATE:20261224" in text
        assert "DESCRIPTION:the long\\; way\\, home" in text

    def test_initials_on_request(self, tmp_path: Path) -> None:
        (tmp_path / "config.toml").write_text("calendar_initials = true\n")
        desk = desk_at(paths_under(tmp_path), FixedClock(NOW))
        mara = make_person("Mara Quill", NOW, "added")
        desk.commit("added", [put(replace(mara, circles=(DatedNumber(NOW, 1),)))])
        text = export(desk, "ics")
        desk.close()
        assert "Write to M. Q." in text
        assert "Mara" not in text


@pytest.mark.parametrize("format", FORMATS)
def test_no_token_and_no_password_leaves(awkward: Desk, format: str) -> None:
    for _, text in FORMATS[format]:
        assert "s3cret" not in text(awkward)
        assert "u:p@" not in text(awkward)


def test_no_token_and_no_password_leaves_in_notes(awkward: Desk, tmp_path: Path) -> None:
    pages = write_people(awkward, tmp_path, close=True)
    written = [write_notes(awkward, tmp_path), *pages]
    assert len(written) == 2
    for path in written:
        assert "s3cret" not in path.read_text()
        assert "u:p@" not in path.read_text()


def test_all_is_one_folder(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    done = write_export(desk, "all", out)
    names = {path.relative_to(out).as_posix() for path in done.paths}
    assert {
        "engage.opml", "people.csv", "touches.csv", "engage.json", "engage.ics",
        "notes/2026-W47.md", "notes/html/2026-W47.html", "notes/json/2026-W47.json",
        "notes/org/2026-W47.org", "notes/logseq/2026-W47.md", "notes/text/2026-W47.txt",
    } <= names  # fmt: skip
    pages = [name for name in names if name.startswith("notes/people/")]
    close = {id for id, each in desk.standings().items() if each.circle or each.stage == "Friend"}
    assert len(close) <= len(pages) < len(desk.world().people)
    assert all((out / name).is_file() for name in names)
    assert len(write_export(desk, "all", out).paths) == len(done.paths)


def test_where_it_cannot_be_written_is_a_sentence(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(EngageError, match="could not be written"):
        write_export(desk, "all", tmp_path / "file" / "out")
    assert (tmp_path / "file").read_text() == "mine"


class TestNotes:
    """The weekly notes in every format, and people's pages."""

    @pytest.fixture(params=["markdown", "html", "org", "logseq", "text"])
    def format(self, request: pytest.FixtureRequest) -> Iterator[str]:
        return request.param

    def test_only_the_marked_part_is_rewritten(
        self, desk: Desk, tmp_path: Path, format: str
    ) -> None:
        path = write_notes(desk, tmp_path, format=format)
        mine = path.read_text(encoding="utf-8") + "My own words.\n"
        begin = mine.index("engage:begin")
        path.write_text(f"{mine[:begin]}{mine[begin:].replace('Gone quiet', 'Changed')}")
        assert write_notes(desk, tmp_path, format=format) == path
        assert path.read_text(encoding="utf-8") == mine

    def test_a_file_of_ones_own_keeps_every_byte(
        self, desk: Desk, tmp_path: Path, format: str
    ) -> None:
        path = tmp_path / "mine.txt"
        path.write_text("A novel.\n")
        with pytest.raises(EngageError, match="stays as it is"):
            write_notes(desk, path, format=format)
        assert path.read_text() == "A novel.\n"

    def test_every_format_tells_the_same(self, desk: Desk, format: str) -> None:
        told = json.loads(notes(desk, format="json"))
        text = notes(desk, format=format)
        assert told["title"] in text
        for section in told["sections"]:
            assert section["title"] in text

    def test_json_is_replaced_only_where_it_is_engages(self, desk: Desk, tmp_path: Path) -> None:
        path = write_notes(desk, tmp_path, format="json")
        assert write_notes(desk, tmp_path, format="json") == path
        path.write_text('{"mine": 1}')
        with pytest.raises(EngageError, match="stays as it is"):
            write_notes(desk, tmp_path, format="json")

    def test_logseqs_pages_are_found(self, desk: Desk, tmp_path: Path) -> None:
        (tmp_path / "pages").mkdir()
        path = write_notes(desk, tmp_path, format="logseq")
        assert path == tmp_path / "pages" / "2026-W47.md"

    @pytest.mark.parametrize(
        ("format", "link"),
        [
            ("markdown", r"\[\[(.+?)\]\]()"),
            ("logseq", r"\[\[(.+?)\]\]()"),
            ("org", r"\[\[file:people/(.+?)(\.org)\]"),
        ],
    )
    def test_who_is_linked_has_a_page(
        self, desk: Desk, tmp_path: Path, format: str, link: str
    ) -> None:
        (tmp_path / "pages").mkdir()  # a graph of Logseq's
        week = write_notes(desk, tmp_path, format=format)
        pages = write_people(desk, week.parent, format=format)
        linked = set(re.findall(link, week.read_text(encoding="utf-8")))
        assert len(linked) > 8
        ending = ".org" if format == "org" else ".md"
        where = week.parent if format == "logseq" else week.parent / "people"
        assert {where / f"{name}{ending}" for name, _ in linked} <= set(pages)

    def test_a_page_is_in_the_form_of_its_notes(self, awkward: Desk, tmp_path: Path) -> None:
        """And one that was written on keeps that."""
        for format, begins, mine in (
            ("markdown", "---\ntype: engage-person\n", "We met.\n"),
            ("org", ":PROPERTIES:\n:TYPE: engage-person\n", "- We met.\n"),
            ("logseq", 'type:: engage-person\ntitle:: =HYPERLINK("x")\n', "\t- We met.\n"),
        ):
            folder = tmp_path / format
            (path,) = write_people(awkward, folder, close=True, format=format)
            text = path.read_text(encoding="utf-8")
            assert text.startswith(begins)
            assert "2026-11-22 you answered: " in text
            assert "My notes" in text
            path.write_text(text + mine, encoding="utf-8")
            write_people(awkward, folder, close=True, format=format)
            assert path.read_text(encoding="utf-8") == text + mine

    def test_a_persons_page_keeps_what_the_writer_wrote(self, desk: Desk, tmp_path: Path) -> None:
        path = write_people(desk, tmp_path)[0]
        mine = path.read_text(encoding="utf-8") + "We met in Porto.\n"
        path.write_text(mine, encoding="utf-8")
        write_people(desk, tmp_path)
        assert path.read_text(encoding="utf-8") == mine

    def test_names_that_are_no_files_names(self, empty: Desk, tmp_path: Path) -> None:
        names = ["../../etc/passwd", "a/b", "CON", "...", "[x]|#", "Mara", "mara", "x" * 300]
        people = [
            replace(make_person(f"p{n}", NOW, "added"), name=name) for n, name in enumerate(names)
        ]
        empty.commit("added", [put(replace(person, friend=True)) for person in people])
        paths = write_people(empty, tmp_path, close=True)
        assert len(set(paths)) == len(names)
        assert {path.parent for path in paths} == {tmp_path / "people"}
        assert all(path.is_file() for path in paths)


@pytest.mark.parametrize("format", ["html", "org", "logseq", "text", "markdown"])
def test_titles_are_shown_literally(empty: Desk, format: str) -> None:
    title = "<script>alert(1)</script> [[x]] *b* #t <2026-11-22 Sun>"
    person = make_person("Mara <b>", NOW, "added")
    touch = Touch("t", NOW, person.id, "out", "reply", "said", NOW, about=title)
    empty.commit("all", [put(person), put(touch)])
    text = notes(empty, format=format)
    if format == "html":
        assert "<script>" not in text
        assert "&lt;script&gt;" in text
    elif format == "org":
        assert not re.search(r"(?<!\u200b)\[\[x|(?<!\u200b)<2026|(?<!\u200b)\*b", text)
    elif format in ("logseq", "markdown"):
        assert r"\[\[x\]\]" in text
        assert r"\<script\>" in text
    else:
        assert title in text

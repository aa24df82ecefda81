"""OPML in and out: what would be done first, then the doing, one undo."""

from __future__ import annotations

from engage.domain.records import World
from engage.services.desk import Desk
from engage.services.exporting import export
from engage.services.remember import undo
from engage.services.transfer import import_files
from engage.services.triage import inbox

FOREIGN = b"""<opml version="2.0"><head><title>x</title></head><body>
 <outline text="Close"><outline type="rss" text="Mara" xmlUrl="https://mara.example/feed.xml"
   htmlUrl="https://mara.example/"/></outline>
 <outline type="rss" text="Tomasz" xmlUrl="https://medium.com/feed/@tomasz_z"/>
 <outline type="rss" text="Nothing" xmlUrl="ftp://x.example/"/>
</body></opml>"""


def test_a_plan_writes_nothing(empty: Desk) -> None:
    plan = import_files(empty, [("people.opml", FOREIGN)])
    assert (len(plan.new), len(plan.known), len(plan.unclear)) == (2, 0, 1)
    assert not plan.written
    assert not empty.world().people


def test_an_import_makes_people_and_feeds_and_no_debt(empty: Desk) -> None:
    plan = import_files(empty, [("people.opml", FOREIGN)], write=True)
    assert plan.written
    world = empty.world()
    assert sorted(person.name for person in world.people.values()) == ["Mara", "Tomasz"]
    assert {feed.folder for feed in world.feeds.values()} == {"Close", ""}
    assert all(not person.circles for person in world.people.values())
    assert {task.kind for task in inbox(empty).tasks} == {"welcome"}
    undo(empty)
    assert not empty.world().people
    assert not empty.world().feeds


def test_writers_of_one_site_are_people_of_their_own_and_stay_so(desk: Desk, empty: Desk) -> None:
    rows = "".join(
        f'<outline type="rss" text="{name}" xmlUrl="https://paper.example/{at}" '
        'htmlUrl="https://paper.example/"/>'
        for at, name in enumerate(("Mara", "Tomasz", "mara"))
    )
    import_files(
        empty, [("a.opml", f'<opml version="2.0"><body>{rows}</body></opml>'.encode())], write=True
    )
    names = sorted(person.name for person in empty.world().people.values())
    assert names == ["Mara", "Tomasz"]
    out = export(empty, "opml").encode()
    import_files(desk, [("b.opml", out)], write=True)
    came = {
        f.url: desk.world().people[f.person].name for f in desk.world().feeds.values() if f.person
    }
    assert [came[f"https://paper.example/{at}"] for at in range(3)] == ["Mara", "Tomasz", "Mara"]


def test_a_second_import_brings_nothing_new(empty: Desk) -> None:
    import_files(empty, [("people.opml", FOREIGN)], write=True)
    again = import_files(empty, [("people.opml", FOREIGN)], write=True)
    assert (again.new, len(again.known), again.written) == ((), 2, False)


def test_everything_goes_out_and_comes_in_again(desk: Desk, empty: Desk) -> None:
    out = export(desk, "opml").encode()
    import_files(empty, [("engage.opml", out)], write=True)
    there, here = desk.world(), empty.world()
    assert {feed.url: feed.role for feed in here.feeds.values()} == {
        feed.url: feed.role for feed in there.feeds.values()
    }

    def close(world: World) -> dict[str, tuple[int | None, bool]]:
        people = world.people.values()
        return {p.name: (p.circles[-1].value if p.circles else None, p.friend) for p in people}

    assert close(here) == close(there)
    assert {(f.url, here.people[f.person].name) for f in here.feeds.values() if f.person} == {
        (f.url, there.people[f.person].name) for f in there.feeds.values() if f.person
    }


def test_a_file_that_is_none_is_named_and_the_others_are_read(empty: Desk) -> None:
    plan = import_files(empty, [("bad.opml", b"\x00"), ("good.opml", FOREIGN)], write=True)
    assert [refusal.given for refusal in plan.refused] == ["bad.opml"]
    assert "bad.opml" in plan.refused[0].sentence
    assert len(plan.new) == 2

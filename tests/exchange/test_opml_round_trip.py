from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from engage.domain.records import DatedNumber, Feed, Person
from engage.exchange.opml import OpmlPerson, read_opml, write_opml
from engage.text import one_line

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)

#: What XML, HTML and terminals make something of, and letters of several widths.
awkward = st.sampled_from("ab  é日😀ł<>&\"'/;#=[]\x07\u202e\n\t\ufeff") | st.sampled_from(
    ["&amp;", "&lt;", "&#65;", "&nbsp;", "]]>", "<!--"]
)
names = st.lists(awkward, max_size=8).map("".join).map(one_line).filter(bool)
folders = st.lists(names.map(lambda name: name.replace("/", "-")), max_size=3).map("/".join)
circles = st.none() | st.integers(1, 5)


@st.composite
def persons(draw: st.DrawFn, number: int) -> Person:
    circle, cadence = draw(circles), draw(st.none() | st.integers(1, 3660))
    return Person(
        id=f"person-{number}",
        name=draw(names),
        added=NOW,
        circles=(DatedNumber(NOW, 5), DatedNumber(NOW, circle)),
        cadences=(DatedNumber(NOW, cadence),) if cadence else (),
        friend=draw(st.booleans()),
        profiles=tuple(draw(st.lists(st.just("https://medium.com/@m"), max_size=1))),
    )


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Feed], dict[str, Person]]:
    people = [draw(persons(number)) for number in range(draw(st.integers(0, 4)))]
    owners = st.sampled_from([None, *(person.id for person in people)])
    feeds = [
        Feed(
            id=str(number),
            url=f"https://host{number}.example/?a=1&b='{number}'",
            typed="",
            role=draw(st.sampled_from(["own", "theirs", "responses"])),
            added=NOW,
            person=draw(owners),
            title=draw(names),
            site=draw(st.none() | st.just("https://mara.example/")),
            folder=draw(folders),
            wanted=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    return feeds, {person.id: person for person in people}


def as_read(person: Person) -> OpmlPerson:
    return OpmlPerson(
        name=person.name,
        id=person.id,
        circle=person.circles[-1].value,
        cadence=person.cadences[-1].value if person.cadences else None,
        friend=person.friend,
        profiles=person.profiles,
    )


@given(worlds())
def test_what_is_written_is_read_back(world: tuple[list[Feed], dict[str, Person]]) -> None:
    feeds, people = world
    document = read_opml(write_opml(feeds, people, {}, NOW).encode())
    assert not document.mended
    read = {feed.url: feed for feed in document.feeds}
    assert len(read) == len(feeds)
    for feed in feeds:
        back = read[feed.url]
        assert (back.title, back.site, back.role) == (feed.title, feed.site, feed.role)
        assert (back.folder, back.wanted) == (feed.folder, feed.wanted)
        assert back.person == (as_read(people[feed.person]) if feed.person else None)
    without = [person for person in people.values() if person.id not in {f.person for f in feeds}]
    assert list(document.people) == [as_read(person) for person in without]


def test_another_program_sees_ordinary_opml() -> None:
    person = Person("p", "Mara", NOW, circles=(DatedNumber(NOW, 2),))
    feed = Feed("f", "https://mara.example/feed", "", "theirs", NOW, person="p", folder="Writers")
    root = ElementTree.fromstring(write_opml([feed], {"p": person}, {"f": "Mara's"}, NOW).encode())
    assert root.attrib["version"] == "2.0"
    (row,) = root.findall("./body/outline[@text='Writers']/outline")
    assert row.attrib["type"] == "rss"
    assert row.attrib["text"] == "Mara's"
    assert row.attrib["engageCircle"] == "2"
    assert root.findtext("./head/dateCreated") == "Sun, 22 Nov 2026 09:00:00 +0000"


def test_tokens_never_leave() -> None:
    feed = Feed(
        "f",
        "https://ines:pw@webmention.example/api/mentions.jf2?domain=a.example&token=Sesame",
        "",
        "responses",
        NOW,
    )
    written = write_opml([feed], {}, {}, NOW)
    (back,) = read_opml(written.encode()).feeds
    assert back.url == "https://webmention.example/api/mentions.jf2?domain=a.example"
    assert "Sesame" not in written
    assert "pw" not in written


def test_what_only_looks_like_a_token_stays() -> None:
    url = "https://mara.example/?feed=rss2&author=3&keyword=table"
    (back,) = read_opml(write_opml([Feed("f", url, "", "own", NOW)], {}, {}, NOW).encode()).feeds
    assert back.url == url

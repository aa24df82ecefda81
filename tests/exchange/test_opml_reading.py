from __future__ import annotations

import pytest

from engage.errors import EngageError
from engage.exchange.opml import OpmlFeed, read_opml

FEED = "https://mara.example/feed.xml"


def opml(body: str, head: str = "<title>People</title>", version: str = "2.0") -> bytes:
    return f'<opml version="{version}"><head>{head}</head><body>{body}</body></opml>'.encode()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            f'<outline type="rss" text="Mara" xmlUrl="{FEED}" htmlUrl="https://mara.example/"/>',
            OpmlFeed(FEED, "Mara", "https://mara.example/"),
            id="as the specification has it",
        ),
        pytest.param(
            f'<outline title="Mara" xmlUrl="{FEED}"/>', OpmlFeed(FEED, "Mara"), id="title only"
        ),
        pytest.param(
            f'<outline text="Mara" xmlUrl="{FEED}"/>', OpmlFeed(FEED, "Mara"), id="no type"
        ),
        pytest.param(
            f'<outline text="Mara" type="link" xmlUrl="{FEED}"/>',
            OpmlFeed(FEED, "Mara"),
            id="another type",
        ),
        pytest.param(
            f'<Outline TEXT="Mara" xmlurl="{FEED}" HTMLURL="http://mara.example"/>',
            OpmlFeed(FEED, "Mara", "http://mara.example"),
            id="attributes and elements in any case",
        ),
        pytest.param(
            f'<outline type="rss" text="Mara" url="{FEED}"/>', OpmlFeed(FEED, "Mara"), id="url"
        ),
        pytest.param(
            f'<outline text="Tom &amp;amp; Jerry &amp;eacute;" xmlUrl="{FEED}"/>',
            OpmlFeed(FEED, "Tom & Jerry é"),
            id="escaped twice",
        ),
        pytest.param(
            f'<outline text="Caf&eacute;&nbsp;&copy" xmlUrl="{FEED}"/>',
            OpmlFeed(FEED, "Café ©"),
            id="HTML's entities",
        ),
        pytest.param(
            f'<outline text="Tom & Jerry" xmlUrl="{FEED}?a=1&b=2"/>',
            OpmlFeed(f"{FEED}?a=1&b=2", "Tom & Jerry"),
            id="unescaped ampersands",
        ),
        pytest.param(
            f'<outline text="Mara\x07 &#10; Quill&#x202e;" xmlUrl="{FEED}"/>',
            OpmlFeed(FEED, "Mara Quill"),
            id="control and bidi characters",
        ),
        pytest.param(
            '<outline text="Mara" xmlUrl="feed://mara.example/a"/>',
            OpmlFeed("https://mara.example/a", "Mara"),
            id="the scheme feed:",
        ),
        pytest.param(
            '<outline text="Mara" xmlUrl="feed:http://mara.example/a"/>',
            OpmlFeed("http://mara.example/a", "Mara"),
            id="feed: before an address",
        ),
        pytest.param(
            '<outline text="Inner"><outline text="A/B">'
            f'<outline xmlUrl="{FEED}"/></outline></outline>',
            OpmlFeed(FEED, folder="Inner/A-B"),
            id="folders are kept, and set no circle",
        ),
        pytest.param(
            f'<outline text="M" xmlUrl="{FEED}" engageRole="king" engagePerson="M" '
            'engageCircle="6" engageCadence="0"/>',
            None,
            id="attributes of engage's that mean nothing",
        ),
    ],
)
def test_rows(row: str, expected: OpmlFeed | None) -> None:
    (feed,) = read_opml(opml(row)).feeds
    if expected is not None:
        assert feed == expected
    else:
        assert feed.role == "theirs"
        assert feed.person is not None
        assert (feed.person.circle, feed.person.cadence) == (None, None)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(opml(f'<outline text="Jörg" xmlUrl="{FEED}"/>', version="1.0"), id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + opml(f'<outline text="Jörg" xmlUrl="{FEED}"/>'), id="BOM"),
        pytest.param(
            (
                '<?xml version="1.0" encoding="utf-16"?>'
                + opml(f'<outline text="Jörg" xmlUrl="{FEED}"/>').decode()
            ).encode("utf-16"),
            id="utf-16",
        ),
        pytest.param(
            (
                '<?xml version="1.0" encoding="ISO-8859-15"?>'
                + opml(f'<outline text="Jörg" xmlUrl="{FEED}"/>').decode()
            ).encode("iso-8859-15"),
            id="declared iso-8859-15",
        ),
        pytest.param(
            (
                '<?xml version="1.0" encoding="UTF-8"?>'
                + opml(f'<outline text="Jörg" xmlUrl="{FEED}"/>').decode()
            ).encode("cp1252"),
            id="declared utf-8, written in windows-1252",
        ),
        pytest.param(
            (
                '<?xml version="1.0" encoding="unicode_escape"?>'
                + opml(f'<outline text="Jörg" xmlUrl="{FEED}"/>').decode()
            ).encode(),
            id="declared as what is no encoding",
        ),
    ],
)
def test_encodings(data: bytes) -> None:
    document = read_opml(data)
    assert [feed.title for feed in document.feeds] == ["Jörg"]
    assert document.title == "People"


def test_a_feed_in_two_folders_is_one() -> None:
    row = f'<outline text="Mara" xmlUrl="{FEED}"/>'
    document = read_opml(
        opml(f'<outline text="A">{row}</outline><outline text="B">{row}</outline>')
    )
    assert [feed.folder for feed in document.feeds] == ["A"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "mara"])
def test_a_row_that_is_no_feed_is_named_and_left_out(address: str) -> None:
    good = f'<outline text="Mara" xmlUrl="{FEED}"/>'
    document = read_opml(opml(f'<outline text="Bad" xmlUrl="{address}"/>{good}'))
    assert [feed.title for feed in document.feeds] == ["Mara"]
    assert document.problems[0].startswith("Bad has ")


def test_what_was_mended_is_said() -> None:
    assert read_opml(opml('<outline text="A & B"/>')).mended
    assert not read_opml(opml('<outline text="A &amp; B"/>')).mended


BOMB = '<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE opml [<!ENTITY % a SYSTEM "http://mara.example/x.dtd"> %a;]>'


@pytest.mark.parametrize(
    ("data", "named"),
    [
        pytest.param(BOMB.encode() + opml('<outline text="&b;"/>'), "entities", id="a bomb"),
        pytest.param(OUTSIDE.encode() + opml('<outline text="&a;"/>'), "entities", id="a file"),
        pytest.param(PARAMETER.encode() + opml(""), "entities", id="a parameter entity"),
        pytest.param(b"<html><body/></html>", "<html>", id="a page"),
        pytest.param(b"", "line 1", id="nothing"),
        pytest.param(b"\x00\xff\xfe\x00PK", "line 1", id="bytes"),
        pytest.param(b"<opml><body><outline", "line 1", id="half a file"),
        pytest.param(b" " * (10 * 1024 * 1024 + 1), "10 MiB", id="too large"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(data: bytes, named: str) -> None:
    with pytest.raises(EngageError) as refused:
        read_opml(data)
    sentence = str(refused.value)
    assert named in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_a_document_type_alone_is_no_reason_to_refuse() -> None:
    doctype = b'<!DOCTYPE opml SYSTEM "http://mara.example/opml.dtd">'
    assert read_opml(doctype + opml(f'<outline text="M" xmlUrl="{FEED}"/>')).feeds


def test_ten_thousand_folders_deep() -> None:
    body = '<outline text="f">' * 10_000 + f'<outline xmlUrl="{FEED}"/>' + "</outline>" * 10_000
    (feed,) = read_opml(opml(body)).feeds
    assert len(feed.folder) <= 200

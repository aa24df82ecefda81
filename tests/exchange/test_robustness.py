"""Whatever a file holds, reading it ends in people or in a sentence."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import EngageError
from engage.exchange.bundle import File, bundle_of
from engage.exchange.everything import KEPT, KIND
from engage.exchange.formats import FORMATS, Format, read_bundle
from engage.exchange.imported import NAME_LIMIT, NOTE_LIMIT
from engage.exchange.sources.meta import mended
from engage.exchange.texts import day_of, moment_of, text_from
from engage.text import clean, one_line

from . import samples as S

SAMPLES = [value for key, value in vars(S).items() if key.isupper() and isinstance(value, str)]

#: Real samples, cut, joined and with bytes changed: nearer to what parsers meet than noise.
mangled = st.builds(
    lambda one, other, start, end, noise: one[start:] + noise + other[:end],
    st.sampled_from(SAMPLES).map(str.encode),
    st.sampled_from(SAMPLES).map(str.encode),
    st.integers(0, 200),
    st.integers(0, 400),
    st.binary(max_size=6) | st.sampled_from([b"\x00", b'"', b"\n", b"[[[[", b"\xff\xfe", b"<!["]),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["name", "timestamp", "string_list_data", "value", "href", "title", "followers",
             "friends_v2", "relationships_following", "handle", "did", "id", "person", "people"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
@given(data=mangled)
def test_a_format_reads_or_refuses(format: Format, data: bytes) -> None:
    try:
        found = format.read([File("users-following/users-following-0001.html", data)])
    except EngageError as refused:
        assert str(refused)
        assert "\n" not in str(refused)
        return
    for person in found.people:
        assert one_line(person.name) == person.name
        assert len(person.name) <= NAME_LIMIT
        assert clean(person.note) == person.note
        assert len(person.note) <= NOTE_LIMIT


@given(st.sampled_from(["x.csv", "followers.json", "a.opml", "stdin", "x.vcf"]), mangled)
def test_finding_the_format_reads_or_refuses(name: str, data: bytes) -> None:
    try:
        assert read_bundle(bundle_of(name, data))
    except EngageError as refused:
        assert str(refused)


@pytest.mark.parametrize("name", ["instagram", "facebook", "bluesky"])
@given(value=json_values)
def test_any_json_is_read_or_refused(name: str, value: object) -> None:
    format = next(each for each in FORMATS if each.name == name)
    try:
        format.read([File("followers.json", json.dumps(value).encode())])
    except EngageError as refused:
        assert str(refused)


@given(st.dictionaries(st.sampled_from(KEPT), json_values, max_size=3))
def test_any_export_is_read_or_refused(tables: dict[str, object]) -> None:
    document = {"schema": 1, "kind": KIND, **tables}
    try:
        read_bundle(bundle_of("engage.json", json.dumps(document).encode()))
    except EngageError as refused:
        assert str(refused)


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        assert "\r" not in text_from(data)
    except EngageError as refused:
        assert str(refused)


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_none(text: str) -> None:
    day, moment = day_of(text), moment_of(text)
    assert day is None or 1990 <= day.year <= 2200
    assert moment is None or moment.tzinfo is not None


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_every_form_of_a_day_is_that_day(day: date) -> None:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    month = months[day.month - 1]
    for form in (
        day.isoformat(),
        f"{day.isoformat()}T10:00:00.000Z",
        f"{day.day} {month} {day.year}",
        f"{day.day:02d}-{month}-{day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.month}/{day.day}/{day.year}",
        f"Sun {month} {day.day:02d} 10:00:00 UTC {day.year}",
    ):
        assert day_of(form) == day, form


@given(st.text(max_size=20))
def test_letters_broken_by_facebook_are_mended_and_good_ones_stay(text: str) -> None:
    try:
        broken = text.encode("utf-8").decode("latin-1")
    except UnicodeEncodeError:  # a lone surrogate, which no export holds
        return
    assert mended(broken) == text

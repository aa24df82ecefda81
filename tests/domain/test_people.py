"""Who a person is, and finding somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.domain.identity import person_id
from engage.domain.people import (
    all_keys,
    find_by_exact_name,
    find_by_key,
    keys_for,
    make_person,
    match_names,
)

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_the_surest_key_comes_first() -> None:
    assert keys_for(
        email="Mara@Example.com",
        account="@mara@writing.example",
        profile="https://www.linkedin.com/in/Mara/",
        feed_url="https://www.mara.example/feed/",
    ) == (
        "feed:https://mara.example/feed",
        "profile:https://linkedin.com/in/mara",
        "account:mara@writing.example",
        "email:mara@example.com",
    )


@pytest.mark.parametrize(
    ("addresses", "key"),
    [
        pytest.param(
            {"feed_url": "https://m.example/feed", "profile": "https://m.example"},
            "feed:https://m.example/feed",
            id="feed before profile",
        ),
        pytest.param(
            {"profile": "https://m.example", "email": "m@m.example"},
            "profile:https://m.example",
            id="profile before e-mail",
        ),
        pytest.param({"email": "m@m.example"}, "email:m@m.example", id="e-mail"),
        pytest.param({}, "name:mara quill", id="a name where there is nothing else"),
        pytest.param({"email": "noreply@blogger.com"}, "name:mara quill", id="a shared address"),
    ],
)
def test_the_id_comes_from_the_first_key(addresses: dict[str, str], key: str) -> None:
    person = make_person("Mara Quill", NOW, "added", **addresses)
    assert person.id == person_id(key)
    assert person.keys[0] == key


def test_a_name_loses_control_characters_and_line_breaks() -> None:
    person = make_person(" Mara\r\nQuill\x1b[31m\u202e ", NOW, "imported", profile="@mara")
    assert person.name == "Mara Quill[31m"
    assert person.profiles == ("https://medium.com/@mara",)
    assert (person.how, person.added) == ("imported", NOW)


def test_an_address_that_cannot_be_opened_is_no_profile() -> None:
    assert make_person("M", NOW, "added", profile="javascript:alert(1)").profiles == ()


MARA = make_person("Mara Quill", NOW, "added", feed_url="https://mara.example/feed")
TOM = replace(
    make_person("Tomasz", NOW, "added", profile="https://t.example"),
    profiles=("https://t.example", "https://uk.linkedin.com/in/Tom"),
    names=("Tom W.",),
)


@pytest.mark.parametrize(
    ("keys", "person"),
    [
        pytest.param(("feed:https://mara.example/feed",), MARA, id="a key kept"),
        pytest.param(("profile:https://linkedin.com/in/tom",), TOM, id="a key of a profile"),
        pytest.param(
            ("profile:https://t.example", "feed:https://mara.example/feed"),
            TOM,
            id="first key wins",
        ),
        pytest.param(("profile:https://x.example", *MARA.keys), MARA, id="one of several"),
        pytest.param(("profile:https://x.example",), None, id="unknown"),
        pytest.param((), None, id="none"),
    ],
)
def test_find_by_key(keys: tuple[str, ...], person: object) -> None:
    assert find_by_key((MARA, TOM), *keys) == person


def test_all_keys_holds_each_once() -> None:
    assert all_keys(TOM) == ("profile:https://t.example", "profile:https://linkedin.com/in/tom")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("mara  QUILL", (MARA,)),
        ("Tom W.", (TOM,)),
        ("Mara", ()),
        ("", ()),
    ],
)
def test_find_by_exact_name(name: str, found: tuple[object, ...]) -> None:
    assert find_by_exact_name((MARA, TOM), name) == found


ITEMS = [
    (1, "a1b2c3", ("Ana",)),
    (2, "b2c3d4", ("Ana Lima", "Anita")),
    (3, "c3d4e5", ("José Bento",)),
    (4, "ana999", ("Bea",)),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("ana", [1], id="an exact name wins over parts and ids"),
        pytest.param("b2c3d4", [2], id="an exact id"),
        pytest.param("lima", [2], id="a part of a name"),
        pytest.param("an", [1, 2], id="a part of several"),
        pytest.param("anita", [2], id="a former name"),
        pytest.param("jose", [3], id="without its accent"),
        pytest.param("c3d", [3], id="the beginning of an id"),
        pytest.param("ana9", [4], id="the beginning of an id that looks like a name"),
        pytest.param("zz", [], id="nothing"),
        pytest.param(" \x1b ", [], id="no text"),
    ],
)
def test_match_names(text: str, found: list[int]) -> None:
    assert match_names(ITEMS, text) == found


@given(st.text(), st.text())
def test_a_persons_own_name_finds_them(name: str, other: str) -> None:
    person = make_person(name, NOW, "added")
    if person.name and person.name.casefold() != make_person(other, NOW, "added").name.casefold():
        items = [(1, "1", (person.name,)), (2, "2", (other,))]
        assert match_names(items, person.name) == [1] or person.name in ("1", "2")

"""The registry holds together, and the writer's own keys are taken or refused in a sentence."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import pytest

from engage.tui.actions import ACTIONS, BY_ID, PLACES
from engage.tui.keymap import load_keymap, meet, parse_keys, show_key


def test_every_action_has_its_own_id_and_known_places() -> None:
    assert len(BY_ID) == len(ACTIONS)
    for action in ACTIONS:
        assert action.where
        assert set(action.where) <= set(PLACES)


def test_no_two_actions_share_a_key_where_both_apply() -> None:
    for one, other in combinations(ACTIONS, 2):
        if meet(one.where, other.where):
            assert not set(one.keys) & set(other.keys), (one.id, other.id)


def test_every_key_of_the_registry_is_a_key() -> None:
    for action in ACTIONS:
        for key in action.keys:
            assert parse_keys(key) == (key,)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("e", ("e",), id="a letter"),
        pytest.param("j, down", ("j", "down"), id="two keys"),
        pytest.param("g x", ("g x",), id="a sequence"),
        pytest.param(",", (",",), id="the comma itself"),
        pytest.param("#", ("#",), id="a sign"),
        pytest.param("Ctrl+E", ("ctrl+e",), id="with ctrl, in any case"),
        pytest.param("Esc", ("escape",), id="a short name"),
        pytest.param("shift+tab", ("shift+tab",), id="with shift"),
        pytest.param("", (), id="nothing"),
        pytest.param("ee", (), id="two letters"),
        pytest.param("j,,k", (), id="an empty one between"),
        pytest.param("a b c", (), id="three in sequence"),
        pytest.param("hyper+x", (), id="no such modifier"),
        pytest.param("\x1b", (), id="a control character"),
    ],
)
def test_keys_are_read(text: str, keys: tuple[str, ...]) -> None:
    assert parse_keys(text) == keys


def test_an_own_key_replaces_the_default() -> None:
    keymap = load_keymap({"done": "d"})
    assert keymap.findings == ()
    assert keymap.find(["inbox"], "d") is BY_ID["done"]
    assert keymap.find(["inbox"], "e") is None


def test_false_leaves_an_action_without_a_key() -> None:
    keymap = load_keymap({"drop": False})
    assert keymap.find(["inbox"], "#") is None
    assert keymap.shown("drop") == ""


def test_two_actions_may_change_places() -> None:
    keymap = load_keymap({"done": "l", "later": "e"})
    assert keymap.findings == ()
    assert keymap.find(["inbox"], "l") is BY_ID["done"]
    assert keymap.find(["inbox"], "e") is BY_ID["later"]


@pytest.mark.parametrize(
    ("own", "says"),
    [
        pytest.param({"don": "d"}, "'don'; did you mean 'done'?", id="an id that is nearly one"),
        pytest.param({"xyzzy": "d"}, "`engage keys` lists them", id="an id like no other"),
        pytest.param({"done": "dd"}, "'dd' is no key for 'done'", id="no key"),
        pytest.param({"done": True}, "True is no key for 'done'", id="true"),
        pytest.param({"done": "l"}, "also a key of 'later'", id="another action's key"),
        pytest.param({"done": "g"}, "also a key of", id="the beginning of a sequence"),
        pytest.param({"done": "R"}, "also a key of 'refresh'", id="a key that holds everywhere"),
    ],
)
def test_what_means_nothing_is_said_and_left_at_its_default(
    own: dict[str, str | bool], says: str
) -> None:
    keymap = load_keymap(own)
    [finding] = keymap.findings
    assert says in finding
    assert keymap.keys == load_keymap({}).keys


def test_the_most_particular_place_wins() -> None:
    keymap = load_keymap({})
    assert keymap.find(["week", "everywhere"], "p") is BY_ID["week-before"]
    assert keymap.find(["inbox", "everywhere"], "p") is BY_ID["person"]


def test_what_may_follow_a_first_key() -> None:
    following = load_keymap({}).continuations(["inbox", "list", "everywhere"], "g")
    assert following["p"] is BY_ID["go-people"]
    assert following["g"] is BY_ID["row-first"]


@pytest.mark.parametrize(
    ("key", "shown"),
    [("pagedown", "PgDn"), ("g i", "g i"), ("ctrl+p", "Ctrl+p"), ("enter", "Enter"), ("#", "#")],
)
def test_keys_are_shown_as_people_write_them(key: str, shown: str) -> None:
    assert show_key(key) == shown


def test_the_registry_is_read_without_textual() -> None:
    code = "import sys, engage.tui.keymap, engage.tui.themes; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

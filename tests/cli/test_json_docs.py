"""The forms of ``--json`` hold at least what docs/json.md says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

DOCS = Path(__file__).parents[2] / "docs" / "json.md"
TOKENS = re.compile(r"[{}\[\],:]|\w+")

#: How each is asked for. The home is the demo's, which asks no server.
COMMANDS = {
    "inbox": ("inbox", "--all", "--json"),
    "posts": ("posts", "--json"),
    "people": ("people", "--json"),
    "person": ("person", "Mara Quill", "--json"),
    "feeds": ("feeds", "--json"),
    "week": ("week", "--json"),
    "refresh": ("refresh", "--json"),
    "add": ("add", "--person", "Nora Vik", "--json"),
    "import": ("import", "nowhere.csv", "--json"),
    "log": ("log", "Mara Quill", "look", "--json"),
    "drafts": ("drafts", "--json"),
    "questions": ("questions", "--json"),
    "webmentions": ("webmention", "--list", "--json"),
    "webmention": ("webmention", "https://ines.example/x", "--json"),
}


def documented() -> dict[str, Any]:
    """Each form as nested dicts and lists of the names that it has."""
    (block,) = re.findall(r"```\n(inbox.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    found: dict[str, Any] = {}
    for form in filter(None, re.split(r"^(?=\w)", block, flags=re.MULTILINE)):
        name, said = form.split(maxsplit=1)
        found[name] = parsed(iter(TOKENS.findall(said)))
    return found


def parsed(tokens: Iterator[str], opening: str = "") -> Any:
    """``{a, b: [{c}]}``"""
    opening = opening or next(tokens)
    if opening == "[":
        inner = parsed(tokens)
        assert next(tokens) == "]"
        return [inner]
    found: dict[str, Any] = {}
    name = ""
    for token in tokens:
        if token == "}":
            return found
        if token == ":":
            found[name] = parsed(tokens)
        elif token != ",":
            name = token
            found[name] = None
    raise AssertionError("a form in docs/json.md does not end")


def missing(form: Any, said: Any, where: str = "") -> list[str]:
    """What is documented and not there."""
    if isinstance(said, list):
        assert isinstance(form, list), where
        return [name for each in form[:3] for name in missing(each, said[0], f"{where}[]")]
    if not isinstance(said, dict) or form is None:
        return []
    return [
        *(f"{where}.{name}" for name in said if name not in form),
        *(
            line
            for name, inner in said.items()
            if inner is not None and name in form
            for line in missing(form[name], inner, f"{where}.{name}")
        ),
    ]


def test_every_command_with_a_form_is_documented() -> None:
    assert set(documented()) == set(COMMANDS)


@pytest.mark.usefixtures("full_home")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_form_holds_what_is_documented(engage: Run, name: str) -> None:
    form = engage(*COMMANDS[name]).json
    assert form["schema"] == 1
    assert missing(form, documented()[name], name) == []

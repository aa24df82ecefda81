"""What Instagram's and Facebook's JSON have in common: broken letters, lists in lists."""

from __future__ import annotations

import json
from typing import Any

from engage.errors import EngageError
from engage.exchange.texts import text_from


def mended(text: str) -> str:
    """Text whose UTF-8 bytes were each written as a character of their own, put together again;
    text that is whole already stays as it is."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def json_of(data: bytes) -> Any:
    """What a JSON file holds; EngageError with the rest of a sentence."""
    try:
        return json.loads(text_from(data))
    except (ValueError, RecursionError) as cause:
        raise EngageError("it is no whole JSON file; export it again.") from cause


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects in a list, whatever else is in it."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def texts_in(value: dict[str, Any], key: str) -> str:
    """The text of a key, put together again; "" where it is none."""
    found = value.get(key)
    return mended(found).strip() if isinstance(found, str) else ""


def is_html(text: str) -> bool:
    return text.lstrip()[:200].lower().startswith(("<!doctype html", "<html", "<head"))

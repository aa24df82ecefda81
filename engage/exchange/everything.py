"""Everything that engage knows as one JSON document, out and in again. See docs/json.md."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from engage.domain.changes import TABLES
from engage.domain.codec import Doc, from_doc, moment_text, to_doc
from engage.domain.records import World
from engage.domain.stamps import KEY, STAMPS
from engage.errors import EngageError
from engage.exchange.imported import Import
from engage.exchange.texts import text_from
from engage.exchange.tokens import without_tokens
from engage.text import clean

#: Of the form of the document; one that is newer is refused.
SCHEMA = 1
KIND = "engage-export"

#: The tables of a world, in the order of the document. What amends a touch is in the touch.
KEPT = tuple(table for table in TABLES if table != "amendments")
_ADDRESSES = frozenset({"url", "typed", "site"})


def write_everything(world: World, now: datetime, marks: Sequence[Doc] = ()) -> str:
    """The document of a world: touches as amended, decisions that hold, no tokens in addresses.

    ``marks``: when fields were changed and records removed, for `engage merge`.
    """
    tables = {
        table: [_outward(to_doc(record)) for record in _records(world, table)] for table in KEPT
    }
    encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    head = {"schema": SCHEMA, "kind": KIND, "exported": moment_text(now)}
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    for table, docs in {**tables, STAMPS: list(marks)}.items():
        rows = ",\n".join(map(encode, docs))
        lines.append(f"{json.dumps(table)}: [\n{rows}\n]" if docs else f"{json.dumps(table)}: []")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def recognises(_name: str, text: str) -> bool:
    return text.lstrip()[:1] == "{" and f'"kind": "{KIND}"' in text[:400]


def read_documents(data: bytes) -> dict[str, list[Doc]]:
    """The tables of a document, the marks among them, to be united with a ledger.

    EngageError with the rest of a sentence.
    """
    document = _document(data)
    for table in KEPT:
        _read(table, document.get(table, []))
    tables = {table: _cleaned(document.get(table, [])) for table in KEPT}
    marks = document.get(STAMPS, [])
    listed = marks if isinstance(marks, list) else []
    return {**tables, STAMPS: [each for each in listed if isinstance(each, dict) and KEY in each]}


def read_everything(data: bytes) -> Import:
    """The records of a document; EngageError with the rest of a sentence."""
    document = _document(data)
    found = {table: _read(table, document.get(table, [])) for table in KEPT}
    return Import("json", "engage", everything=found)


def _document(data: bytes) -> dict[str, Any]:
    try:
        document = json.loads(text_from(data))
    except (ValueError, RecursionError) as cause:
        raise EngageError("it is no whole JSON file; export it again.") from cause
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise EngageError("it is not what `engage export json` writes.")
    schema = document.get("schema")
    if not isinstance(schema, int) or schema > SCHEMA:
        raise EngageError("it was written by a newer engage; update engage, then do this again.")
    return document


def _read(table: str, docs: Any) -> tuple[Any, ...]:
    if not isinstance(docs, list):
        raise EngageError(f"its {table} are no list; export it again.")
    records: list[Any] = []
    for number, doc in enumerate(docs, 1):
        try:
            records.append(from_doc(TABLES[table], _cleaned(doc)))
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as cause:
            raise EngageError(
                f"number {number} of its {table} is not as engage writes it; export it again."
            ) from cause
    return tuple(records)


def _records(world: World, table: str) -> Any:
    found = getattr(world, table)
    return found.values() if isinstance(found, Mapping) else found


def _outward(doc: dict[str, Any]) -> dict[str, Any]:
    for key in _ADDRESSES & doc.keys():
        if isinstance(doc[key], str) and ("?" in doc[key] or "@" in doc[key]):
            doc[key] = without_tokens(doc[key])
    if "profiles" in doc:
        doc["profiles"] = [without_tokens(each) for each in doc["profiles"]]
    return doc


def _cleaned(value: Any) -> Any:
    """The value with its texts made safe; text that engage wrote stays as it is."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    if isinstance(value, dict):
        return {clean(str(key)): _cleaned(each) for key, each in value.items()}
    return value

"""An older schema is read through the steps, backed up, and written in the newest."""

from __future__ import annotations

import pytest
from ledgers import changed, ledger_of, opened, person
from tinydb import TinyDB

from engage.paths import Paths
from engage.store import migrations
from engage.store.backups import read_backup
from engage.store.documents import PlainTables
from engage.store.packed import packed_tables
from engage.store.store import Store


def shouted(tables: PlainTables) -> PlainTables:
    """A step: names in capitals."""
    people = tables.get("people", {}).items()
    return {**tables, "people": {key: {**doc, "name": doc["name"].upper()} for key, doc in people}}


@pytest.fixture
def old(store: Store, paths: Paths) -> Store:
    """A ledger of schema 1 with one change in its journal."""
    store.commit(changed("added Mara", person("mara")))
    store.close()
    store.commit(changed("added Tomasz", person("tomasz")))
    assert paths.data.exists()
    return store


@pytest.mark.usefixtures("old")
def test_a_migration_is_read_at_once_and_written_with_the_first_change(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ledger_of(paths).read_bytes()
    monkeypatch.setattr(migrations, "STEPS", {1: shouted})
    store = opened(paths)
    assert {each.name for each in store.world().people.values()} == {"MARA", "TOMASZ"}
    assert ledger_of(paths).read_bytes() == before, "reading writes nothing"
    store.commit(changed("added Ines", person("ines")))
    names = {each.name for each in store.world().people.values()}
    assert names == {"MARA", "TOMASZ", "Ines"}
    assert {each.name for each in opened(paths).world().people.values()} == names
    store.close()
    with TinyDB(ledger_of(paths)) as database:
        assert database.table("_meta").all()[0]["schema"] == 2
    (kept,) = ledger_of(paths).parent.glob("backups/ledger-schema-1*")
    assert {each["name"] for each in read_backup(kept)["people"].values()} == {"MARA", "TOMASZ"}
    monkeypatch.undo()
    assert {each["name"] for each in read_backup(kept)["people"].values()} == {"Mara", "Tomasz"}


@pytest.mark.usefixtures("old")
def test_folding_an_older_schema_backs_it_up_as_well(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "STEPS", {1: shouted})
    opened(paths).close()
    with TinyDB(ledger_of(paths)) as database:
        assert {each["name"] for each in database.table("people")} == {"MARA", "TOMASZ"}
    assert len(list(ledger_of(paths).parent.glob("backups/ledger-schema-1*"))) == 1


@pytest.mark.usefixtures("old")
def test_an_older_engage_beside_a_newer_one_only_reads(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", {1: shouted})
        newer = opened(paths)
        newer.commit(changed("added Ines", person("ines")))
        newer.close()
    assert {each.name for each in store.world().people.values()} == {"MARA", "TOMASZ", "Ines"}
    with pytest.raises(Exception, match="newer engage"):
        store.commit(changed("added Jun", person("jun")))


@pytest.mark.usefixtures("old")
def test_a_damaged_migrated_ledger_is_rebuilt(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "STEPS", {1: shouted})
    opened(paths).commit(changed("added Ines", person("ines")))
    ledger_of(paths).write_bytes(b"{")
    names = {each.name for each in opened(paths).world().people.values()}
    assert names == {"MARA", "TOMASZ", "Ines"}


def test_this_engage_has_a_step_from_every_older_schema() -> None:
    assert sorted(migrations.STEPS) == list(range(1, migrations.schema()))
    tables = packed_tables({"people": {"1": {"id": "mara"}}})
    assert migrations.migrated(tables, migrations.schema()) == tables

"""Which files are the store's, on which machine."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from ledgers import all_files, changed, ledger_of, opened, person

from engage.paths import Paths, paths_under
from engage.store.places import Places, file_name
from engage.store.store import Store


def test_the_files_lie_where_they_are_documented(store: Store, paths: Paths) -> None:
    store.commit(changed("added Mara", person()))
    machine = (paths.state / "machine").read_text().strip()
    assert re.fullmatch("[0-9a-f]{8}", machine)
    assert ledger_of(paths) == paths.data / machine / "ledger.json"
    assert (paths.state / "lock").is_file()


def test_the_machines_id_is_made_once(store: Store, paths: Paths) -> None:
    store.commit(changed("added Mara", person()))
    made = (paths.state / "machine").read_bytes()
    opened(paths).commit(changed("added Tomasz", person("tomasz")))
    assert (paths.state / "machine").read_bytes() == made
    assert len(list(paths.data.iterdir())) == 1


def test_a_home_copied_as_a_folder_is_the_same_home(
    store: Store, paths: Paths, tmp_path: Path
) -> None:
    store.commit(changed("added Mara", person()))
    copied = paths_under(tmp_path / "copy")
    shutil.copytree(paths.config, copied.config)
    opened(copied).commit(changed("added Tomasz", person("tomasz")))
    assert set(opened(copied).world().people) == {"mara", "tomasz"}
    assert set(store.world().people) == {"mara"}


@pytest.mark.parametrize("left", ["", "no machine\n"], ids=["empty", "garbled"])
def test_with_the_machines_file_damaged_the_only_ledger_is_still_its_own(
    store: Store, paths: Paths, left: str
) -> None:
    store.commit(changed("added Mara", person()))
    ledger = ledger_of(paths)
    (paths.state / "machine").write_text(left)
    later = opened(paths)
    assert set(later.world().people) == {"mara"}
    later.commit(changed("added Tomasz", person("tomasz")))
    assert ledger_of(paths) == ledger
    assert (paths.state / "machine").read_text().strip() == ledger.parent.name


@pytest.mark.parametrize("machines", [1, 2])
def test_a_machine_that_finds_the_ledgers_of_others_begins_its_own(
    store: Store, paths: Paths, machines: int
) -> None:
    store.commit(changed("added Mara", person()))
    store.close()
    ledger = ledger_of(paths)
    if machines == 2:
        shutil.copytree(ledger.parent, paths.data / "00000000")
    shutil.rmtree(paths.state)
    before = all_files(ledger.parent)
    later = opened(paths)
    assert later.unite_neighbours()
    later.commit(changed("added Tomasz", person("tomasz")))
    assert set(opened(paths).world().people) == {"mara", "tomasz"}
    assert len(list(paths.data.iterdir())) == machines + 1
    assert all_files(ledger.parent) == before


@pytest.mark.parametrize("feed", ["../../ledger", "", "/etc/passwd", "a\0b", "x" * 300, "\ud800"])
def test_no_feeds_id_leads_out_of_the_posts_folder(paths: Paths, feed: str) -> None:
    places = Places(paths)
    assert places.posts_of(feed).parent == places.posts
    assert re.fullmatch("x[0-9a-f]{32}", file_name(feed))
    assert file_name(feed) != file_name(feed + "x")


def test_a_feeds_file_has_its_name(paths: Paths) -> None:
    assert Places(paths).posts_of("ab12-_").name == "ab12-_.json"

"""The files that feedparser tests itself with, taken from its source package: two thousand feeds,
each with one oddity."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from importlib.metadata import version

import feedparser
import pytest

from engage.feeds import quick
from tests.feeds.plain_feedparser import TYPE, plainly, said
from tests.feeds.test_hostile import taken

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The files by their path in the package; they need a network or a package cache once."""
    folder = tmp_path_factory.mktemp("suite")
    wanted = f"feedparser=={version('feedparser')}"
    command = ["download", "-q", "--no-deps", "--no-binary", "feedparser", "--dest", folder, wanted]
    done = subprocess.run(
        [sys.executable, "-m", "pip", *command], capture_output=True, timeout=120, check=False
    )
    if done.returncode:
        pytest.skip("the source package of feedparser cannot be had: no network")
    (archive,) = folder.glob("*.tar.gz")
    files: dict[str, bytes] = {}
    with tarfile.open(archive) as opened:
        for member in opened.getmembers():
            content = opened.extractfile(member) if member.name.endswith(".xml") else None
            if content is not None:
                files[member.name.partition("/tests/")[2]] = content.read()
    return files


def says_something(body: bytes) -> bool:
    """Whether feedparser finds an entry with an id, a web address or words for a title."""
    entries = feedparser.parse(io.BytesIO(body), sanitize_html=False).entries
    return any(
        entry.get("id")
        or entry.get("link", "").startswith("http")
        or re.sub(r"<[^>]*>", "", entry.get("title", "")).strip()
        for entry in entries
    )


def test_each_is_a_sound_document_or_a_sentence(suite: Mapping[str, bytes]) -> None:
    refused = [name for name, body in suite.items() if taken(body) is None]
    assert len(suite) > 2_000
    # Half of these files are a single element of a feed, without a title or an entry of its own;
    # CDF is Microsoft's Channel Definition Format of 1997, which engage does not read.
    unread = [name for name in refused if says_something(suite[name]) and "cdf" not in name]
    assert unread == []


def test_the_quick_feedparser_says_of_each_what_the_plain_one_says(
    suite: Mapping[str, bytes],
) -> None:
    quickly = [said(quick.parse(body, TYPE)) for body in suite.values()]
    plain = dict(zip(suite, plainly(list(suite.values())), strict=True))
    assert [name for name, text in zip(suite, quickly, strict=True) if text != plain[name]] == []

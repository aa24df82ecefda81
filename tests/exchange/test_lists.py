"""What looks like a list of people, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.exchange.sources.pasted import recognises

from . import samples as S

LISTS = {
    "names": "Mara Quill\nTomasz Zieliński\nOdile Marchand\n",
    "names with small words": "Ana de la Torre\nNour el-Din\nBread and Salt\n",
    "names in other scripts": "村上春樹\nАнна Ахматова\nمحمود درويش\n",
    "initials and titles": "J. R. R. Tolkien\nMartin Luther King Jr.\nDr. Mara Quill\nMadonna\n",
    "a note behind a name": "Mara Quill, edits Slow Letters\nTomasz – potter\nPia (Oslo)\n",
    "typed in a hurry": "mara quill\ntomasz\n",
    "handles": "@mara\n@tomasz_z\n@odile@social.example\n",
    "addresses": "mara.example\nhttps://tomasz.example/about\n<https://odile.example>\n",
    "e-mail": "mara@example.org\nTomasz <tomasz@example.org>\n",
    "bullets": "- Mara Quill\n* Tomasz Lund\n3. Pia Lund\n",
    "buttons of a page": "Mara Quill\nFollow\nTomasz Lund\nFollow\n",
    "a line that is none among many": "Mara Quill\nTomasz\nPia Lund\nBo Berg\nand then some\n",
    "one of four that is none": "Mara Quill\nTomasz\nsome people whom I met\nPia Lund\n",
    "one name": "Mara Quill",
    "numbers in names": "Writer 41\nStudio 7\n",
}
OTHERS = {
    "prose": "She looked at the number.\nIt never wrote back.\nThen one day it did.\n",
    "a letter": "Dear Mara,\n\nthank you.\nIt was good to hear\nfrom you\n\nYours,\nInes\n",
    "a poem": "The field behind the school\nwas never ours\nwhich is why\nwe knew every stone\n",
    "a program": "import sys\n\ndef main():\n    return sys.argv\n",
    "a log": "2026-11-01 10:00:00 INFO started\n2026-11-01 10:00:01 INFO stopped\n",
    "settings": "welcome_per_day = 3\ntheme = 'night'\n",
    "numbers": "1\n2\n3\n",
    "a table": "Vorname,Nachname,Seite\nMara,Quill,mara.example\n",
    "headings alone": "# \n## \n# A Heading\n",
    "accounts of a computer": "root:x:0:0:root:/root:/bin/bash\nmail:x:8:8::/var/mail:/bin/sh\n",
    "hosts of a computer": "127.0.0.1 localhost\n::1 localhost\n",
    "sections": "[build-system]\nrequires = 1\n",
    "HTML": "<p>Mara</p>\n",
    "Lorem": "Lorem ipsum dolor sit amet, consectetur adipiscing elit.\n" * 3,
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS.keys())
def test_a_list(text: str) -> None:
    assert recognises("stdin", text)
    assert recognises("names.txt", text)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_no_list(text: str) -> None:
    assert not recognises("stdin", text)
    assert not recognises("names.txt", text)


@pytest.mark.parametrize("name", ["x.json", "x.py", "x.vcf", "x.html", "x.xml", "clock.pyc"])
def test_a_file_of_another_kind_is_none(name: str) -> None:
    assert not recognises(name, "Mara Quill\n")


@given(
    st.lists(
        st.builds(
            lambda first, last: f"{first.capitalize()} {last.capitalize()}",
            st.text("abcdefghijklmnopqrstuvwxyzäéłß", min_size=2, max_size=12),
            st.text("abcdefghijklmnopqrstuvwxyzøñç", min_size=2, max_size=12),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_names_are_a_list_and_each_is_somebody(names: list[str]) -> None:
    text = "\n".join(names)
    assert recognises("-", text)
    found = S.imported("-", text)
    assert len(found.people) == len(names)
    assert found.unclear == ()


def test_what_stands_behind_a_name_is_a_note() -> None:
    found = S.imported("-", "Mara Quill, edits Slow Letters\nPia Lund (Oslo)\nTomasz\n")
    assert [(each.name, each.note) for each in found.people] == [
        ("Mara Quill", "edits Slow Letters"), ("Pia Lund", "Oslo"), ("Tomasz", ""),
    ]  # fmt: skip


def test_a_list_copied_from_a_page_with_its_buttons() -> None:
    """As a page of followers is copied: a name, perhaps twice, a line or two, a button."""
    copied = (
        "1.2K Followers\n\nMara Quill\nMara Quill\nEdits @slowletters. Weaves, too.\n\nFollow\n"
        "Tomasz Lund\nFollowing\n@odile\nPotter\nin Oslo\nFollow\nPia Lund\nFollow\n"
    )
    found = S.imported("-", copied)
    assert [(each.name, each.profiles, each.note) for each in found.people] == [
        ("Mara Quill", (), "Edits @slowletters. Weaves, too."),
        ("Tomasz Lund", (), ""),
        ("", ("https://medium.com/@odile",), "Potter in Oslo"),
        ("Pia Lund", (), ""),
    ]
    assert {each.direction for each in found.people} == {"follows_me"}
    assert found.unclear == ()

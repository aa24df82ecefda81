"""What of other people's data is never opened, never kept, never shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engage.clock import FixedClock
from engage.exchange.bundle import Bundle, File
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.services.exporting import FORMATS
from engage.services.notes import write_people
from engage.services.transfer import import_files
from tests.exchange import samples as S
from tests.support.demo import NOW

#: Files that platforms put beside their lists, each with a word that must come nowhere.
PRIVATE = {
    "messages.csv": "FROM,TO,CONTENT\nMara,Ines,SECRET\n",
    "messages/inbox/mara_1/message_1.json": '{"messages":[{"content":"SECRET"}]}',
    "your_instagram_activity/messages/inbox/mara/message_1.json": '{"content":"SECRET"}',
    "ips/ips-0001.html": "<ul><li>SECRET</li></ul>",
    "sessions/sessions-0001.html": "<ul><li>SECRET</li></ul>",
    "security_and_login_information/logins.json": '{"ip":"SECRET"}',
    "login_activity.json": '{"ip":"SECRET"}',
    "bookmarks/bookmarks-0001.html": "<ul><li>SECRET</li></ul>",
}
LISTS = {
    "Connections.csv": S.LINKEDIN_OLD,
    "connections/followers_and_following/followers_1.json": S.INSTAGRAM_FOLLOWERS,
    "connections/friends/your_friends.json": S.FACEBOOK_FRIENDS_2018,
    **S.MEDIUM,
}
#: Sources that have e-mail addresses.
MAILS = {
    "Connections.csv": S.LINKEDIN_OLD,
    "email_list.letters.csv": S.SUBSTACK,
    "members.csv": S.GHOST,
    "subscribers.csv": S.BUTTONDOWN,
    "beehiiv.csv": S.BEEHIIV,
    "book.vcf": S.VCARD_4,
    "people.csv": "name,email\nMara Quill,mara@example.org\n",
    "-": S.PASTED + "tomasz@example.org\n",
}


@pytest.fixture
def by_email(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose writer agrees that e-mail addresses are kept to recognise people by."""
    (tmp_path / "config.toml").write_text("match_by_email = true\n")
    made = desk_at(paths_under(tmp_path), FixedClock(NOW))
    yield made
    made.close()


@pytest.mark.parametrize("as_folder", [False, True], ids=["ZIP", "folder"])
def test_private_files_are_never_opened(
    empty: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_folder: bool
) -> None:
    opened: list[str] = []
    read = Bundle.read

    def watched(bundle: Bundle, name: str) -> File:
        opened.append(name)
        return read(bundle, name)

    monkeypatch.setattr(Bundle, "read", watched)
    path = tmp_path / "export"
    if as_folder:
        for name, text in {**LISTS, **PRIVATE}.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_text(text)
    else:
        path.write_bytes(S.zipped({**LISTS, **PRIVATE}))
    plan = import_files(empty, [path], write=True)
    assert len(empty.world().people) >= 4
    assert not set(opened) & (set(PRIVATE) | {"ips/ips-0001.html"})
    assert "SECRET" not in repr(plan) + repr(empty.world())


@pytest.mark.parametrize(("name", "text"), MAILS.items(), ids=MAILS)
def test_without_the_writers_word_no_e_mail_address_is_kept_and_that_is_said(
    empty: Desk, name: str, text: str
) -> None:
    plan = import_files(empty, [(name, text.encode())], write=True)
    assert "@example.org" not in repr(empty.world())
    assert "@example.org" not in "".join((*plan.new, *plan.changed, *plan.unclear))
    assert any("E-mail addresses are not kept" in sentence for sentence in plan.skipped)


@pytest.mark.parametrize(("name", "text"), MAILS.items(), ids=MAILS)
def test_with_it_they_are_keys_and_shown_nowhere(
    by_email: Desk, tmp_path: Path, name: str, text: str
) -> None:
    for _ in range(2):
        plan = import_files(by_email, [(name, text.encode())], write=True)
        shown = [*plan.new, *plan.known, *plan.changed, *plan.unclear, *plan.skipped]
        assert "@example.org" not in "\n".join(shown)
        assert "@example.org" not in repr([choice for d in plan.doubts for choice in d.choices])
    keys = [key for person in by_email.world().people.values() for key in person.keys]
    assert any(key.startswith("email:") for key in keys)
    for format in set(FORMATS) - {"json"}:
        for _, write in FORMATS[format]:
            assert "@example.org" not in write(by_email)
    write_people(by_email, tmp_path, close=True)
    assert all("@example.org" not in page.read_text() for page in tmp_path.rglob("*.md"))


def test_what_subscribers_opened_is_read_nowhere(empty: Desk) -> None:
    tracked = S.SUBSTACK_DASHBOARD.replace('"17"', '"OPENED17"')
    ghost = S.GHOST.replace("id,email", "email_open_rate,id,email").replace("6740,", "OPENED,6740,")
    for name, text in (("a.csv", tracked), ("members.csv", ghost)):
        plan = import_files(empty, [(name, text.encode())], write=True)
        assert "OPENED" not in repr(plan) + repr(empty.world())

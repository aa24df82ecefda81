"""Whole exports as the platforms deliver them, of each era: as a ZIP, wrapped, and as a folder.

Each holds what stands beside the lists as well: photographs, settings, other people's words.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from engage.exchange.bundle import bundle_at, bundle_of
from engage.exchange.formats import read_bundle
from engage.exchange.imported import Import

from . import samples as S

LINKEDIN_BESIDE = {
    "messages.csv": "CONVERSATION ID,FROM,TO,CONTENT\n1,Mara,Ines,SECRET\n",
    "Profile.csv": "First Name,Last Name,Headline\nInes,Ferro,Essays\n",
    "Ad_Targeting.csv": "Member Age,Company Names\n35-54,SECRET\n",
    "Registration.csv": "Registered At,Registration Ip\n1/1/20,SECRET\n",
    "Jobs/Saved Jobs.csv": "Saved Date,Job Url\n1/1/26,https://www.linkedin.com/jobs/view/1\n",
    "Rich_Media.csv": "Date/Time,Media Description,Media Link\n",
    "PhoneNumbers.csv": "Extension,Number,Type\n,SECRET,mobile\n",
}
META_BESIDE = {
    "messages/inbox/mara_1/message_1.json": '{"participants":[],"messages":[{"content":"SECRET"}]}',
    "personal_information/profile.json": '{"profile":{"emails":["SECRET"]}}',
    "media/posts/202601/1.jpg": b"\xff\xd8\xff",
    "security_and_login_information/account_activity.json": '{"ip":"SECRET"}',
    "preferences/settings.json": "{}",
}
INSTAGRAM_CLOSE = '{"relationships_close_friends":[{"title":"secret","string_list_data":[]}]}'
SUBSTACK_POST = (
    '<p>As I wrote <a href="https://medium.com/@inesferro/x-aaaaaaaaaaaa">on Medium</a>: …</p>'
)

Files = Mapping[str, str | bytes]

#: Each export: its files, the format, and who comes with which direction.
ARCHIVES: dict[str, tuple[Files, str, set[tuple[str, str]]]] = {
    "LinkedIn, complete": (
        {
            **LINKEDIN_BESIDE,
            "Connections.csv": S.LINKEDIN,
            "Invitations.csv": S.LINKEDIN_INVITATIONS,
            "Member_Follows.csv": S.LINKEDIN_FOLLOWS,
        },
        "linkedin",
        {
            ("Mara Quill", "mutual"), ("Mara Quill", "invited_me"), ("Pia Lund", "i_invited"),
            ("Odile Marchand", "i_follow"),
        },
    ),
    "LinkedIn, basic, with a mark and CRLF": (
        {
            "Connections.csv": ("\ufeff" + S.LINKEDIN.replace("\n", "\r\n")).encode(),
            "Member_Follows.csv": (
                "Date,Status,Full Name\r\n2026-10-01 09:00:00 UTC,Active,Sami Brandt\r\n"
            ),
        },
        "linkedin",
        {("Mara Quill", "mutual"), ("Sami Brandt", "i_follow")},
    ),
    "LinkedIn, 2016": (
        {**LINKEDIN_BESIDE, "Connections.csv": S.LINKEDIN_OLD},
        "linkedin",
        {("Tomasz Zieliński", "mutual")},
    ),
    "Instagram, since October 2025": (
        {
            **META_BESIDE,
            "connections/followers_and_following/followers_1.json": S.INSTAGRAM_FOLLOWERS,
            "connections/followers_and_following/followers_2.json": S.INSTAGRAM_FOLLOWERS.replace(
                "mara.quill", "pia"
            ),
            "connections/followers_and_following/following.json": S.INSTAGRAM_FOLLOWING_2025,
            "connections/followers_and_following/close_friends.json": INSTAGRAM_CLOSE,
        },
        "instagram",
        {
            ("mara.quill", "follows_me"), ("pia", "follows_me"), ("tomasz_z", "i_follow"),
            ("odile", "i_follow"),
        },
    ),
    "Instagram, 2023": (
        {
            **META_BESIDE,
            "followers_and_following/followers_1.json": S.INSTAGRAM_FOLLOWERS,
            "followers_and_following/following.json": S.INSTAGRAM_FOLLOWING,
            "followers_and_following/recently_unfollowed_accounts.json": (
                '{"relationships_unfollowed_users":[]}'
            ),
        },
        "instagram",
        {("mara.quill", "follows_me"), ("tomasz_z", "i_follow")},
    ),
    "Instagram, 2022": (
        {
            **META_BESIDE,
            "followers_and_following/followers.json": S.INSTAGRAM_FOLLOWERS_2022,
            "followers_and_following/following.json": S.INSTAGRAM_FOLLOWING,
        },
        "instagram",
        {("mara.quill", "follows_me"), ("tomasz_z", "i_follow")},
    ),
    "Facebook, since 2023": (
        {
            **META_BESIDE,
            "connections/friends/your_friends.json": S.FACEBOOK_FRIENDS_2018.replace(
                '"friends"', '"friends_v2"'
            ),
            "connections/friends/rejected_friend_requests.json": '{"rejected_requests_v2":[]}',
            "connections/followers/who_you've_followed.json": S.FACEBOOK_FOLLOWING_2023,
            "connections/followers/people_who_followed_you.json": S.FACEBOOK_FOLLOWERS_2021.replace(
                "_v2", "_v3"
            ),
        },
        "facebook",
        {("Mara Quill", "mutual"), ("Odile 🌻", "i_follow"), ("Pia Lund", "follows_me")},
    ),
    "Facebook, with a prefix and lists as Instagram's": (
        {
            **META_BESIDE,
            "your_facebook_activity/connections/friends/your_friends.json": (
                S.FACEBOOK_FRIENDS_2023
            ),
            "your_facebook_activity/connections/followers/people_who_followed_you_1.json": (
                S.FACEBOOK_FOLLOWERS_LISTS
            ),
        },
        "facebook",
        {
            ("Tomasz Zieliński", "mutual"), ("John Smith", "mutual"), ("Pia Lund", "follows_me"),
        },
    ),
    "Facebook, 2021": (
        {
            **META_BESIDE,
            "friends_and_followers/friends.json": S.FACEBOOK_FRIENDS_2023,
            "friends_and_followers/following.json": S.FACEBOOK_FOLLOWING_2023.replace("_v3", "_v2"),
            "friends_and_followers/followers.json": S.FACEBOOK_FOLLOWERS_2021,
        },
        "facebook",
        {
            ("Tomasz Zieliński", "mutual"), ("John Smith", "mutual"), ("Odile 🌻", "i_follow"),
            ("Pia Lund", "follows_me"),
        },
    ),
    "Facebook, 2018": (
        {
            "friends/friends.json": S.FACEBOOK_FRIENDS_2018,
            "following_and_followers/following.json": '{"following":[{"name":"Odile"}]}',
            "following_and_followers/followers.json": '{"followers":[{"name":"Pia Lund"}]}',
            "photos_and_videos/your_photos.json": "{}",
        },
        "facebook",
        {("Mara Quill", "mutual"), ("Odile", "i_follow"), ("Pia Lund", "follows_me")},
    ),
    "Substack, posts that mention Medium beside": (
        {
            "email_list.letters.csv": S.SUBSTACK,
            "posts.csv": "post_id,post_date,is_published,title\n12345678.a,2025-01-01,true,A\n",
            "posts/12345678.a-first-letter.html": SUBSTACK_POST,
            "posts/12345678.delivers.csv": "email,post_id\nmara@example.org,SECRET\n",
            "posts/12345678.opens.csv": "email,post_id,timestamp\nmara@example.org,SECRET,1\n",
        },
        "substack",
        {("", "subscriber")},
    ),
    "Mastodon": (
        {
            "following_accounts.csv": S.MASTODON,
            "lists.csv": S.MASTODON_LISTS,
            "blocked_accounts.csv": "secret@bad.example\n",
            "muted_accounts.csv": "Account address,Hide notifications\nsecret@bad.example,true\n",
            "bookmarks.csv": "https://secret.example/@a/1\n",
        },
        "mastodon",
        {("mara", "i_follow"), ("tomasz", "i_follow")},
    ),
    "Takahē": (
        {"following.csv": S.MASTODON_OLD, "followers.csv": S.TAKAHE.replace("mara", "pia")},
        "mastodon",
        {("mara", "i_follow"), ("pia", "follows_me")},
    ),
    "Medium, several pages": (
        {
            **S.MEDIUM,
            "users-following/users-following-0002.html": S.MEDIUM_FOLLOWING.replace(
                "@Mara.Quill", "@pia"
            ).replace("@tomasz_z", "@sami"),
            "blocks/blocked-users-0001.html": (
                '<li><a href="https://medium.com/@secret">@secret</a></li>'
            ),
        },
        "medium",
        {
            ("Mara.Quill", "i_follow"), ("tomasz_z", "i_follow"), ("pia", "i_follow"),
            ("sami", "i_follow"), ("Slow Letters", "i_follow"),
            ("Medium Engineering", "i_follow"),
        },
    ),
}  # fmt: skip


def check(found: list[Import], format: str, people: set[tuple[str, str]]) -> None:
    (one,) = found
    assert one.format == format
    assert {(person.name, person.direction) for person in one.people} == people
    assert "secret" not in repr(one).casefold()


@pytest.mark.parametrize(("files", "format", "people"), ARCHIVES.values(), ids=ARCHIVES)
@pytest.mark.parametrize("wrapper", ["", "export-ines-2026-11-22/"], ids=["bare", "wrapped"])
def test_as_a_zip(files: Files, format: str, people: set[tuple[str, str]], wrapper: str) -> None:
    check(read_bundle(bundle_of("export.zip", S.zipped(files, wrapper))), format, people)


@pytest.mark.parametrize(("files", "format", "people"), ARCHIVES.values(), ids=ARCHIVES)
def test_as_a_folder(
    tmp_path: Path, files: Files, format: str, people: set[tuple[str, str]]
) -> None:
    for name, data in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    check(read_bundle(bundle_at(tmp_path)), format, people)


#: Cards as address books write them, and what is read: name, addresses, e-mail addresses, lists.
CARDS = {
    "Google": (
        "VERSION:3.0\r\nFN:Mara Quill\r\nN:Quill;Mara;;;\r\n"
        "EMAIL;TYPE=INTERNET;TYPE=HOME:mara@example.org\r\nitem1.URL:https\\://mara.example\r\n"
        "item1.X-ABLabel:_$!<HomePage>!$_\r\nCATEGORIES:myContacts\r\n",
        ("Mara Quill", ("https://mara.example",), ("mara@example.org",), "myContacts"),
    ),
    "Apple": (
        "VERSION:3.0\r\nPRODID:-//Apple Inc.//macOS 15.0//EN\r\n"
        "N:Quill;Mara;;;\r\nFN:Mara Quill\r\n"
        "item1.EMAIL;type=INTERNET;type=pref:mara@example.org\r\n"
        "X-SOCIALPROFILE;type=mastodon;x-user=mara:https://writing.example/@mara\r\n"
        "X-SOCIALPROFILE;type=Bluesky;x-user=mara.bsky.social:x-apple:mara.bsky.social\r\n"
        "IMPP;X-SERVICE-TYPE=Skype;type=HOME:skype:mara\r\nBDAY:1980-01-01\r\nTEL:1\r\n",
        (
            "Mara Quill",
            ("https://writing.example/@mara", "https://bsky.app/profile/mara.bsky.social"),
            ("mara@example.org",),
            "",
        ),
    ),
    "Outlook": (
        "VERSION:2.1\r\n"
        "N;LANGUAGE=fr;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:L=E9vy;Ren=E9\r\n"
        "FN;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:Ren=E9 L=E9vy\r\n"
        "TEL;WORK;VOICE:1\r\nURL;WORK:http://rene.example\r\n",
        ("René Lévy", ("http://rene.example",), (), ""),
    ),
    "a company": (
        "VERSION:3.0\r\nORG:Slow Letters;Editing\r\nURL:https://slow.example\r\n",
        ("Slow Letters", ("https://slow.example",), (), ""),
    ),
}


@pytest.mark.parametrize(("card", "facts"), CARDS.values(), ids=CARDS)
def test_an_address_book(card: str, facts: tuple[object, ...]) -> None:
    group = "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:Writers\r\nEND:VCARD\r\n"
    found = S.imported("book.vcf", f"{group}BEGIN:VCARD\r\n{card}END:VCARD\r\n")
    (one,) = found.people
    assert (one.name, one.profiles, one.emails, one.folder) == facts
    assert any("1 group" in sentence for sentence in found.skipped)

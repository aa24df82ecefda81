"""Each platform's files of each year: recognised by what is in them, and read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engage.errors import EngageError
from engage.exchange.bundle import bundle_of
from engage.exchange.formats import read_bundle

from . import samples as S

Facts = tuple[str, str, str, date | None]

#: The file, what is in it, the format it is recognised as, and each person as (name, first
#: address, direction, since).
CASES: dict[str, tuple[str, str, str, list[Facts]]] = {
    "LinkedIn, connections with a preamble": (
        "Connections.csv",
        S.LINKEDIN,
        "linkedin",
        [
            (
                "Mara Quill",
                "https://www.linkedin.com/in/mara-quill-000",
                "mutual",
                date(2026, 3, 12),
            )
        ],
    ),
    "LinkedIn, connections before they had addresses": (
        "Connections.csv",
        S.LINKEDIN_OLD,
        "linkedin",
        [("Tomasz Zieliński", "", "mutual", date(2016, 12, 1))],
    ),
    "LinkedIn, members followed": (
        "Member_Follows.csv",
        S.LINKEDIN_FOLLOWS,
        "linkedin",
        [("Odile Marchand", "", "i_follow", date(2026, 11, 1))],
    ),
    "LinkedIn, invitations say who reached out": (
        "Invitations.csv",
        S.LINKEDIN_INVITATIONS,
        "linkedin",
        [
            (
                "Mara Quill",
                "https://www.linkedin.com/in/mara-quill-000",
                "invited_me",
                date(2026, 3, 12),
            ),
            ("Pia Lund", "https://www.linkedin.com/in/pia-lund", "i_invited", date(2026, 3, 13)),
        ],
    ),
    "Instagram, followers": (
        "followers_1.json",
        S.INSTAGRAM_FOLLOWERS,
        "instagram",
        [
            (
                "mara.quill",
                "https://www.instagram.com/mara.quill",
                "follows_me",
                date(2025, 11, 1),
            )
        ],
    ),
    "Instagram, followers before 2023": (
        "followers.json",
        S.INSTAGRAM_FOLLOWERS_2022,
        "instagram",
        [
            (
                "mara.quill",
                "https://www.instagram.com/mara.quill",
                "follows_me",
                date(2020, 9, 13),
            )
        ],
    ),
    "Instagram, following": (
        "following.json",
        S.INSTAGRAM_FOLLOWING,
        "instagram",
        [("tomasz_z", "https://www.instagram.com/tomasz_z", "i_follow", date(2025, 11, 13))],
    ),
    "Instagram, following since October 2025": (
        "following.json",
        S.INSTAGRAM_FOLLOWING_2025,
        "instagram",
        [
            ("tomasz_z", "https://www.instagram.com/tomasz_z", "i_follow", date(2025, 11, 13)),
            ("odile", "https://www.instagram.com/odile", "i_follow", None),
        ],
    ),
    "Facebook, friends of 2023, letters mended": (
        "your_friends.json",
        S.FACEBOOK_FRIENDS_2023,
        "facebook",
        [
            ("Tomasz Zieliński", "", "mutual", date(2020, 9, 13)),
            ("John Smith", "", "mutual", date(2020, 9, 13)),
            ("John Smith", "", "mutual", date(2020, 9, 13)),
        ],
    ),
    "Facebook, friends of 2018": (
        "friends.json",
        S.FACEBOOK_FRIENDS_2018,
        "facebook",
        [("Mara Quill", "", "mutual", date(2017, 7, 14))],
    ),
    "Facebook, following of 2023": (
        "who_you've_followed.json",
        S.FACEBOOK_FOLLOWING_2023,
        "facebook",
        [("Odile 🌻", "", "i_follow", None)],
    ),
    "Facebook, followers of 2021": (
        "followers.json",
        S.FACEBOOK_FOLLOWERS_2021,
        "facebook",
        [("Pia Lund", "", "follows_me", None)],
    ),
    "Facebook, followers as lists": (
        "people_who_followed_you_1.json",
        S.FACEBOOK_FOLLOWERS_LISTS,
        "facebook",
        [("Pia Lund", "", "follows_me", date(2023, 11, 14))],
    ),
    "Substack": (
        "email_list.slow.csv",
        S.SUBSTACK,
        "substack",
        [("", "", "subscriber", date(2025, 1, 1))],
    ),
    "Substack, older columns": (
        "email_list.csv",
        S.SUBSTACK_OLD,
        "substack",
        [("", "", "subscriber", date(2021, 1, 1))],
    ),
    "Substack, the dashboard's list": (
        "list.csv",
        S.SUBSTACK_DASHBOARD,
        "substack",
        [("Mara Quill", "", "subscriber", date(2025, 1, 1))],
    ),
    "Ghost": (
        "members.2026-11-22.csv",
        S.GHOST,
        "ghost",
        [("Mara Quill", "", "subscriber", date(2025, 1, 15))],
    ),
    "Ghost, with products": (
        "members.csv",
        S.GHOST_OLD,
        "ghost",
        [("Mara Quill", "", "subscriber", date(2022, 1, 15))],
    ),
    "Buttondown": (
        "subscribers.csv",
        S.BUTTONDOWN,
        "buttondown",
        [("", "", "subscriber", date(2025, 2, 3))],
    ),
    "Buttondown, older columns": (
        "subscribers.csv",
        S.BUTTONDOWN_OLD,
        "buttondown",
        [("", "", "subscriber", date(2021, 2, 3))],
    ),
    "beehiiv": (
        "subscribers.csv",
        S.BEEHIIV,
        "beehiiv",
        [("Mara Quill", "", "subscriber", date(2023, 3, 24))],
    ),
    "Mastodon": (
        "following_accounts.csv",
        S.MASTODON,
        "mastodon",
        [
            ("mara", "mara@writing.example", "i_follow", None),
            ("tomasz", "tomasz@social.example", "i_follow", None),
        ],
    ),
    "Mastodon, two columns": (
        "following_accounts.csv",
        S.MASTODON_OLD,
        "mastodon",
        [("mara", "mara@writing.example", "i_follow", None)],
    ),
    "Mastodon, no header": (
        "whom.csv",
        S.MASTODON_OLDEST,
        "mastodon",
        [
            ("mara", "mara@writing.example", "i_follow", None),
            ("tomasz", "tomasz@social.example", "i_follow", None),
        ],
    ),
    "Mastodon, lists": (
        "lists.csv",
        S.MASTODON_LISTS,
        "mastodon",
        [
            ("mara", "mara@writing.example", "i_follow", None),
            ("tomasz", "tomasz@social.example", "i_follow", None),
        ],
    ),
    "Takahē, followers by the file's name": (
        "followers.csv",
        S.TAKAHE,
        "mastodon",
        [("mara", "mara@writing.example", "follows_me", None)],
    ),
    "Takahē, a name that says nothing": (
        "export.csv",
        S.TAKAHE,
        "mastodon",
        [("mara", "mara@writing.example", "", None)],
    ),
    "Bluesky, a saved page": (
        "page.json",
        S.BLUESKY,
        "bluesky",
        [
            ("Mara Quill", "https://bsky.app/profile/mara.bsky.social", "follows_me", None),
            ("tomasz.example", "https://bsky.app/profile/tomasz.example", "follows_me", None),
        ],
    ),
    "vCard 4.0": (
        "people.vcf",
        S.VCARD_4,
        "vcard",
        [("Mara Quill", "https://mara.example/", "", None)],
    ),
    "vCard 3.0, of Apple": (
        "people.vcf",
        S.VCARD_3,
        "vcard",
        [("Mara Quill", "https://mara.example", "", None), ("Pia Lund", "", "", None)],
    ),
    "vCard 2.1": (
        "people.vcf",
        S.VCARD_21,
        "vcard",
        [("Tomasz Zieliński", "", "", None)],
    ),
    "a table of one's own": (
        "people.csv",
        S.CSV,
        "csv",
        [("Mara Quill", "https://mara.example", "", date(2025, 2, 3))],
    ),
    "a pasted list": (
        "stdin",
        S.PASTED,
        "list",
        [
            ("Mara Quill", "https://medium.com/@mara.quill?source=followers", "follows_me", None),
            ("", "https://medium.com/@tomasz_z", "follows_me", None),
            ("Odile", "https://odile.example/about", "follows_me", None),
            ("Pia Lund", "pia@social.example", "i_follow", None),
            ("Bo Berg", "", "i_follow", None),
            ("Sami Brandt", "", "i_follow", None),
        ],
    ),
}


@pytest.mark.parametrize(("name", "text", "format", "people"), CASES.values(), ids=CASES.keys())
def test_who_is_in_it(name: str, text: str, format: str, people: list[Facts]) -> None:
    found = S.imported(name, text)
    assert found.format == format
    told = [
        (each.name, next(iter((*each.profiles, *each.accounts)), ""), each.direction, each.since)
        for each in found.people
    ]
    assert told == people


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_the_bytes_make_no_difference(encoding: str, ends: str) -> None:
    text = "First Name,Last Name,URL,Connected On\nJosé,Nuñez,https://linkedin.com/in/j,1 May 2020"
    found = S.imported("Connections.csv", text.replace("\n", ends).encode(encoding))
    assert [each.name for each in found.people] == ["José Nuñez"]


def test_facebook_knows_two_of_one_name_apart() -> None:
    found = S.imported("your_friends.json", S.FACEBOOK_FRIENDS_2023)
    assert len({each.ref for each in found.people}) == 3


def test_a_newsletter_brings_people_and_dates_and_says_what_it_left() -> None:
    found = S.imported("list.csv", S.SUBSTACK_DASHBOARD)
    assert "17" not in repr(found.people)
    assert any("opened" in sentence for sentence in found.skipped)


def test_two_publications_are_two_lists() -> None:
    one = S.imported("email_list.slow.csv", S.SUBSTACK)
    other = S.imported("email_list.fast.csv", S.SUBSTACK)
    assert {one.source, other.source} == {"substack:slow", "substack:fast"}


def test_a_vcard_brings_notes_lists_and_accounts_but_no_telephone() -> None:
    (mara,) = S.imported("x.vcf", S.VCARD_4).people
    assert mara.note == (
        "Met in the comments of my first essay, she edits a letter for slow readers."
    )
    assert mara.folder == "writers/inner circle"
    assert mara.profiles[1] == "https://writing.example/@mara"
    assert "351" not in repr(mara)


@pytest.mark.parametrize("wrapper", ["", "medium-export-1/"], ids=["bare", "in a folder"])
def test_a_medium_export_whole(wrapper: str) -> None:
    found = S.imported("medium.zip", S.zipped(S.MEDIUM, wrapper))
    assert [(each.name, each.profiles[0]) for each in found.people] == [
        ("Slow Letters", "https://medium.com/slow-letters"),
        ("Medium Engineering", "https://medium.engineering"),
        ("Mara.Quill", "https://medium.com/@mara.quill"),
        ("tomasz_z", "https://medium.com/@tomasz_z"),
    ]
    assert {each.direction for each in found.people} == {"i_follow"}
    assert found.profile == "https://medium.com/@inesferro"
    assert [(each.title, each.at) for each in found.touches] == [
        ("The loom", datetime(2026, 11, 17, 7, 5, tzinfo=UTC)),
        ("Other", datetime(2026, 11, 18, 19, 5, tzinfo=UTC)),
    ]
    assert [(each.title, each.kind, each.guid) for each in found.own_posts] == [
        ("The kitchen table", "post", "https://medium.com/p/aaaaaaaaaaaa"),
        ("Thank you, Mara", "response", "https://medium.com/p/bbbbbbbbbbbb"),
    ]
    assert "192.0.2.7" not in repr(found)
    assert "ines@example.org" not in repr(found)
    assert any("1 draft," in sentence for sentence in found.skipped)
    assert any("followers" in sentence for sentence in found.skipped)


@pytest.mark.parametrize(
    ("name", "text"), [("a.opml", S.OPML_1), ("b", S.OPML_2)], ids=["OPML 1.0", "OPML 2.0"]
)
def test_lists_of_feeds_keep_their_folders(name: str, text: str) -> None:
    found = S.imported(name, text)
    assert [(feed.url, feed.folder) for feed in found.feeds] == [
        ("https://mara.example/feed", "Weavers" if name == "a.opml" else "Close")
    ]


def test_newsboats_tags_and_titles() -> None:
    found = S.imported("urls", S.NEWSBOAT)
    assert [(feed.url, feed.title, feed.folder) for feed in found.feeds] == [
        ("https://mara.example/feed", "Mara Quill", "weavers/slow letters"),
        ("https://tomasz.example/feed", "", ""),
    ]
    assert "no feeds: 2" in found.skipped[0]


def test_several_lists_of_one_export_come_together() -> None:
    folder = "connections/followers_and_following/"
    files = {
        f"{folder}followers_1.json": S.INSTAGRAM_FOLLOWERS,
        f"{folder}following.json": S.INSTAGRAM_FOLLOWING_2025,
        f"{folder}close_friends.json": S.INSTAGRAM_FOLLOWERS,
        "your_instagram_activity/messages/inbox/mara_1/message_1.json": '{"messages": ["secret"]}',
    }
    found = S.imported("instagram.zip", S.zipped(files))
    assert [each.direction for each in found.people] == ["follows_me", "i_follow", "i_follow"]


def test_an_archive_of_linkedin_whole() -> None:
    files = {
        "Connections.csv": S.LINKEDIN,
        "Member_Follows.csv": S.LINKEDIN_FOLLOWS,
        "Invitations.csv": S.LINKEDIN_INVITATIONS,
        "messages.csv": "FROM,TO,CONTENT\nMara,Ines,secret\n",
    }
    found = S.imported("Basic_LinkedInDataExport_11-22-2026.zip", S.zipped(files))
    assert len(found.people) == 4
    assert "secret" not in repr(found)


#: What is given, and what the sentence must say.
REFUSED: dict[str, tuple[str, str | bytes, str]] = {
    "Instagram as HTML": (
        "followers_1.html",
        "<html><head><title>Instagram</title></head><body>followers</body></html>",
        "JSON",
    ),
    "Facebook as HTML": (
        "your_friends.html",
        "<!DOCTYPE html><html><body>Facebook friends</body></html>",
        "JSON",
    ),
    "truncated JSON": ("followers_1.json", S.INSTAGRAM_FOLLOWERS[:-20], "JSON"),
    "bytes that are no text": ("x.csv", b"\x00\x01\x02" * 50, "no text file"),
    "any HTML page": ("page.html", "<html><body>hello</body></html>", "a web page"),
    "any JSON": ("x.json", '{"a": 1}', "no list of people"),
    "a table about something else": ("x.csv", "height,width\n1,2\n3,4\n", "height, width"),
    "an OPML file cut off": ("x.opml", S.OPML_2[:60], "OPML"),
    "more rows than people": (
        "x.csv",
        "name,url\n" + "Mara,https://mara.example\n" * 50_001,
        "split",
    ),
}


@pytest.mark.parametrize(("name", "data", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_a_sentence(name: str, data: str | bytes, says: str) -> None:
    with pytest.raises(EngageError, match=says) as refused:
        S.imported(name, data)
    assert "\n" not in str(refused.value)


def test_a_format_can_be_insisted_on() -> None:
    bundle = bundle_of("people.txt", b"name\turl\nMara\thttps://mara.example\n")
    assert read_bundle(bundle, "csv")[0].people[0].name == "Mara"
    with pytest.raises(EngageError):
        read_bundle(bundle, "linkedin")

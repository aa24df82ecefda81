"""What the platforms deliver, made up after the form of each year."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from engage.exchange.bundle import bundle_of
from engage.exchange.formats import read_bundle
from engage.exchange.imported import Import

LINKEDIN = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are '
    'missing."\n\n'
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    'Mara,Quill,https://www.linkedin.com/in/mara-quill-000,,"Slow Letters, Ltd.",Editor,'
    "12 Mar 2026\n"
    ",,,,,,03 Jan 2024\n"
)
LINKEDIN_OLD = (
    "First Name,Last Name,Email Address,Company,Position,Connected On\r\n"
    "Tomasz,Zieliński,tomasz@example.org,,,01 Dec 2016\r\n"
)
LINKEDIN_FOLLOWS = (
    "Date,Status,FullName\n"
    '"Sun Nov 01 10:00:00 UTC 2026",Active,Odile Marchand\n'
    "2026-10-01,Inactive,Somebody Left\n"
)
LINKEDIN_INVITATIONS = (
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    'Mara Quill,Ines Ferro,"3/12/26, 9:41 AM",hello,INCOMING,'
    "https://www.linkedin.com/in/mara-quill-000,https://www.linkedin.com/in/ines\n"
    'Ines Ferro,Pia Lund,"3/13/26, 9:41 AM",,OUTGOING,'
    "https://www.linkedin.com/in/ines,https://www.linkedin.com/in/pia-lund\n"
)

INSTAGRAM_FOLLOWERS = (
    '[{"title":"","media_list_data":[],"string_list_data":[{"href":'
    '"https://www.instagram.com/mara.quill","value":"mara.quill","timestamp":1762000000}]}]'
)
INSTAGRAM_FOLLOWERS_2022 = (
    '{"relationships_followers":[{"title":"","string_list_data":[{"href":'
    '"https://www.instagram.com/mara.quill?igsh=abc","value":"mara.quill","timestamp":1600000000}]}]}'
)
INSTAGRAM_FOLLOWING = (
    '{"relationships_following":[{"title":"","string_list_data":[{"href":'
    '"https://www.instagram.com/tomasz_z","value":"tomasz_z","timestamp":1763000000}]}]}'
)
INSTAGRAM_FOLLOWING_2025 = (
    '{"relationships_following":[{"title":"tomasz_z","string_list_data":[{"href":'
    '"https://www.instagram.com/_u/tomasz_z","timestamp":1763000000}]},'
    '{"title":"","string_list_data":[{"href":"https://www.instagram.com/_u/odile",'
    '"timestamp":0}]}]}'
)

FACEBOOK_FRIENDS_2023 = (
    '{"friends_v2":[{"name":"Tomasz Zieli\\u00c5\\u0084ski","timestamp":1600000000},'
    '{"name":"John Smith","timestamp":1600000001},{"name":"John Smith","timestamp":1600000002},'
    '{"timestamp":1}]}'
)
FACEBOOK_FRIENDS_2018 = '{"friends":[{"name":"Mara Quill","timestamp":1500000000}]}'
FACEBOOK_FOLLOWING_2023 = '{"following_v3":[{"name":"Odile \\u00f0\\u009f\\u008c\\u00bb"}]}'
FACEBOOK_FOLLOWERS_2021 = '{"followers_v2":[{"name":"Pia Lund"}]}'
FACEBOOK_FOLLOWERS_LISTS = (
    '[{"title":"","media_list_data":[],"string_list_data":'
    '[{"href":"","value":"Pia Lund","timestamp":1700000000}]}]'
)

SUBSTACK = (
    "email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at\n"
    "mara@example.org,false,,other,false,2025-01-01T10:00:00.000Z,\n"
)
SUBSTACK_OLD = (
    "email,active_subscription,expiry,email_disabled,prefer_digests,created_at\n"
    "mara@example.org,true,,false,false,2021-01-01T10:00:00.000Z\n"
)
SUBSTACK_DASHBOARD = (
    '"user_email_address","user_name","emails_opened_6mo","start_date"\n'
    '"mara@example.org","Mara Quill","17","Jan 1, 2025"\n'
)
GHOST = (
    "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,"
    "deleted_at,labels,tiers\r\n"
    '6740,mara@example.org,Mara Quill,"Editor, early reader",true,false,,2025-01-15T10:00:00.000Z,'
    ',"writers,newsletter",\r\n'
    "6741,gone@example.org,Gone,,true,false,,2025-01-15T10:00:00.000Z,2025-02-01T10:00:00.000Z,,\r\n"
)
GHOST_OLD = (
    "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,"
    "deleted_at,labels,products\n"
    "1,mara@example.org,Mara Quill,,true,false,,2022-01-15T10:00:00.000Z,,,\n"
)
BUTTONDOWN = (
    "id,email_address,creation_date,notes,metadata,tags,type,referrer_url\n"
    "s1,mara@example.org,2025-02-03T10:00:00Z,met in Porto,{},,regular,\n"
    "s2,left@example.org,2025-02-03T10:00:00Z,,{},,unsubscribed,\n"
)
BUTTONDOWN_OLD = "email,notes,creation_date,subscriber_type\nmara@example.org,,2021-02-03,regular\n"
BEEHIIV = (
    "email,First Name,Last Name,status,tier,created_at,stripe_customer_id,Free,unsubscribed_at\n"
    "mara@example.org, Mara ,Quill ,active,free,2023-03-24 10:23:10 UTC,,true,\n"
    "left@example.org,Left,,inactive,free,2023-03-24 10:23:10 UTC,,true,2024-01-01\n"
)

MASTODON = (
    "Account address,Show boosts,Notify on new posts,Languages\n"
    "mara@writing.example,true,false,\n\n"
    'tomasz@social.example,true,true,"en, pl"\n'
)
MASTODON_OLD = "Account address,Show boosts\nmara@writing.example,true\n"
MASTODON_OLDEST = "@mara@writing.example,true\n\ntomasz@social.example,false\n"
MASTODON_LISTS = "Weavers,mara@writing.example\nWeavers,tomasz@social.example\n"
TAKAHE = "Account address\nmara@writing.example\n"
BLUESKY = (
    '{"subject":{"did":"did:plc:me","handle":"ines.bsky.social"},"cursor":"3k",'
    '"followers":[{"did":"did:plc:a","handle":"Mara.bsky.social","displayName":"Mara Quill"},'
    '{"did":"did:plc:b","handle":"tomasz.example"}]}'
)
BLUESKY_PAGES = f'[{BLUESKY}, {{"follows":[{{"did":"did:plc:c","handle":"odile.example"}}]}}]'

OPML_1 = (
    '<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>'
    '<outline title="Weavers"><outline title="Mara &amp; co" xmlurl="https://mara.example/feed"/>'
    "</outline></body></opml>"
)
OPML_2 = (
    '<opml version="2.0"><body><outline text="Close"><outline type="rss" text="Mara" '
    'xmlUrl="https://mara.example/feed" htmlUrl="https://mara.example/"/></outline></body></opml>'
)
NEWSBOAT = (
    "# my feeds\n"
    'https://mara.example/feed weavers "slow letters" "~Mara Quill"\n'
    "https://tomasz.example/feed\n"
    '"query:Unread:unread = \\"yes\\""\n'
    "file:///home/ines/feed.xml\n"
)

VCARD_4 = (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:3f0d\r\nFN:Mara Quill\r\n"
    "EMAIL;TYPE=work:mara@example.org\r\nURL:https://mara.example/\r\n"
    "SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://writing.example/@mara\r\n"
    "CATEGORIES:writers,inner circle\r\nTEL:+351 000\r\n"
    "NOTE:Met in the comments of my first essay\\, she edits a letter for s\r\n low readers.\r\n"
    "END:VCARD\r\n"
)
VCARD_3 = (
    "BEGIN:VCARD\nVERSION:3.0\nN:Quill;Mara;;;\nFN:Mara Quill\nitem1.URL:mara.example\n"
    "item1.X-ABLabel:_$!<HomePage>!$_\nX-SOCIALPROFILE;type=twitter:https://twitter.com/mara\n"
    "PHOTO;ENCODING=b:AAAA\n BBBB\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nN:Lund;Pia;;;\nFN:\n"
    "END:VCARD\n"
)
VCARD_21 = (
    "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zieli=C5=84ski;Tomasz;;;\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Tomasz Zieli=\n=C5=84ski\nEND:VCARD\n"
)

CSV = "Full Name;Blog;Followed on;Notes\nMara Quill;mara.example;2025-02-03;weaves\n;;;\n"
PASTED = (
    "Followers (3)\n"
    "Mara Quill https://medium.com/@mara.quill?source=followers\n"
    "@tomasz_z\n"
    "- [Odile](https://odile.example/about)\n"
    "\n"
    "Following\n"
    "Pia Lund – @pia@social.example\n"
    "Bo Berg <bo@example.org>\n"
    "ke*****@example.org\n"
    "Sami Brandt\n"
)

MEDIUM_FOLLOWING = (
    "<!DOCTYPE html><html><head><title>Users</title></head><body><section>"
    "<h3>Ines Ferro followed users, page 1</h3><ul>"
    '<li class="h-entry"><a class="h-cite u-like-of" href="https://medium.com/@Mara.Quill">'
    '@Mara.Quill</a></li><li class="h-entry"><a href="https://medium.com/@tomasz_z">@tomasz_z</a>'
    "</li></ul></section></body></html>"
)
MEDIUM_PUBLICATIONS = (
    '<section><ul><li class="h-entry"><a href="https://medium.com/slow-letters">Slow Letters</a>'
    '</li><li><a href="https://medium.engineering">Medium Engineering</a></li></ul></section>'
)
MEDIUM_CLAPS = (
    '<ul><li class="h-entry">+12 — <a class="h-cite u-like-of" '
    'href="https://medium.com/p/the-loom-0123456789ab">The loom</a> '
    '(<time class="dt-published">2026-11-17 7:05 am</time>)</li>'
    '<li class="h-entry">+1 — <a class="h-cite u-like-of" '
    'href="https://medium.com/p/other-ffffffffffff">Other</a> '
    '(<time class="dt-published">2026-11-18 7:05 pm</time>)</li></ul>'
)
MEDIUM_PROFILE = (
    '<section class="h-card"><h3 class="p-name">Ines Ferro</h3><ul>'
    '<li>Profile: <a class="u-url" href="https://medium.com/@inesferro">@inesferro</a></li>'
    "<li>Email address: ines@example.org</li></ul></section>"
)
MEDIUM_POST = (
    '<article class="h-entry"><header><h1 class="p-name">The kitchen table</h1></header>'
    '<section data-field="body"><h3 class="graf graf--h3 graf--title">The kitchen table</h3>'
    "<p>One.</p><p>Two.</p></section>"
    '<footer><p>By <a href="https://medium.com/@inesferro" class="p-author h-card">Ines</a> on '
    '<a href="https://medium.com/p/aaaaaaaaaaaa"><time class="dt-published" '
    'datetime="2026-11-03T08:00:00.000Z">November 3</time></a>.</p>'
    '<p><a href="https://medium.com/@inesferro/the-kitchen-table-aaaaaaaaaaaa" '
    'class="p-canonical">Canonical</a></p></footer></article>'
)
MEDIUM_RESPONSE = (
    '<article class="h-entry"><header><h1 class="p-name">Thank you, Mara</h1></header>'
    '<section data-field="body"><p>Thank you, Mara.</p></section>'
    '<footer><time class="dt-published" datetime="2026-11-04T08:00:00.000Z"></time></footer>'
    "</article>"
)
MEDIUM: Mapping[str, str] = {
    "README.html": "<html>Your Medium export</html>",
    "users-following/users-following-0001.html": MEDIUM_FOLLOWING,
    "pubs-following/pubs-following-0001.html": MEDIUM_PUBLICATIONS,
    "claps/claps-0001.html": MEDIUM_CLAPS,
    "profile/profile.html": MEDIUM_PROFILE,
    "posts/2026-11-03_The-kitchen-table-aaaaaaaaaaaa.html": MEDIUM_POST,
    "posts/2026-11-04_Thank-you-Mara-bbbbbbbbbbbb.html": MEDIUM_RESPONSE,
    "posts/draft_Not-yet-cccccccccccc.html": MEDIUM_POST,
    "ips/ips-0001.html": "<ul><li>192.0.2.7</li></ul>",
    "sessions/sessions-0001.html": "<ul><li>192.0.2.7</li></ul>",
}


def zipped(files: Mapping[str, str | bytes], wrapper: str = "") -> bytes:
    """An archive of these files, in a folder of that name if there is one."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{wrapper}{name}", data)
    return made.getvalue()


def imported(name: str, data: str | bytes, format: str | None = None) -> Import:
    """What a single file, or an archive, of one format brings."""
    bundle = bundle_of(name, data.encode() if isinstance(data, str) else data)
    (found,) = read_bundle(bundle, format)
    return found

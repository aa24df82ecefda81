"""An import: the plan, what is written, what a second one finds, and what is never written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engage.clock import FixedClock
from engage.domain.changes import put
from engage.domain.identity import feed_id
from engage.domain.people import make_person
from engage.domain.records import Feed, NewsItem, Origin
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.services.outcomes import ImportPlan
from engage.services.people import people
from engage.services.remember import undo
from engage.services.transfer import import_files
from engage.services.triage import inbox
from tests.exchange import samples as S
from tests.support.demo import NOW

Bring = Callable[..., ImportPlan]


@pytest.fixture
def bring(empty: Desk) -> Bring:
    """Write what a file holds into the empty desk."""

    def run(name: str, text: str | bytes, *, write: bool = True) -> ImportPlan:
        data = text.encode() if isinstance(text, str) else text
        return import_files(empty, [(name, data)], write=write)

    return run


@pytest.fixture
def by_email(tmp_path: Path) -> Iterator[Desk]:
    """A writer who agreed to have e-mail addresses kept."""
    (tmp_path / "config.toml").write_text("match_by_email = true\n")
    made = desk_at(paths_under(tmp_path), FixedClock(NOW))
    yield made
    made.close()


def lines(plan: ImportPlan) -> str:
    return "\n".join(
        (*plan.new, *plan.known, *plan.changed, *plan.unclear, *plan.gone, *plan.skipped)
    )


class TestOneImport:
    """What is shown first, and what is there afterwards."""

    def test_nothing_is_written_before_yes(self, empty: Desk, bring: Bring) -> None:
        plan = bring("following_accounts.csv", S.MASTODON, write=False)
        assert (plan.format, len(plan.new), plan.written) == ("mastodon", 2, False)
        assert not empty.world().people

    def test_it_is_one_step_to_undo(self, empty: Desk, bring: Bring) -> None:
        bring("medium.zip", S.zipped(S.MEDIUM))
        assert len(empty.store.changes()) == 1
        undo(empty)
        world = empty.world()
        assert not (world.people or world.feeds or world.touches or world.own_posts)

    def test_after_an_undo_it_can_be_done_again(self, empty: Desk, bring: Bring) -> None:
        bring("following_accounts.csv", S.MASTODON)
        undo(empty)
        assert bring("following_accounts.csv", S.MASTODON).written
        assert len(empty.world().people) == 2

    def test_direction_and_date_are_kept(self, empty: Desk, bring: Bring) -> None:
        bring("followers_1.json", S.INSTAGRAM_FOLLOWERS)
        (person,) = empty.world().people.values()
        assert person.directions == ("follows_me",)
        assert person.origins == (Origin("instagram", "follows_me", date(2025, 11, 1)),)

    def test_the_welcome_says_since_when_they_follow(self, empty: Desk, bring: Bring) -> None:
        bring("followers_1.json", S.INSTAGRAM_FOLLOWERS)
        (task,) = inbox(empty).tasks
        assert task.why == "follows you since 1 Nov 2025"

    def test_nobody_is_overdue(self, empty: Desk, bring: Bring) -> None:
        for name, text in (
            ("Connections.csv", S.LINKEDIN),
            ("followers_1.json", S.INSTAGRAM_FOLLOWERS),
            ("people.vcf", S.VCARD_4),
            ("medium.zip", S.zipped(S.MEDIUM)),
        ):
            bring(name, text)
        later = replace_clock(empty, days=400)
        assert {task.kind for task in inbox(later, all=True).tasks} == {"welcome"}
        assert all(standing.due is None for standing in later.standings().values())

    def test_feeds_by_rule_wait_and_feeds_that_are_listed_do_not(
        self, empty: Desk, bring: Bring
    ) -> None:
        bring("following_accounts.csv", S.MASTODON_OLD)
        bring("a.opml", S.OPML_2)
        assert {feed.url: feed.wanted for feed in empty.world().feeds.values()} == {
            "https://writing.example/@mara.rss": False,
            "https://mara.example/feed": True,
        }

    def test_a_list_of_feeds_wants_one_that_waited(self, empty: Desk, bring: Bring) -> None:
        bring("following_accounts.csv", S.MASTODON_OLD)
        listed = S.OPML_2.replace("https://mara.example/feed", "https://writing.example/@mara.rss")
        plan = bring("a.opml", listed)
        assert (len(plan.changed), plan.written) == (1, True)
        (feed,) = empty.world().feeds.values()
        assert (feed.wanted, feed.folder) == (True, "Close")


class TestTheSecondImport:
    """Only what is new is added, and who is gone is told."""

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("Connections.csv", S.LINKEDIN),
            ("Member_Follows.csv", S.LINKEDIN_FOLLOWS),
            ("followers_1.json", S.INSTAGRAM_FOLLOWERS),
            ("your_friends.json", S.FACEBOOK_FRIENDS_2023),
            ("followers.json", S.FACEBOOK_FOLLOWERS_2021),
            ("members.csv", S.GHOST),
            ("following_accounts.csv", S.MASTODON),
            ("page.json", S.BLUESKY),
            ("people.vcf", S.VCARD_4),
            ("people.vcf", S.VCARD_3),
            ("people.csv", S.CSV),
            ("stdin", S.PASTED),
            ("urls", S.NEWSBOAT),
            ("a.opml", S.OPML_1),
            ("medium.zip", S.zipped(S.MEDIUM)),
        ],
        ids=lambda value: value if isinstance(value, str) and "." in value[-5:] else "",
    )
    def test_of_the_same_writes_nothing(self, bring: Bring, name: str, text: str) -> None:
        first = bring(name, text)
        again = bring(name, text)
        assert first.written
        assert (again.new, again.changed, again.gone, again.written) == ((), (), (), False)
        assert again.known

    def test_adds_who_is_new_and_tells_who_is_gone(self, empty: Desk, bring: Bring) -> None:
        bring("following_accounts.csv", S.MASTODON)
        changed = S.MASTODON.replace("tomasz@", "odile@")
        plan = bring("following_accounts.csv", changed)
        assert [line.split()[0] for line in plan.new] == ["odile"]
        assert [line.split()[0] for line in plan.gone] == ["tomasz"]
        assert "tomasz" in {person.name for person in empty.world().people.values()}

    def test_a_pasted_list_is_never_complete(self, bring: Bring) -> None:
        bring("stdin", "@mara\n@tomasz\n")
        assert bring("stdin", "@mara\n").gone == ()

    def test_what_the_writer_said_since_stays(self, empty: Desk, bring: Bring) -> None:
        bring("people.vcf", S.VCARD_4)
        (before,) = empty.world().people.values()
        empty.commit("said", [put(replace(before, name="Mara", notes="mine"), before)])
        assert not bring("people.vcf", S.VCARD_4).written
        (after,) = empty.world().people.values()
        assert (after.name, after.notes) == ("Mara", "mine")

    def test_a_later_date_fills_in_what_was_not_known(self, empty: Desk, bring: Bring) -> None:
        bring("people.csv", "name,url,direction\nMara,mara.example,follower\n")
        bring("people.csv", "name,url,direction,since\nMara,mara.example,follower,2025-01-02\n")
        (person,) = empty.world().people.values()
        assert person.origins == (Origin("csv", "follows_me", date(2025, 1, 2)),)


class TestMatching:
    """By feed, profile, account and e-mail address; never by name alone."""

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("people.csv", "name,feed\nSomebody,https://medium.com/feed/@mara\n"),
            ("people.csv", "name,url\nSomebody,http://www.medium.com/@Mara/?source=rss-1\n"),
            ("stdin", "@mara\n"),
            ("stdin", "Somebody Else https://mara.medium.com/\n"),
        ],
        ids=["feed", "profile", "handle", "their subdomain"],
    )
    def test_an_address_is_the_same_person(
        self, empty: Desk, bring: Bring, name: str, text: str
    ) -> None:
        known = make_person("Mara Quill", NOW, "added", profile="https://medium.com/@mara")
        empty.commit("added", [put(known)])
        plan = bring(name, text)
        assert (plan.new, plan.unclear) == ((), ())
        assert list(empty.world().people) == [known.id]

    def test_one_account_in_two_networks_is_one_person_with_both_directions(
        self, empty: Desk, bring: Bring
    ) -> None:
        bring("following_accounts.csv", S.MASTODON_OLD)
        bring("followers.csv", S.TAKAHE)
        (person,) = empty.world().people.values()
        assert person.directions == ("i_follow", "follows_me")

    def test_a_name_alone_is_nobody_known_and_writes_nothing(
        self, empty: Desk, bring: Bring
    ) -> None:
        empty.commit("added", [put(make_person("Sami Brandt", NOW, "added"))])
        plan = bring("stdin", "Sami Brandt\n")
        assert (plan.new, len(plan.unclear), plan.written) == ((), 1, False)

    def test_an_address_of_somebody_of_a_known_name_is_kept_apart_and_said(
        self, empty: Desk, bring: Bring
    ) -> None:
        empty.commit("added", [put(make_person("Mara Quill", NOW, "added"))])
        plan = bring("Connections.csv", S.LINKEDIN)
        assert (plan.new, len(plan.unclear), plan.written) == ((), 1, True)
        assert "kept apart" in plan.unclear[0]
        assert len(empty.world().people) == 2

    def test_two_of_one_name_in_one_list_are_two(self, empty: Desk, bring: Bring) -> None:
        plan = bring("your_friends.json", S.FACEBOOK_FRIENDS_2023)
        names = [person.name for person in empty.world().people.values()]
        assert sorted(names) == ["John Smith", "John Smith", "Tomasz Zieliński"]
        assert len(plan.unclear) == 1

    def test_addresses_of_two_people_are_said(self, empty: Desk, bring: Bring) -> None:
        one = make_person("Mara", NOW, "added", profile="https://medium.com/@mara")
        two = make_person("M. Quill", NOW, "added", profile="https://mara.example")
        empty.commit("added", [put(one), put(two)])
        plan = bring("stdin", "Mara Q https://medium.com/@mara https://mara.example\n")
        assert "M. Quill" in plan.unclear[0]
        people = empty.world().people
        assert people[two.id] == two
        assert people[one.id].profiles == one.profiles


class TestPrivacy:
    """E-mail addresses only where the writer agrees, and then shown nowhere."""

    def test_without_the_setting_no_address_is_kept(self, empty: Desk, bring: Bring) -> None:
        plan = bring("members.csv", S.GHOST)
        assert len(plan.new) == 1
        assert "example.org" not in repr(empty.world())
        assert "match_by_email" in lines(plan)
        assert "example.org" not in lines(plan)

    def test_who_is_an_address_only_is_left_out_and_counted(self, bring: Bring) -> None:
        plan = bring("email_list.csv", S.SUBSTACK)
        assert (plan.new, plan.written) == ((), False)
        assert any(sentence.startswith("1 person") for sentence in plan.skipped)

    def test_with_it_people_are_recognised_by_it(self, by_email: Desk) -> None:
        import_files(by_email, [("members.csv", S.GHOST.encode())], write=True)
        plan = import_files(by_email, [("email_list.csv", S.SUBSTACK.encode())], write=True)
        (person,) = by_email.world().people.values()
        assert (person.name, len(plan.changed)) == ("Mara Quill", 1)
        assert {origin.source for origin in person.origins} == {"ghost", "substack"}
        assert "example.org" not in lines(plan)


class TestMedium:
    """The export whole: people, clicks, the writer's own posts."""

    def seen(self, desk: Desk) -> None:
        """Mara's feed has brought the post that was clapped for."""
        url = "https://medium.com/feed/@mara.quill"
        mara = make_person("Mara Quill", NOW, "added", feed_url=url)
        feed = Feed(feed_id(url), url, url, "theirs", NOW, mara.id)
        news = NewsItem(
            "loom",
            mara.id,
            feed.id,
            "The loom",
            "https://medium.com/@mara.quill/the-loom-0123456789ab",
            NOW,
            NOW,
            NOW,
        )
        desk.commit("seen", [put(mara), put(feed), put(news)], by="refresh")

    def test_claps_are_clicks_on_posts_whose_writer_is_known(
        self, empty: Desk, bring: Bring
    ) -> None:
        self.seen(empty)
        plan = bring("medium.zip", S.zipped(S.MEDIUM))
        (touch,) = empty.world().touches
        assert (touch.kind, touch.direction, touch.how_known) == ("like", "out", "imported")
        assert (touch.post, touch.about, touch.exchange) == ("loom", "The loom", False)
        assert touch.at == datetime(2026, 11, 17, 7, 5, tzinfo=UTC)
        assert any("1 clap:" in sentence for sentence in plan.skipped)
        assert bring("medium.zip", S.zipped(S.MEDIUM)).written is False

    def test_the_writers_own_posts_are_history(self, empty: Desk, bring: Bring) -> None:
        bring("medium.zip", S.zipped(S.MEDIUM))
        (own,) = (feed for feed in empty.world().feeds.values() if feed.role == "own")
        assert (own.url, own.wanted) == ("https://medium.com/feed/@inesferro", True)
        assert [(post.title, post.kind) for post in empty.world().own_posts] == [
            ("Thank you, Mara", "response"),
            ("The kitchen table", "post"),
        ]

    def test_a_post_known_from_the_feed_comes_once(self, empty: Desk, bring: Bring) -> None:
        bring("medium.zip", S.zipped(S.MEDIUM))
        before = empty.world().own_posts
        undo(empty)
        empty.commit("seen", [put(before[0])], by="refresh")
        bring("medium.zip", S.zipped(S.MEDIUM))
        assert {post.uid for post in empty.world().own_posts} == {post.uid for post in before}


def replace_clock(desk: Desk, *, days: int) -> Desk:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(days=days)
    return desk


@pytest.mark.parametrize("query", ["feed:weavers", "weavers"])
def test_the_names_of_folders_are_found(empty: Desk, bring: Bring, query: str) -> None:
    bring("a.opml", S.OPML_1)
    found, _ = people(empty, query)
    assert len(found) == 1


def test_a_list_in_several_files_is_one_list(empty: Desk) -> None:
    other = S.INSTAGRAM_FOLLOWERS.replace("mara.quill", "odile")
    files = [
        ("followers_1.json", S.INSTAGRAM_FOLLOWERS.encode()),
        ("followers_2.json", other.encode()),
    ]
    import_files(empty, files, write=True)
    again = import_files(empty, files, write=True)
    assert (again.gone, len(again.known)) == ((), 2)
    assert len(import_files(empty, files[:1]).gone) == 1


def test_two_of_one_name_in_two_files_of_a_list_are_two(empty: Desk) -> None:
    files = [(name, S.FACEBOOK_FOLLOWERS_2021.encode()) for name in ("followers_1.json", "f.json")]
    import_files(empty, files, write=True)
    assert len(empty.world().people) == 2
    assert not import_files(empty, files, write=True).written


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "list.opml",
            '<opml version="2.0"><body><outline type="rss" text="Mara" '
            'xmlUrl="https://ines:geheim@mara.example/feed" '
            'htmlUrl="https://ines:geheim@mara.example/"/></body></opml>',
        ),
        ("urls", 'https://ines:geheim@mara.example/feed "weaving"\n'),
        (
            "people.csv",
            "name,url,feed\nMara,https://i:geheim@m.example,https://i:geheim@m.example/f",
        ),
        ("list.txt", "Mara Quill https://ines:geheim@mara.example/\n"),
    ],
)
def test_a_password_in_an_address_stays_behind_and_that_is_said(
    empty: Desk, tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text)
    plan = import_files(empty, [tmp_path / name], write=True)
    assert plan.written and plan.new
    assert any("passwords in addresses" in sentence for sentence in plan.skipped)
    kept = "".join(
        path.read_text(errors="replace") for path in empty.paths.data.rglob("*") if path.is_file()
    )
    assert "geheim" not in kept + repr(plan)
    assert "example" in kept

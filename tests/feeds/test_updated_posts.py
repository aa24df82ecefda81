"""Posts that change after they were read, from a real server to the inbox."""

from __future__ import annotations

from engage.services.edit_person import set_circle
from engage.services.reading import posts
from engage.services.refresh import refresh
from engage.services.triage import decide, inbox
from tests.feeds.conftest import Reader
from tests.support.feedserver import FeedServer, rss


def words(name: str) -> str:
    return " ".join(f"{name}{number}" for number in range(600))


async def test_a_post_touched_up_stays_done_and_one_rewritten_comes_back_once(
    server: FeedServer, reader: Reader
) -> None:
    def serve(text: str, guid: str = "mara-0") -> None:
        body = rss(["Ink"]).replace(b"Text of Ink.", text.encode())
        server.feed("/feed", body.replace(b"mara-0", guid.encode()))

    async def after_two_days() -> tuple[int, list[str]]:
        reader.clock.advance(days=2)
        done = await refresh(reader.desk)
        open_ones = [task.why for task in inbox(reader.desk).tasks if task.kind == "read"]
        return done.updated_posts, open_ones

    serve(words("word"))
    await reader.follows(server.url("/feed"), "Mara")
    set_circle(reader.desk, "Mara", 3)
    decide(reader.desk, ["Mara"], "done")
    touched_up = words("word").replace("word7 ", "word seven ")
    serve(touched_up)
    assert await after_two_days() == (1, [])
    serve(touched_up, guid="mara-zero")
    assert await after_two_days() == (1, []), "another guid, the same page"
    serve(words("new"), guid="mara-zero")
    why = "rewritten since you read it, 3 min; in circle 3"
    assert await after_two_days() == (1, [why])
    assert len(posts(reader.desk)[0]) == 1, "in place, all the while"
    reader.restart()
    assert [task.why for task in inbox(reader.desk).tasks] == [why]
    decide(reader.desk, ["Mara"], "done")
    serve(words("other"), guid="mara-zero")
    assert await after_two_days() == (1, []), "once is enough"


async def test_what_was_dropped_does_not_come_back_rewritten(
    server: FeedServer, reader: Reader
) -> None:
    server.feed("/feed", rss(["Ink"]).replace(b"Text of Ink.", words("word").encode()))
    await reader.follows(server.url("/feed"), "Mara")
    set_circle(reader.desk, "Mara", 3)
    decide(reader.desk, ["Mara"], "drop")
    server.feed("/feed", rss(["Ink"]).replace(b"Text of Ink.", words("new").encode()))
    reader.clock.advance(days=2)
    assert (await refresh(reader.desk)).updated_posts == 1
    assert inbox(reader.desk).tasks == ()

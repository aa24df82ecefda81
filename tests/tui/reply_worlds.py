"""The small world with what replies are about: words owed and answered, drafts, questions, an
answer on the writer's own site."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.screen import Screen

from engage.domain.changes import put
from engage.domain.records import Person, Question, Touch
from engage.replies.drafts import About
from engage.services.desk import Desk
from engage.services.drafts import drafts_at
from tests.tui.worlds import NOW, Opened, ago, opened

WORDS = "Thank you. My grandmother had the same table."


def fill(desk: Desk) -> None:
    """Bring the small world what replies are about."""
    owed = next(t for t in desk.world().touches if t.about == "The kitchen table")
    before = Touch("first", ago(5), "mara", "in", "comment", "seen", ago(5), post="r1",
                   url="https://me.example/1#comment-1", about="The kitchen table",
                   text="Whose is it?", source="your comments feed")  # fmt: skip
    answer = Touch("answer", ago(4), "mara", "out", "reply", "verified", ago(4), post="r1",
                   url="https://me.example/1#comment-2", about="The kitchen table",
                   text="My aunt's, until she moved.", source="your comments feed")  # fmt: skip
    site = Touch("site", ago(8), "mara", "out", "reply", "seen", ago(8), post="p0",
                 url="https://me.example/to-mara", about="Ink", source="your own site")  # fmt: skip
    by_name = Touch("named", ago(2), "tomasz", "in", "comment", "seen", ago(2), about="Looms",
                    text="Mine creaks.", source="your comments feed", by_name=True)  # fmt: skip
    whose = Touch("whose", ago(1), "", "in", "comment", "seen", ago(1), owes=True,
                  url="https://me.example/1#comment-9", about="The kitchen table",
                  text="Mine is oak.", source="your comments feed")  # fmt: skip
    mine = Touch("mine", ago(1), "mara", "out", "reply", "verified", ago(1), post="p1",
                 url="https://medium.com/p/b2", about="Slow letters", text=WORDS,
                 source="your own feed")  # fmt: skip
    anas = [Person(f"ana{n}", "Ana Lima", ago(9), profiles=(f"https://ana{n}.example/",))
            for n in (1, 2)]  # fmt: skip
    asked = [
        Question("q1", ago(1), "who", "2 people are called Ana Lima; which one?", whose,
                 name="Ana Lima", candidates=("ana1", "ana2")),
        Question("q2", NOW, "yours", "This looks like your reply to Mara Quill: log it?", mine,
                 name="Mara Quill"),
    ]  # fmt: skip
    records = [*anas, before, answer, site, by_name, *asked]
    desk.commit("replies", [put(record) for record in records], by="refresh")
    drafts = drafts_at(desk)
    about = About(owed.id, "mara", ago(1), title="The kitchen table", url="https://me.example/1",
                  place="https://me.example/1#comment-3")  # fmt: skip
    drafts.keep(about, "Thank you.", ago(1))
    drafts.keep(about, WORDS, NOW)
    done = About("gone", "bram", ago(8), post="gone", title="Three looms")
    drafts.keep(done, "A draft whose row was decided.", ago(8))


@asynccontextmanager
async def with_replies(
    home: Path, screen: Callable[[], Screen[None]], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Opened]:
    """The app with that screen above an empty one, in the world of `fill`."""
    async with opened(home, screen, size, fill=fill) as page:
        yield page

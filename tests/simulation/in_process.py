"""The inbox by the rules alone: records in lists, without a store, a command or a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from hashlib import blake2b

from engage.domain.changes import record_of
from engage.domain.days import week_of
from engage.domain.deciding import decide
from engage.domain.derived import Task
from engage.domain.records import (
    DatedNumber,
    Decision,
    Feed,
    NewsItem,
    OwnPost,
    Person,
    Rules,
    Touch,
    World,
    WrittenDay,
)
from engage.domain.relationships import standings
from engage.domain.triage import tasks
from engage.domain.week import week_figures
from tests.simulation.inbox_first import Row
from tests.simulation.truth import Figures
from tests.simulation.village import Piece, Villager

RULES = Rules()
NEWS_DAYS = 90

Checked = Callable[[date, Figures], None]


class RulesBook:
    """What a ledger would hold. ``check`` is given the figures of each week as the rules count."""

    def __init__(self, check: Checked | None = None) -> None:
        self._people: dict[str, Person] = {}
        self._numbers: dict[str, int] = {}
        self._news: dict[str, list[NewsItem]] = {}
        self._fresh: list[Piece] = []
        self._touches: list[Touch] = []
        self._decisions: list[Decision] = []
        self._own: list[OwnPost] = []
        self._written: list[WrittenDay] = []
        self._open: dict[tuple[int, str], Task] = {}
        self._check = check

    def rows(self, when: datetime) -> Sequence[Row]:
        for piece in self._fresh:
            self._keep(piece, when)
        self._fresh.clear()
        world = self._world()
        listed = tasks(world, standings(world, RULES, when), RULES, when)
        found = []
        for task in listed:
            if task.state == "open":
                who = self._numbers[task.person]
                self._open[who, task.kind] = task
                posts = tuple(int(post.uid.rpartition("/")[2]) for post in task.posts)
                found.append(Row(task.kind, who, task.reason, posts))
        return found

    def came(self, who: Villager, when: datetime) -> None:
        # Who shares a reason and a moment is ordered by id: let that be as good as drawn.
        id = blake2b(str(who.number).encode(), digest_size=8).hexdigest()
        self._numbers[id] = who.number
        known = who.arrives is None
        if known:  # made known one after the other, as by commands
            when += timedelta(microseconds=who.number)
        circles = (DatedNumber(when, who.circle),) if known and who.circle else ()
        self._people[id] = Person(id, f"Villager {who.number:03}", when, circles=circles)
        if known:
            self._touch(who.number, "look", when - timedelta(days=1), recorded=when)
        if known and who.last_exchange:
            self._touch(who.number, "reply", who.last_exchange, recorded=when)
        for piece in who.pieces:
            if piece.at <= when:
                self._keep(piece, when)

    def wrote_in(self, who: int, when: datetime) -> None:
        self._touch(who, "comment", when, direction="in")

    def published(self, piece: Piece) -> None:
        self._fresh.append(piece)

    def own_piece(self, when: datetime) -> None:
        number = len(self._own)
        self._own.insert(0, OwnPost(f"own/{number}", "own", f"Piece {number}", None, when))

    def marked(self, day: date, when: datetime) -> None:
        self._written.append(WrittenDay(day.isoformat(), day, when))

    def wrote_out(self, who: int, when: datetime) -> None:
        self._touch(who, "reply", when)

    def looked(self, who: int, when: datetime) -> None:
        self._done(self._open[who, "welcome"], when)

    def read(self, piece: Piece, when: datetime) -> None:
        self._done(self._open[piece.who, "read"], when, _uid(piece))

    def placed(self, who: int, circle: int, when: datetime) -> None:
        id = self._id(who)
        before = self._people[id]
        self._people[id] = Person(
            id, before.name, before.added, circles=(DatedNumber(when, circle),)
        )

    def week_ends(self, sunday: date, when: datetime) -> None:
        if self._check is None:
            return
        week = week_figures(self._world(), RULES, week_of(sunday), when)
        nurtured = sorted((self._numbers[id], count) for id, count in week.nurtured)
        self._check(
            sunday,
            Figures(
                days_written=week.days_written,
                published=week.published,
                people_read=week.people_read,
                replies_written=week.replies_written,
                new_people=week.new_people,
                owed_open=week.owed_open,
                kept=week.kept,
                nurtured=tuple(nurtured),
                promises_per_week=round(week.promises_per_week, 2),
                exchanges_per_week=round(week.exchanges_per_week, 2),
            ),
        )

    def _world(self) -> World:
        news = [item for items in self._news.values() for item in items]
        return World(
            people=self._people,
            feeds={"own": Feed("own", "", "", "own", next(iter(self._people.values())).added)},
            news=tuple(sorted(news, key=lambda item: (item.shown, item.uid), reverse=True)),
            own_posts=tuple(self._own),
            touches=tuple(sorted(self._touches, key=lambda item: (item.at, item.id))),
            decisions=tuple(self._decisions),
            written_days=tuple(self._written),
        )

    def _keep(self, piece: Piece, when: datetime) -> None:
        """News as a refresh keeps it: what grew old leaves when its feed is read again."""
        id = self._id(piece.who)
        item = NewsItem(
            uid=_uid(piece),
            person=id,
            feed=f"feed-{id}",
            title=f"Post {piece.number}",
            url=None,
            published=piece.at,
            first_seen=when,
            shown=piece.at,
            minutes=piece.minutes,
        )
        since = when - timedelta(days=NEWS_DAYS)
        before = self._news.get(id, [])
        self._news[id] = [item, *(old for old in before if old.shown >= since)]

    def _touch(
        self,
        who: int,
        kind: str,
        when: datetime,
        *,
        direction: str = "out",
        recorded: datetime | None = None,
    ) -> None:
        self._touches.append(
            Touch(
                id=f"{len(self._touches):06}",
                at=when,
                person=self._id(who),
                direction=direction,  # type: ignore[arg-type]
                kind=kind,  # type: ignore[arg-type]
                how_known="said",
                recorded=recorded or when,
                owes=direction == "in",
            )
        )

    def _done(self, task: Task, when: datetime, post: str | None = None) -> None:
        for put in decide(task, "done", when, post=post):
            assert put.after is not None
            record = record_of(put.table, put.after)
            if isinstance(record, Decision):
                self._decisions.append(record)
            else:
                self._touches.append(record)

    def _id(self, who: int) -> str:
        return blake2b(str(who).encode(), digest_size=8).hexdigest()


def _uid(piece: Piece) -> str:
    return f"{piece.who}/{piece.number}"

"""Local calendar days: the writer's time zone is the system's (``TZ``), weeks are ISO weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def local_day(moment: datetime) -> date:
    """The writer's calendar day at an aware moment."""
    return moment.astimezone().date()


def midnight(day: date) -> datetime:
    """The moment, in UTC, at which a local day begins.

    Where summer time begins at midnight, that is one o'clock.
    """
    begin = datetime(day.year, day.month, day.day)
    moment = begin.astimezone(UTC)
    # PEP 495: a time that there is not is one before the gap without a fold, after it with one.
    return moment if local_day(moment) == day else begin.replace(fold=1).astimezone(UTC)


def days_between(earlier: datetime, later: datetime) -> int:
    """Whole local calendar days from one moment to another."""
    return (local_day(later) - local_day(earlier)).days


def week_of(day: date) -> str:
    """The ISO week of a day, ``2026-W47``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def week_days(week: str) -> tuple[date, date]:
    """Monday and Sunday of an ISO week. Raises ValueError where there is no such week."""
    year, _, number = week.partition("-W")
    monday = date.fromisocalendar(int(year), int(number), 1)
    return monday, monday + timedelta(days=6)

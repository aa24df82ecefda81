"""The commands about feeds: following, refreshing, their health, and regular refreshes."""

from __future__ import annotations

from engage.cli import values
from engage.cli.command import JSON, Command, switch, takes
from engage.cli.values import Choice

ACTIONS = Choice("word for schedule", ("install", "remove", "status"))

FEED = takes("feed", metavar="FEED", type=values.name, help="id, or part of a title or address")

FOLLOWING: tuple[Command, ...] = (
    Command(
        "add",
        "follow a feed, or add a person",
        "following:add",
        (
            takes(
                "targets",
                metavar="TARGET",
                nargs="*",
                type=values.name,
                help="a feed, a page, @name on Medium, @user@host, a profile, …",
            ),
            switch("--own", "these are your own posts", exclusive=True),
            switch("--responses", "these are responses to your posts", exclusive=True),
            takes(
                "--person",
                metavar="NAME",
                type=values.name,
                exclusive=True,
                help="whose feed it is; without TARGET, who to add",
            ),
            takes("--circle", metavar="N", type=values.some_circle, help="1 (closest) to 5"),
            switch(
                "--guess",
                "also try the usual places for a feed; without TARGET look on the sites of people "
                "who have none",
            ),
            JSON,
        ),
    ),
    Command(
        "refresh",
        "pull the feeds that are due",
        "following:refresh",
        (
            takes("names", metavar="NAME", nargs="*", type=values.name, help="only these, if due"),
            switch("--again", "also feeds that are not due, at most every 10 minutes"),
            switch("--quiet", "no progress"),
            JSON,
        ),
    ),
)

FEEDS: tuple[Command, ...] = (
    Command("feeds", "how each feed is doing", "looking:feeds", (JSON,)),
    Command("remove", "follow a feed no longer", "following:remove", (FEED,)),
    Command("pause", "pause a feed, or resume it", "following:pause", (FEED,)),
    Command(
        "move",
        "point a feed to its new address",
        "following:move",
        (
            FEED,
            takes(
                "url",
                metavar="URL",
                nargs="?",
                type=values.name,
                help="default: what the feed's site names now",
            ),
            switch("--guess", "also try the usual places for a feed"),
        ),
    ),
    Command(
        "schedule",
        "regular refreshes without an open window",
        "scheduling:schedule",
        (
            takes(
                "action",
                metavar="install|remove|status",
                type=ACTIONS,
                help="install shows first what it writes",
            ),
            switch("--dry-run", "only show what install would write", exclusive=True),
            switch("--yes", "install without asking", exclusive=True),
        ),
    ),
)

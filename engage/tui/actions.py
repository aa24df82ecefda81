"""The one registry of what keys do. It feeds the screens, the footer, the palette, the help, the
writer's own keys and ``engage keys``.

A key is written as it is typed (``e``, ``#``, ``G``) or by its name (``enter``, ``ctrl+p``); two
with a space between are typed one after the other (``g i``).
"""

from __future__ import annotations

from dataclasses import dataclass

#: Where an action applies, in words for the help. A screen answers to several, the first first.
PLACES: dict[str, str] = {
    "inbox": "In the inbox",
    "reading": "Reading",
    "people": "People",
    "person": "A person",
    "log": "What happened",
    "duplicates": "One person, or two?",
    "conversation": "A conversation",
    "drafts": "Drafts",
    "questions": "Questions",
    "mentions": "Webmentions",
    "sorting": "Sorting people",
    "plan": "Bringing people along",
    "columns": "Saying what columns hold",
    "week": "The week",
    "review": "The weekly review",
    "feeds": "Feeds",
    "help": "In the help",
    "list": "In every list",
    "text": "In every text",
    "everywhere": "Everywhere",
}


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does.

    ``text`` is the word or two of the footer and the help, ``sentence`` explains it to the palette.
    ``where``: the places (`PLACES`) in which it applies. ``footer``: its rank there, 0 for never;
    the lowest stay longest where there is little room. A screen does it in its method ``action_``
    + ``method`` (by default the id), called with ``argument`` if there is one.
    """

    id: str
    keys: tuple[str, ...]
    text: str
    where: tuple[str, ...]
    sentence: str = ""
    footer: int = 0
    palette: bool = False
    method: str = ""
    argument: int | str | None = None

    @property
    def handler(self) -> str:
        return "action_" + (self.method or self.id.replace("-", "_"))


_ROWS = ("inbox", "reading")
_ABOUT_SOMEBODY = ("inbox", "reading", "people", "person", "sorting", "conversation", "review")
_PAGES = ("log", "duplicates", "week", "feeds", "drafts", "questions")
_BESIDE = ("drafts", "questions", "mentions")
_ASKED = (*_ROWS, "conversation", "drafts")

ACTIONS: tuple[Action, ...] = (
    # What is decided about a row.
    Action("open", ("enter",), "read", ("inbox",), "Open what the row is about", footer=2),
    Action("open-too", ("space",), "read", ("inbox",), method="open"),
    Action("reply", ("r",), "reply", (*_ROWS, "conversation"),
           "Draft an answer, and open the place for it", footer=3, palette=True),
    Action("done", ("e",), "done", (*_ROWS, "review"), "Done: I did this", footer=4, palette=True),
    Action("snooze", ("h", "b"), "snooze", (*_ROWS, "review"), "Snooze it until a day",
           footer=5, palette=True),
    Action("later", ("l",), "later", _ROWS, "Put it on the pile Reply later",
           footer=6, palette=True),
    Action("drop", ("#",), "drop", (*_ROWS, "review"), "Drop it: not this one",
           footer=10, palette=True),
    Action("yes", ("y",), "yes", _ASKED, "Answer the question that is asked"),
    Action("yes-at", ("Y",), "yes, at…", _ASKED, "It is posted: give its address"),
    Action("not-yet", ("l",), "not yet", ("conversation", "drafts"),
           "It is not posted yet: keep it under Reply later"),
    Action("answer-yes", ("y", "enter"), "yes", ("questions",), "Yes", footer=2,
           method="answer", argument="yes"),
    Action("answer-no", ("n",), "no", ("questions",), "No: log nothing", footer=3,
           method="answer", argument="no"),
    *(
        Action(f"choose-{n}", (str(n),), f"answer {n}", ("questions",),
               f"Give answer {n}", method="choose", argument=n)
        for n in range(1, 10)
    ),
    Action("undo", ("z", "u"), "undo", (*_ABOUT_SOMEBODY, *_PAGES),
           "Take the last change back", footer=7, palette=True),
    Action("select", ("x",), "select", ("inbox",), "Select the row for the next key", footer=12),
    Action("select-all", ("*",), "select all", ("inbox",), "Select every row, or none",
           palette=True),
    Action("why", ("i",), "why here", ("inbox",), "Say why the row stands where it does",
           footer=11, palette=True),
    Action("unfold", ("right",), "unfold", ("inbox",), "Show the row's posts"),
    Action("fold", ("left",), "fold", ("inbox",), "Show the row's posts no longer"),
    Action("show-new", (".",), "show new", ("inbox",), "Show what has arrived", palette=True),
    Action("read-first", ("enter",), "read them", ("reading",), "Read their work, where to begin",
           footer=2, palette=True),
    # Who the row is about.
    Action("browse", ("o",), "browser", (*_ABOUT_SOMEBODY, "feeds", *_BESIDE),
           "Open it in the browser", footer=9, palette=True),
    Action("answer-place", ("O",), "place to answer", _ROWS,
           "Open the place to answer, and say how it was found", palette=True),
    Action("person", ("p",), "person", ("inbox", "reading"), "Everything about this person",
           footer=13, palette=True),
    Action("conversation", ("v",), "conversation", (*_ROWS, "people", "person", "drafts"),
           "What was said with this person, and what is owed", footer=15, palette=True),
    Action("write-on", ("enter", "r"), "write on", ("drafts",), "Open the draft in the editor",
           footer=2, method="reply"),
    Action("hand-over", ("c",), "copy, open", ("drafts",),
           "Copy the draft, and open the place to answer", footer=4, palette=True),
    Action("preview", ("enter",), "show", ("mentions",), "Show exactly what would be sent",
           footer=2),
    Action("send", ("s",), "send", ("mentions",), "Send what is shown, once", footer=3),
    Action("send-again", ("S",), "send an update", ("mentions",),
           "Send what is shown again, as an update", footer=4),
    Action("other-pages", ("a",), "another page", ("mentions",),
           "Another page of yours, and what it answers", footer=5),
    Action("earlier", ("b", "left"), "version before", ("drafts",), "Show the version before",
           footer=6),
    Action("talk-next", ("tab",), "next", ("conversation",), "The next conversation", footer=5),
    Action("talk-previous", ("shift+tab",), "previous", ("conversation",)),
    *(
        Action(f"circle-{n}", (str(n),), f"circle {n}", _ABOUT_SOMEBODY,
               f"Put them in circle {n}", palette=True, method="circle", argument=n)
        for n in range(1, 6)
    ),
    Action("circle-none", ("0",), "no circle", _ABOUT_SOMEBODY, "Take them out of their circle",
           palette=True, method="circle", argument=0),
    Action("leave", ("m",), "leave in peace", _ABOUT_SOMEBODY, "Leave them in peace, or no longer",
           palette=True),
    Action("log", ("+",), "log", (*_ABOUT_SOMEBODY, "log", "week"), "Note what happened elsewhere",
           palette=True),
    Action("note", ("n",), "note", ("person",), "Add a line to your notes", footer=5, palette=True),
    Action("next-time", ("t",), "next time", ("person", "people", "review"),
           "Set the next due date once", footer=6, palette=True),
    Action("friend", ("f",), "friend", ("person", "people"), "Say that they are a friend, or not",
           footer=7, palette=True),
    Action("cadence", ("c",), "cadence", ("person", "people", "review"),
           "Every how many days you mean to write", footer=9, palette=True),
    Action("leave-until", ("h",), "peace until", ("person", "people"),
           "Leave them in peace until a day", palette=True),
    Action("what-happened", ("l",), "correct", ("person",), "Correct what the log says happened",
           footer=10, palette=True),
    Action("merge-people", ("M",), "same as", ("person", "people"),
           "Make two records of one person one", footer=11, palette=True),
    Action("duplicates", ("D",), "twice?", ("people",), "Show who may be here twice", footer=12,
           palette=True),
    Action("merge-pair", ("M",), "they are one", ("duplicates",), "Make the two one", footer=3,
           palette=True, method="merge_people"),
    Action("correct", ("enter", "e"), "correct", ("log",), "Say what it was, when, and a note",
           footer=2, palette=True),
    Action("strike", ("#",), "did not happen", ("log",), "Take it out of the log", footer=3,
           palette=True),
    Action("rename", ("e",), "rename", ("person",), "Call them otherwise", palette=True),
    Action("why-person", ("i",), "why", ("person",), "Say why: the stage, the due date, the warmth",
           footer=8, palette=True, method="why"),
    Action("sort", ("s",), "sort", ("people",), "By name, or by the last exchange", footer=9,
           palette=True),
    Action("read-posts", ("enter",), "read", ("person",), "Read their posts, the latest first",
           footer=2, palette=True),
    Action("sort-people", ("S",), "one by one", ("people",),
           "Give circles one person at a time, the most active first", footer=10, palette=True),
    Action("skip", ("space",), "not now", ("sorting",), "Leave this person for another time",
           footer=2),
    Action("open-unsorted", ("enter",), "all of it", ("sorting",), "Everything about this person",
           footer=3, method="open"),
    Action("open-person", ("enter",), "open", ("people", "review", "duplicates"),
           "Everything about this person", footer=2, method="open"),
    # The week.
    Action("week-before", ("p", "left"), "before", ("week",), "The week before", footer=2),
    Action("week-after", ("n", "right"), "after", ("week",), "The week after", footer=3),
    Action("say", ("enter",), "in your own words", ("week",), "Say a line about the week",
           footer=4, palette=True),
    Action("review", ("r",), "review", ("week",),
           "Go through the week: get clear, current, creative", footer=5, palette=True),
    Action("notes", ("N",), "notes", ("week", "review"), "Write the weekly notes", footer=6,
           palette=True),
    Action("step-on", ("space", "right", "n"), "on", ("review",), "The next step", footer=1),
    Action("step-back", ("left", "p"), "before", ("review",), "The step before", footer=9),
    Action("add", ("a",), "add people", ("inbox", "people", "feeds"),
           "Add people by their addresses", footer=14, palette=True),
    # Feeds.
    Action("open-owner", ("enter",), "person", ("feeds",), "Everything about whose feed it is",
           footer=2, method="open"),
    Action("ask-again", ("r",), "ask again", ("feeds",),
           "Ask the feed again, also if it is not due", footer=3, palette=True),
    Action("pause", ("p",), "pause", ("feeds",), "Pause the feed, or resume it", footer=4,
           palette=True),
    Action("successor", ("s",), "find successor", ("feeds",),
           "Look on its site for where the feed is now", footer=5, palette=True),
    Action("move-feed", ("m",), "move", ("feeds",), "Give the feed another address", footer=6,
           palette=True),
    Action("unfollow", ("#",), "remove", ("feeds",), "Follow the feed no longer", footer=8,
           palette=True),
    Action("seek", ("F",), "find feeds", ("people", "person"),
           "Look for feeds on the sites of people without one, or stop looking", palette=True),
    Action("bring", ("I",), "bring people along", ("everywhere",),
           "Bring people along from other systems", palette=True),
    Action("bring-in", ("y", "enter"), "bring in", ("plan",), "Write it, as one step", footer=1),
    Action("answer", (*"123456789", *"nxfims"), "decide", ("plan",),
           "Decide what is unclear, by the key beside the answer"),
    Action("columns", ("c",), "columns", ("plan",), "Say what is in the columns", footer=3),
    Action("read-columns", ("enter",), "read it so", ("columns",), "Read the table so", footer=1),
    Action("column", (*"nfluredhwmtx",), "what it is", ("columns",),
           "Say what is in the column, by the key beside the word"),
    # Lists and texts.
    Action("row-next", ("j", "down"), "next row", ("list",)),
    Action("row-previous", ("k", "up"), "previous row", ("list",)),
    Action("row-first", ("g g", "home"), "first row", ("list",)),
    Action("row-last", ("G", "end"), "last row", ("list",)),
    Action("page-next", ("pagedown", "ctrl+f"), "next page", ("list",)),
    Action("page-previous", ("pageup",), "previous page", ("list",)),
    Action("section-next", ("tab",), "next section", ("inbox",)),
    Action("section-previous", ("shift+tab",), "previous section", ("inbox",)),
    Action("filter", ("/",), "find", ("inbox", "people", "feeds", "help"), "Show only what matches",
           footer=8, palette=True),
    Action("text-on", ("space",), "on", ("reading", "text", *_BESIDE), "A page on", footer=1),
    Action("text-down", ("j", "down"), "line down", ("text",)),
    Action("text-up", ("k", "up"), "line up", ("text",)),
    Action("text-page-down", ("pagedown", "ctrl+f"), "page down", ("text",)),
    Action("text-page-up", ("pageup",), "page up", ("text",)),
    Action("text-top", ("g g", "home"), "top", ("text",)),
    Action("text-end", ("G", "end"), "end", ("text",)),
    Action("links", (";",), "links", ("reading",), "Choose a link to open", footer=8,
           palette=True),
    # Everywhere.
    Action("go-inbox", ("g i",), "inbox", ("everywhere",), "Go to the inbox", palette=True),
    Action("go-people", ("g p",), "people", ("everywhere",), "Go to the people", palette=True),
    Action("go-week", ("g w",), "week", ("everywhere",), "Go to the week", palette=True),
    Action("go-feeds", ("g f",), "feeds", ("everywhere",), "Go to the feeds and how they are doing",
           palette=True),
    Action("go-later", ("g l",), "reply later", ("everywhere",), "Go to the pile Reply later",
           palette=True),
    Action("go-drafts", ("g d",), "drafts", ("everywhere",), "Show the replies that are not out",
           palette=True),
    Action("go-questions", ("g q",), "questions", ("everywhere",),
           "Show what only you can tell", palette=True),
    Action("go-mentions", ("g m",), "webmentions", ("everywhere",),
           "Tell a site that a page of yours answers it", palette=True),
    Action("refresh", ("R",), "refresh", ("everywhere",), "Ask the feeds that are due",
           palette=True),
    Action("wrote-today", ("W",), "wrote today", ("everywhere",), "Mark today as written",
           palette=True),
    Action("palette", (":", "ctrl+p"), "all actions", ("everywhere",)),
    Action("help", ("?",), "help", ("everywhere",), "What the keys do", footer=1, palette=True),
    Action("back", ("escape",), "back", ("everywhere",), "One step back", footer=7),
    Action("quit", ("q",), "quit", ("everywhere",), "Back, and out of the inbox", palette=True),
)  # fmt: skip

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}

"""What has happened between the writer of the demo's world and its people."""

from __future__ import annotations

from typing import NamedTuple

from engage.domain.records import Direction, HowKnown, TouchKind


class Happened(NamedTuple):
    """A touch: with whom (the key of a person), how many days ago, and what it was.

    ``about``: the title of their piece or the writer's. Comments of `own.COMMENTS` are not here.
    """

    who: str
    days: int
    direction: Direction
    kind: TouchKind
    about: str = ""
    note: str = ""
    how_known: HowKnown = "said"


HISTORY: tuple[Happened, ...] = (
    Happened("mara-quill", 245, "out", "look"),
    Happened("mara-quill", 238, "out", "comment", note="My first to her; about spoons."),
    Happened("mara-quill", 196, "in", "letter", note="Three pages, in pencil."),
    Happened("mara-quill", 183, "out", "letter"),
    Happened("mara-quill", 124, "out", "comment"),
    Happened("mara-quill", 98, "in", "comment", "Selvedge"),
    Happened("mara-quill", 84, "out", "letter"),
    Happened("mara-quill", 71, "out", "comment"),
    Happened("mara-quill", 46, "out", "reply", note="Promised her the recipe."),
    Happened("mara-quill", 40, "out", "read", "What the river kept"),
    Happened("mara-quill", 33, "out", "letter"),
    Happened("mara-quill", 20, "in", "mention", "Looms", how_known="seen"),
    Happened("mara-quill", 19, "out", "read", "Slow letters"),
    Happened("mara-quill", 10, "out", "read", "Ink"),
    Happened("mara-quill", 9, "out", "reply", "Ink", "You write as if …", "verified"),
    Happened("emil-thorsen", 220, "out", "talk", note="Met at the book fair, by the coats."),
    Happened("emil-thorsen", 96, "in", "letter"),
    Happened("emil-thorsen", 90, "out", "letter"),
    Happened("emil-thorsen", 61, "in", "talk"),
    Happened("emil-thorsen", 47, "out", "letter"),
    Happened("emil-thorsen", 30, "in", "letter"),
    Happened("emil-thorsen", 28, "out", "letter"),
    Happened("emil-thorsen", 16, "out", "talk", note="He telephoned about the dough."),
    Happened("emil-thorsen", 6, "out", "read", "Bread, a correction"),
    Happened("emil-thorsen", 4, "out", "letter", "Bread, a correction"),
    Happened("emil-thorsen", 2, "out", "read", "The oven, again"),
    Happened("tomasz-lund", 140, "out", "look"),
    Happened("tomasz-lund", 32, "out", "read", "A dictionary of small tools"),
    Happened("tomasz-lund", 31, "out", "comment", "A dictionary of small tools", "Bodkin."),
    Happened("tomasz-lund", 6, "out", "read", "On slow letters"),
    Happened("tomasz-lund", 5, "out", "comment", "On slow letters", how_known="seen"),
    Happened("pia-novak", 150, "out", "look"),
    Happened("pia-novak", 60, "out", "comment"),
    Happened("pia-novak", 48, "in", "letter", note="About the village, and my spelling of it."),
    Happened("pia-novak", 46, "out", "letter"),
    Happened("pia-novak", 34, "out", "comment"),
    Happened("pia-novak", 20, "out", "comment"),
    Happened("vera-rask", 180, "out", "look"),
    Happened("vera-rask", 80, "out", "letter"),
    Happened("vera-rask", 36, "out", "read", "Inventory of a closed shop"),
    Happened("vera-rask", 35, "out", "comment", "Inventory of a closed shop", "The bell."),
    Happened("hanna-weld", 200, "out", "talk"),
    Happened("hanna-weld", 95, "in", "letter"),
    Happened("hanna-weld", 38, "out", "letter", note="Sent the two poems."),
    Happened("ruth-amsel", 120, "out", "look"),
    Happened("ruth-amsel", 25, "out", "comment", "The neighbour's radio", "In the thread.", "seen"),
    Happened("ruth-amsel", 6, "out", "read", "The translator's cold"),
    Happened("ruth-amsel", 6, "out", "reply", "The translator's cold"),
    Happened("ravi-sato", 170, "out", "look"),
    Happened("ravi-sato", 76, "out", "comment"),
    Happened("ravi-sato", 63, "in", "letter"),
    Happened("ravi-sato", 43, "out", "read", "My father's maps"),
    Happened("ravi-sato", 41, "out", "reply", "My father's maps", "The dog was called Zinc."),
    Happened("bram-visser", 110, "out", "look"),
    Happened("bram-visser", 33, "out", "letter"),
    Happened("bram-visser", 28, "out", "read", "The night watchman's chair"),
    Happened("lotte-thorne", 105, "out", "look"),
    Happened("lotte-thorne", 25, "out", "read", "Winter timetable"),
    Happened("lotte-thorne", 24, "out", "comment", "Winter timetable"),
    Happened("ilse-moravec", 95, "out", "look"),
    Happened("ilse-moravec", 55, "in", "letter"),
    Happened("ilse-moravec", 50, "out", "letter"),
    Happened("ilse-moravec", 14, "out", "read", "Marginalia"),
    Happened("ilse-moravec", 5, "out", "read", "Eighteen minutes"),
    Happened("pia-lund", 125, "out", "look"),
    Happened("pia-lund", 66, "out", "letter"),
    Happened("pia-lund", 55, "in", "letter"),
    Happened("pia-lund", 43, "out", "letter"),
    Happened("pia-lund", 31, "in", "talk", note="On the platform; she was changing jobs."),
    Happened("otto-rehn", 100, "out", "letter"),
    Happened("jonas-veld", 60, "out", "look"),
    Happened("jonas-veld", 17, "out", "read", "Second-hand"),
    Happened("jonas-veld", 16, "out", "comment", "Second-hand", "It is always about bees."),
    Happened("jonas-veld", 1, "out", "read", "Errata"),
    Happened("jonas-veld", 1, "out", "reply", "Errata", "She said yes; it was the 11."),
    Happened("jun-haugen", 100, "out", "look"),
    Happened("jun-haugen", 70, "out", "comment"),
    Happened("clara-nyborg", 230, "out", "letter"),
    Happened("paper-mill", 90, "out", "look"),
    Happened("paper-mill", 22, "out", "read", "The beater is mended"),
    Happened("ada-kestrel", 4, "out", "look"),
    Happened("ada-kestrel", 4, "in", "like", note="Seen on her profile."),
    Happened("nils-arden", 5, "out", "look"),
    Happened("nils-arden", 5, "out", "letter", note="Asked him for a twelfth."),
    Happened("greta-olsen", 160, "out", "look"),
    Happened("greta-olsen", 60, "out", "letter"),
)

#: The days, counted back from today, that the writer marked as written.
WRITTEN: tuple[tuple[int, str], ...] = (
    (0, "A paragraph about leaning."),
    (1, ""),
    (3, "The word again."),
    (6, ""),
    (8, ""),
    (9, "Two pages, one kept."),
    (11, ""),
    (12, ""),
    (14, ""),
    (17, ""),
    (18, ""),
    (20, "On the train."),
    (21, ""),
    (24, ""),
    (25, ""),
    (29, ""),
    (31, ""),
    (32, ""),
    (36, ""),
    (38, ""),
    (39, ""),
    (43, ""),
    (46, ""),
    (50, ""),
    (52, ""),
    (53, ""),
    (57, ""),
)

#: The writer's own line for earlier weeks, by how many weeks ago.
LINES: tuple[tuple[int, str], ...] = (
    (1, "Wrote to nobody new, and to everybody old. It was a good week."),
    (2, "Mara linked to *Looms*. I walked about with it all day."),
)

#: What is set for next time: with whom, since how many days, in how many days, what.
NEXT: tuple[tuple[str, int, int, str], ...] = (
    ("mara-quill", 2, 12, "Ask how the letter ended."),
    ("clara-nyborg", 20, 10, "Her exhibition opens."),
)

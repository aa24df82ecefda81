"""The people of the demo's world."""

from __future__ import annotations

from typing import NamedTuple


class Member(NamedTuple):
    """A person: their key, name and host of their site (None: no site, no feed).

    ``known`` and ``circled``: days since they were added and put in their circle. ``left``: in how
    many days they are no longer left in peace, 0 for never again.
    """

    key: str
    name: str
    host: str | None = None
    known: int = 250
    how: str = "added"
    circle: int | None = None
    circled: int = 200
    cadence: int | None = None
    friend: bool = False
    left: int | None = None
    profile: str | None = None
    notes: str = ""


CAST: tuple[Member, ...] = (
    Member(
        "mara-quill",
        "Mara Quill",
        "mara.example",
        circle=1,
        profile="https://medium.com/@mara.quill",
        notes="In Lisbon since the spring. Writes in pencil first.",
    ),
    Member("emil-thorsen", "Emil Thorsen", "emil.example", circle=1, friend=True),
    Member("tomasz-lund", "Tomasz Lund", "tomasz.example", 150, circle=2, circled=120),
    Member("pia-novak", "Pia Novak", "pia.example", 160, circle=2, circled=120, cadence=14),
    Member("vera-rask", "Vera Rask", "vera.example", 190, circle=2, circled=110),
    Member("hanna-weld", "Hanna Weld", known=210, circle=2, circled=110),
    Member(
        "ruth-amsel",
        "Ruth Amsel",
        "ruth.example",
        140,
        circle=2,
        circled=60,
        notes="Translates from the Czech. Ask before quoting her letters.",
    ),
    Member("ravi-sato", "Ravi Sato", "ravi.example", 180, circle=3, circled=90),
    Member("bram-visser", "Bram Visser", "bram.example", 120, circle=3, circled=90),
    Member("lotte-thorne", "Lotte Thorne", "lotte.example", 115, circle=3, circled=80),
    Member("ilse-moravec", "Ilse Moravec", "ilse.example", 100, circle=3, circled=70),
    Member("pia-lund", "Pia Lund", known=130, circle=3, circled=100),
    Member("otto-rehn", "Otto Rehn", known=130, circle=3, circled=100, left=20),
    Member("jonas-veld", "Jonas Veld", "jonas.example", 90, circle=3, circled=60),
    Member("jun-haugen", "Jun Haugen", "jun.example", 110, circle=4, circled=80),
    Member("clara-nyborg", "Clara Nyborg", known=240, circle=5),
    Member("paper-mill", "The Paper Mill", "mill.example", 95),
    Member("ada-kestrel", "Ada Kestrel", "kestrel.example", 9),
    Member("nils-arden", "Nils Arden", "nils.example", 12),
    Member("greta-olsen", "Greta Olsen", "greta.example", 170, left=0),
    Member("odile-marchand", "Odile Marchand", "odile.example", 6),
    Member("sami-brandt", "Sami Brandt", "sami.example", 5, how="commented"),
    Member(
        "petra-vance",
        "Petra Vance",
        known=3,
        how="imported",
        profile="https://www.instagram.com/petra.vance",
    ),
)

#: New people who came with an import, eleven days ago; they wait to be looked at, a few a day.
IMPORTED: tuple[str, ...] = (
    "Anselm Roth",
    "Beata Kowal",
    "Cosima Hale",
    "Dario Venn",
    "Edda Lindqvist",
    "Farid Osman",
    "Gesa Holt",
    "Henrik Aune",
    "Ivana Prek",
    "Joris Maas",
    "Karla Winther",
    "Lev Aronin",
    "Mina Castell",
    "Noor van Dael",
)

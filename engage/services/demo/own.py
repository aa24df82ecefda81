"""What the writer of the demo's world has published, and what was said of it."""

from __future__ import annotations

from typing import NamedTuple

from engage.services.demo.pieces import Piece

WRITER = "Ines Ferro"
HOST = "ines.example"


class Comment(NamedTuple):
    """A comment: by whom (the key of a person), how many days ago, on which piece, its words.

    ``owes``: whether it asks for an answer (comments known from before the first fetch do not).
    ``on``: the host of the comments; other than the writer's own: an answer to the writer there.
    """

    who: str
    days: int
    piece: str
    text: str
    owes: bool = True
    on: str = HOST


OWN: tuple[Piece, ...] = (
    Piece(
        "ines-ferro",
        5,
        "The kitchen table",
        """
We have had it for eleven years, and in eleven years nobody has moved it. It stands a little too
near the stove, so that whoever sits at the end must lean forward when the oven is opened. We
lean. Guests, too, have learned to lean.

Last week I was alone in the house and could have pushed it a hand's breadth towards the window.
I put both hands on it. It was heavier than I had thought, or I was more careful than I had
thought.

> A family is the number of people who know why the table stands there.

It stands there because of the cot. For one winter there was a cot by the window, and the warm
side of the room had to be kept free; then the cot went up to the attic, and then to my sister,
and the table stayed in its place, to leave room for it.

I did not move it. I sat down at the end and wrote this, and leaned forward when the bread was
done.
""",
    ),
    Piece(
        "ines-ferro",
        16,
        "Twenty minutes",
        """
I write for twenty minutes a day. People ask what one can do in twenty minutes, in the voice in
which they ask what one can see from the second floor. Come up, I want to say.

On most days it is a paragraph. On some days it is the same paragraph. Once, it was the word
*selvedge*, and I was happy until the evening.
""",
    ),
    Piece(
        "ines-ferro",
        27,
        "The neighbour's radio",
        """
Through the wall I hear everything but the words. I know when it is news, because it goes
downhill. I know when it is a play. At six there is a voice that I have come to wait for; it
might be selling tyres.
""",
    ),
    Piece(
        "ines-ferro",
        33,
        "Looms",
        """
The cloth is made in the moments when the shuttle stands still. I had it from a weaver, who had
it from her back: what tires one is the stopping.

I think of it when I answer letters. The answer is not made while I write. It is made on the
stairs, and at the sink, and while I look for my keys; then I sit down and find it lying there, a
hand's breadth longer than it was.
""",
    ),
    Piece(
        "ines-ferro",
        45,
        "Who reads this",
        """
Nineteen people, as far as I can tell. I have begun to look them up: not the number, the people.
One restores looms. One sorted letters, at night, for eleven years. One has asked me never to
mention her, so I have not.

I had thought that I was writing into the dark. It is only that the lamps are far apart.
""",
    ),
    Piece(
        "ines-ferro",
        58,
        "An apology to the second draft",
        """
You were better. I see it now. You had fewer adjectives and one good dog, and I took out the dog.
""",
    ),
)

COMMENTS: tuple[Comment, ...] = (
    Comment(
        "mara-quill",
        3,
        "The kitchen table",
        "The part about the table that nobody dares to move stayed with me. My grandmother had "
        "the same one, and we sold it the week she died. I have not written about it. Perhaps I"
        " should.",
    ),
    Comment(
        "tomasz-lund",
        2,
        "On slow letters",
        "You are right about the second page, and I have been trying to think since Tuesday who"
        " it was that taught me the first. Do you keep copies of yours?",
        on="tomasz.example",
    ),
    Comment(
        "ilse-moravec",
        5,
        "Twenty minutes",
        "I gave this to my students, who have eighteen minutes between two bells, and asked for"
        " the view from there. May I send you what they wrote? There are twenty-two of them, "
        "and they are not short.",
    ),
    Comment(
        "greta-olsen",
        12,
        "Twenty minutes",
        "Come up, indeed. I read it to my husband, who is on the ground floor.",
    ),
    Comment(
        "sami-brandt",
        39,
        "Who reads this",
        "Twenty. I have been here since the one about the dog.",
        owes=False,
    ),
    Comment(
        "ruth-amsel",
        26,
        "The neighbour's radio",
        "It was the shipping forecast. I would know that slope anywhere.",
    ),
    Comment(
        "mara-quill",
        58,
        "An apology to the second draft",
        "Put the dog back.",
    ),
    Comment(
        "ravi-sato",
        52,
        "An apology to the second draft",
        "What was the dog called? I find that it matters.",
    ),
)

"""What those nearest to the writer of the demo's world have published."""

from __future__ import annotations

from typing import NamedTuple


class Piece(NamedTuple):
    """A post: whose (the key of a person), how many days ago, its title and its text."""

    who: str
    days: int
    title: str
    text: str


NEAR: tuple[Piece, ...] = (
    Piece(
        "mara-quill",
        10,
        "Ink",
        """
My mother kept three bottles on the windowsill: one for bills, one for the school, and one,
violet, that was never opened. It was for a letter she had not decided to write.

I have it now. The cork has shrunk and the ink is down to a finger's breadth, because violet
dries even in a closed bottle, only more slowly than we do. I thought of using it for this. I
used a pencil.

> A letter you do not send is also a kind of correspondence.

That is from [a small book on postal clerks](https://mill.example/clerks), and I believed it for
years. I no longer do. The violet ink says otherwise: what is kept for the right words does not
wait. It thickens.

So here is the rule I am trying this winter. Whatever I would write to somebody, I write within
the week, in whatever is nearest. The right words may come along later, if they can keep up.
""",
    ),
    Piece(
        "mara-quill",
        20,
        "Slow letters",
        """
For a year I have answered everything by post. Not because I am virtuous; the line to our valley
was down for nine weeks, and by the time it was mended I had grown used to knowing what I thought
before I said it.

Ines wrote about this better than I can in [Looms](https://ines.example/looms): that the cloth is
made in the moments when the shuttle stands still. Since reading it I have counted my own still
moments. There are more than I expected, and most of them are on the stairs.

Three things I learned about slow answers:

- Nobody minds a late letter. They mind a short one.
- The second page is where it begins.
- If you cannot remember the question, answer the person.
""",
    ),
    Piece(
        "mara-quill",
        41,
        "What the river kept",
        """
They drained the mill pond on Tuesday to mend the sluice, and half the village came to look at
what was at the bottom. Two bicycles, as expected. A typewriter, which nobody expected. A great
number of spoons.

The spoons are the mystery. The schoolmaster thinks of picnics. I think of somebody who, one
washing day after another, had had enough.

We laid them out on the wall to dry and by evening they were gone again, each to a different
kitchen.
""",
    ),
    Piece(
        "tomasz-lund",
        6,
        "On slow letters",
        """
Mara says that nobody minds a late letter. I want to disagree, a little, as somebody who has
sorted them.

In the eleven years that I worked nights in the sorting office, I learned to tell a late letter
by its hand. The address is written too carefully. The stamp is straight. People dress up an
apology before they post it, and the person who opens it sees the good clothes first and is
afraid of the news.

> Write before you are ashamed of not having written.

My supervisor had that pinned above the frame for the third district. I do not know where she had
it from.

What I take from [Mara's piece](https://mara.example/slow-letters), and gladly, is the second
page. It is true that it begins there. I would only add that one may start on the second page and
leave out the first.
""",
    ),
    Piece(
        "tomasz-lund",
        33,
        "A dictionary of small tools",
        """
*Bodkin.* A thing for making holes in what was already finished.

*Bone folder.* For persuading paper. Never made of bone any more, and paper has noticed.

*Dibber.* A stick that has been promoted.

*Thimble.* The smallest armour there is.

I am collecting these for a longer thing. If you have a tool in a drawer whose name you alone
still use, I would like to hear it.
""",
    ),
    Piece(
        "ravi-sato",
        4,
        "A field of sorrel",
        """
The field behind the school was never ours, which is why we knew every stone of it.

In June it went red from the far end, as if somebody were pouring it. Sorrel is a weed of poor
ground; it comes where nothing better will, and for three weeks it makes the poor ground look
like the only field in the county that had been thought about.

> You can own a thing by looking at it long enough, my aunt used to say.

She owned, by that reckoning, the whole of the railway cutting, the back of the cinema, and my
uncle.

They have built on it since. I went to see, with a good deal of readiness to be sad, and between
the kerb and the first garage there was a strip as wide as my two hands, red from end to end. I
stood there until a man came out and asked if I was from the council. I said no, I was from here.
He said he was too, and then neither of us could think how to go on, so we both looked at the
sorrel.
""",
    ),
    Piece(
        "ravi-sato",
        44,
        "My father's maps",
        """
He drew them on the backs of envelopes for anybody who asked the way, and he could not resist
adding the things he liked. You would ask for the station and be given the station, a walnut
tree, two dogs and the house of a woman who sold eggs.

People came back to say that they had missed their train. They usually brought eggs.
""",
    ),
    Piece(
        "vera-rask",
        37,
        "Inventory of a closed shop",
        """
Item: one counter, oak, with a brass rule let into its edge. Item: eleven drawers, of which nine
open. Item: the smell of rope.

We sold the shop in September and I have written down everything that was in it, since nobody
else was going to. The list is forty pages long. I offer it here in the order of what I miss.

Item: the bell.
""",
    ),
    Piece(
        "emil-thorsen",
        9,
        "Bread, a correction",
        """
In my last I wrote that the dough should rest for an hour. My sister has telephoned. It should
rest until you have forgotten it.
""",
    ),
    Piece(
        "ruth-amsel",
        8,
        "The translator's cold",
        """
I had a fever and translated eleven pages that I do not remember. They are good. I have compared
them with the ten before and the ten after, and the only difference that I can find is that for
those eleven pages I did not know that it was difficult.
""",
    ),
    Piece(
        "jonas-veld",
        18,
        "Second-hand",
        """
Found in a copy of the *Georgics*, at page 88, one tram ticket, one hair, and in the margin, in
pencil: *no, ask her first*. I have read the page eleven times. It is about bees.
""",
    ),
    Piece(
        "pia-novak",
        2,
        "What we call weather",
        """
In our village there are four words for the rain that comes sideways and none for the kind that
comes down. When it comes down we say: *it has stopped*.

I was asked by a radio programme to explain. I said that one names what one has to argue with.

They cut the rest, which was about my grandmother, who every evening at seven went to the door,
looked up, and said to nobody in particular, "Well, then." I have come to think of it as the most
exact forecast I ever heard. Whatever came in the night had been spoken to.
""",
    ),
    Piece(
        "emil-thorsen",
        3,
        "The oven, again",
        """
The new oven has a light inside, and my sister now telephones to ask what I can see. I describe it
to her. Yesterday she said, from two hundred miles away, "Now," and she was right.
""",
    ),
    Piece(
        "jonas-veld",
        2,
        "Errata",
        """
For *bees*, read *bees*. I have had the book re-bound, and the ticket is back at page 88, where it
was happy. Whoever went on that tram, and did ask her: the margin would like to know.
""",
    ),
)
